"""Bytes to text, strictly: a byte-order mark, then UTF-8, then the likeliest legacy encoding; never a binary file."""

from __future__ import annotations

import codecs
import re

from mapgen.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a database",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 0.005  # share of control characters above which a file is no text


def decode(data: bytes, where: str) -> str:
    """The text in ``data``, line ends kept, without a byte-order mark; raises InputError for what is no text."""
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise InputError(f"{where}: is {kind}, not a text; give the article as text or HTML, or the table as CSV")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), where)
            except UnicodeDecodeError as error:
                raise InputError(f"{where}: starts as {encoding} but breaks at byte {error.start}") from error
    if b"\x00" in data:
        raise InputError(f"{where}: holds zero bytes, so it is a binary file or UTF-16 without its mark; save as UTF-8")
    try:
        return _checked(data.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        return _checked(_legacy(data, where, error.start), where)


def _legacy(data: bytes, where: str, broken_at: int) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    try:
        if best:
            return data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        pass
    raise InputError(f"{where}: is not UTF-8 (byte {broken_at}) nor any encoding that could be told; save it as UTF-8")


def _checked(text: str, where: str) -> str:
    if not text.strip():
        raise InputError(f"{where}: is empty; give a file with an article or a table in it")
    if "\x00" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) + 8:
        raise InputError(f"{where}: is a binary file, not a text; give an article as text or HTML, or a table as CSV")
    return text
