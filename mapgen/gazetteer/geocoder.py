"""The gazetteer behind geopy's interface: no network, no key, no rate."""

from __future__ import annotations

import dataclasses
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from mapgen.gazetteer import Gazetteer
from mapgen.model import GazetteerEntry


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder that answers from a :class:`Gazetteer`; ``Location.raw`` is the entry as a dict."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__()
        self.gazetteer = gazetteer or Gazetteer()

    def geocode(
        self,
        query: str,
        exactly_one: bool = True,
        *,
        country_codes: str | None = None,
        limit: int = 10,
        **_: Any,
    ) -> Location | list[Location] | None:
        """The place of ``query`` ("Springfield, Illinois"), or with ``exactly_one=False`` a list; None if unknown.

        ``country_codes`` is one ISO 3166-1 alpha-2 code.
        """
        found = self.gazetteer.lookup(query, country=country_codes, limit=1 if exactly_one else limit)
        return _answer(found, exactly_one)

    def reverse(
        self, query: Point | tuple[float, float] | str, exactly_one: bool = True, *, limit: int = 1, **_: Any
    ) -> Location | list[Location] | None:
        """The populated place nearest to a point (latitude, longitude in degrees), or a list of ``limit``."""
        point = Point(query)
        found = self.gazetteer.nearest(point.latitude, point.longitude, limit=1 if exactly_one else limit)
        return _answer(found, exactly_one)


def _answer(found: list[GazetteerEntry], exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    locations = [Location(_address(entry), (entry.lat, entry.lon), dataclasses.asdict(entry)) for entry in found]
    return locations[0] if exactly_one else locations


def _address(entry: GazetteerEntry) -> str:
    region = entry.admin1_name if entry.admin1_name != entry.name else None
    return ", ".join(part for part in (entry.name, region, entry.country) if part)
