"""Exports, each read back by the format's own reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import mapgen
from mapgen.atomic import write_atomic
from mapgen.errors import InputError, OptionsError
from mapgen.exporters import export
from mapgen.exporters.csv import ACLED_COLUMNS
from mapgen.model import EventCollection
from mapgen.readers import read


def exported(collection: EventCollection, path: Path) -> Path:
    export(collection, path)
    return path


@pytest.mark.parametrize("suffix", [".geojson", ".csv"])
def test_nothing_is_lost_on_the_way_out_and_in(collection: EventCollection, tmp_path: Path, suffix: str) -> None:
    back = read(exported(collection, tmp_path / f"e{suffix}"))
    assert isinstance(back, EventCollection)
    assert [e.event_id for e in back.events] == [e.event_id for e in collection.events]
    for ours, theirs in zip(collection.events, back.events, strict=True):
        assert theirs == ours


@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".kml", ".xlsx"])
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


def test_geopackage_and_parquet_are_read_by_their_own_readers(collection: EventCollection, tmp_path: Path) -> None:
    import geopandas

    package = geopandas.read_file(exported(collection, tmp_path / "e.gpkg"))
    parquet = geopandas.read_parquet(exported(collection, tmp_path / "e.parquet"))
    for frame in (package, parquet):
        assert list(frame["event_type"]) == [e.event_type for e in collection.events]
        assert frame.crs.to_epsg() == 4326
        assert frame.geometry[0].x == pytest.approx(72.2427)
        assert frame.geometry[3] is None


def test_kml_has_a_folder_for_each_type_with_time_spans(collection: EventCollection, tmp_path: Path) -> None:
    from defusedxml import ElementTree

    root = ElementTree.parse(exported(collection, tmp_path / "e.kml")).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    names = [folder.findtext("k:name", namespaces=space) for folder in root.iterfind(".//k:Folder", space)]
    assert "Riot & clashes" in names
    assert root.findtext(".//k:TimeSpan/k:begin", namespaces=space) == "2022-01-05"
    assert root.findtext(".//k:Point/k:coordinates", namespaces=space) == "72.2427,42.5228"


def test_a_geodataframe_goes_out_and_in(collection: EventCollection) -> None:
    frame = mapgen.to_geodataframe(collection)
    assert len(frame) == len(collection.events)
    back = mapgen.from_geodataframe(frame.to_crs("EPSG:3857"))
    assert [event.title for event in back.events] == [event.title for event in collection.events]


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
