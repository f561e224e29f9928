"""Exports, each read back by the format's own reader."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import mapgen
from mapgen.atomic import write_atomic
from mapgen.errors import InputError, OptionsError
from mapgen.exporters import FORMS, export
from mapgen.exporters.csv import ACLED_COLUMNS
from mapgen.model import EventCollection
from mapgen.readers import read

LOSSLESS = (".geojson", ".csv", ".xlsx", ".gpkg", ".parquet", ".kml")


def exported(collection: EventCollection, path: Path) -> Path:
    export(collection, path)
    return path


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_nothing_is_lost_on_the_way_out_and_in(collection: EventCollection, tmp_path: Path, suffix: str) -> None:
    back = read(exported(collection, tmp_path / f"e{suffix}"))
    assert isinstance(back, EventCollection)
    theirs = {event.event_id: event for event in back.events}
    if suffix != ".kml":  # whose folders by type have an order of their own
        assert list(theirs) == [event.event_id for event in collection.events]
    for ours in collection.events:
        assert theirs.pop(ours.event_id) == ours
    assert not theirs


@pytest.mark.parametrize("suffix", sorted(set(FORMS) - {".json"}))
def test_what_a_form_has_no_room_for_is_said(collection: EventCollection, tmp_path: Path, suffix: str) -> None:
    told = " ".join(export(collection, tmp_path / f"e{suffix}"))
    assert ("place mentions" in told) == (suffix != ".geojson")
    assert ("without a place" in told) == (suffix in (".acled.csv", ".timemap.csv", ".storymap.json"))
    assert ("all that is known" in told) == (suffix not in LOSSLESS)


@pytest.mark.parametrize("suffix", sorted(set(FORMS) - {".json"}))
def test_equal_events_give_equal_bytes(collection: EventCollection, tmp_path: Path, suffix: str) -> None:
    first = exported(collection, tmp_path / f"1{suffix}").read_bytes()
    assert first == exported(collection, tmp_path / f"2{suffix}").read_bytes()


def test_csv_starts_with_the_columns_of_acled(collection: EventCollection, tmp_path: Path) -> None:
    text = exported(collection, tmp_path / "e.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0])[: len(ACLED_COLUMNS)] == ACLED_COLUMNS
    assert (rows[0]["event_date"], rows[0]["location"], rows[0]["fatalities"]) == ("2022-01-05", "Talas", "8")
    assert rows[1]["geometry"].startswith("MULTILINESTRING ((72.7985 40.5283, ")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_can_run_as_a_formula(collection: EventCollection, tmp_path: Path, suffix: str) -> None:
    path = exported(collection, tmp_path / f"e{suffix}")
    if suffix == ".csv":
        cells = [c for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for c in row]
    else:
        from openpyxl import load_workbook

        sheets = load_workbook(path).worksheets
        cells = [c.value for sheet in sheets for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
        assert all(c.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for c in row)
    assert "'=HYPERLINK(1) “quoted”, \n {{7*7}} </script>" in cells
    assert not [c for c in cells if c.startswith(("=", "@", "+", "\t"))]


def test_a_geopackage_has_layers_of_sites_and_movements(collection: EventCollection, tmp_path: Path) -> None:
    import geopandas
    import pyogrio

    path = exported(collection, tmp_path / "e.gpkg")
    kinds = dict(pyogrio.list_layers(path).tolist())
    assert kinds == {"sites": "MultiPoint", "movements": "MultiLineString", "unlocated": None, "layer_styles": None}
    sites = geopandas.read_file(path, layer="sites")
    assert list(sites["event_type"]) == ["riot", "service_closure", "protest"]
    assert sites.crs.to_epsg() == 4326
    assert sites.geometry[0].geoms[0].x == pytest.approx(72.2427)
    assert list(pyogrio.read_dataframe(path, layer="unlocated")["event_type"]) == ["arrests"]


def test_a_geopackage_of_no_events_is_one_too(tmp_path: Path) -> None:
    import pyogrio

    path = exported(EventCollection(), tmp_path / "e.gpkg")
    assert "sites" in dict(pyogrio.list_layers(path).tolist())


def test_each_layer_for_qgis_has_a_style_with_a_symbol_for_each_type(
    collection: EventCollection, tmp_path: Path
) -> None:
    from defusedxml import ElementTree

    path = exported(collection, tmp_path / "e.gpkg")
    with sqlite3.connect(path) as database:
        rows = database.execute("select f_table_name, f_geometry_column, useAsDefault, styleQML from layer_styles")
        styles = {name: (column, default, ElementTree.fromstring(qml)) for name, column, default, qml in rows}
    assert set(styles) == {"sites", "movements"}
    for column, default, root in styles.values():
        assert (column, default) == ("geom", 1)
        assert root.find("renderer-v2").get("attr") == "event_type"
        symbols = {symbol.get("name") for symbol in root.iterfind("renderer-v2/symbols/symbol")}
        categories = {c.get("value"): c.get("symbol") for c in root.iterfind("renderer-v2/categories/category")}
        assert set(categories) == {event.event_type for event in collection.events}
        assert set(categories.values()) == symbols


def test_qgis_itself_loads_the_styles(collection: EventCollection, tmp_path: Path) -> None:
    python = "/usr/bin/python3"
    if not Path(python).exists() or subprocess.run([python, "-c", "import qgis.core"], capture_output=True).returncode:
        pytest.skip("QGIS's Python is not installed (Debian: python3-qgis)")
    path = exported(collection, tmp_path / "e.gpkg")
    program = (
        "from qgis.core import QgsApplication, QgsVectorLayer\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "for name in ('sites', 'movements'):\n"
        f"    layer = QgsVectorLayer('{path}|layername=' + name, name, 'ogr')\n"
        "    print(name, layer.renderer().type(), *[c.value() for c in layer.renderer().categories()])\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False, env=environment)
    types = "troop_movement riot protest arrests service_closure"
    told = [line.split() for line in done.stdout.splitlines()]
    assert [(line[0], line[1], set(line[2:])) for line in told] == [
        (name, "categorizedSymbol", set(types.split())) for name in ("sites", "movements")
    ], done.stderr


def test_geoparquet_says_its_version_and_covers_its_rows_with_boxes(
    collection: EventCollection, tmp_path: Path
) -> None:
    import geopandas
    import pyarrow.parquet

    path = exported(collection, tmp_path / "e.parquet")
    geo = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    frame = geopandas.read_parquet(path)
    assert list(frame["event_type"]) == [event.event_type for event in collection.events]
    assert frame.geometry[3] is None
    assert len(geopandas.read_parquet(path, bbox=(72.2, 42.5, 72.3, 42.6))) == 3  # Talas twice, and the way there


def test_kml_has_a_folder_for_each_type_with_time_spans(collection: EventCollection, tmp_path: Path) -> None:
    from defusedxml import ElementTree

    root = ElementTree.parse(exported(collection, tmp_path / "e.kml")).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    names = [folder.findtext("k:name", namespaces=space) for folder in root.iterfind(".//k:Folder", space)]
    assert "Riot & clashes" in names
    assert root.findtext(".//k:TimeSpan/k:begin", namespaces=space) == "2022-01-05"
    assert root.findtext(".//k:Folder//k:Point/k:coordinates", namespaces=space) == "72.2427,42.5228"


def test_kml_is_valid_by_its_schema(collection: EventCollection, tmp_path: Path) -> None:
    from fastkml.validator import validate

    assert validate(file_to_validate=exported(collection, tmp_path / "e.kml")) is True


def test_the_columns_of_acled_stand_in_their_order(collection: EventCollection, tmp_path: Path) -> None:
    text = exported(collection, tmp_path / "e.acled.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert ",".join(rows[0]).startswith("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,")
    first = rows[0]
    assert (first["event_type"], first["sub_event_type"], first["disorder_type"]) == (
        "Riots", "Violent demonstration", "Demonstrations",
    )  # fmt: skip
    assert (first["year"], first["country"], first["location"], first["fatalities"]) == ("2022", "KG", "Talas", "8")
    assert len(rows) == 4


def test_a_timemap_sheet_has_numbered_columns_of_sources(collection: EventCollection, tmp_path: Path) -> None:
    text = exported(collection, tmp_path / "e.timemap.csv").read_text(encoding="utf-8")
    first = next(csv.DictReader(io.StringIO(text)))
    assert (first["date"], first["location"], first["association1"]) == ("01/05/2022", "Talas", "Unrest")
    assert first["source1"] == "https://example.org/a"


def test_text_in_a_storymap_is_no_markup(collection: EventCollection, tmp_path: Path) -> None:
    loud = dataclasses.replace(collection.events[0], title="<b>Crowds</b>", quote="<script>x</script>")
    told = exported(EventCollection((loud,)), tmp_path / "e.storymap.json").read_text(encoding="utf-8")
    overview, slide = json.loads(told)["storymap"]["slides"]
    assert overview["type"] == "overview"
    assert slide["location"]["lat"] == 42.5228
    assert slide["text"]["headline"] == "&lt;b&gt;Crowds&lt;/b&gt;"
    assert "<script" not in told


def test_a_geodataframe_goes_out_and_in(collection: EventCollection) -> None:
    frame = mapgen.to_geodataframe(collection)
    assert len(frame) == len(collection.events)
    back = mapgen.from_geodataframe(frame.to_crs("EPSG:3857"))
    assert [event.title for event in back.events] == [event.title for event in collection.events]


def test_a_frame_maps_itself(collection: EventCollection, tmp_path: Path) -> None:
    frame = mapgen.to_geodataframe(collection)
    page = frame.mapgen.map(title="From a frame")
    assert page.title == "From a frame"
    assert [event.title for event in page.collection.events] == [event.title for event in collection.events]


def test_frames_have_the_accessor_where_pandas_came_first() -> None:
    program = "import geopandas, mapgen; print(geopandas.GeoDataFrame.mapgen.__name__)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "MapgenAccessor"


def test_a_geodataframe_without_a_coordinate_system_is_refused() -> None:
    import geopandas
    from shapely.geometry import Point

    with pytest.raises(InputError, match="coordinate system"):
        mapgen.from_geodataframe(geopandas.GeoDataFrame({"name": ["x"]}, geometry=[Point(1, 2)]))


def test_an_unknown_suffix_names_the_known_ones(collection: EventCollection, tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match=r"\.kml"):
        export(collection, tmp_path / "e.doc")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "e.txt"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomic(path, "text, not bytes")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["e.txt"]
    assert path.read_bytes() == b"old"
    with pytest.raises(InputError, match="cannot be written"):
        write_atomic(tmp_path / "none" / "e.txt", b"")


def test_geojson_is_rfc_7946(collection: EventCollection, tmp_path: Path) -> None:
    told = json.loads(exported(collection, tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert told["type"] == "FeatureCollection"
    assert "crs" not in told
    assert all(set(f) == {"type", "id", "geometry", "properties"} for f in told["features"])
