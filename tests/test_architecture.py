"""The house plan, held by tests: imports point down only, each library has one home, the text path stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mapgen"

# From the top floor to the ground; a module may import from its own floor and from those below.
FLOORS = (
    ("mapgen", "mapgen.__main__", "mapgen.cli", "mapgen.doctor", "mapgen.pipeline"),
    ("mapgen.exporters",),
    ("mapgen.layers",),
    ("mapgen.extractors",),
    ("mapgen.toponyms", "mapgen.events"),
    ("mapgen.readers", "mapgen.gazetteer", "mapgen.geocoders"),
    ("mapgen.options", "mapgen.views", "mapgen.record", "mapgen.atomic", "mapgen.sentences", "mapgen.watch"),
    ("mapgen.model", "mapgen.taxonomy", "mapgen.errors"),
)

# Where a third-party library may be imported; what stands in no list may be imported nowhere.
HOMES = {
    "folium": ["mapgen.exporters.html"],
    "branca": ["mapgen.exporters.html"],
    "geopy": ["mapgen.geocoders", "mapgen.gazetteer.geocoder"],
    "platformdirs": ["mapgen.geocoders.cache"],
    "marisa_trie": ["mapgen.gazetteer"],
    "spacy": ["mapgen.toponyms.ner"],
    "trafilatura": ["mapgen.readers.page"],
    "lxml": ["mapgen.readers"],
    "pypdf": ["mapgen.readers.papers"],
    "docx": ["mapgen.readers.papers"],
    "defusedxml": ["mapgen.readers"],
    "click": ["mapgen.cli"],
    "playwright": ["mapgen.exporters.image"],
    "openpyxl": ["mapgen.readers", "mapgen.exporters"],
    "pandas": ["mapgen.readers", "mapgen.exporters"],
    "geopandas": ["mapgen.readers", "mapgen.exporters"],
    "pyogrio": ["mapgen.readers", "mapgen.exporters"],
    "pyarrow": ["mapgen.readers", "mapgen.exporters"],
    "shapely": ["mapgen.exporters", "mapgen.readers"],
    "charset_normalizer": ["mapgen.readers"],
    "geographiclib": ["mapgen.events"],
    "xyzservices": ["mapgen.exporters.tiles"],
    "pmtiles": ["mapgen.exporters.tile_archive"],
    "resvg_py": ["mapgen.exporters.image"],
    "httpx": ["mapgen.extractors.endpoint"],
}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path) -> set[str]:
    """The absolute names that a module imports, at its head or inside functions (not under TYPE_CHECKING)."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    typing_only: set[ast.AST] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            typing_only.update(child for statement in node.body for child in ast.walk(statement))
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            found.update(f"{module}.{alias.name}" for alias in node.names)
    return found


def floor(name: str) -> int:
    """The index of the floor that a module of mapgen lies on."""
    best = max(
        ((len(room), level) for level, rooms in enumerate(FLOORS) for room in rooms if _inside(name, room)),
        default=(0, -1),
    )
    return best[1]


def _inside(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


MODULES = modules()


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_a_floor_and_imports_only_downwards(name: str) -> None:
    own = floor(name)
    doors = FLOORS[0][1:]  # besides mapgen itself, in which everything is
    assert own > 0 or name == "mapgen" or any(_inside(name, door) for door in doors), f"{name} stands on no floor"
    for imported in sorted(imports(name, MODULES[name])):
        if not _inside(imported, "mapgen"):
            continue
        target = max((m for m in MODULES if _inside(imported, m)), key=len)
        if target == "mapgen" and name != "mapgen":
            pytest.fail(f"{name} imports {imported} from the top door")
        assert floor(target) >= own, f"{name} (floor {own}) imports {imported} (floor {floor(target)})"


@pytest.mark.parametrize("name", MODULES)
def test_each_library_is_imported_only_at_its_home(name: str) -> None:
    for imported in sorted(imports(name, MODULES[name])):
        library = imported.split(".")[0]
        if library == "mapgen" or library in sys.stdlib_module_names:
            continue
        homes = HOMES.get(library, [])
        assert any(_inside(name, home) for home in homes), f"{name} imports {library}, whose home is {homes}"


def test_there_are_no_cycles_between_modules() -> None:
    graph = {
        name: {max((m for m in MODULES if _inside(i, m)), key=len) for i in imports(name, path) if _inside(i, "mapgen")}
        - {name}
        for name, path in MODULES.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"cycle: {' > '.join((*trail[trail.index(name) :], name))}"
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_folders_lie_at_most_two_levels_deep() -> None:
    deep = [path for path in PACKAGE.rglob("*") if path.is_dir() and len(path.relative_to(PACKAGE).parts) > 2]
    assert not [path for path in deep if "__pycache__" not in path.parts]


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "misc", "common"])
def test_no_room_is_named_for_nothing(word: str) -> None:
    assert not [name for name in MODULES if word in name.rpartition(".")[2]]


def test_the_text_path_imports_no_heavy_library(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Protesters clashed with police in Almaty on Wednesday.", encoding="utf-8")
    program = (
        "import sys; from mapgen.cli import cli\n"
        f"cli.main(['events', {str(article)!r}, '--published', '2022-01-06', '-o', '-'], standalone_mode=False)\n"
        "heavy = {'numpy', 'pandas', 'geopandas', 'folium', 'sklearn', 'shapely', 'geopy'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_lock_group_holds_what_the_build_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(project["dependency-groups"]["build"]) == sorted(project["build-system"]["requires"])


def test_the_lock_file_pins_every_dependency_by_hash_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for requirement in wanted:
        assert f"\n{requirement.split('>')[0]}==" in lock, requirement
    assert "://" not in lock
