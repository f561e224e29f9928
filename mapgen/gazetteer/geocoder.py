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
        region: str | None = None,
        language: str | None = None,
        limit: int = 10,
        **_: Any,
    ) -> Location | list[Location] | None:
        """The place of ``query`` ("Springfield, Illinois"), or with ``exactly_one=False`` a list; None if unknown.

        ``country_codes`` is one ISO 3166-1 alpha-2 code, ``region`` a code as "US.IL" or a region's name; addresses are
        in ``language`` (ISO 639) where its names are known.  Names that begin so or are nearly so count where none is.
        """
        found = self.gazetteer.lookup(query, country_codes, region, 1 if exactly_one else limit)
        return self._answer(found, exactly_one, language)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        exactly_one: bool = True,
        *,
        language: str | None = None,
        limit: int = 1,
        **_: Any,
    ) -> Location | list[Location] | None:
        """The populated place nearest to a point (latitude, longitude in degrees), or a list of ``limit``."""
        point = Point(query)
        found = self.gazetteer.nearest(point.latitude, point.longitude, limit=1 if exactly_one else limit)
        return self._answer(found, exactly_one, language)

    def _answer(
        self, found: list[GazetteerEntry], exactly_one: bool, language: str | None
    ) -> Location | list[Location] | None:
        if not found:
            return None
        locations = [
            Location(self._address(entry, language), (entry.lat, entry.lon), dataclasses.asdict(entry))
            for entry in found
        ]
        return locations[0] if exactly_one else locations

    def _address(self, entry: GazetteerEntry, language: str | None) -> str:
        region = entry.admin1_name if entry.admin1_name != entry.name else None
        name = self.gazetteer.display_name(entry, language)
        return ", ".join(part for part in (name, region, entry.country) if part)
