"""No command makes a connection unless it is asked to: any attempt to resolve or connect ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import sys

def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(guard)
sys.argv[0] = "mapgen"
from mapgen.cli import main
main()
"""


def guarded(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><link rel=stylesheet href=https://example.org/a.css><title>A day</title></head><body><article><p>"
        "Police clashed with protesters in Minsk on Wednesday, officials said. See https://example.org for more."
        "</p><img src=https://example.org/a.png></article></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    "arguments",
    [("map", "INPUT", "-o", "OUT.html"), ("events", "INPUT", "-o", "OUT.geojson"),
     ("events", "INPUT", "-o", "OUT.gpkg"), ("events", "INPUT", "-o", "OUT.parquet"), ("lookup", "Minsk"), ("doctor",)],
    ids=" ".join,
)  # fmt: skip
def test_no_command_connects_to_anything(article: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    places = {"INPUT": str(article), **{a: str(tmp_path / a) for a in arguments if a.startswith("OUT")}}
    dated = ["--published", "2022-01-06"] if "INPUT" in arguments else []
    done = guarded(*(places.get(argument, argument) for argument in arguments), *dated)
    assert done.returncode == 0, done.stderr


def test_the_guard_sees_a_connection() -> None:
    assert "socket.getaddrinfo" in guarded("map", "https://example.org/a.html", "-o", "/tmp/never.html").stderr
