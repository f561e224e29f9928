"""Places told by their bearing from another: "30 km north of X", "between X and Y", "outside X".

Computed on the WGS 84 ellipsoid with geographiclib (C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy
87, 2013).  Such a place is near a known one: ACLED's precision 2, with the radius in which it is to be looked for.
"""

from __future__ import annotations

import dataclasses

from mapgen.model import Place

_BEARING = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
KM_PER_MILE = 1.609344
KM_PER_NAUTICAL_MILE = 1.852
FARTHEST_KM = 500.0


def near(place: Place) -> Place:
    """Somewhere just outside ``place``: its point, with precision 2 and at least 15 km of radius."""
    if place.granularity in ("region", "country"):
        return place
    return dataclasses.replace(place, geo_precision=max(2, place.geo_precision), radius_km=max(15.0, place.radius_km))


def offset(place: Place, distance: str | None, unit: str | None, direction: str | None) -> Place:
    """``distance`` (as written, kilometres or miles by ``unit``) from ``place`` towards ``direction``.

    Without a direction or a distance the point stays, and the radius grows to what is known.
    """
    km = _kilometres(distance, unit)
    if direction is None or km is None or km > FARTHEST_KM:
        reach = km if km is not None and km <= FARTHEST_KM else 25.0
        return dataclasses.replace(near(place), radius_km=max(place.radius_km, reach))
    from geographiclib.geodesic import Geodesic

    bearing = _BEARING[direction.lower().replace("-", "")]
    point = Geodesic.WGS84.Direct(place.lat, place.lon, bearing, km * 1000)
    return dataclasses.replace(
        place, lat=round(point["lat2"], 4), lon=round(point["lon2"], 4), geo_precision=2,
        granularity="city" if place.granularity == "site" else place.granularity,
        radius_km=max(5.0, round(km * 0.3, 1)),
    )  # fmt: skip


def between(a: Place, b: Place) -> Place:
    """The middle of the geodesic from ``a`` to ``b``; the radius reaches both.  Wide apart, ``a`` alone is meant."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon)
    if line.s13 > 2 * FARTHEST_KM * 1000 or "country" in (a.granularity, b.granularity):
        return b
    point = line.Position(line.s13 / 2)
    return dataclasses.replace(
        a, name=f"between {a.name} and {b.name}", lat=round(point["lat2"], 4), lon=round(point["lon2"], 4),
        mention=None, end=b.end, geo_precision=2, granularity="city", radius_km=round(line.s13 / 2000, 1),
        gazetteer=None, country=a.country if a.country == b.country else None,
        admin1=a.admin1 if a.admin1 == b.admin1 else None, alternatives=(),
    )  # fmt: skip


def _kilometres(distance: str | None, unit: str | None) -> float | None:
    if not distance or not unit:
        return None
    try:
        number = float(distance.replace(",", "").rstrip("."))
    except ValueError:
        return None
    if unit.lower().startswith("nautical"):
        return number * KM_PER_NAUTICAL_MILE
    return number * KM_PER_MILE if unit.lower().startswith("mi") else number
