"""Label points: GeoNames' own where we know them (points.csv), and what to do where a source has none."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from mapgen.gazetteer.nearest import distance_km

Point = tuple[float, float]  # latitude, longitude in degrees


@cache
def geonames_points() -> dict[str, Point]:
    """GeoNames' points of countries ("country:KW") and first-level regions ("region:US.VA")."""
    with (Path(__file__).parent / "points.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}


def middle(points: Iterable[Point]) -> Point:
    """The middle of the box around ``points``; of a box of more than half the globe, the middle of the other side."""
    lats, lons = zip(*points, strict=True)
    if max(lons) - min(lons) > 180:
        lons = tuple(lon % 360 for lon in lons)
    lon = (min(lons) + max(lons)) / 2
    return round((min(lats) + max(lats)) / 2, 5), round(lon - 360 if lon > 180 else lon, 5)


def extent_km(lat: float, lon: float, points: Iterable[Point]) -> float:
    """The distance within which two thirds of ``points`` lie, at least 5 km."""
    distances = sorted(distance_km(lat, lon, *point) for point in points)
    return max(5.0, distances[math.floor(len(distances) * 0.66)])
