"""XLSX ─► a Table: the first sheet that holds a table of places or events."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from mapgen.errors import InputError, MissingExtraError
from mapgen.readers.cells import Table
from mapgen.readers.columns import is_placed, recognised
from mapgen.readers.delimited import as_table
from mapgen.readers.forms import form_of

MOST_ROWS, MOST_CELLS = 1_048_576, 50_000_000  # Excel's rows; cells that are gone through, empty ones too
HEAD = 20  # rows among which the column names are
MAX_INFLATED = 1_000_000_000  # bytes of the parts of a workbook together


def read_workbook(data: bytes, where: str) -> Table:
    """The cells of a workbook's table, as text; raises InputError, or MissingExtraError without openpyxl."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("reading XLSX needs openpyxl: pip install 'mapgen[xlsx]'") from error
    check_archive(data, where, MAX_INFLATED)
    try:
        sheets = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets
        tables = {sheet.title: list(_lines(sheet, where)) for sheet in sheets}
    except InputError:
        raise
    except Exception as error:  # openpyxl raises what its parsers raise
        raise InputError(f"{where}: cannot be read as an Excel workbook; save it again as .xlsx or as CSV") from error
    filled = {title: lines for title, lines in tables.items() if len(lines) > 1}
    if not filled:
        raise InputError(f"{where}: has no rows below its column names")
    title = next((title for title, lines in filled.items() if _is_told(lines[:3])), next(iter(filled)))
    _pad(filled[title], where)
    table = as_table(filled[title], where)
    if len(tables) > 1:
        table.notes.append(f"read from its sheet {title!r}")
    return table


def check_archive(data: bytes, where: str, most: int) -> None:
    """Refuse what is no ZIP archive, or would inflate beyond ``most`` bytes; raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inflated = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise InputError(f"{where}: is not the kind of file that its name says; save it again") from error
    if inflated > most:
        raise InputError(f"{where}: would inflate to more than {most // 10**6} MB; refused")


def _is_told(lines: list[tuple[int, list[str]]]) -> bool:
    return any(form_of(cells) or is_placed(recognised(cells)) for _, cells in lines)


def _lines(sheet: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a sheet says of its size may be anything; rows are as wide as they are
    count = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(cells)
        if number > MOST_ROWS or count > MOST_CELLS:
            raise InputError(f"{where}: has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; save it as CSV")
        line = [_text(cell) for cell in cells]
        if any(line):
            yield number, line


def _pad(lines: list[tuple[int, list[str]]], where: str) -> None:
    """Make rows as wide as the widest of the first ones: a workbook leaves out the empty cells at the end of a row."""
    width = max(len(cells) for _, cells in lines[:HEAD])
    if width * len(lines) > MOST_CELLS:
        raise InputError(f"{where}: has more than {MOST_CELLS:,} cells; save it as CSV")
    for _, cells in lines:
        cells.extend([""] * (width - len(cells)))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
