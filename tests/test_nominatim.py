"""A real Nominatim on loopback: a small map of ours imported into PostgreSQL, asked through ``--geocoder nominatim``.

Runs where PostgreSQL with PostGIS, osm2pgsql and Nominatim are installed: ``make nominatim`` installs and runs it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
  <node id="1" version="1" timestamp="2022-01-01T00:00:00Z" lat="43.25" lon="76.95">
    <tag k="place" v="town"/><tag k="name" v="Oytas"/><tag k="name:ru" v="Ойтас"/><tag k="population" v="20000"/>
  </node>
  <node id="2" version="1" timestamp="2022-01-01T00:00:00Z" lat="50.28" lon="57.17">
    <tag k="place" v="village"/><tag k="name" v="Qumbor"/>
  </node>
</osm>
"""


def _programs() -> dict[str, str]:
    """initdb, pg_ctl, osm2pgsql and nominatim; skips where one is missing."""
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    path = os.pathsep.join([str(ROOT / ".venv-nominatim" / "bin"), *map(str, servers[-1:]), os.environ.get("PATH", "")])
    found = {name: shutil.which(name, path=path) for name in ("initdb", "pg_ctl", "osm2pgsql", "nominatim")}
    missing = [name for name, program in found.items() if not program]
    if missing:
        pytest.skip(f"a real Nominatim needs {', '.join(missing)}, not installed here: make nominatim installs them")
    return {name: str(program) for name, program in found.items()}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def nominatim() -> Iterator[str]:
    """The address of a Nominatim that knows our map only."""
    programs = _programs()
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="mapgen-nominatim-"))
    if as_postgres:
        shutil.chown(folder, "postgres")
    cluster, port = folder / "cluster", _free_port()
    control = [*as_postgres, programs["pg_ctl"], "-D", str(cluster)]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_postgres, programs["initdb"], "-D", str(cluster), "-A", "trust", "-U", "postgres"], **quiet)
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*control, "-o", settings, "-w", "-l", str(folder / "log"), "start"], **quiet)
    try:
        yield from _served(programs["nominatim"], folder, port)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def _served(program: str, folder: Path, port: int) -> Iterator[str]:
    project = folder / "project"
    project.mkdir()
    (project / "ours.osm").write_text(OURS, encoding="utf-8")
    database = f"pgsql:dbname=nominatim;host=127.0.0.1;port={port};user=postgres"
    environment = {**os.environ, "NOMINATIM_DATABASE_DSN": database, "NOMINATIM_DATABASE_WEBUSER": "postgres",
                   "NOMINATIM_IMPORT_STYLE": "address"}  # fmt: skip
    here = {"cwd": project, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [program, "import", "--osm-file", "ours.osm", "--project-dir", ".", "--threads", "1"], check=True, **here
    )
    server = f"127.0.0.1:{_free_port()}"
    process = subprocess.Popen([program, "serve", "--project-dir", ".", "--server", server], **here)
    try:
        _wait_for(f"http://{server}/status")
        yield f"http://{server}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer within 30 seconds")


def test_a_table_is_geocoded_by_a_real_nominatim(nominatim: str, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("place,date,type\nОйтас,2022-01-05,protest\nQumbor,2022-01-05,riot\nNixda,2022-01-05,riot\n",
                     encoding="utf-8")  # fmt: skip
    environment = {**os.environ, "MAPGEN_NOMINATIM_URL": nominatim, "MAPGEN_CACHE": str(tmp_path), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "mapgen", "events", str(table), "-o", "-", "--geocoder", "nominatim"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    places = [feature["properties"]["places"][0] for feature in json.loads(done.stdout)["features"]]
    assert [(place["name"], place["lat"], place["lon"], place["gazetteer"]) for place in places] == [
        ("Ойтас", 43.25, 76.95, "nominatim:node/1"),
        ("Qumbor", 50.28, 57.17, "nominatim:node/2"),
    ]
    assert done.returncode == 1
    assert "row 4" in done.stderr
