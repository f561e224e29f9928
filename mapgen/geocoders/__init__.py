"""Any geopy service as a geocoder of tables: rate-limited, each name asked once, every answer checked.

geopy makes 0, 0 of an answer whose coordinates are null and passes on what a service sends out of range; here the raw
answer is looked at, and nonsense is refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from mapgen.errors import GeocoderError
from mapgen.model import Place


class ServiceGeocoder:
    """A geopy geocoder that answers with places.

    ``service`` is any ``geopy.geocoders`` object; ``delay_s`` the least time between two questions in seconds (one
    second is what Nominatim's usage policy asks for, operations.osmfoundation.org/policies/nominatim); ``retries``
    how often a question is asked again after an error.
    """

    def __init__(self, service: Geocoder, delay_s: float = 1.0, retries: int = 2) -> None:
        self._ask = RateLimiter(
            service.geocode,
            min_delay_seconds=delay_s,
            max_retries=retries,
            error_wait_seconds=max(delay_s, 0.01) * 2,
            swallow_exceptions=False,
        )
        self._source = type(service).__name__.lower()
        self._known: dict[str, Place | None] = {}

    def __call__(self, name: str, country: str | None = None) -> Place | None:
        """Where the service puts a name, or None where it knows none.

        Raises GeocoderError where the service fails, or answers coordinates that are null, 0, 0 or out of range.
        """
        query = f"{name}, {country}" if country else name
        if query not in self._known:
            self._known[query] = self._asked(query, name)
        return self._known[query]

    def _asked(self, query: str, name: str) -> Place | None:
        try:
            found = self._ask(query)
        except (GeopyError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise GeocoderError(f"{self._source}: no answer for {query!r} ({type(error).__name__}: {error})") from error
        if found is None:
            return None
        lat, lon = found.latitude, found.longitude
        good = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180
        if not good or (lat, lon) == (0.0, 0.0):
            raise GeocoderError(f"{self._source}: answers {lat}, {lon} for {query!r}, which is no place")
        return Place(
            name=name,
            lat=lat,
            lon=lon,
            mention=name,
            confidence=0.7,
            gazetteer=f"{self._source}:{_id(found.raw)}",
        )


def _id(raw: Any) -> str:
    """The service's own id of what it found, as far as it gives one."""
    if not isinstance(raw, Mapping):
        return "?"
    properties = raw.get("properties")
    inner = properties if isinstance(properties, Mapping) else raw
    return str(next((inner[key] for key in ("place_id", "osm_id", "id", "gid") if inner.get(key)), "?"))
