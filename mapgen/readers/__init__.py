"""What can be read: articles become a Document, feeds and live blogs many, tables of events an EventCollection.

``read`` takes a path, a URL or "-" and finds out by the name, and by the content where the name says nothing.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mapgen.errors import InputError
from mapgen.model import Document, EventCollection
from mapgen.readers.decoding import MARKS, decode, text_stream
from mapgen.readers.geojson import parsed
from mapgen.readers.table import DELIMITED, SUFFIXES, Reading, from_json, holds_table, is_table, read_table

if TYPE_CHECKING:
    from mapgen.readers.fetch import Limits

__all__ = ["Reading", "lines_of", "load", "read", "read_text"]

MAX_BYTES = 2_000_000_000
_ARTICLES = {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html",
             ".xhtml": "html", ".rss": "feed", ".atom": "feed", ".pdf": "pdf", ".docx": "docx"}  # fmt: skip
# media type ─► what to read it as, where the address has no telling ending
_KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/csv": ".csv", "application/csv": ".csv",
          "text/tab-separated-values": ".tsv", "application/geo+json": ".geojson", "application/pdf": ".pdf",
          "application/gpx+xml": ".gpx", "application/vnd.google-earth.kml+xml": ".kml", "application/rss+xml": ".rss",
          "application/atom+xml": ".atom", "application/rdf+xml": ".rss",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx"}  # fmt: skip

Found = Document | tuple[Document, ...] | EventCollection
_GEO_FILES = (".gpkg", ".parquet", ".geoparquet")


def read(
    source: str | Path,
    *,
    published: dt.date | None = None,
    reading: Reading | None = None,
    limits: Limits | None = None,
) -> Found:
    """One article as a Document, a feed or live blog as many, or one table of events as an EventCollection.

    ``published`` dates an article that does not say when it was published; ``reading`` says how a table is read,
    ``limits`` what fetching may cost.  Raises InputError, FetchError or OptionsError, whose message names the source.
    """
    text, reading = str(source), reading or Reading()
    if text.startswith(("http://", "https://")):
        return _fetched(text, published, reading, limits)
    if text == "-":
        return _sniffed(sys.stdin.buffer.read(), "standard input", published, reading)
    path = Path(text)
    suffix = path.suffix.lower()
    if suffix in DELIMITED:
        with _opened(path) as file:
            return read_table(file, suffix, text, reading)
    if suffix in _GEO_FILES:
        from mapgen.readers.geodataframe import read_geo_file

        _opened(path).close()
        return read_geo_file(path, reading.geocode)
    data = load(path)
    if suffix == ".url":
        return _fetched(decode(data, text).strip(), published, reading, limits)
    return _read(data, text, suffix, published, reading)


def _read(
    data: bytes, where: str, suffix: str, published: dt.date | None, reading: Reading, url: str | None = None
) -> Found:
    """What ``data`` holds, by the ending of its name, or by its content where that says nothing."""
    if suffix == ".zip":
        from mapgen.readers.archive import packed_table

        suffix, data = packed_table(data, where, SUFFIXES)
    if suffix in SUFFIXES:
        return read_table(io.BytesIO(data), suffix, where, reading)
    if suffix in _ARTICLES:
        from mapgen.readers.article import read_article

        return read_article(data, where, _ARTICLES[suffix], published, url)
    return _sniffed(data, where, published, reading, url)


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-"; raises InputError."""
    if source == "-":
        return decode(sys.stdin.buffer.read(), "standard input")
    return decode(load(Path(source)), source)


def lines_of(source: str) -> Iterator[str]:
    """The lines of a text file, or of standard input for "-", as they come; raises InputError.

    What is piped in is UTF-8, or begins with the mark of another encoding.
    """
    where = "standard input" if source == "-" else source
    blank = True
    try:
        lines = _piped(where) if source == "-" else text_stream(_opened(Path(source)), where)[0]
        for line in lines:
            blank = blank and not line.strip()
            yield line
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: holds what is not {error.encoding}; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror})") from error
    if blank:
        raise InputError(f"{where}: is empty; give a file with an article or a table in it")


def _piped(where: str) -> Iterator[str]:
    first = sys.stdin.buffer.readline()
    if not first.isascii() or b"\x00" in first:
        if not first.startswith(codecs.BOM_UTF8) and first.startswith(MARKS):
            yield from decode(first + sys.stdin.buffer.read(), where).split("\n")
            return
        first = decode(first, where).encode()
    yield first.decode()
    for line in sys.stdin.buffer:
        yield line.decode()


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


def _sniffed(data: bytes, where: str, published: dt.date | None, reading: Reading, url: str | None = None) -> Found:
    """Read what has no telling name: a feed, JSON, HTML, a table with a known header, else text."""
    from mapgen.readers.article import read_article
    from mapgen.readers.posts import is_feed

    if is_feed(data):
        return read_article(data, where, "feed", published)
    if data.startswith(b"%PDF"):
        return read_article(data, where, "pdf", published)
    text = decode(data, where)
    head = text.lstrip()[:1000]
    if head.startswith(("{", "[")):
        return _from_json(text, where, published, reading)
    if is_table(text):
        return read_table(io.BytesIO(data), ".csv", where, reading)
    is_html = head[:15].lower().startswith(("<!doctype html", "<html"))
    return read_article(data, where, "html" if is_html else "text", published, url)


def _from_json(text: str, where: str, published: dt.date | None, reading: Reading) -> Found:
    """An object with the text of an article, or any JSON that holds rows or features."""
    from mapgen.readers.article import read_article

    value = parsed(text, where)
    is_article = isinstance(value, dict) and isinstance(value.get("text"), str)
    if not is_article and holds_table(value):
        return from_json(value, where, reading)
    return read_article(text.encode("utf-8", "surrogatepass"), where, "json", published)


def _fetched(url: str, published: dt.date | None, reading: Reading, limits: Limits | None) -> Found:
    from mapgen.readers.fetch import fetch
    from mapgen.readers.sheets import csv_address

    page = fetch(csv_address(url), limits)
    ending = PurePosixPath(urlsplit(page.url).path).suffix.lower()
    told = _KINDS.get(page.kind)
    known = ending in (*SUFFIXES, *_ARTICLES, ".zip")
    if told is None or (known and told != ".html"):
        told = ending if known else ""
    return _read(page.data, page.url, told, published, reading, page.url)
