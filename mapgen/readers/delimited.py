"""CSV and TSV ─► a Table: delimiter and encoding are found out and told, a broken row is listed and left out."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, TextIO

from mapgen.errors import InputError
from mapgen.model import Skipped
from mapgen.readers.cells import Table
from mapgen.readers.decoding import text_stream
from mapgen.readers.forms import headerless

_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
_MOST_IN_CELL = 10_000_000  # characters
_BATCH = 20_000  # rows turned into columns at once
_PEEKED = 30  # rows that settle the delimiter
_MOST_TOLD = 50_000  # different texts of a column beyond which its cells are not shared


def read_delimited(file: BinaryIO, where: str) -> Table:
    """The cells of a CSV or TSV file; raises InputError where it is no table, or broken as a whole."""
    stream, encoding = text_stream(file, where)
    delimiter = _delimiter(stream)
    table = as_table(_lines(stream, delimiter, where), where)
    if encoding not in ("utf-8", "utf-8-sig", "ascii"):
        table.notes.insert(0, f"read as {re.sub('^cp125', 'windows-125', encoding).replace('_', '-')}")
    if delimiter not in (",", "\t"):
        table.notes.insert(0, f"its columns are separated by {_DELIMITERS[delimiter]}")
    return table


def as_table(numbered: Iterable[tuple[int, list[str]]], where: str) -> Table:
    """A Table of numbered lines of cells, whose first one with more than one cell holds the names of the columns.

    Raises InputError where there are no rows, or two columns have one name.
    """
    lines = iter(numbered)
    first, second = next(lines, None), next(lines, None)
    notes = []
    while first and second and _filled(first[1]) == 1 < _filled(second[1]):  # a title over the table
        notes.append(f"line {first[0]} was taken as a title over the table")
        first, second = second, next(lines, None)
    if first is None or (second is None and headerless(first[1]) is None):
        raise InputError(f"{where}: has no rows below its column names")
    header = headerless(first[1])
    if header:
        rest = [line for line in (first, second) if line]
    else:
        header, rest = [name.strip() for name in first[1]], [line for line in (second,) if line]
        if rest and all(not cell or cell.startswith("#") for cell in rest[0][1]):  # HXL tags, hxlstandard.org
            rest = []
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise InputError(f"{where}: has more than one column named {', '.join(twice[:5])}; rename them")
    table = Table(where, header, [[] for _ in header], [], notes=notes)
    _fill(table, itertools.chain(rest, lines))
    if not table.numbers and not table.skipped:
        raise InputError(f"{where}: has no rows below its column names")
    return table


def _fill(table: Table, lines: Iterable[tuple[int, list[str]]]) -> None:
    """Put lines into the table's columns; a text that comes again in a column is held once."""
    width, numbers = len(table.header), []
    shared: list[dict[str, str] | None] = [{} for _ in table.header]
    for batch in _batches(lines):
        good: list[list[str]] = []
        for number, line in batch:
            if len(line) < width:
                table.skipped.append(Skipped(f"{table.where} row {number}", f"has {len(line)} of {width} columns"))
                continue
            if len(line) > width and any(cell.strip() for cell in line[width:]):
                table.skipped.append(
                    Skipped(f"{table.where} row {number}", f"has {len(line)} cells in {width} columns")
                )
                continue
            good.append(line)
            numbers.append(number)
        for index, cells in enumerate(itertools.islice(zip(*good, strict=False), width)):
            known = shared[index]
            if known is None:
                table.columns[index].extend(cells)
            else:
                table.columns[index].extend([known.setdefault(cell, cell) for cell in cells])
                if len(known) > _MOST_TOLD:
                    shared[index] = None
    table.numbers = numbers


def _batches(lines: Iterable[tuple[int, list[str]]]) -> Iterator[Sequence[tuple[int, list[str]]]]:
    iterator = iter(lines)
    while batch := list(itertools.islice(iterator, _BATCH)):
        yield batch


def _filled(line: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in line)


def _lines(stream: TextIO, delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of the lines that hold something; the first row is 1, as a spreadsheet counts."""
    csv.field_size_limit(_MOST_IN_CELL)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, line in enumerate(reader, 1):
            if any(line) and (len(line) > 1 or line[0].strip()) and not (number == 1 and _names_delimiter(line)):
                yield number, line
    except csv.Error as error:
        raise InputError(
            f"{where}: is broken as a table in row {number + 1} ({error}); look for a quotation mark left open"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: is not all of one encoding ({error.encoding}); save it as UTF-8") from error


def _names_delimiter(line: Sequence[str]) -> bool:
    """Excel's first line "sep=;"."""
    return len(line) <= 2 and line[0].strip().lower().startswith("sep=")


def _delimiter(stream: TextIO) -> str:
    """The delimiter under which the first rows have the most cells, and all the same number of them."""
    head = stream.read(200_000)
    stream.seek(0)
    if head[:5].lower().startswith("sep=") and head[4] in _DELIMITERS:
        return head[4]
    return max(_DELIMITERS, key=lambda delimiter: _fit(head, delimiter))


def _fit(head: str, delimiter: str) -> tuple[float, int]:
    rows = []
    try:
        for row in itertools.islice(csv.reader(head.splitlines(keepends=True), delimiter=delimiter), _PEEKED):
            rows.append(row)
    except csv.Error:
        return 0.0, 0
    widths = [len(row) for row in rows if any(row)]
    if not widths or max(widths) < 2:
        return 0.0, 1
    usual = max(set(widths), key=widths.count)
    return (widths.count(usual) / len(widths) if usual > 1 else 0.0), usual
