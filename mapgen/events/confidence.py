"""How likely an event that was read is one: its score, of a pattern or of the detector, on the scale of experience."""

from __future__ import annotations

import math

# the logistic curve over the score that benchmarks/train_confidence.py fits on the reports of benchmarks/reports
INTERCEPT, SLOPE = 0.72, 1.96


def confidence(score: float) -> float:
    """The share of the events of ``score`` (0-1) that were told as they were read, 0-1."""
    return 1 / (1 + math.exp(-INTERCEPT - SLOPE * score))
