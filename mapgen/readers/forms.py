"""Tables of known projects (ACLED, GDELT, UCDP …), recognised by their columns; what they mean stands in ``forms/``.

A form is a TOML file: which columns it must have (``requires``), or that it has no header and how many columns there
are (``columns``, ``first_cells``); field ─► column (``fields``); and code ─► our value for the fields that are coded
(``codes``), with the codebook it was taken from (``cites``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("forms")


@dataclass(frozen=True, slots=True)
class Form:
    """What the columns of a known kind of table mean."""

    name: str
    cites: str
    requires: tuple[str, ...]  # small letters
    requires_one: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # of a table without a header
    not_in: Mapping[str, str] = field(default_factory=dict)  # number of columns ─► those that older files lack
    first_cells: tuple[str, ...] = ()  # patterns of the first cells of a table without a header
    fields: Mapping[str, str] = field(default_factory=dict)  # our field ─► its column
    constants: Mapping[str, str] = field(default_factory=dict)  # our field ─► what it is in every row
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # our field ─► code ─► our value
    codes_of: str = ""  # the form whose codes these are
    labels: Mapping[str, str] = field(default_factory=dict)  # code of event_type ─► words for it
    listed: Mapping[str, str] = field(default_factory=dict)  # our field ─► what separates the codes in its cell
    patterns: Mapping[str, str] = field(default_factory=dict)  # our field ─► the part of its cell that counts
    places: Mapping[str, Any] = field(default_factory=dict)  # how a cell lists places
    countries: str = ""  # the table of country codes, where they are not ISO's
    dates: str | None = None  # the order of day and month
    told_title: bool = True  # whether the notes may stand as the title

    def header_of(self, row: Sequence[str]) -> list[str] | None:
        """The names of the columns, where ``row`` is the first row of such a table without a header."""
        lacking = self.not_in.get(str(len(row)), "").split()
        names = [name for name in self.columns if name not in lacking]
        if not self.first_cells or len(row) != len(names):
            return None
        matches = all(re.fullmatch(p, cell) for p, cell in zip(self.first_cells, row, strict=False))
        return names if matches else None

    def is_of(self, header: Iterable[str]) -> bool:
        """Whether a table with these column names is of this form."""
        names = {name.strip().lower() for name in header}
        return names.issuperset(self.requires) and (not self.requires_one or not names.isdisjoint(self.requires_one))


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """All known forms, those that ask for more columns first."""
    found = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml")) if path.stem != "fips"}
    return tuple(sorted(found.values(), key=lambda form: -len(form.requires)))


def form_of(header: Sequence[str]) -> Form | None:
    """The form of a table with this header; None where it is of no known one."""
    return next((form for form in forms() if form.is_of(header)), None)


def headerless(row: Sequence[str]) -> list[str] | None:
    """The column names of a table whose first row is data, where its form is known."""
    return next((names for form in forms() if form.columns and (names := form.header_of(row))), None)


@lru_cache(maxsize=4)
def country_codes(name: str) -> Mapping[str, str]:
    """A table of country codes as ISO 3166-1 alpha-2."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _read(path: Path) -> Form:
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    if told.get("codes_of"):
        told["codes"] = tomllib.loads((_FOLDER / f"{told['codes_of']}.toml").read_text(encoding="utf-8"))["codes"]
    told["columns"] = told.get("columns", "").split()
    lists = ("requires", "requires_one", "columns", "first_cells")
    values: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in told.items()}
    return Form(**values)
