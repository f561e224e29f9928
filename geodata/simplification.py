"""How much each point of a line matters: Douglas & Peucker (1973), so that coarser lines are part of finer ones."""

from __future__ import annotations

import math
from collections.abc import Sequence


def weights(path: Sequence[tuple[float, float]]) -> list[float]:
    """The tolerance, in the unit of ``path``, from which on each point is left out; infinite at both ends."""
    found = [0.0] * len(path)
    found[0] = found[-1] = math.inf
    spans = [(0, len(path) - 1, math.inf)]
    while spans:
        first, last, ceiling = spans.pop()
        if last - first < 2:
            continue
        farthest, distance = _farthest(path, first, last)
        found[farthest] = weight = min(distance, ceiling)
        spans += [(first, farthest, weight), (farthest, last, weight)]
    return found


def _farthest(path: Sequence[tuple[float, float]], first: int, last: int) -> tuple[int, float]:
    """The point between two others that lies farthest from the straight line between them, and how far."""
    (x0, y0), (x1, y1) = path[first], path[last]
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    best, most = first + 1, -1.0
    for n in range(first + 1, last):
        x, y = path[n][0] - x0, path[n][1] - y0
        along = (x * dx + y * dy) / length if length else 0.0
        along = 0.0 if along < 0 else 1.0 if along > 1 else along
        away = (x - along * dx) ** 2 + (y - along * dy) ** 2
        if away > most:
            best, most = n, away
    return best, math.sqrt(most)
