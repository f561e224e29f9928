"""Bytes to text, strictly: a byte-order mark, then UTF-8, then the likeliest legacy encoding; never a binary file."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO, TextIO

from mapgen.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARKS = tuple(mark for mark, _ in _MARKS)
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
_HEAD = 1 << 22  # bytes of a large file that are looked at together
_FEW = 40  # bytes beyond ASCII; so few are too few for statistics
_LIKELY = ("windows-1252", "windows-1251", "koi8-r")
_MOST_CONTROL = 0.005  # share of control characters above which a file is no text


def text_stream(file: BinaryIO, where: str) -> tuple[TextIO, str]:
    """A file as text, line ends kept, and its encoding, found without holding the whole of it in memory.

    Raises InputError for what is no text; a legacy encoding that breaks later on raises UnicodeDecodeError there.
    """
    head = file.read(_HEAD)
    file.seek(0)
    if len(head) < _HEAD:
        text, encoding = _decoded(head, where)
        return io.StringIO(text, newline=""), encoding
    marked = next(((len(mark), name) for mark, name in _MARKS if head.startswith(mark)), None)
    if marked:
        file.seek(marked[0])
        return io.TextIOWrapper(file, encoding=marked[1], newline=""), marked[1]
    broken = _broken_at(file, where)
    if broken is None:
        _checked(head.decode("utf-8", "ignore"), where)
        file.seek(0)
        return io.TextIOWrapper(file, encoding="utf-8", newline=""), "utf-8"
    file.seek(max(0, broken - _HEAD // 2))
    _, encoding = _legacy(file.read(_HEAD), where, broken)
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, newline=""), encoding


def _broken_at(file: BinaryIO, where: str) -> int | None:
    """The byte at which a file stops being UTF-8, or None; raises InputError for a binary file."""
    decoder, at = codecs.getincrementaldecoder("utf-8")(), 0
    while chunk := file.read(_HEAD):
        if b"\x00" in chunk or (at == 0 and chunk.startswith(tuple(_BINARY))):
            decode(chunk, where)
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return at + error.start
        at += len(chunk)
    return None


def decode(data: bytes, where: str) -> str:
    """The text in ``data``, line ends kept, without a byte-order mark; raises InputError for what is no text."""
    return _decoded(data, where)[0]


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    """The text in ``data``, and its encoding."""
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise InputError(f"{where}: is {kind}, not a text; give the article as text or HTML, or the table as CSV")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), where), encoding
            except UnicodeDecodeError as error:
                raise InputError(f"{where}: starts as {encoding} but breaks at byte {error.start}") from error
    if b"\x00" in data:
        raise InputError(f"{where}: holds zero bytes, so it is a binary file or UTF-16 without its mark; save as UTF-8")
    try:
        return _checked(data.decode("utf-8"), where), "utf-8"
    except UnicodeDecodeError as error:
        text, encoding = _legacy(data, where, error.start)
        return _checked(text, where), encoding


def _legacy(data: bytes, where: str, broken_at: int) -> tuple[str, str]:
    if sum(byte > 127 for byte in data[:4096]) < _FEW:
        encoding = max(_LIKELY, key=lambda name: _words(data, name))
        if _words(data, encoding):
            return data.decode(encoding), encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    try:
        if best:
            return data.decode(best.encoding), best.encoding
    except (UnicodeDecodeError, LookupError):
        pass
    raise InputError(f"{where}: is not UTF-8 (byte {broken_at}) nor any encoding that could be told; save it as UTF-8")


def _words(data: bytes, encoding: str) -> int:
    """How many words with letters beyond ASCII look written: Cyrillic, or Latin with a few accents."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not word.isascii()]
    return sum(_looks_written(word) and (word[1:].islower() or word.isupper()) for word in words)


def _looks_written(word: str) -> bool:
    beyond = sum(not letter.isascii() for letter in word)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    return cyrillic == len(word) or (cyrillic == 0 and beyond <= len(word) / 2)


def _checked(text: str, where: str) -> str:
    if not text.strip():
        raise InputError(f"{where}: is empty; give a file with an article or a table in it")
    if "\x00" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) + 8:
        raise InputError(f"{where}: is a binary file, not a text; give an article as text or HTML, or a table as CSV")
    return text
