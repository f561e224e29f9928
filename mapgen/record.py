"""An event as a flat record of JSON values, and back: the ``properties`` of its GeoJSON feature.

The keys and meanings are those of the event record in the README's design.  Beside them, and only where an event has
them, stand:

- ``claims``: the further tellings of the event, in the order of publication, each with ``quote``, ``quote_start`` and
  ``quote_end`` (in the document that its ``source.doc_id`` names), ``status``, ``attribution``, ``figures`` and
  ``source``.  Figures by ``source.published`` are the dated series.  The event's own telling is among them where the
  event shows a figure that was published later; ``events/merge.py`` says which telling gives what.
- ``confidence``: 0–1, that this is an event of this type.
- ``extra``: columns of a table that mapgen does not know.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

from mapgen.errors import InputError
from mapgen.model import (
    FIGURES,
    GRANULARITIES,
    QUALIFIERS,
    REVIEWS,
    ROLES,
    STATUSES,
    Claim,
    Event,
    Figure,
    Place,
    Source,
    When,
)  # fmt: skip
from mapgen.taxonomy import TYPES

Record = dict[str, Any]

_PLACE_KEYS = (
    "role", "name", "mention", "start", "end", "lat", "lon", "country", "admin1", "geo_precision", "granularity",
    "radius_km", "confidence", "gazetteer",
)  # fmt: skip
_FIGURE_KEYS = ("value", "min", "max", "qualifier", "text")


def to_record(event: Event) -> Record:
    """The event as JSON values; ``event_id`` is made where it has none."""
    record = partial_record(event)
    record["places"] = places_record(event.places)
    record["source"] = source_record(event.source)
    return record


def places_record(places: Iterable[Place]) -> list[Record]:
    """The places of an event as JSON values."""
    return [{key: getattr(place, key) for key in _PLACE_KEYS} for place in places]


def partial_record(event: Event) -> Record:
    """The event as JSON values but for its places and source, which many events of a table share."""
    event = event.identified()
    kind = TYPES.get(event.event_type)
    record: Record = {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "event_group": kind.group if kind else event.extra.get("event_group"),
        "title": event.title,
        "status": event.status,
        "attribution": event.attribution,
        "date_start": _iso(event.when.start),
        "date_end": _iso(event.when.end),
        "time_precision": event.when.precision,
        "time_text": event.when.text,
        "actors": list(event.actors),
        "figures": _figures(event.figures),
        "places": None,
        "quote": event.quote,
        "quote_start": event.quote_start,
        "quote_end": event.quote_end,
        "source": None,
        "review": event.review,
        "note": event.note,
    }
    if event.claims:
        record["claims"] = [
            {
                "quote": claim.quote,
                "quote_start": claim.quote_start,
                "quote_end": claim.quote_end,
                "status": claim.status,
                "attribution": claim.attribution,
                "figures": _figures(claim.figures),
                "source": source_record(claim.source),
            }
            for claim in event.claims
        ]
    if event.confidence is not None:
        record["confidence"] = round(event.confidence, 3)
    if event.extra:
        record["extra"] = dict(event.extra)
    return record


def from_record(record: Mapping[str, Any]) -> Event:
    """The event that :func:`to_record` made this of; missing keys take their defaults.

    Raises InputError naming the field whose value makes no sense.
    """
    try:
        return _event(record)
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"event {record.get('event_id') or record.get('title')!r}: {error}") from error


def _event(record: Mapping[str, Any]) -> Event:
    event_type = _text(record, "event_type")
    if not event_type:
        raise InputError("event_type is missing; it is the key of an event type, like protest")
    confidence = record.get("confidence")
    return Event(
        event_type=event_type,
        title=_text(record, "title") or event_type.replace("_", " ").capitalize(),
        status=_one_of(record, "status", STATUSES, "reported"),
        attribution=_text(record, "attribution"),
        when=_when(record),
        actors=tuple(str(actor) for actor in record.get("actors") or ()),
        figures=_read_figures(record.get("figures")),
        places=tuple(_place(place) for place in record.get("places") or ()),
        quote=_text(record, "quote"),
        quote_start=_whole(record, "quote_start"),
        quote_end=_whole(record, "quote_end"),
        source=_read_source(record.get("source")),
        claims=tuple(_claim(claim) for claim in record.get("claims") or ()),
        confidence=None if confidence is None else _number({"confidence": confidence}, "confidence", 0, 1),
        review=_one_of(record, "review", REVIEWS, "unreviewed"),
        note=_text(record, "note"),
        extra=dict(record.get("extra") or {}),
        event_id=_text(record, "event_id") or "",
    ).identified()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _figures(figures: Mapping[str, Figure]) -> Record:
    told = {kind: figures[kind] for kind in FIGURES if kind in figures} if figures else {}
    return {kind: {key: getattr(figure, key) for key in _FIGURE_KEYS} for kind, figure in told.items()}


def source_record(source: Source) -> Record:
    """Where an event was told, as JSON values."""
    return {
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "published": _iso(source.published),
        "doc_id": source.doc_id,
    }


def _read_source(source: Any) -> Source:
    if source is None:
        return Source()
    if not isinstance(source, Mapping):
        return Source(title=str(source))
    texts = {key: _text(source, key) for key in ("title", "url", "publisher", "doc_id")}
    return Source(**texts, published=_day(source, "published"))


def _read_figures(figures: Any) -> dict[str, Figure]:
    if not figures:
        return {}
    if not isinstance(figures, Mapping):
        raise InputError(f"figures must be an object, not {figures!r}")
    unknown = sorted(set(figures) - set(FIGURES))
    if unknown:
        raise InputError(f"figures has no kind {', '.join(map(repr, unknown))}; there are {', '.join(FIGURES)}")
    return {
        kind: Figure(
            _whole(told, "value"),
            _whole(told, "min"),
            _whole(told, "max"),
            _one_of(told, "qualifier", QUALIFIERS, "exact"),
            _text(told, "text") or "",
        )
        for kind, told in figures.items()
    }


def _claim(claim: Mapping[str, Any]) -> Claim:
    return Claim(
        quote=_text(claim, "quote") or "",
        quote_start=_whole(claim, "quote_start") or 0,
        quote_end=_whole(claim, "quote_end") or 0,
        status=_one_of(claim, "status", STATUSES, "reported"),
        attribution=_text(claim, "attribution"),
        source=_read_source(claim.get("source")),
        figures=_read_figures(claim.get("figures")),
    )


def _when(record: Mapping[str, Any]) -> When:
    start, end = _day(record, "date_start"), _day(record, "date_end")
    if start and end and end < start:
        raise InputError(f"date_end {end} lies before date_start {start}")
    precision = _whole(record, "time_precision")
    if precision not in (None, 1, 2, 3):
        raise InputError(f"time_precision must be 1, 2 or 3, not {precision}")
    return When(start, end or start, precision or (1 if start else None), _text(record, "time_text"))


def _place(place: Mapping[str, Any]) -> Place:
    return Place(
        name=_text(place, "name") or "",
        lat=_number(place, "lat", -90, 90),
        lon=_number(place, "lon", -180, 180),
        mention=_text(place, "mention"),
        start=_whole(place, "start"),
        end=_whole(place, "end"),
        role=_one_of(place, "role", ROLES, "site"),
        country=_text(place, "country"),
        admin1=_text(place, "admin1"),
        geo_precision=_whole(place, "geo_precision") or 1,
        granularity=_one_of(place, "granularity", GRANULARITIES, "city"),
        radius_km=_number(place, "radius_km", 0, 20_040) if place.get("radius_km") is not None else 10.0,
        confidence=_number(place, "confidence", 0, 1) if place.get("confidence") is not None else 1.0,
        gazetteer=_text(place, "gazetteer"),
    )


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if isinstance(value, dict | list):
        raise InputError(f"{key} must be text, not {type(value).__name__}")
    return None if value is None or value == "" else str(value)


def _whole(record: Mapping[str, Any], key: str) -> int | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        raise InputError(f"{key} must be a whole number, not {value!r}")
    return int(value)


def _number(record: Mapping[str, Any], key: str, low: float, high: float) -> float:
    value = record.get(key)
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not good or not low <= value <= high:  # type: ignore[operator]
        raise InputError(f"{key} must be a number from {low} to {high}, not {value!r}")
    return float(value)  # type: ignore[arg-type]


def _one_of(record: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> str:
    value = record.get(key)
    if value is None or value == "":
        return default
    if value not in allowed:
        raise InputError(f"{key} must be one of {', '.join(allowed)}, not {value!r}")
    return str(value)


def _day(record: Mapping[str, Any], key: str) -> dt.date | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise InputError(f"{key} must be a date like 2022-01-06, not {value!r}") from error
