"""Waiting until files change, by looking at them now and then: no daemon, and it works on network folders too."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

State = dict[Path, tuple[int, int] | None]


def state(paths: Iterable[Path]) -> State:
    """When each file was last written (nanoseconds) and its size in bytes; None where there is none."""
    return {path: _stamp(path) for path in paths}


def wait_for_change(before: State, pause_s: float = 0.3) -> None:
    """Return when one of the files is another than ``before``, and none has changed for ``pause_s`` seconds."""
    now = state(before)
    while now == before:
        time.sleep(pause_s)
        now = state(before)
    settled = False
    while not settled:
        time.sleep(pause_s)
        later = state(before)
        settled, now = later == now, later


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
