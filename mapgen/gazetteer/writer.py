"""Writing a compiled index (see :mod:`mapgen.gazetteer.index` for the form of the file).

Records come in any order and are kept in an SQLite file beside the output until all are there, so that memory grows
with the number of entries and of distinct names by a few bytes each, and not with what is said of them.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import marisa_trie

from mapgen.atomic import replacing
from mapgen.errors import InputError
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import HEAD, MAGIC, NAME_TYPES, ROW, TYPE_PENALTY, VERSION, Record, prominence
from mapgen.gazetteer.nearest import order
from mapgen.model import GRANULARITIES

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
CREATE TABLE entry (
  other INTEGER, number INTEGER, id TEXT, seq INTEGER, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,
  feature TEXT, population INTEGER, granularity TEXT, radius REAL, PRIMARY KEY (other, number, id)) WITHOUT ROWID;
CREATE TABLE name (key TEXT, seq INTEGER, rank INTEGER);
"""
# GeoNames' populated places that answer nobody's "which town is this": quarters, and what is no more.
_NO_TOWN = frozenset(("P.PPLX", "P.PPLQ", "P.PPLH", "P.PPLW", "P.PPLCH"))
_BATCH = 10_000  # records handed to SQLite at once
_SECTIONS = ("trie", "offsets", "postings", "rows", "strings", "tree")


def write(path: Path, records: Iterable[Record], *, sources: str) -> dict[str, int]:
    """Compile ``records`` into the index file ``path``, atomically; returns counts of entries, names and postings.

    Works in the system's temporary folder ($TMPDIR), so that a build that is killed leaves nothing beside ``path``.
    The same records give the same bytes, in whatever order they come.  Of records with the same id the first counts.
    Raises InputError where the folder cannot be written to.
    """
    try:
        with TemporaryDirectory(prefix="mapgen-gazetteer-") as folder:
            spool = _Spool(Path(folder))
            try:
                spool.fill(records)
                return spool.compile(path, sources)
            finally:
                spool.database.close()
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be written ({reason}); choose another output path") from error


class _Spool:
    """Records on disk, on their way into an index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = sqlite3.connect(folder / "records.sqlite", isolation_level=None)
        self.database.executescript(_TABLES)
        self.prominence = array("d")  # of each record, in the order in which they came
        self.row_of = array("I")  # its row in the index

    def fill(self, records: Iterable[Record]) -> None:
        """Keep all ``records``."""
        self.database.execute("BEGIN")
        entries: list[tuple[Any, ...]] = []
        names: list[tuple[str, int, int]] = []
        for record in records:
            seq, e = len(self.prominence), record.entry
            self.prominence.append(prominence(e))
            entries.append((*_order(e.id), seq, e.name, e.lat, e.lon, e.country or "", e.admin1 or "", e.feature,
                            e.population, e.granularity, e.radius_km))  # fmt: skip
            names += ((key, seq, rank) for key, rank in _names(record).items())
            if len(entries) >= _BATCH:
                self._insert(entries, names)
        self._insert(entries, names)
        (kept,) = self.database.execute("SELECT count(*) FROM entry").fetchone()
        if kept < len(self.prominence):
            self.database.execute("DELETE FROM name WHERE seq NOT IN (SELECT seq FROM entry)")
        self.database.execute("COMMIT")

    def _insert(self, entries: list[tuple[Any, ...]], names: list[tuple[str, int, int]]) -> None:
        self.database.executemany(f"INSERT OR IGNORE INTO entry VALUES ({','.join('?' * 13)})", entries)
        self.database.executemany("INSERT INTO name VALUES (?,?,?)", names)
        entries.clear()
        names.clear()

    def compile(self, path: Path, sources: str) -> dict[str, int]:
        """Write the index."""
        tables, numbered = self._pack_rows()
        trie, names = self._trie()
        postings = self._postings(trie)
        (self.folder / "trie").write_bytes(trie.tobytes())
        (entries,) = self.database.execute("SELECT count(*) FROM entry").fetchone()
        counts = {"entries": entries, "names": names, "postings": postings}
        head = {"version": VERSION, "sources": sources, "counts": counts, "numbered": numbered, **tables}
        _write_sections(path, [self.folder / name for name in _SECTIONS], head)
        return counts

    def _pack_rows(self) -> tuple[dict[str, list[str]], int]:
        """Write the rows, their strings and the tree; the tables of contents' lists, and how many rows are numbered."""
        lists = {"countries": "country", "admin1s": "admin1", "features": "feature"}
        tables = {
            key: [value for (value,) in self.database.execute(f"SELECT DISTINCT {column} FROM entry ORDER BY 1")]
            for key, column in lists.items()
        }
        number = [{value: i for i, value in enumerate(values)} for values in tables.values()]
        self.row_of = array("I", bytes(4 * len(self.prominence)))
        lats, lons, populated = array("d"), array("d"), array("I")
        numbered = at = 0
        with (self.folder / "rows").open("wb") as rows, (self.folder / "strings").open("wb") as strings:
            for row, (other, n, own_id, seq, name, lat, lon, country, admin1, feature, *rest) in enumerate(
                self.database.execute("SELECT * FROM entry ORDER BY other, number, id")
            ):
                population, granularity, radius = rest
                told, own = _cut(name), _cut(own_id)
                strings.write(told + own)
                rows.write(ROW.pack(
                    round(lat * 1e5), round(lon * 1e5), population, at + len(told) if other else n, at, radius,
                    number[0][country], number[1][admin1], number[2][feature], GRANULARITIES.index(granularity),
                    len(told), len(own),
                ))  # fmt: skip
                at += len(told) + len(own)
                numbered += not other
                self.row_of[seq] = row
                if feature.startswith("P.") and feature not in _NO_TOWN:
                    lats.append(lat)
                    lons.append(lon)
                    populated.append(row)
        _save(self.folder / "tree", array("I", (populated[i] for i in order(lats, lons))))
        return tables, numbered

    def _trie(self) -> tuple[marisa_trie.Trie, int]:
        self.database.execute("CREATE INDEX of_key ON name (key, seq, rank)")
        keys = (key for (key,) in self.database.execute("SELECT DISTINCT key FROM name ORDER BY key"))
        trie = marisa_trie.Trie(keys)
        return trie, len(trie)

    def _postings(self, trie: marisa_trie.Trie) -> int:
        """Write the postings of all names, best first, and where those of each begin; returns how many there are."""
        offsets = array("I", bytes(4 * (len(trie) + 1)))
        for key, found in self._named():
            offsets[trie[key] + 1] = len(found)
        for i in range(len(trie)):
            offsets[i + 1] += offsets[i]
        postings = array("I", bytes(4 * offsets[-1]))
        for key, found in self._named():
            ranked = sorted((TYPE_PENALTY[rank] - self.prominence[seq], self.row_of[seq], rank) for seq, rank in found)
            at = offsets[trie[key]]
            for n, (_, row, rank) in enumerate(ranked):
                postings[at + n] = rank << 28 | row
        _save(self.folder / "offsets", offsets)
        _save(self.folder / "postings", postings)
        return len(postings)

    def _named(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Each name with its records, by number of arrival, and what it is to each."""
        told = self.database.execute("SELECT key, seq, rank FROM name ORDER BY key, seq")
        for key, group in groupby(told, key=itemgetter(0)):
            yield key, [(seq, rank) for _, seq, rank in group]


def _order(entry_id: str) -> tuple[int, int, str]:
    """GeoNames numbers in order, then all other ids."""
    number = entry_id.removeprefix("geonames:")
    return (0, int(number), "") if number != entry_id and number.isdecimal() else (1, 0, entry_id)


def _precedence(rank: int) -> float:
    """Which of two types a name keeps: "Iraqi" is the English demonym, whatever language calls the country so."""
    return 0.5 if NAME_TYPES[rank] == "demonym" else float(rank)


def _names(record: Record) -> dict[str, int]:
    """Folded name ─► the best name type that it is to the record; of ids, "\\x01" and the id."""
    names: dict[str, int] = {}
    for name, name_type in record.names:
        if key := fold(name):
            rank = NAME_TYPES.index(name_type)
            names[key] = min(rank, names.get(key, rank), key=_precedence)
    own = [] if record.entry.id.startswith("geonames:") else [record.entry.id]
    names.update((f"\x01{alias}", 0) for alias in own + record.aliases)
    return names


def _cut(text: str) -> bytes:
    """``text`` in at most 255 bytes."""
    return text.encode()[:255].decode(errors="ignore").encode()


def _save(path: Path, values: array[int]) -> None:
    """Write 32-bit numbers, the lowest byte first."""
    if sys.byteorder == "big":
        values.byteswap()
    with path.open("wb") as out:
        values.tofile(out)


def _write_sections(path: Path, sections: Sequence[Path], contents: dict[str, Any]) -> None:
    at, table = 0, {}
    for section in sections:
        size = section.stat().st_size
        table[section.name] = [at, size]
        at += -(-size // 8) * 8
    trie_crc = zlib.crc32(sections[0].read_bytes())
    contents = {**contents, "sections": table, "size": at, "trie_crc": trie_crc}
    head = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    start = len(MAGIC) + HEAD.size
    head += b" " * (-(start + len(head)) % 8)
    with replacing(path) as out:
        out.write(MAGIC + HEAD.pack(len(head), zlib.crc32(head)) + head)
        for section in sections:
            with section.open("rb") as part:
                shutil.copyfileobj(part, out)
            out.write(b"\0" * (-section.stat().st_size % 8))
