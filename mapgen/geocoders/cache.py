"""What services have answered, kept in an SQLite file: each question is asked once, also after an interruption."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mapgen.errors import GeocoderError

_TABLE = """
create table if not exists answers (
    provider text not null, query text not null, answer text not null, asked_at real not null,
    primary key (provider, query)
) without rowid
"""
_WAIT_S = 30  # for another process that is writing
_LOG = logging.getLogger(__name__)


def cache_path() -> Path:
    """Where answers are kept: in ``$MAPGEN_CACHE``, or else in the user's cache folder."""
    from platformdirs import user_cache_path

    folder = os.environ.get("MAPGEN_CACHE")
    return (Path(folder) if folder else user_cache_path("mapgen", appauthor=False)) / "geocoder.sqlite"


class AnswerCache:
    """Answers by provider and query: any JSON value, None for "nothing found"; errors are never kept.

    ``path`` None keeps them in memory.  A damaged file is begun anew, which is logged as a warning; several processes
    may use one file.  Raises GeocoderError where the file cannot be opened at all.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._connection = self._opened()

    def get(self, provider: str, query: str) -> tuple[Any] | None:
        """The answer, in a tuple of one; None where the question has not been asked."""
        with self._mended():
            row = self._connection.execute(
                "select answer from answers where provider = ? and query = ?", (provider, query)
            ).fetchone()
            with suppress(ValueError):
                return (json.loads(row[0]),) if row else None
        return None

    def put(self, provider: str, query: str, answer: Any) -> None:
        """Keep ``answer``, in place of an earlier one."""
        with self._mended():
            row = (provider, query, json.dumps(answer, ensure_ascii=False), time.time())
            self._connection.execute("insert or replace into answers values (?, ?, ?, ?)", row)

    def __len__(self) -> int:
        with self._mended():
            return int(self._connection.execute("select count(*) from answers").fetchone()[0])
        return 0

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        with self._told():
            if self._path:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _connected(self._path)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._discard()
                return _connected(self._path)

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Damage that shows only now is met like damage at the start: the file is begun anew."""
        with self._told():
            try:
                yield
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._connection.close()
                self._discard()
                self._connection = _connected(self._path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise GeocoderError(
                f"{self._path}: the cache of geocoding answers cannot be used ({error}); "
                "set MAPGEN_CACHE to a folder that can be written"
            ) from error

    def _discard(self) -> None:
        _LOG.warning("%s: the cache of geocoding answers was damaged and has been begun anew", self._path)
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)


def _connected(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=_WAIT_S, isolation_level=None)
    try:
        connection.execute(_TABLE)
        connection.execute("select provider, query, answer, asked_at from answers limit 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is no database of ours, rather than locked, missing or on a full disk."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
