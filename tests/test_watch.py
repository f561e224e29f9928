"""``mapgen map FOLDER --watch`` makes the map again when its map.toml or an input changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mapgen.watch import state, wait_for_change
from tests.conftest import heeds_interrupts


def until(holds: Callable[[], bool]) -> bool:
    """Whether something comes true within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A folder whose map is watched by a real process, and what that process said."""
    (tmp_path / "rows.csv").write_text("date,place,title\n2022-01-05,Almaty,First\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text('title = "Before"\ninputs = ["rows.csv"]\n', encoding="utf-8")
    said = tmp_path / "said.log"
    with said.open("wb") as log:
        command = [sys.executable, "-m", "mapgen", "map", str(tmp_path), "--watch"]
        process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=heeds_interrupts)
        yield tmp_path, said
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert "Traceback" not in said.read_text(encoding="utf-8")


def test_the_map_follows_its_files(watched: tuple[Path, Path]) -> None:
    folder, said = watched
    page = folder / "index.html"
    assert until(lambda: page.exists() and "Before" in page.read_text(encoding="utf-8"))
    (folder / "map.toml").write_text('title = "After"\ninputs = ["rows.csv"]\n', encoding="utf-8")
    assert until(lambda: "After" in page.read_text(encoding="utf-8"))
    (folder / "map.toml").write_text("titel = 3\n", encoding="utf-8")
    assert until(lambda: "no option titel" in said.read_text(encoding="utf-8"))
    with (folder / "rows.csv").open("a", encoding="utf-8") as rows:
        rows.write("2022-01-06,Astana,Second of them\n")
    (folder / "map.toml").write_text('title = "Again"\ninputs = ["rows.csv"]\n', encoding="utf-8")
    assert until(lambda: "Second of them" in page.read_text(encoding="utf-8"))


def test_a_file_that_comes_or_goes_is_a_change(tmp_path: Path) -> None:
    path = tmp_path / "a"
    before = state([path])
    path.write_text("x", encoding="utf-8")
    wait_for_change(before, 0.01)
    before = state([path])
    os.remove(path)  # noqa: PTH107
    wait_for_change(before, 0.01)
    assert state([path]) == {path: None}
