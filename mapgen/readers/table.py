"""Tables of events ─► EventCollection: CSV, TSV, XLSX, GeoJSON, JSON of rows, KML, KMZ and GPX.

A row that makes no event is listed as skipped, with the file, the row and the reason; a file none of whose rows
makes one is an InputError.  What was assumed in reading stands in the collection's ``notes``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from mapgen.errors import InputError, OptionsError
from mapgen.model import EventCollection
from mapgen.readers import json_rows
from mapgen.readers.cells import Table
from mapgen.readers.columns import Geocode, is_placed, meaning_of, recognised
from mapgen.readers.decoding import decode
from mapgen.readers.delimited import read_delimited
from mapgen.readers.forms import headerless
from mapgen.readers.geojson import parsed, read_geojson, table_of
from mapgen.readers.own import is_own, own_events, unneutralised
from mapgen.readers.rows import events_of

DELIMITED = (".csv", ".tsv", ".tab")
SUFFIXES = (*DELIMITED, ".xlsx", ".xlsm", ".geojson", ".kml", ".kmz", ".gpx")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read: what places its names, and what the user says of its columns and dates."""

    geocode: Geocode | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # field ─► column
    dates: str | None = None  # "day first" or "month first"


def is_table(text: str) -> bool:
    """Whether a text without a telling name is a CSV table of places or events."""
    head = text[:8000].splitlines()[:2]
    rows = [head[0].split(d) for d in ",;\t|"] if head else []
    return any(headerless(row) for row in rows) or (
        len(head) == 2 and any(len(row) > 2 and is_placed(recognised(row)) for row in rows)
    )


def read_table(file: BinaryIO, suffix: str, where: str, reading: Reading) -> EventCollection:
    """The events of a table; ``where`` is what messages call it.  Raises InputError, or OptionsError for a column."""
    if suffix in DELIMITED:
        return told(read_delimited(file, where), reading)
    data = file.read()
    if suffix == ".geojson":
        return from_json(parsed(decode(data, where), where), where, reading)
    if suffix in (".kml", ".kmz", ".gpx"):
        from mapgen.readers.xml import placemarks

        return told(placemarks(data, suffix, where), reading)
    from mapgen.readers.workbook import read_workbook

    return told(read_workbook(data, where), reading)


def holds_table(value: Any) -> bool:
    """Whether parsed JSON is GeoJSON, uMap's export, or holds rows with places."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind in ("FeatureCollection", "umap") or json_rows.rows_in(value) is not None


def from_json(value: Any, where: str, reading: Reading) -> EventCollection:
    """The events of parsed GeoJSON, of uMap's export, or of a list of rows; raises InputError."""
    kind = value.get("type") if isinstance(value, dict) else None
    rows = json_rows.rows_in(value) if kind not in ("FeatureCollection", "umap") else None
    if rows is not None:
        return told(json_rows.table_of(rows, where), reading)
    found = read_geojson(value, where)
    return found if isinstance(found, EventCollection) else told(found, reading)


def told(table: Table, reading: Reading) -> EventCollection:
    """The events of a table's cells; raises InputError where it has no place at all, or no row makes an event."""
    if is_own(table.header):
        return _own(table)
    try:
        located = table.places is not None
        meaning = meaning_of(table.header, table.columns, reading.columns, reading.geocode, located)
    except OptionsError as error:
        raise OptionsError(f"{table.where}: {error}") from error
    if reading.dates:
        meaning = dataclasses.replace(meaning, order=reading.dates)
    if not located and not is_placed(meaning.fields):
        names = ", ".join(table.header[:12])
        raise InputError(
            f"{table.where}: has no column for a place (it has {names}); "
            "name lat and lon, or place, or say --column place=NAME"
        )
    return events_of(table, meaning, reading.geocode)


def _own(table: Table) -> EventCollection:
    rows = (
        (table.named(row), dict(zip(table.header, cells, strict=True)))
        for row, cells in enumerate(zip(*table.columns, strict=True))
    )
    found = own_events(rows, str if table.unit == "feature" else unneutralised)
    found = dataclasses.replace(found, skipped=(*table.skipped, *found.skipped))
    if not found.events:
        raise InputError(f"{table.where}: none of its {len(found.skipped)} rows makes an event; the first: "
                         f"{found.skipped[0].reason}")  # fmt: skip
    return found


def from_features(value: Mapping[str, Any], where: str, geocode: Geocode | None) -> EventCollection:
    """The events of a parsed GeoJSON FeatureCollection whose properties are flat."""
    return told(table_of(list(value["features"]), where), Reading(geocode))
