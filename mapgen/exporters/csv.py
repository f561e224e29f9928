"""CSV: one row an event, ACLED-style columns first, then the whole record, so that nothing is lost on the way back.

``event_type`` holds mapgen's key and ``sub_event_type`` ACLED's sub-event type; lists and objects stand as JSON, the
geometry as WKT.  A cell that a spreadsheet would run as a formula gets a leading apostrophe, which reading takes away.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from mapgen.atomic import write_atomic
from mapgen.layers import geometry
from mapgen.model import Event, EventCollection, Place, Source
from mapgen.record import partial_record, places_record, source_record
from mapgen.taxonomy import TYPES

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ACLED_COLUMNS = (
    "event_date", "event_type", "sub_event_type", "location", "latitude", "longitude", "geo_precision",
    "time_precision", "country", "admin1", "actor1", "actor2", "source", "notes", "fatalities",
)  # fmt: skip
RECORD_COLUMNS = (
    "event_id", "event_group", "title", "status", "attribution", "date_start", "date_end", "time_text", "actors",
    "figures", "places", "quote", "quote_start", "quote_end", "source_record", "review", "note", "claims", "confidence",
    "extra", "geometry",
)  # fmt: skip
_JSON = json.JSONEncoder(ensure_ascii=False).encode
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}


def to_bytes(collection: EventCollection, suffix: str = ".csv") -> bytes:
    """The events as UTF-8 CSV with a header."""
    return rows_to_bytes((*ACLED_COLUMNS, *RECORD_COLUMNS), (flat(event).values() for event in collection.events))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a plain table of text, atomically."""
    write_atomic(path, rows_to_bytes(header, rows))


def flat(event: Event) -> dict[str, Any]:
    """One row: column ─► number, text or None, in the order of the columns."""
    return shapeless(event) | {"geometry": _wkt(geometry(event))}


def shapeless(event: Event) -> dict[str, Any]:
    """One row but for its geometry, which stands last."""
    record = partial_record(event)
    place = event.places[0] if event.places else None
    kind = TYPES.get(event.event_type)
    killed = event.figures.get("killed")
    row: dict[str, Any] = {
        "event_date": record["date_start"],
        "event_type": event.event_type,
        "sub_event_type": kind.acled_sub_event if kind else None,
        "location": place.name if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": place.geo_precision if place else None,
        "time_precision": event.when.precision,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "actor1": event.actors[0] if event.actors else None,
        "actor2": event.actors[1] if len(event.actors) > 1 else None,
        "source": event.source.publisher or event.source.title,
        "notes": event.quote,
        "fatalities": (killed.value if killed.value is not None else killed.min) if killed else None,
    }
    record["places"] = _places_json(event.places)
    record["actors"] = _actors_json(event.actors)
    record["source_record"] = _source_json(event.source)
    for column in RECORD_COLUMNS[:-1]:
        value = record.get(column)
        row[column] = (_JSON(value) if value else _EMPTY[type(value)]) if isinstance(value, dict | list) else value
    return row


@lru_cache(maxsize=10_000)
def _actors_json(actors: tuple[str, ...]) -> str:
    return _JSON(list(actors))


@lru_cache(maxsize=10_000)
def _places_json(places: tuple[Place, ...]) -> str:
    return _JSON(places_record(places))


@lru_cache(maxsize=10_000)
def _source_json(source: Source) -> str:
    return _JSON(source_record(source))


def neutralised(value: Any) -> Any:
    """The cell, with an apostrophe before what a spreadsheet would run (OWASP, "CSV Injection")."""
    if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def rows_to_bytes(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A table as UTF-8 CSV; a cell that a spreadsheet would run gets its apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _wkt(shape: dict[str, Any] | None) -> str | None:
    """A geometry of ours as well-known text (OGC 06-103r4): points and lines only."""
    if shape is None:
        return None

    def text(coordinates: Any) -> str:
        if isinstance(coordinates[0], list):
            return f"({', '.join(text(inner) for inner in coordinates)})"
        return f"{coordinates[0]} {coordinates[1]}"

    body = text(shape["coordinates"])
    return f"{shape['type'].upper()} {body if body.startswith('(') else f'({body})'}"
