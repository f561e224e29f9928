"""Columns of numbers and texts, as a page carries them: lists where there are few, packed where there are many.

Packed columns lie one after the other in one zlib stream (RFC 1950), written in base64; each is described by where it
begins.  Whole numbers are stored as their steps, the lowest bytes of all first, then the next ones: coordinates and
days that way shrink most.  ``mapgen/web/columns.js`` reads both forms.
"""

from __future__ import annotations

import base64
import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]

LEVEL = 6  # of zlib: the highest one takes thrice as long for a hundredth less
SMALLEST = 1 << 31


class Columns:
    """Collects columns by name; ``packed`` says in which form."""

    def __init__(self, packed: bool) -> None:
        self._packed = packed
        self._described: Json = {}
        self._parts: list[bytes] = []
        self._size = 0

    def numbers(self, name: str, values: Sequence[int]) -> None:
        """A column of whole numbers from -2**31 to 2**31 - 1."""
        self._described[name] = self._stored_numbers(values) if self._packed else list(values)

    def texts(self, name: str, values: Sequence[str]) -> None:
        """A column of texts; "" stands for none.  Lone surrogates become U+FFFD when packed."""
        if not self._packed:
            self._described[name] = list(values)
            return
        encoded = [_utf8(value) for value in values]
        lengths = self._stored_numbers([len(one) for one in encoded], steps=False)
        self._described[name] = {"lengths": lengths, "at": self._size}
        self._store(b"".join(encoded))

    def finished(self) -> Json:
        """{"columns": …, "packed": text or null}, as JSON values."""
        stream = zlib.compress(b"".join(self._parts), LEVEL) if self._packed else None
        return {
            "columns": self._described,
            "packed": base64.b64encode(stream).decode() if stream else None,
        }

    def _stored_numbers(self, values: Sequence[int], steps: bool = True) -> Json:
        stored = [after - before for before, after in zip([0, *values], values, strict=False)] if steps else values
        widest = max(map(abs, stored), default=0)
        if widest >= SMALLEST:  # a step from one end to the other
            stored, steps, widest = values, False, SMALLEST - 1
        width, kind = (1, "b") if widest < 128 else (2, "h") if widest < 32768 else (4, "i")
        numbers = array(kind, stored)
        if sys.byteorder == "big":
            numbers.byteswap()
        raw = numbers.tobytes()
        described = {"n": len(values), "at": self._size, "width": width, "steps": steps}
        self._store(b"".join(raw[n::width] for n in range(width)))
        return described

    def _store(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text).encode()


class Interned:
    """Values that come again and again, each kept once: ``codes`` gives their numbers, counted from 0."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self._codes: dict[Any, int] = {}
        self.codes(values)

    def codes(self, values: Iterable[Any]) -> list[int]:
        """The number of each value; all must be hashable."""
        known = self._codes
        return [known.setdefault(value, len(known)) for value in values]

    @property
    def values(self) -> list[Any]:
        """All values, in the order of their numbers."""
        return list(self._codes)
