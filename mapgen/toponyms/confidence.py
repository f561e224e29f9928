"""How sure an answer is: the probability, learned on answers whose truth is known, that the place is where it is said.

The share of a meaning tells how it compares with the other meanings that the gazetteer knows, not whether the gazetteer
knows the place at all; so the log odds of the spot are corrected by what the place is, and by whether the name has
another meaning (Platt scaling: J. Platt, Probabilistic outputs for support vector machines, 1999).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from mapgen.toponyms.senses import Sense

_MOST = 5.0  # log odds of the spot above which no difference is made


class Calibration:
    """The weights of the ``calibration_features``; without any, the share of the spot is its probability."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights) or {"log odds": 1.0}
        self.of = lru_cache(maxsize=20_000)(self._of)

    def __call__(self, sense: Sense, share: float, only: bool) -> float:
        """The probability that ``sense``, whose spot has ``share``, is the place; ``only`` where the name has no other
        meaning.  Three decimals."""
        return self.of(sense.kind, int(sense.size), round(share, 2), only)

    def _of(self, kind: str, size: int, share: float, only: bool) -> float:
        told = calibration_features(kind, size, share, only)
        odds = sum(self.weights.get(name, 0.0) * value for name, value in told.items())
        return round(1 / (1 + math.exp(-max(-_MOST - 1, min(_MOST + 1, odds)))), 3)


def calibration_features(kind: str, size: int, share: float, only: bool) -> dict[str, float]:
    """What tells whether the likeliest meaning is right: its odds, its kind, its size (log10 of the population)."""
    odds = _MOST if share >= 1 else max(-_MOST, min(_MOST, math.log(share / (1 - share))))
    found = {"bias": 1.0, f"kind {kind}": 1.0, f"size {size}": 1.0}
    return {**found, ("only" if only else "log odds"): 1.0 if only else odds}
