"""Any geopy service as a geocoder of tables: rate-limited, each name asked once, every answer checked.

geopy makes 0, 0 of an answer whose coordinates are null and passes on what a service sends out of range; here the
answer is looked at, and nonsense is refused.
"""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from mapgen.errors import GeocoderError
from mapgen.geocoders.cache import AnswerCache, cache_path
from mapgen.geocoders.services import service, service_names
from mapgen.model import Place

__all__ = ["AnswerCache", "ServiceGeocoder", "cache_path", "named_geocoder", "service_names"]

_TOWN_KM = 40.0  # a box that reaches further from its middle is that of a region or a country
_KM_PER_DEGREE = 111.2
_REFUSED = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges)  # whatever is asked next is refused as well
_FINAL = (*_REFUSED, GeocoderQueryError, GeocoderParseError)  # asking again changes nothing
_UNUSABLE = (GeopyError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def named_geocoder(name: str, cache: Path | None) -> ServiceGeocoder:
    """The service called ``name``, with its answers kept in the file ``cache`` (None: in memory).

    Raises OptionsError for an unknown name or a missing key, GeocoderError for a cache that cannot be used.
    """
    made, delay_s = service(name)
    return ServiceGeocoder(made, AnswerCache(cache), delay_s=delay_s)


class ServiceGeocoder:
    """A geopy geocoder that answers with places.

    ``service`` is any ``geopy.geocoders`` object.  ``delay_s`` is the least time between two questions; a question
    that fails is asked ``retries`` times more, after the time that the service asks for (Retry-After) or after a
    doubling delay, but not where that is longer than ``patience_s``.  After ``failures`` failed questions in a row the
    service is not asked any more.  All times in seconds.
    """

    def __init__(
        self,
        service: Geocoder,
        cache: AnswerCache | None = None,
        *,
        delay_s: float = 1.0,
        retries: int = 2,
        patience_s: float = 60.0,
        failures: int = 3,
    ) -> None:
        self._ask = RateLimiter(
            service.geocode,
            min_delay_seconds=delay_s,
            max_retries=0,
            error_wait_seconds=delay_s,
            swallow_exceptions=False,
        )
        self.provider = type(service).__name__.lower()
        self._cache = AnswerCache() if cache is None else cache
        self._delay_s, self._retries, self._patience_s = delay_s, retries, patience_s
        self._failures_left, self._failures = failures, failures

    def __call__(self, name: str, country: str | None = None) -> Place | None:
        """Where the service puts a name, or None where it knows none.

        Raises GeocoderError where the service fails, or answers coordinates that are null, 0, 0 or out of range.
        """
        query = f"{name}, {country}" if country else name
        kept = self._cache.get(self.provider, query)
        if kept is None:
            kept = (self._asked(query),)
            self._cache.put(self.provider, query, kept[0])
        return self._place(name, kept[0])

    def _asked(self, query: str) -> dict[str, Any] | None:
        """The service's answer as it is kept: lat, lon, address and the raw answer."""
        if not self._failures_left:
            raise GeocoderError(
                f"{self.provider}: not asked for {query!r}, since it has failed before; try again later"
            )
        try:
            found = self._answer(query)
            answer = None if found is None else self._checked(found, query)
        except _UNUSABLE as error:
            self._failures_left = 0 if isinstance(error, _REFUSED) else self._failures_left - 1
            raise GeocoderError(f"{self.provider}: no answer for {query!r} ({_reason(error)})") from error
        self._failures_left = self._failures
        return answer

    def _answer(self, query: str) -> Any:
        for attempt in range(self._retries + 1):
            try:
                with warnings.catch_warnings(action="ignore"):  # geopy warns of coordinates that are refused below
                    return self._ask(query)
            except GeopyError as error:
                wait = getattr(error, "retry_after", None) or self._delay_s * 2**attempt
                if isinstance(error, _FINAL) or attempt == self._retries or wait > self._patience_s:
                    raise
                time.sleep(wait)
        return None

    def _checked(self, found: Any, query: str) -> dict[str, Any]:
        lat, lon = found.latitude, found.longitude
        good = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180
        if not good or (lat, lon) == (0.0, 0.0):
            raise ValueError(f"{lat}, {lon} is no place")
        return {"lat": lat, "lon": lon, "address": found.address, "raw": found.raw}

    def _place(self, name: str, answer: Mapping[str, Any] | None) -> Place | None:
        if answer is None:
            return None
        radius_km = _radius_km(answer["raw"])
        areal = radius_km > _TOWN_KM
        return Place(
            name=name,
            lat=answer["lat"],
            lon=answer["lon"],
            mention=name,
            geo_precision=3 if areal else 1,
            granularity="region" if areal else "city",
            radius_km=radius_km,
            confidence=0.7,
            gazetteer=f"{self.provider}:{_id(answer['raw'])}",
        )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


def _properties(raw: Any) -> Mapping[str, Any]:
    """What a service says of its answer; services that answer GeoJSON say it in ``properties``."""
    if not isinstance(raw, Mapping):
        return {}
    inner = raw.get("properties")
    return inner if isinstance(inner, Mapping) else raw


def _id(raw: Any) -> str:
    """The id of what was found: OpenStreetMap's, which outlives a server's own, or else the service's."""
    told = _properties(raw)
    if told.get("osm_type") and told.get("osm_id"):
        return f"{told['osm_type']}/{told['osm_id']}"
    return str(next((told[key] for key in ("place_id", "osm_id", "id", "gid") if told.get(key)), "?"))


def _radius_km(raw: Any) -> float:
    """Half the height of the box that Nominatim (south, north, west, east) or Photon (west, north, …) tells, in km."""
    told = _properties(raw)
    with suppress(KeyError, ValueError, TypeError, IndexError):
        south, north = told["boundingbox"][:2] if "boundingbox" in told else (told["extent"][3], told["extent"][1])
        return round(max(1.0, abs(float(north) - float(south)) * _KM_PER_DEGREE / 2), 1)
    return 10.0
