"""Output files that are either the old one or the whole new one, never half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from mapgen.errors import InputError


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` by way of a temporary file in the same folder, fsync and ``os.replace``.

    A new file gets the permissions that the process's umask gives, an existing one keeps its own.  Raises InputError
    where the folder is missing or not writable or the disk is full; the temporary file is then removed.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))  # noqa: PTH101  (a name, not a Path, comes from mkstemp)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another output path") from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108  (gone already where all went well)


def _mode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
