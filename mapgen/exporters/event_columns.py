"""The events of a page as columns: one of each kind, with tables of places, sources and words beside them.

``mapgen/web/events.js`` reads them.  Codes count from 0; the word of code 0 is "", which stands for none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mapgen.exporters.columns import Columns, Interned
from mapgen.model import GRANULARITIES, REVIEWS, ROLES, STATUSES, Claim, Event, Figure, Place, Source

Json = dict[str, Any]

PACKED_FROM = 2000  # events: smaller maps can be read, searched and compared as text
DEGREES = 100_000  # a unit of coordinates: about 1 m
RADII = 10  # a unit of radii is 100 m
SHARES = 100  # a unit of confidence is a hundredth
SOURCE_KEYS = tuple(field.name for field in dataclasses.fields(Source))


def event_columns(events: Sequence[Event], types: Sequence[str]) -> Json:
    """{"count", "columns", "packed"}; ``types`` are the keys of the event types, in the order of their codes."""
    columns = Columns(packed=len(events) >= PACKED_FROM)
    words, places, sources = Interned([""]), Interned(), Interned()
    _told(events, types, columns)
    _dated(events, columns)
    _named(events, columns, words, sources)
    uses = [place for event in events for place in event.places]
    columns.numbers("places", [len(event.places) for event in events])
    columns.numbers("place", places.codes(map(_key, uses)))
    roles = Interned([None, *ROLES])
    columns.numbers("role", roles.codes(place.role for place in uses))
    _placed(places.values, columns, words)
    _sourced(sources.values, columns, words)
    columns.texts("words", words.values)
    return {"count": len(events), **columns.finished()}


def _told(events: Sequence[Event], types: Sequence[str], columns: Columns) -> None:
    """What each event says."""
    codes, statuses, reviews = Interned(types), Interned(STATUSES), Interned(REVIEWS)
    columns.texts("id", [event.event_id or event.identified().event_id for event in events])
    columns.texts("title", [event.title for event in events])
    columns.texts("quote", [event.quote or "" for event in events])
    columns.texts("note", [event.note or "" for event in events])
    columns.texts("figures", [_json(_figures(event.figures)) if event.figures else "" for event in events])
    columns.texts("claims", [_json([*map(_claim, event.claims)]) if event.claims else "" for event in events])
    columns.numbers("type", codes.codes(event.event_type for event in events))
    columns.numbers("status", statuses.codes(event.status for event in events))
    columns.numbers("review", reviews.codes(event.review for event in events))


def _dated(events: Sequence[Event], columns: Columns) -> None:
    """The first day as a proleptic Gregorian ordinal, 0 where undated; the further days; ACLED's precision, or 0."""
    starts = [event.when.start.toordinal() if event.when.start else 0 for event in events]
    columns.numbers("start", starts)
    columns.numbers("lasts", [_further(event.when.start, event.when.end) for event in events])
    columns.numbers("precision", [event.when.precision or 0 for event in events])


def _further(start: dt.date | None, end: dt.date | None) -> int:
    return max((end - start).days, 0) if start and end else 0


def _named(events: Sequence[Event], columns: Columns, words: Interned, sources: Interned) -> None:
    """Who is named in each event, by codes of words; and where it was told, by codes of sources."""
    columns.numbers("attribution", words.codes(event.attribution or "" for event in events))
    columns.numbers("time_text", words.codes(event.when.text or "" for event in events))
    columns.numbers("actors", [len(event.actors) for event in events])
    columns.numbers("actor", words.codes(actor for event in events for actor in event.actors))
    columns.numbers("source", sources.codes(event.source for event in events))


def _key(place: Place) -> tuple[Any, ...]:
    """A place without its role and offsets: many events share it."""
    return (place.name, place.lat, place.lon, place.country, place.admin1, place.geo_precision, place.granularity,
            place.radius_km, place.confidence, place.gazetteer)  # fmt: skip


def _placed(keys: Sequence[tuple[Any, ...]], columns: Columns, words: Interned) -> None:
    """The table of places: coordinates in units of 1e-5 degrees WGS 84."""
    for n, name in ((0, "name"), (3, "country"), (4, "admin1"), (9, "gazetteer")):
        columns.numbers(f"place_{name}", words.codes(key[n] or "" for key in keys))
    granularities = Interned(GRANULARITIES)
    columns.numbers("place_lat", [round(key[1] * DEGREES) for key in keys])
    columns.numbers("place_lon", [round(key[2] * DEGREES) for key in keys])
    columns.numbers("place_precision", [key[5] for key in keys])
    columns.numbers("place_granularity", granularities.codes(key[6] for key in keys))
    columns.numbers("place_radius", [round(key[7] * RADII) for key in keys])
    columns.numbers("place_confidence", [round(key[8] * SHARES) for key in keys])


def _sourced(sources: Sequence[Source], columns: Columns, words: Interned) -> None:
    for key in SOURCE_KEYS:
        columns.numbers(f"source_{key}", words.codes(_text(getattr(source, key)) for source in sources))


def _figures(figures: Mapping[str, Figure]) -> Json:
    return {kind: _present(dataclasses.asdict(figure)) for kind, figure in figures.items()}


def _claim(claim: Claim) -> Json:
    """A further telling, without what the page does not show."""
    told = {"quote": claim.quote, "status": claim.status, "attribution": claim.attribution}
    source = {key: _text(getattr(claim.source, key)) for key in SOURCE_KEYS}
    return _present({**told, "source": _present(source), "figures": _figures(claim.figures)})


def _present(record: Json) -> Json:
    """The fields that hold something."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
