"""Sums of weights: of features, each a short string, that a case brings with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

REMEMBERED = 30_000  # sums, and runs and names in them, that are kept


class Sums(dict[Any, float]):
    """The summed weights of the features that a function tells for a key, remembered within bounds."""

    def __init__(self, weights: Mapping[str, float], told: Callable[..., Sequence[str]]) -> None:
        self._weights, self._told = weights, told

    def __missing__(self, key: Any) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        get = self._weights.get
        value = self[key] = sum([get(feature, 0.0) for feature in self._told(*key)])
        return value
