"""Output files that are either the old one or the whole new one, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mapgen.errors import InputError

_DESCRIPTORS = "/proc/self/fd"


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` as :func:`replacing` does."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of ``path`` when the block ends well: flushed, fsync, ``os.replace``.

    Until then it has no name where the system can do without (Linux's O_TMPFILE), so that nothing is left lying about
    even by a process that is killed.  A new file gets the permissions that the process's umask gives, an existing one
    keeps its own.  Raises InputError where the folder is missing or not writable or the disk is full.
    """
    name = None
    try:
        handle, name = _draft(path)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
            _permit(handle, name, _mode(path))
            name = name or _named(handle, path)
        os.replace(name, path)  # noqa: PTH105
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108  (gone already where all went well)


def check_writable(path: Path) -> None:
    """Raises InputError where ``path`` cannot be written, before there is anything to write."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = _draft(path)
        os.close(handle)
        if name:
            os.unlink(name)  # noqa: PTH108
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path}: cannot be written ({error.strerror}); choose another output path")


def _draft(path: Path) -> tuple[int, str | None]:
    """An open file in the folder of ``path``, and its name where it has one."""
    if hasattr(os, "O_TMPFILE") and os.path.isdir(_DESCRIPTORS):  # noqa: PTH112
        with contextlib.suppress(OSError):  # a file system that cannot do it, or a folder where nothing can be written
            return os.open(path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600), None
    return tempfile.mkstemp(prefix=_prefix(path), suffix=".part", dir=path.parent)


def _prefix(path: Path) -> str:
    return f".{path.name[:40]}."


def _named(handle: int, path: Path) -> str:
    """Give the open file a name beside ``path`` (linkat with AT_SYMLINK_FOLLOW, as open(2) describes)."""
    name = str(path.parent / f"{_prefix(path)}{secrets.token_hex(8)}.part")
    descriptors = os.open(_DESCRIPTORS, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.link(str(handle), name, src_dir_fd=descriptors)
    finally:
        os.close(descriptors)
    return name


def _permit(handle: int, name: str | None, mode: int) -> None:
    if name:
        os.chmod(name, mode)  # noqa: PTH101
    else:
        os.fchmod(handle, mode)


def _mode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
