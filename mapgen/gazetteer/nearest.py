"""The nearest places to a point, by a k-d tree that is only an order of rows.

Points are unit vectors, so that neither the poles nor the antimeridian are special; the chord grows with the distance
on the ground.  The middle of every stretch of the order splits it on x, y or z in turn (Bentley, "Multidimensional
binary search trees", 1975; kept as an array as in Agafonkin's kdbush).
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Callable, Sequence

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    """The unit vector of a point given in degrees."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres (haversine) between two points given in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    a = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(a)))


def order(lats: Sequence[float], lons: Sequence[float]) -> list[int]:
    """The tree of points (in degrees): their numbers in the tree's order."""
    axes = tuple(array("d") for _ in range(3))
    for lat, lon in zip(lats, lons, strict=True):
        for axis, value in zip(axes, vector(lat, lon), strict=True):
            axis.append(value)
    numbers = list(range(len(lats)))
    stretches = [(0, len(numbers), 0)]
    while stretches:
        low, high, axis_number = stretches.pop()
        if high - low < 2:
            continue
        numbers[low:high] = sorted(numbers[low:high], key=axes[axis_number].__getitem__)
        middle = (low + high) // 2
        after = (axis_number + 1) % 3
        stretches += [(low, middle, after), (middle + 1, high, after)]
    return numbers


def nearest(
    tree: Sequence[int], point: Callable[[int], tuple[float, float]], lat: float, lon: float, limit: int
) -> list[int]:
    """The ``limit`` rows of ``tree`` nearest to a point in degrees, nearest first; ``point(row)`` gives lat and lon."""
    target = vector(lat, lon)
    best: list[tuple[float, int]] = []  # a heap of (minus squared chord, minus row)
    stretches = [(0, len(tree), 0, 0.0)]
    while stretches:
        low, high, axis, gap = stretches.pop()
        if low >= high or (len(best) == limit and gap > -best[0][0]):
            continue
        middle = (low + high) // 2
        row = tree[middle]
        place = vector(*point(row))
        chord = sum((a - b) ** 2 for a, b in zip(place, target, strict=True))
        heapq.heappush(best, (-chord, -row))
        if len(best) > limit:
            heapq.heappop(best)
        side = target[axis] - place[axis]
        halves = [(low, middle), (middle + 1, high)]
        near, far = halves if side < 0 else halves[::-1]
        stretches += [(*far, (axis + 1) % 3, side * side), (*near, (axis + 1) % 3, gap)]
    return [-row for _, row in sorted(best, reverse=True)]
