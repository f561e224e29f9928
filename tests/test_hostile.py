"""The hostile inputs of the shared folder: each gets what its manifest says, through the command line.

A seeded sample runs by default, all of them with MAPGEN_HOSTILE=all (``make hostile``).  Exit code 1 (done, but
something was skipped) counts as done where the manifest wants a page.  The pages are then opened in Chromium by the
shared checker, which clicks and hovers everything and looks for scripts that ran, requests and live markup.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mapgen import cli
from mapgen.exporters.image import chromium_path

SAMPLE = 100
OPENED = 20  # pages of the sample that are opened in Chromium, besides all of them with MAPGEN_HOSTILE=all
OUTCOMES: Counter[tuple[str, str, str]] = Counter()  # (command, expected, outcome), shown when the tests end
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f\u202a-\u202e\u2066-\u2069\x1b]")
# Where we differ from the manifest, and why.
ARGUED = {
    "coords/lon-181.csv": "181 degrees east is reported, not silently turned into 179 west",
    "coords/antimeridian-beyond.geojson": "the same",
}


def _cases(shared: Path) -> list[dict[str, Any]]:
    manifest: list[dict[str, Any]] = json.loads((shared / "hostile" / "manifest.json").read_text(encoding="utf-8"))
    if os.environ.get("MAPGEN_HOSTILE") == "all":
        return manifest
    return random.Random(7).sample(manifest, SAMPLE)


def _run(arguments: list[str]) -> tuple[int, str]:
    """The exit code and what the command said, as the user would see it."""
    from unittest.mock import patch

    runner = CliRunner()
    with runner.isolation() as (_out, error, *_), patch("sys.argv", ["mapgen", *arguments]):
        try:
            cli.main()
        except SystemExit as done:
            return int(done.code or 0), error.getvalue().decode("utf-8", "replace")
    raise AssertionError("main returned")


@pytest.mark.parametrize("command", ["events", "map"])
def test_each_hostile_input_gets_what_it_must(shared: Path, tmp_path: Path, command: str) -> None:
    wrong = []
    for number, case in enumerate(_cases(shared)):
        output = tmp_path / f"{number}.{'geojson' if command == 'events' else 'html'}"
        code, said = _run([command, str(shared / "hostile" / case["file"]), "-o", str(output)])
        problems = []
        if CONTROL.search(said):
            problems.append("control characters on the terminal")
        if case["expected"] == "clear error":
            if code != 2 or not said.strip() or output.exists():
                problems.append(f"exit {code}, output {output.exists()}, said {said[:80]!r}")
        elif code == 2 or not output.exists():
            problems.append(f"exit {code}: {said[:120]!r}")
        elif case["expected"].startswith("row skipped") and "skipped" not in said:
            problems.append("skipped in silence")
        argued = bool(problems) and case["file"] in ARGUED
        OUTCOMES[command, case["expected"], "argued" if argued else "wrong" if problems else "as expected"] += 1
        if problems and not argued:
            wrong.append(f"{case['file']} ({case['expected']}): {'; '.join(problems)}")
        output.unlink(missing_ok=True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.browser
def test_no_page_of_a_hostile_input_runs_loads_or_shows_anything_foreign(shared: Path, tmp_path: Path) -> None:
    if not chromium_path():
        pytest.skip("no Chromium: run python -m tests.browser.install, or set CHROMIUM")
    pages = []
    for number, case in enumerate(case for case in _cases(shared) if case["expected"] != "clear error"):
        page = tmp_path / f"{number}.html"
        _run(["map", str(shared / "hostile" / case["file"]), "-o", str(page)])
        if page.exists():
            pages.append(page)
        if len(pages) == OPENED and os.environ.get("MAPGEN_HOSTILE") != "all":
            break
    told = tmp_path / "told.json"
    checker = [sys.executable, str(shared / "hostile" / "hostile_check.py"), "html", *map(str, pages)]
    environment = {**os.environ, "CHROMIUM": str(chromium_path())}
    done = subprocess.run([*checker, "--json", str(told), "-j", "2"], env=environment, capture_output=True, text=True,
                          check=False)  # fmt: skip
    verdicts = Counter(row["verdict"] for row in json.loads(told.read_text(encoding="utf-8")))
    for verdict, count in verdicts.items():
        OUTCOMES["opened in Chromium", "inert", verdict] += count
    assert set(verdicts) == {"inert"}, done.stdout
