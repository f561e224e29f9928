"""JSON that holds rows: what APIs and story tools give (ACLED, UCDP, TimeMap, StoryMapJS) ─► a Table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mapgen.readers.cells import Table
from mapgen.readers.columns import is_placed, recognised
from mapgen.readers.forms import form_of

_DEEP = 3  # levels of objects in which the list of rows may lie
_LOOKED_AT = 50  # rows that tell the names of the columns apart from other lists


def rows_in(told: Any) -> list[dict[str, Any]] | None:
    """The list of objects with the columns of a known form, or of a place; None where there is none."""
    for rows in _lists(told, _DEEP):
        header = list(dict.fromkeys(name for row in rows[:_LOOKED_AT] for name in row))
        if form_of(header) or is_placed(recognised(header)):
            return rows
    return None


def table_of(rows: list[dict[str, Any]], where: str) -> Table:
    """Rows as a Table; the columns are the keys in order of their first coming."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[row.get(name) for row in rows] for name in header]
    return Table(where, header, columns, range(1, len(rows) + 1))


def _lists(told: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if isinstance(told, list):
        rows = [_flat(row) for row in told if isinstance(row, dict)]
        if rows:
            yield rows
    elif isinstance(told, dict) and depth:
        for inner in told.values():
            yield from _lists(inner, depth - 1)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """``row`` with the objects in it as dotted names ("location.lat"), one level deep; lists as JSON."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{key}": inner for key, inner in value.items() if not isinstance(inner, dict | list)}
        elif isinstance(value, list):
            flat[name] = "; ".join(map(str, value)) if all(isinstance(v, str) for v in value) else json.dumps(value)
        else:
            flat[name] = value
    return flat
