"""A ZIP archive with one table in it, as GDELT and others hand out theirs ─► the table's name and bytes."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import PurePosixPath

from mapgen.errors import InputError

MAX_INFLATED = 1_000_000_000  # bytes of the table
MAX_RATIO = 100  # times its packed size; text packs to a tenth or so
_WHAT = "give the table itself, or a ZIP archive with nothing but it"


def packed_table(data: bytes, where: str, suffixes: tuple[str, ...]) -> tuple[str, bytes]:
    """The ending of the name and the bytes of the only file; raises InputError for anything else than one table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            if len(files) != 1:
                raise InputError(f"{where}: holds {len(files)} files; {_WHAT}")
            info = files[0]
            suffix = PurePosixPath(info.filename).suffix.lower()
            if suffix not in suffixes or stat.S_ISLNK(info.external_attr >> 16):
                raise InputError(f"{where}: holds no table; {_WHAT}")
            if info.file_size > MAX_INFLATED or info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise InputError(f"{where}: would inflate to {info.file_size // 10**6} MB; refused")
            with archive.open(info) as file:
                return suffix, file.read(MAX_INFLATED + 1)
    except InputError:
        raise
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise InputError(f"{where}: is no ZIP archive that can be read; {_WHAT}") from error
