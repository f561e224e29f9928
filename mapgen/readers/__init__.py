"""What can be read: articles become a Document, tables of events an EventCollection.

``read`` takes a path, a URL or "-" and finds out by the name, and by the content where the name says nothing.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

from mapgen.errors import InputError
from mapgen.model import Document, EventCollection
from mapgen.readers.decoding import decode
from mapgen.readers.geojson import parsed
from mapgen.readers.table import DELIMITED, SUFFIXES, Reading, from_json, holds_table, is_table, read_table

__all__ = ["Reading", "load", "read", "read_text"]

MAX_BYTES = 2_000_000_000
_ARTICLES = {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
             ".html": "html", ".htm": "html", ".xhtml": "html"}  # fmt: skip
_GEO_FILES = (".gpkg", ".parquet", ".geoparquet")


def read(
    source: str | Path, *, published: dt.date | None = None, reading: Reading | None = None
) -> Document | EventCollection:
    """One article as a Document, or one table of events as an EventCollection.

    ``published`` dates an article that does not say when it was published; ``reading`` says how a table is read.
    Raises InputError, FetchError or OptionsError, whose message names the source.
    """
    text, reading = str(source), reading or Reading()
    if text.startswith(("http://", "https://")):
        return _fetched(text, published)
    if text == "-":
        return _sniffed(sys.stdin.buffer.read(), "standard input", published, reading)
    path = Path(text)
    suffix = path.suffix.lower()
    if suffix in DELIMITED:
        with _opened(path) as file:
            return read_table(file, suffix, text, reading)
    data = load(path)
    if suffix == ".url":
        return _fetched(decode(data, text).strip(), published)
    if suffix in SUFFIXES:
        return read_table(io.BytesIO(data), suffix, text, reading)
    if suffix in _GEO_FILES:
        from mapgen.readers.geodataframe import read_geo_file

        return read_geo_file(path, reading.geocode)
    if suffix in _ARTICLES:
        from mapgen.readers.article import read_article

        return read_article(data, text, _ARTICLES[suffix], published)
    return _sniffed(data, text, published, reading)


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-"; raises InputError."""
    if source == "-":
        return decode(sys.stdin.buffer.read(), "standard input")
    return decode(load(Path(source)), source)


def load(path: Path) -> bytes:
    """The bytes of a file; raises InputError where there is none, or none to speak of."""
    with _opened(path) as file:
        data = file.read()
    if not data.strip():
        raise InputError(f"{path}: is empty; give a file with an article or a table in it")
    return data


def _opened(path: Path) -> io.BufferedReader:
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; name a file")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: is larger than {MAX_BYTES // 10**9} GB; split it")
        return path.open("rb")
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise InputError(f"{path}: cannot be read ({reason}); check the path") from error


def _sniffed(data: bytes, where: str, published: dt.date | None, reading: Reading) -> Document | EventCollection:
    """Read what has no telling name: JSON, HTML, a table with a known header, else text."""
    from mapgen.readers.article import read_article

    text = decode(data, where)
    head = text.lstrip()[:1000]
    if head.startswith(("{", "[")):
        return _from_json(text, where, published, reading)
    if is_table(text):
        return read_table(io.BytesIO(data), ".csv", where, reading)
    is_html = head[:15].lower().startswith(("<!doctype html", "<html"))
    return read_article(data, where, "html" if is_html else "text", published)


def _from_json(text: str, where: str, published: dt.date | None, reading: Reading) -> Document | EventCollection:
    """An object with the text of an article, or any JSON that holds rows or features."""
    from mapgen.readers.article import read_article

    value = parsed(text, where)
    is_article = isinstance(value, dict) and isinstance(value.get("text"), str)
    if not is_article and holds_table(value):
        return from_json(value, where, reading)
    return read_article(text.encode("utf-8", "surrogatepass"), where, "json", published)


def _fetched(url: str, published: dt.date | None) -> Document:
    from mapgen.readers.article import read_article
    from mapgen.readers.fetch import fetch

    page = fetch(url)
    return read_article(page.data, page.url, "html" if page.is_html else "text", published, url=page.url)
