"""The compiled index: one memory-mapped file, written by :mod:`mapgen.gazetteer.writer` and read without loading it.

The file is a magic line, the length and checksum of a JSON table of contents, that table, and the sections it lists,
each at a multiple of 8 bytes:

    trie       a marisa trie of folded names (also of "\\x01" + id: regions, countries, ids that are not GeoNames')
    offsets    u32[names + 1]: where the postings of a name begin
    postings   u32: name type in the upper 4 bits, row in the lower 28, best first
    rows       32 bytes an entry, see ROW; those with GeoNames numbers first, by number
    strings    UTF-8: entry names and string ids
    tree       u32: rows of populated places but quarters, as a balanced k-d tree on the unit sphere (nearest.py)

The same records give the same bytes.
"""

from __future__ import annotations

import json
import math
import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import le
from pathlib import Path
from typing import Any

import marisa_trie

from mapgen.errors import GazetteerError
from mapgen.gazetteer.nearest import nearest
from mapgen.model import GRANULARITIES, GazetteerEntry

VERSION = 1
MAGIC = b"mapgen gazetteer\n"
# What a name is to its place, most telling first.
NAME_TYPES = ("main", "official", "historic", "alternate", "derived", "abbreviation", "code", "demonym", "romanised")
TYPE_PENALTY = (0.0, 0.1, 0.5, 0.8, 3.5, 0.5, 2.0, 0.0, 3.0)  # orders of magnitude of population
# lat, lon (1e-5 degrees), population, id (a number, or an offset into strings), name offset, radius (km),
# country and admin1 (numbers in the table of contents' lists), feature, granularity, length of the name and of the id
# in bytes (0: a GeoNames number)
ROW = struct.Struct("<iiIIIfHHBBBB")
_KNOWN_PEOPLE_PER_KM2 = 30  # about half of the mean of the land: what an area counts for whose people are not known
HEAD = struct.Struct("<II")


# Of an entry under a name: its row, what the name is to it, its own name, latitude and longitude (degrees), codes of
# country and first-level region ("" for none), feature, granularity, population, and that or what an area counts for
# (see people).  An entry that is in no index stands for its row itself.
Row = tuple[int | GazetteerEntry, str, str, float, float, str, str, str, str, int, int]


@dataclass(slots=True)
class Record:
    """An entry on its way into the index, with all its names and what each is to it (see NAME_TYPES)."""

    entry: GazetteerEntry
    names: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)  # further ids: "region:US.IL", "country:KZ"


def prominence(entry: GazetteerEntry) -> float:
    """How likely a bare name means this place, in orders of magnitude of population: areas outrank towns."""
    bonus = {"country": 4.0, "region": 2.0, "city": 0.0, "site": 1.0}[entry.granularity]
    if entry.feature == "A.ADM2":
        bonus = 0.5
    elif entry.id.startswith("mapgen:"):  # in our own tables because it is known
        bonus = max(bonus, 2.0)
    return math.log10(people(entry) + 10) + bonus


def people(entry: GazetteerEntry) -> int:
    """The population of an entry, or what an area of our own tables counts for whose population is not known."""
    if entry.population or not entry.id.startswith("mapgen:"):
        return entry.population
    return people_within(entry.radius_km)


def people_within(radius_km: float) -> int:
    """What an area of our own tables counts for whose population is not known."""
    return round(_KNOWN_PEOPLE_PER_KM2 * math.pi * radius_km**2)


def score(prominence: float, name_type: str) -> float:
    """The rank of a candidate: its prominence, less what the kind of name takes from it."""
    return prominence - TYPE_PENALTY[NAME_TYPES.index(name_type)]


class Index:
    """An opened index; nothing is read but the table of contents until it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GazetteerError(
                f"the gazetteer index {path} cannot be opened ({error}); "
                "reinstall mapgen, or build it with `python -m geodata.build` in a checkout"
            ) from error
        try:
            self._open()
        except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, OverflowError, struct.error) as error:
            raise self._damaged() from error

    def _open(self) -> None:
        contents, start = self._contents()
        data = memoryview(self._map)
        parts = {name: data[start + at : start + at + size] for name, (at, size) in contents["sections"].items()}
        if zlib.crc32(parts["trie"]) != contents["trie_crc"]:
            raise self._damaged()
        self._trie = marisa_trie.Trie()
        self._trie.map(parts["trie"])
        self._offsets, self._all_postings = parts["offsets"].cast("I"), parts["postings"].cast("I")
        self._tree = parts["tree"].cast("I")
        self._numbered: int = contents["numbered"]
        self._rows, self._strings = parts["rows"], parts["strings"]
        self._countries: list[str] = contents["countries"]
        self._admin1s: list[str] = contents["admin1s"]
        self._features: list[str] = contents["features"]
        self.counts: dict[str, int] = contents["counts"]
        self.sources: str = contents["sources"]
        self._admin1_names: dict[str, str | None] = {}
        self._entry = lru_cache(maxsize=50_000)(self._read_entry)

    def _contents(self) -> tuple[dict[str, Any], int]:
        start = len(MAGIC) + HEAD.size
        if len(self._map) < start or self._map[: len(MAGIC)] != MAGIC:
            raise self._damaged()
        size, crc = HEAD.unpack_from(self._map, len(MAGIC))
        head = self._map[start : start + size]
        if zlib.crc32(head) != crc:
            raise self._damaged()
        contents: dict[str, Any] = json.loads(head)
        if contents["version"] != VERSION:
            raise GazetteerError(
                f"the gazetteer index {self.path} has format {contents['version']}, this mapgen reads {VERSION}; "
                "build it again"
            )
        if len(self._map) != start + size + contents["size"]:
            raise self._damaged()
        return contents, start + size

    def check(self) -> None:
        """Go through all that is not covered by a checksum; raises GazetteerError where anything leads out of it."""
        try:
            whole = self._is_whole()
        except (ValueError, LookupError, TypeError, struct.error) as error:
            raise self._damaged() from error
        if not whole:
            raise self._damaged()

    def _is_whole(self) -> bool:
        count, size = len(self._rows) // ROW.size, len(self._strings)
        ends, postings = self._offsets, self._all_postings
        lists = all(isinstance(text, str) for text in (*self._countries, *self._admin1s, *self._features, self.sources))
        names = len(ends) == len(self._trie) + 1 and ends[-1] <= len(postings) and all(map(le, ends, ends[1:]))
        if not (lists and names and 0 <= self._numbered <= count == self.counts["entries"]):
            return False
        if (
            max(postings, default=0) >> 28 >= len(NAME_TYPES)
            or max(map(0x0FFFFFFF.__and__, postings), default=0) >= count
        ):
            return False
        if max(self._tree, default=0) >= count:
            return False
        for lat, lon, _, number, at, radius, country, admin1, feature, kind, length, own in ROW.iter_unpack(self._rows):
            self._countries[country], self._admin1s[admin1], self._features[feature], GRANULARITIES[kind]
            str(self._strings[at : at + length], "utf-8"), str(self._strings[number : number + own], "utf-8")
            if not (abs(lat) <= 90e5 and abs(lon) <= 180e5 and 0 <= radius <= 20_040 and at + length <= size):
                return False
        return True

    def _damaged(self) -> GazetteerError:
        return GazetteerError(
            f"the gazetteer index {self.path} is damaged or no such index; "
            "reinstall mapgen, or build it with `python -m geodata.build` in a checkout"
        )

    def named(self, key: str) -> list[tuple[GazetteerEntry, str]]:
        """The entries of the folded name ``key``, with what it is to each, best first."""
        return [(self._entry(posting & 0x0FFFFFFF), NAME_TYPES[posting >> 28]) for posting in self._postings(key)]

    def rows(self, key: str, limit: int) -> Iterator[Row]:
        """The first ``limit`` entries of :meth:`named` as they stand in the index, which costs far less."""
        rows, strings, unpack = self._rows, self._strings, ROW.unpack_from
        countries, admin1s, features = self._countries, self._admin1s, self._features
        for posting in self._postings(key)[:limit]:
            row = posting & 0x0FFFFFFF
            lat, lon, count, number, at, radius, country, admin1, feature, granularity, length, own = unpack(
                rows, row * 32
            )
            counts = count
            if not count and own and bytes(strings[number : number + 7]) == b"mapgen:":
                counts = people_within(round(radius, 1))
            yield (
                row, NAME_TYPES[posting >> 28], str(strings[at : at + length], "utf-8"), lat / 1e5, lon / 1e5,
                countries[country], admin1s[admin1], features[feature], GRANULARITIES[granularity], count, counts,
            )  # fmt: skip

    def entry(self, row: int | GazetteerEntry) -> GazetteerEntry:
        """The entry of a row."""
        return self._entry(row) if isinstance(row, int) else row

    def get(self, entry_id: str) -> GazetteerEntry | None:
        """The entry of "geonames:703448", "iata:KBP", "country:UA" or "region:US.IL"; None where there is none."""
        row = self._row(entry_id)
        return None if row is None else self._entry(row)

    def prefixes(self, text: str) -> list[str]:
        """Folded names that ``text`` begins with."""
        found: list[str] = self._trie.prefixes(text)
        return found

    def has(self, name: str) -> bool:
        """Whether ``name`` is a folded name of an entry."""
        return name in self._trie

    def has_from(self, prefix: str) -> bool:
        """Whether any folded name begins with ``prefix``."""
        return next(self._trie.iterkeys(prefix), None) is not None

    def keys_from(self, prefix: str) -> Iterator[str]:
        """Folded names that begin with ``prefix``."""
        keys: Iterator[str] = self._trie.iterkeys(prefix)
        return keys

    def nearest(self, lat: float, lon: float, limit: int) -> list[GazetteerEntry]:
        """The ``limit`` populated places nearest to a point in degrees, nearest first."""
        return [self._entry(row) for row in nearest(self._tree, self._point, lat, lon, limit)]

    def __len__(self) -> int:
        return self.counts["entries"]

    def _postings(self, key: str) -> memoryview | tuple[()]:
        found = self._trie.get(key)
        return () if found is None else self._all_postings[self._offsets[found] : self._offsets[found + 1]]

    def _row(self, entry_id: str) -> int | None:
        if entry_id.startswith("geonames:") and entry_id[9:].isdecimal():
            number = int(entry_id[9:])
            row = bisect_left(range(self._numbered), number, key=self._number)
            return row if row < self._numbered and self._number(row) == number else None
        found = self._postings("\x01" + entry_id)
        return found[0] & 0x0FFFFFFF if found else None

    def _number(self, row: int) -> int:
        number: int = struct.unpack_from("<I", self._rows, row * ROW.size + 12)[0]
        return number

    def _point(self, row: int) -> tuple[float, float]:
        lat, lon = struct.unpack_from("<ii", self._rows, row * ROW.size)
        return lat / 1e5, lon / 1e5

    def _read_entry(self, row: int) -> GazetteerEntry:
        (lat, lon, population, number, at, radius, country, admin1, feature, granularity, length, id_length) = (
            ROW.unpack_from(self._rows, row * ROW.size)
        )
        code = self._admin1s[admin1] or None
        own_id = str(self._strings[number : number + id_length], "utf-8") if id_length else f"geonames:{number}"
        return GazetteerEntry(
            id=own_id,
            name=str(self._strings[at : at + length], "utf-8"),
            lat=lat / 1e5,
            lon=lon / 1e5,
            country=self._countries[country] or None,
            admin1=code,
            admin1_name=self._admin1_name(code) if code else None,
            feature=self._features[feature],
            population=population,
            granularity=GRANULARITIES[granularity],
            radius_km=round(radius, 1),
        )

    def _admin1_name(self, code: str) -> str | None:
        if code not in self._admin1_names:
            row = self._row("region:" + code)
            name = None
            if row is not None:
                at, length = struct.unpack_from("<I", self._rows, row * 32 + 16)[0], self._rows[row * 32 + 30]
                name = str(self._strings[at : at + length], "utf-8")
            self._admin1_names[code] = name
        return self._admin1_names[code]
