"""The cells of a table, by column, and what its columns mean: what every reader of a table gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mapgen.model import Place, Skipped
from mapgen.readers.columns import Meaning
from mapgen.readers.degrees import NOTHING


@dataclass(slots=True)
class Table:
    """The cells of a table, by column, as they were read."""

    where: str  # what messages call it
    header: list[str]
    columns: list[list[Any]]
    numbers: Sequence[int]  # of each row in its file
    unit: str = "row"
    places: list[Place | str | None] | None = None  # from a geometry of the row; a text says why it is none
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def named(self, row: int) -> str:
        """What messages call a row."""
        return f"{self.where} {self.unit} {self.numbers[row]}"


def cleaned(column: Sequence[Any]) -> Sequence[str]:
    """The cells as text without the blanks around it; empty for what only says that there is none."""
    try:
        distinct = {cell: _clean(cell) for cell in dict.fromkeys(column)}
    except TypeError:  # lists and objects of JSON
        return [_clean(cell) for cell in column]
    if all(cell is text for cell, text in distinct.items()):
        return column
    return [distinct[cell] for cell in column]


def _clean(cell: Any) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text in NOTHING else text


class Cells:
    """A table whose columns mean something: its cells by field and row."""

    def __init__(self, table: Table, meaning: Meaning) -> None:
        self.table = table
        self.form = meaning.form
        self.order = meaning.order
        self.codes = meaning.form.codes if meaning.form else {}
        self.columns = {key: cleaned(table.columns[index]) for key, index in meaning.fields.items()}
        self.headings = {key: table.header[index] for key, index in meaning.fields.items()}
        self._constants = meaning.form.constants if meaning.form else {}

    def __len__(self) -> int:
        return len(self.table.numbers)

    def text(self, key: str, row: int) -> str:
        """The text of a field in a row, without the blanks around it; empty for what only says that there is none."""
        column = self.columns.get(key)
        return self._constants.get(key, "") if column is None else column[row]

    def value(self, key: str, row: int) -> str:
        """The text of a field in our terms, where the table's form has codes for it."""
        text = self.text(key, row)
        return self.codes[key].get(text, "") if key in self.codes and key in self.columns else text

    def others(self, fields: frozenset[str]) -> list[tuple[str, list[Any]]]:
        """(name, cells) of the columns that hold none of ``fields``, or hold them in codes."""
        used = {self.headings[key] for key in self.columns if key in fields and key not in self.codes}
        pairs = zip(self.table.header, self.table.columns, strict=True)
        return [(name, column) for name, column in pairs if name and name not in used]
