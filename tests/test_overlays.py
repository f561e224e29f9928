"""GeoJSON of one's own under the events: what is read, what is refused and in which words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mapgen.errors import InputError
from mapgen.exporters.html import EventMap
from mapgen.exporters.overlays import overlays
from mapgen.options import Options
from mapgen.readers.overlay import read_overlay
from tests.browser.events import COLLECTION

SQUARE = [[8.0, 59.0], [9.0, 59.0], [9.0, 60.0], [8.0, 60.0], [8.0, 59.0]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def saved(folder: Path, *features: Any, **more: Any) -> Path:
    path = folder / "closed_roads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def test_every_kind_of_geometry_is_taken_up(tmp_path: Path) -> None:
    geometries = [
        {"type": "Point", "coordinates": [5, 6, 700]},
        {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
    ]
    both = {"type": "GeometryCollection", "geometries": geometries}
    found = read_overlay(
        saved(
            tmp_path,
            feature("Polygon", [SQUARE], name="Zone  A"),
            feature("MultiPolygon", [[SQUARE], [SQUARE, SQUARE]]),
            feature("MultiLineString", [[[1, 2], [3, 4]], [[5, 6], [7, 8], [9, 9]]]),
            feature("MultiPoint", [[1, 2], [3, 4]]),
            {"type": "Feature", "properties": {"title": "Both"}, "geometry": both},
            {"type": "Feature", "properties": None, "geometry": None},
        )
    )
    assert found.name == "closed roads"
    assert [len(area) for area in found.areas] == [1, 1, 2]
    assert [len(line) for line in found.lines] == [2, 3, 2]
    assert found.points == [(1.0, 2.0), (3.0, 4.0), (5.0, 6.0)]
    assert found.labels == [("Zone A", 8.5, 59.5), ("Both", 5.0, 6.0)]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (feature("LineString", [[8, 59], [9, 95]]), "feature 2: .*outside -90 to 90 degrees"),
        (feature("Point", [float("nan"), 1]), "feature 2: .*degrees"),
        (feature("Point", [4_500_000, 5_800_000]), "feature 2: .*turned into degrees WGS 84"),
        (feature("LineString", [[8, 59]]), "feature 2: .*2 are the least"),
        (feature("Polygon", [[8, 59]]), "feature 2: "),
        (feature("Polygon", "8,59"), "feature 2: .*no list"),
        (feature("Circle", [8, 59]), "feature 2: .*Circle"),
        ("no feature", "feature 2: is no Feature"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_its_feature(tmp_path: Path, broken: Any, said: str) -> None:
    path = saved(tmp_path, feature("Point", [8, 59]), broken)
    with pytest.raises(InputError, match=rf"closed_roads\.geojson {said}"):
        read_overlay(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [("[1", "not valid JSON"), ("[]", "no GeoJSON"), ('{"type": "FeatureCollection", "features": []}', "no geometry")],
)
def test_a_file_that_is_no_overlay_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(InputError, match=f"other.json: .*{said}"):
        read_overlay(path)


def test_projected_coordinates_are_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(InputError, match="WGS 84"):
        read_overlay(saved(tmp_path, feature("Point", [8, 59]), crs=crs))


def test_overlays_beyond_the_budget_are_refused_with_what_to_do(tmp_path: Path) -> None:
    line = [[(n * 7919 % 36000) / 100 - 180, (n * 104729 % 17000) / 100 - 85] for n in range(130_000)]
    with pytest.raises(InputError, match=r"larger than the 1,000,000 bytes.*simplify"):
        overlays([saved(tmp_path, feature("LineString", line))], None)


def test_paths_in_a_map_toml_are_relative_to_it(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('overlays = ["closed_roads.geojson"]')
    assert Options.load(tmp_path / "map.toml").overlays == (str(tmp_path / "closed_roads.geojson"),)


def test_a_name_that_is_markup_is_no_markup_in_the_page(tmp_path: Path) -> None:
    path = saved(tmp_path, feature("Point", [8, 59], name="<img src=x onerror=alert(1)>"), name="{{ a }}<script>")
    page = EventMap(COLLECTION, overlays=[path]).render()
    assert "<img src=x" not in page and "{{" not in page.partition("mapgen-data")[2].partition("</script>")[0]


def test_on_the_command_line_one_sentence_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Police arrested 12 people in Oslo on 3 May 2021.")
    path = saved(tmp_path, feature("Point", [8, 99]))
    command = [sys.executable, "-m", "mapgen", "map", str(tmp_path / "a.txt"), "--overlay", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "closed_roads.geojson feature 1" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "a.html").exists()
