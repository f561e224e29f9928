"""Excel workbooks: the columns of the CSV form on one sheet, the sources on another."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

from mapgen.errors import MissingExtraError
from mapgen.exporters.csv import ACLED_COLUMNS, RECORD_COLUMNS, flat, neutralised
from mapgen.model import EventCollection

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = dt.datetime(2000, 1, 1)  # a workbook tells when it was made: a constant, so that equal events give equal bytes
_MAX_CELL = 32_000  # characters; Excel's own limit is 32,767


def to_bytes(collection: EventCollection, suffix: str = ".xlsx") -> bytes:
    """The events as a workbook; raises MissingExtraError where openpyxl is missing."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtraError("writing XLSX needs openpyxl: pip install 'mapgen[xlsx]'") from error
    book = Workbook()
    book.properties.created = book.properties.modified = _EPOCH
    events = book.active
    events.title = "events"
    events.append([*ACLED_COLUMNS, *RECORD_COLUMNS])
    for event in collection.events:
        events.append([_cell(value) for value in flat(event).values()])
    events.freeze_panes = "A2"
    sources = book.create_sheet("sources")
    sources.append(["doc_id", "title", "publisher", "published", "url"])
    for document in collection.documents:
        published = document.published.isoformat() if document.published else None
        row = (document.doc_id, document.title, document.publisher, published, document.url)
        sources.append([_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _cell(value: object) -> object:
    value = neutralised(value)
    return _ILLEGAL.sub("�", value)[:_MAX_CELL] if isinstance(value, str) else value


def _undated(data: bytes) -> bytes:
    """The same archive with constant dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()
