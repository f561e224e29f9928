"""How far confidences are from what came true."""

from __future__ import annotations

import math
from collections.abc import Iterable


def calibration_error(told: Iterable[tuple[float, bool]], bins: int) -> float:
    """Expected calibration error of (confidence, came true) pairs, over ``bins`` of equal width; 0 to 1."""
    gaps, count = [0.0] * bins, 0
    for sure, right in told:
        gaps[max(0, math.ceil(sure * bins) - 1)] += sure - right
        count += 1
    return sum(map(abs, gaps)) / max(1, count)
