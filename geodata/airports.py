"""Airports and airfields of airportsdata (MIT) that have an IATA code or are military."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import airportsdata

from geodata.populated_places import cities
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

_MILITARY = re.compile(r"\b(?:Air (?:Force )?Base|Afb|AFB|Air Station|Airbase|Naval|RAF|CFB|Army)\b")
_FACILITY = re.compile(
    r"airport|air ?field|air ?base|aerodrome|air ?park|heliport|base|station|\bRAF\b|\bCFB\b|\bIntl\b", re.I
)
_SHORTER = re.compile(r"\b(?:International|Intl|Regional|Municipal|Domestic) ?(?=Airport|Aerodrome|Airfield|\Z)", re.I)


_SETTLEMENT = re.compile(r"[^\W\d_][^\d/(),]{3,}\Z")
_NO_SETTLEMENT = re.compile(r"\b(?:Island|Islands|Is|Mine|Camp|Lodge|Ranch|Farm|Base|Field|Station)\b", re.I)
_WELL_COVERED = frozenset(
    ("AU", "CA", "GB", "IE", "NZ", "US", "ZA")
)  # GeoNames' towns leave only strips and lodges there
_AROUND_KM, _ALIKE = 40.0, 0.7


class Town(NamedTuple):
    """A town of GeoNames: its folded names and its point."""

    names: frozenset[str]
    lat: float
    lon: float


def records() -> Iterator[Record]:
    """Airports, and the settlements that only an airfield tells of."""
    yield from airports()
    yield from settlements()


def airports() -> Iterator[Record]:
    """One record an airport."""
    for icao, airport in sorted(airportsdata.load("ICAO").items()):
        military = bool(_MILITARY.search(airport["name"]))
        if not airport["iata"] and not military:
            continue
        entry = GazetteerEntry(
            id=f"icao:{icao}", name=airport["name"], lat=airport["lat"], lon=airport["lon"],
            country=airport["country"] or None, feature="S.AIRB" if military else "S.AIRP", granularity="site",
            radius_km=3.0,
        )  # fmt: skip
        yield Record(entry, list(names(airport)), [f"iata:{airport['iata']}"] if airport["iata"] else [])


def names(airport: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The airport's names; one that does not say that it is an airport gets the word, so that towns keep theirs."""
    name = airport["name"]
    yield (name if _FACILITY.search(name) else name + " Airport"), "main"
    if name.endswith("Intl"):
        yield name[:-4] + "International Airport", "alternate"
    city = airport["city"]
    if city and name.startswith(city + " ") and _SHORTER.sub("", name).count(" ") > 1:  # "London Gatwick Airport"
        yield name.removeprefix(city + " "), "alternate"
    shorter = _SHORTER.sub("", name).strip()
    if shorter != name:
        yield (shorter if _FACILITY.search(shorter) else shorter + " Airport"), "alternate"
    for code in (airport["iata"], airport["icao"]):
        if code:
            yield code, "code"


def settlements() -> Iterator[Record]:
    """Places that an airfield serves where GeoNames' towns are few; they stand at the airfield."""
    towns = _towns_by_degree()
    seen: set[tuple[str, str]] = set()
    for icao, airport in sorted(airportsdata.load("ICAO").items()):
        name, country, lat, lon = airport["city"].strip(), airport["country"], airport["lat"], airport["lon"]
        key = fold(name)
        if not country or country in _WELL_COVERED or (country, key) in seen:
            continue
        if not _SETTLEMENT.match(name) or _NO_SETTLEMENT.search(name):
            continue
        cells = [(int(lat) + i, int(lon) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if any(_is_it(key, lat, lon, town) for cell in cells for town in towns.get(cell, ())):
            continue
        seen.add((country, key))
        entry = GazetteerEntry(
            id=f"airfield:{icao}", name=name, lat=lat, lon=lon, country=country, feature="P.PPL",
            radius_km=10.0,
        )  # fmt: skip
        yield Record(entry, [(name, "main")])


def _is_it(key: str, lat: float, lon: float, town: Town) -> bool:
    """Whether a town bears the name, or is near and called nearly so."""
    if key in town.names:
        return True
    if distance_km(lat, lon, town.lat, town.lon) > _AROUND_KM:
        return False
    return any(key in name or name in key or _alike(key, name) for name in town.names)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _towns_by_degree() -> dict[tuple[int, int], list[Town]]:
    """Square of one degree ─► the towns in it."""
    found: dict[tuple[int, int], list[Town]] = defaultdict(list)
    for city in cities():
        lat, lon = city["latitude"], city["longitude"]
        names = frozenset(fold(name) for name in (city["name"], *city["alternatenames"]))
        found[int(lat), int(lon)].append(Town(names, lat, lon))
    return found
