"""What can be read: articles become a Document, tables of events an EventCollection.

``read`` takes a path, a URL or "-" and finds out by the name, and by the content where the name says nothing.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

from mapgen.errors import InputError
from mapgen.model import Document, EventCollection, Place
from mapgen.readers.decoding import decode

Geocode = Callable[[str, str | None], Place | None]  # (name, country) ─► where it is, or None

MAX_BYTES = 2_000_000_000
_ARTICLES = {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
             ".html": "html", ".htm": "html", ".xhtml": "html"}  # fmt: skip
_TABLES = (".csv", ".tsv", ".xlsx", ".geojson", ".kml", ".kmz", ".gpx")
_GEO_FILES = (".gpkg", ".parquet", ".geoparquet")


def read(
    source: str | Path, *, published: dt.date | None = None, geocode: Geocode | None = None
) -> Document | EventCollection:
    """One article as a Document, or one table of events as an EventCollection.

    ``published`` dates an article that does not say when it was published; ``geocode`` places the rows of a table
    that have a place name but no coordinates.  Raises InputError or FetchError, whose message names the source.
    """
    text = str(source)
    if text.startswith(("http://", "https://")):
        return _fetched(text, published)
    if text == "-":
        return _sniffed(sys.stdin.buffer.read(), "standard input", published, geocode)
    path = Path(text)
    suffix = path.suffix.lower()
    if suffix == ".url":
        return _fetched(decode(load(path), text).strip(), published)
    if suffix in _TABLES:
        from mapgen.readers.table import read_table

        return read_table(path, load(path), geocode)
    data = load(path)
    if suffix in _GEO_FILES:
        from mapgen.readers.geodataframe import read_geo_file

        return read_geo_file(path, geocode)
    if suffix in _ARTICLES:
        from mapgen.readers.article import read_article

        return read_article(data, text, _ARTICLES[suffix], published)
    return _sniffed(data, text, published, geocode)


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-"; raises InputError."""
    if source == "-":
        return decode(sys.stdin.buffer.read(), "standard input")
    return decode(load(Path(source)), source)


def load(path: Path) -> bytes:
    """The bytes of a file; raises InputError where there is none, or none to speak of."""
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; name a file")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: is larger than {MAX_BYTES // 10**9} GB; split it")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise InputError(f"{path}: cannot be read ({reason}); check the path") from error
    if not data.strip():
        raise InputError(f"{path}: is empty; give a file with an article or a table in it")
    return data


def _sniffed(data: bytes, where: str, published: dt.date | None, geocode: Geocode | None) -> Document | EventCollection:
    """Read what has no telling name: JSON, HTML, a table with a known header, else text."""
    from mapgen.readers.article import read_article
    from mapgen.readers.table import is_table, read_table

    text = decode(data, where)
    head = text.lstrip()[:1000]
    if head.startswith(("{", "[")):
        kind = "geojson" if '"FeatureCollection"' in text else "json"
    elif head[:15].lower().startswith(("<!doctype html", "<html")):
        kind = "html"
    else:
        kind = "csv" if is_table(text) else "text"
    if kind in ("geojson", "csv"):
        return read_table(Path(f"{where}.{kind}"), data, geocode, named=where)
    return read_article(data, where, kind, published)


def _fetched(url: str, published: dt.date | None) -> Document:
    from mapgen.readers.article import read_article
    from mapgen.readers.fetch import fetch

    page = fetch(url)
    return read_article(page.data, page.url, "html" if page.is_html else "text", published, url=page.url)
