"""Where the rows of a table are: by their coordinates, by a geometry, or by a place name, asked once for each name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from mapgen.errors import InputError, MapgenError
from mapgen.model import Place
from mapgen.readers.columns import Geocode
from mapgen.readers.degrees import pair, point, short
from mapgen.readers.forms import country_codes

_RADIUS_KM = {"site": 2.0, "city": 10.0, "region": 100.0, "country": 300.0}
_PRECISION = {"site": 1, "city": 1, "region": 3, "country": 3}
_SEEN = 65_536  # places kept at hand: the rows of a table share their places


class Gazetteering:
    """A geocoder that is asked each question once; a service that fails is a reason, not the end of the table."""

    def __init__(self, geocode: Geocode | None) -> None:
        self._geocode = geocode
        self._known: dict[tuple[str, str | None], Place | None] = {}

    def __call__(self, name: str, country: str | None = None) -> Place | None:
        """Where a name is, or None; raises InputError where the service fails."""
        if (name, country) not in self._known:
            try:
                self._known[name, country] = self._geocode(name, country) if self._geocode else None
            except InputError:
                raise
            except MapgenError as error:
                raise InputError(str(error)) from error
        return self._known[name, country]

    def country(self, text: str, table: str = "") -> str | None:
        """The ISO 3166-1 alpha-2 code of a country's name or code; None where it names none."""
        if table:
            return country_codes(table).get(text)
        if len(text) == 2 and text.isascii() and text.isalpha():
            return text.upper()
        try:
            found = self(text) if text else None
        except InputError:
            return None
        return found.country if found and found.granularity == "country" else None


@lru_cache(maxsize=_SEEN)
def place_at(
    lat: float, lon: float, name: str, country: str | None, admin1: str | None, precision: int, granularity: str
) -> Place:
    """The place of a row whose coordinates are given."""
    granularity = granularity or ("region" if precision == 3 else "city")
    return Place(
        name=name or f"{lat:.3f}, {lon:.3f}",
        lat=lat,
        lon=lon,
        role="area" if granularity in ("region", "country") else "site",
        country=country,
        admin1=admin1 or None,
        geo_precision=precision or _PRECISION[granularity],
        granularity=granularity,
        radius_km=_RADIUS_KM[granularity],
    )


def located(lats: Sequence[str], lons: Sequence[str]) -> tuple[list[tuple[float, float] | None], dict[int, str]]:
    """(lat, lon) of each row in degrees, None where both cells are empty; and row ─► why its cells are no place."""
    at: list[tuple[float, float] | None] = [None] * len(lats)
    wrong: dict[int, str] = {}
    for row, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        try:
            here = (float(lat), float(lon))  # the usual case, quickly; what is odd is looked at below
            in_range = -90 <= here[0] <= 90 and -180 <= here[1] <= 180 and here != (0.0, 0.0)
            if in_range and "_" not in lat and "_" not in lon:
                at[row] = here
                continue
        except (TypeError, ValueError):
            pass
        if lat or lon:
            try:
                at[row] = point(lat, lon)
            except InputError as error:
                wrong[row] = str(error)
    return at, wrong


def located_together(cells: Sequence[str]) -> tuple[list[tuple[float, float] | None], dict[int, str]]:
    """As :func:`located`, for a column that holds both: "43.24, 76.95" or well-known text."""
    known: dict[str, tuple[float, float] | str | None] = {"": None}
    at: list[tuple[float, float] | None] = []
    wrong: dict[int, str] = {}
    for row, text in enumerate(cells):
        if text not in known:
            try:
                known[text] = pair(text)
            except InputError as error:
                known[text] = str(error)
        found = known[text]
        at.append(None if isinstance(found, str) else found)
        if isinstance(found, str):
            wrong[row] = found
    return at, wrong


def named(name: str, admin1: str, country: str, code: str | None, gazetteer: Gazetteering) -> Place | None:
    """Where a row without coordinates is by its names; None where the gazetteer does not know.

    Raises InputError where there is no name, or the geocoding service fails.
    """
    if not name and not country and not admin1:
        raise InputError("has neither coordinates nor a place name")
    whole = code or country or None
    found = None
    if name and admin1 and name != admin1:
        found = gazetteer(f"{name}, {admin1}", whole)
    found = found or gazetteer(name or admin1 or country, whole if name or admin1 else None)
    return found and found.at("area" if found.granularity in ("region", "country") else "site")


def unknown(name: str) -> str:
    """Why a row has no place on the map, where its name is not known."""
    return f"the place {short(name)} is not known to the gazetteer; kept, without a pin"


def listed(cell: str, spec: Mapping[str, Any], granularities: Mapping[str, str], table: str) -> tuple[Place, ...]:
    """The places that one cell lists (GDELT's GKG), towns first; what is no place among them is left out."""
    found: dict[tuple[float, float], Place] = {}
    for item in cell.split(spec["between"]):
        told = dict(zip(spec["parts"], item.split(spec["inside"]), strict=False))
        try:
            lat, lon = point(told.get("lat", ""), told.get("lon", ""))
        except InputError:
            continue
        kind = granularities.get(told.get("granularity", ""), "city")
        country = country_codes(table).get(told.get("country", "")) if table else told.get("country")
        found.setdefault((lat, lon), place_at(lat, lon, told.get("name", ""), country, None, 0, kind))
    towns = [place for place in found.values() if place.granularity == "city"]
    return tuple(towns or found.values())


def shaped(place: Place, gazetteer: Gazetteering) -> Place:
    """A region or country with the gazetteer's id and extent, where the gazetteer knows it at the same place."""
    name = place.name.split(",")[0]
    try:
        known = gazetteer(name, place.country)
    except InputError:
        return place
    if known is None or known.granularity != place.granularity:
        return place
    return dataclasses.replace(place, gazetteer=known.gazetteer, radius_km=known.radius_km)


def swapped(sample: Sequence[tuple[str, str | None, float, float]], gazetteer: Gazetteering) -> bool:
    """Whether latitude and longitude look exchanged: the named places lie where the coordinates would be then."""
    right = wrong = 0
    for name, country, lat, lon in sample:
        try:
            known = gazetteer(name, country)
        except InputError:
            return False
        if known is None:
            continue
        right += abs(known.lat - lat) < 3 and abs(known.lon - lon) < 3
        wrong += abs(known.lat - lon) < 1 and abs(known.lon - lat) < 1
    return wrong > 2 and wrong > 3 * right
