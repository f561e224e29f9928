"""Airports and airfields of airportsdata (MIT) that have an IATA code or are military."""

from __future__ import annotations

import re
from collections.abc import Iterator

import airportsdata

from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry

_MILITARY = re.compile(r"\b(?:Air (?:Force )?Base|Afb|AFB|Air Station|Airbase|Naval|RAF|CFB|Army)\b")
_FACILITY = re.compile(
    r"airport|air ?field|air ?base|aerodrome|air ?park|heliport|base|station|\bRAF\b|\bCFB\b|\bIntl\b", re.I
)
_SHORTER = re.compile(r"\b(?:International|Intl|Regional|Municipal|Domestic) ?(?=Airport|Aerodrome|Airfield|\Z)", re.I)


def records() -> Iterator[Record]:
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
    shorter = _SHORTER.sub("", name).strip()
    if shorter != name:
        yield (shorter if _FACILITY.search(shorter) else shorter + " Airport"), "alternate"
    for code in (airport["iata"], airport["icao"]):
        if code:
            yield code, "code"
