"""Flat tables that mapgen wrote ─► the same events again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Event, EventCollection, Skipped
from mapgen.record import from_record

_JSON_COLUMNS = ("actors", "figures", "places", "source_record", "claims", "extra")
_NUMBER_COLUMNS = ("quote_start", "quote_end", "time_precision", "confidence")
_COLUMNS = frozenset(
    "event_date event_type sub_event_type location latitude longitude geo_precision time_precision country admin1 "
    "actor1 actor2 source notes fatalities event_id event_group title status attribution date_start date_end time_text "
    "actors figures places quote quote_start quote_end review note claims confidence extra geometry bbox".split()
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_own(columns: Iterable[str]) -> bool:
    """Whether a table with these columns is one that mapgen wrote."""
    return {"event_id", "event_type", "places", "review"}.issubset(columns)


def own_events(rows: Iterable[tuple[str, Mapping[str, Any]]], plain: Callable[[str], str] = str) -> EventCollection:
    """The events of (what messages call a row, its cells); ``plain`` undoes what was done to a cell.

    A row that makes no event is listed as skipped.
    """
    events, skipped = [], []
    for item in _told(rows, plain):
        if isinstance(item, Event):
            events.append(item)
        else:
            skipped.append(item)
    return EventCollection(tuple(events), skipped=tuple(skipped))


def _told(rows: Iterable[tuple[str, Mapping[str, Any]]], plain: Callable[[str], str]) -> Iterator[Event | Skipped]:
    for where, row in rows:
        try:
            record: dict[str, Any] = {k: plain(str(v)) for k, v in row.items() if k and v not in ("", None)}
            for key in _JSON_COLUMNS:
                if key in record:
                    record[key] = json.loads(record[key])
            for key in _NUMBER_COLUMNS:
                if key in record:
                    record[key] = float(record[key])
            record["source"] = record.pop("source_record", None)
            unknown = {key: record[key] for key in record if key not in _COLUMNS}
            record["extra"] = {**record.get("extra", {}), **unknown}
            yield from_record(record)
        except (InputError, ValueError, RecursionError) as error:
            yield Skipped(where, str(error))


def unneutralised(text: str) -> str:
    """A cell as it was before a leading apostrophe kept spreadsheets from running it as a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text
