"""Tables as people have them: delimiters, encodings, languages, odd heads, columns without names, broken rows."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest

from mapgen.errors import InputError, OptionsError
from mapgen.model import EventCollection
from mapgen.pipeline import read
from mapgen.readers.dates import MONTH_FIRST, spans_of
from mapgen.readers.degrees import pair


def table(path: Path, **given: object) -> EventCollection:
    found = read(path, **given)  # type: ignore[arg-type]
    assert isinstance(found, EventCollection)
    return found


def write(tmp_path: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("date,place,latitude,longitude,type,killed", "2022-01-05,Talas,42.52,72.24,protest,2"),
        ("дата;город;широта;долгота;тип;погибшие", "05.01.2022;Талас;42,52;72,24;митинг;2"),
        ("дата;місто;широта;довгота;тип;загиблі", "5 січня 2022;Талас;42,52;72,24;мітинг;2"),
        ("күні;қала;ендік;бойлық;түрі;қаза тапқандар", "2022-01-05;Талас;42.52;72.24;наразылық;2"),
        ("Datum;Ort;Breitengrad;Längengrad;Typ;Tote", "5. Januar 2022;Talas;42,52;72,24;Demonstration;2"),
        ("Date;Ville;Latitude;Longitude;Catégorie;Morts", "5 janvier 2022;Talas;42,52;72,24;manifestation;2"),
        ("Fecha;Ciudad;Latitud;Longitud;Tipo;Muertos", "5 de enero de 2022;Talas;42,52;72,24;protesta;2"),
        ("التاريخ,المدينة,خط العرض,خط الطول,النوع,القتلى", "٥ يناير ٢٠٢٢,Talas,٤٢.٥٢,٧٢.٢٤,مظاهرة,٢"),
        ("日期,城市,纬度,经度,类型,死亡", "2022年1月5日,Talas,42.52,72.24,抗议,2"),
        ("Incident Date\tTown/Village\tGPS Latitude (WGS84)\tGPS Longitude (WGS84)\tCategory\tDead",
         "Jan 5, 2022\tTalas\t42.52° N\t72.24° E\tDemonstration\t2"),
    ],
    ids=["en", "ru", "uk", "kk", "de", "fr", "es", "ar", "zh", "words"],
)  # fmt: skip
def test_columns_are_recognised_in_many_languages(tmp_path: Path, head: str, row: str) -> None:
    event = table(write(tmp_path, "a.csv", f"{head}\n{row}\n")).events[0]
    assert (event.event_type, event.when.start) == ("protest", dt.date(2022, 1, 5))
    assert (event.places[0].lat, event.places[0].lon) == (42.52, 72.24)
    assert event.places[0].name in ("Talas", "Талас")
    assert event.figures["killed"].value == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_what_was_found_out_is_told(tmp_path: Path, encoding: str) -> None:
    text = "дата;место;широта;долгота;описание\n" + "13/04/2022;Талас;42,52;72,24;Жители вышли на площадь города.\n" * 9
    path = write(tmp_path, "a.csv", text + "03/04/2022;Ош;40,5;72,8;x\n", encoding)
    found = table(path)
    notes = " ".join(found.notes)
    assert "semicolons" in notes
    assert "decimal comma" in notes
    assert "day first" in notes
    assert (encoding[:6] in notes) == (not encoding.startswith("utf-8"))
    assert found.events[9].when.start == dt.date(2022, 4, 3)


def test_columns_without_telling_names_are_told_by_their_content(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{n},2022-01-0{n},4{n}.523,7{n}.241,A crowd of people gathered on the square of the town." for n in range(1, 6)
    )
    found = table(write(tmp_path, "a.csv", f"f1,f2,f3,f4,f5\n{rows}\n"))
    event = found.events[0]
    assert (event.when.start, event.places[0].lat, event.places[0].lon) == (dt.date(2022, 1, 1), 41.523, 71.241)
    assert (event.quote or "").startswith("A crowd")
    assert "lat from 'f3'" in " ".join(found.notes)


def test_a_column_of_place_names_is_found_by_asking_the_gazetteer(tmp_path: Path) -> None:
    found = table(write(tmp_path, "a.csv", "k1,k2\nx1,Almaty\nx2,Bishkek\nx3,Nairobi\nx4,Qqqqzz\n"))
    assert [[p.name for p in e.places] for e in found.events] == [["Almaty"], ["Bishkek"], ["Nairobi"], []]
    assert "place from 'k2'" in " ".join(found.notes)
    assert "Qqqqzz" in found.skipped[0].reason


@pytest.mark.parametrize("name", ["k1", "k9"])
def test_a_column_can_be_given_by_hand(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, "a.csv", "k1,place\nAlmaty,somewhere\n")
    if name == "k9":
        with pytest.raises(OptionsError, match=r"a\.csv.*'k9'.*k1, place"):
            table(path, columns={"place": name})
    else:
        assert table(path, columns={"place": name}).events[0].places[0].name == "Almaty"


def test_a_field_that_there_is_not_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match=r"no field plaice.*\bplace\b"):
        table(write(tmp_path, "a.csv", "k1,place\nx,Almaty\n"), columns={"plaice": "k1"})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("sep=;\nplace;date\nAlmaty;2022-01-05\n", "Almaty"),
        ("Our list of places,\nplace,date\nAlmaty,2022-01-05\n", "Almaty"),
        ("place,date\n#loc+name,#date\nAlmaty,2022-01-05\n", "Almaty"),
        ("place\nAlmaty\nOsh\n", "Almaty"),
        ('place,notes\n"Almaty","two\nlines, one cell"\n', "Almaty"),
        ("coordinates,title\n\"43.25, 76.95\",Almaty\n", "43.250, 76.950"),
        ("coords;title\n43°15′N 76°57′E;x\n", "43.250, 76.950"),
        ("wkt,title\nPOINT (76.95 43.25),x\n", "43.250, 76.950"),
    ],
)  # fmt: skip
def test_odd_heads_and_cells_are_understood(tmp_path: Path, content: str, name: str) -> None:
    found = table(write(tmp_path, "a.csv", content))
    assert found.events[0].places[0].name == name
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("texts", "order", "days"),
    [
        (["03/04/2022", "04/04/2022", "01/05/2022"], None, ["2022-04-03", "2022-04-04", "2022-05-01"]),
        (["03/04/2022", "04/04/2022", "01/05/2022"], MONTH_FIRST, ["2022-03-04", "2022-04-04", "2022-01-05"]),
        (["01/30/2022", "03/04/2022"], None, ["2022-01-30", "2022-03-04"]),
        (["02/01/2022", "02/05/2022", "03/01/2022", "11/02/2022"], None,
         ["2022-02-01", "2022-02-05", "2022-03-01", "2022-11-02"]),  # only so they stand in order
        (["1/2/2022 3:00 PM"], None, ["2022-01-02"]),
        (["44566", "44567"], None, ["2022-01-05", "2022-01-06"]),
        (["2022-01"], None, ["2022-01-01"]),
        (["1641340800"], None, ["2022-01-05"]),
        (["2022-01-05/2022-01-09"], None, ["2022-01-05"]),
    ],
)  # fmt: skip
def test_dates_are_settled_for_the_column(texts: list[str], order: str | None, days: list[str]) -> None:
    found, _ = spans_of(texts, order)
    assert [str(found[text][0]) for text in texts] == days


def test_a_doubtful_order_of_day_and_month_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "date,place\n03/04/2022,Almaty\n")
    assert "may be day or month first" in table(path).notes[0]
    assert table(path, dates="month first").events[0].when.start == dt.date(2022, 3, 4)


@pytest.mark.parametrize("text", ["0000-00-00", "2022-13-45", "1e9", "31/31/2022", "soon", "5 Foo 2022", "1" * 400])
def test_what_is_no_date_is_told_so(text: str) -> None:
    found, _ = spans_of([text])
    assert "is no date" in str(found[text])


@pytest.mark.parametrize("text", ["43.25", "95, 10", "0, 0", "a, b", "", "43.25, 76.95, 3, 4"])
def test_what_is_no_pair_of_coordinates_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        pair(text)


def test_swapped_coordinates_are_said_and_not_mended(tmp_path: Path) -> None:
    rows = "Almaty,76.95,43.25\nBishkek,74.59,42.87\nTashkent,69.28,41.30\nAstana,71.43,51.18\n"
    found = table(write(tmp_path, "a.csv", f"place,lat,lon\n{rows}"))
    assert "look swapped" in found.notes[0]
    assert found.events[0].places[0].lat == 76.95


def test_rows_that_are_the_same_stay_apart(tmp_path: Path) -> None:
    events = table(write(tmp_path, "a.csv", "date,place\n" + "2022-01-05,Almaty\n" * 3)).events
    assert len({event.event_id for event in events}) == 3


def test_ids_that_are_given_twice_are_made_different(tmp_path: Path) -> None:
    found = table(write(tmp_path, "a.csv", "id,place\nA1,Almaty\nA1,Osh\n"))
    assert [event.event_id for event in found.events] == ["A1", "A1-2"]
    assert "id of another row" in found.notes[0]


@pytest.mark.parametrize(
    ("cell", "figure"), [("5", (5, 5, 5)), ("5+", (5, 5, None)), ("5-7", (None, 5, 7)), ("٥", (5, 5, 5))]
)
def test_figures_of_tables(tmp_path: Path, cell: str, figure: tuple[int | None, int, int | None]) -> None:
    event = table(write(tmp_path, "a.csv", f"place,injured\nAlmaty,{cell}\n")).events[0]
    told = event.figures["injured"]
    assert (told.value, told.min, told.max) == figure


def test_a_figure_in_words_is_kept_as_it_is(tmp_path: Path) -> None:
    event = table(write(tmp_path, "a.csv", "place,injured,country\nAlmaty,dozens,Ruritania\n")).events[0]
    assert event.figures == {}
    assert event.extra == {"injured": "dozens", "country": "Ruritania"}


def test_a_country_is_known_by_its_name_and_narrows_the_place(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "place,country\nTripoli,Libya\nTripoli,Lebanon\nTripoli,LB\n")
    assert [event.places[0].country for event in table(path).events] == ["LY", "LB", "LB"]


def test_the_first_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["About this file"])
    book.active.append(["Made by us"])
    sheet = book.create_sheet("Events")
    sheet.append(["date", "place", "killed"])
    sheet.append([dt.datetime(2022, 1, 5, 10, 30), "Almaty", 3])
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert (found.events[0].when.start, found.events[0].figures["killed"].value) == (dt.date(2022, 1, 5), 3)
    assert "'Events'" in " ".join(found.notes)


def test_a_workbook_that_would_burst_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.xml", "w") as part:
        for _ in range(1100):
            part.write(b"\0" * 1_000_000)
    with pytest.raises(InputError, match="inflate"):
        read(tmp_path / "a.xlsx")


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Protests</name><Placemark><name>Square</name>
<TimeSpan><begin>2022-01-05</begin><end>2022-01-06</end></TimeSpan>
<ExtendedData><Data name="place"><value>Talas</value></Data><Data name="killed"><value>2</value></Data></ExtendedData>
<Point><coordinates>72.24,42.52,0</coordinates></Point></Placemark></Folder><Placemark><name>Front</name>
<LineString><coordinates>72,42 73,43</coordinates></LineString></Placemark></Document></kml>"""
GPX = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="42.52" lon="72.24"><name>Square</name>
<time>2022-01-05T10:00:00Z</time></wpt><trk><name>March</name><trkseg>
<trkpt lat="42" lon="72"/><trkpt lat="43" lon="73"/>
</trkseg></trk></gpx>"""


@pytest.mark.parametrize("suffix", [".kml", ".kmz", ".gpx"])
def test_kml_and_gpx_give_points_and_areas(tmp_path: Path, suffix: str) -> None:
    data = (GPX if suffix == ".gpx" else KML).encode()
    if suffix == ".kmz":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("doc.kml", data)
        data = packed.getvalue()
    square, line = table(write(tmp_path, f"a{suffix}", data)).events
    assert (square.when.start, square.places[0].lat, square.places[0].geo_precision) == (dt.date(2022, 1, 5), 42.52, 1)
    assert (line.places[0].lat, line.places[0].role) == (42.5, "area")
    if suffix != ".gpx":
        assert (square.event_type, square.figures["killed"].value) == ("protest", 2)
        assert square.when.end == dt.date(2022, 1, 6)


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
def test_foreign_geographic_tables_are_read_in_any_projection(tmp_path: Path, suffix: str) -> None:
    import geopandas

    points = geopandas.points_from_xy([72.24, 76.95], [42.52, 43.25], crs="EPSG:4326")
    frame = geopandas.GeoDataFrame({"name": ["Talas", "Almaty"], "type": ["riot", None]}, geometry=points)
    path = tmp_path / f"a{suffix}"
    projected = frame.to_crs("EPSG:3857")
    projected.to_file(path) if suffix == ".gpkg" else projected.to_parquet(path)
    first, second = table(path).events
    assert (first.event_type, round(first.places[0].lat, 4), first.title) == ("riot", 42.52, "Talas")
    assert second.event_type == "other"


def test_a_broken_row_costs_only_itself(tmp_path: Path) -> None:
    found = table(write(tmp_path, "a.csv", "place,date\nAlmaty\nOsh,2022-01-05,x,y\nTalas,2022-01-05\n"))
    assert [event.places[0].mention or event.places[0].name for event in found.events] == ["Talas"]
    assert [row.where.rpartition(" ")[2] for row in found.skipped] == ["2", "3"]


def test_geojson_lists_what_it_leaves_out(tmp_path: Path) -> None:
    features = [{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": c}}
                for c in ([72, 42], [720, 42], [0, 0], ["x", 1])]  # fmt: skip
    path = write(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [*features, 5]}))
    found = table(path)
    assert len(found.events) == 1
    assert [row.where.rpartition(" ")[2] for row in found.skipped] == ["2", "3", "4", "5"]


def test_a_table_in_a_zip_archive_is_read_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.csv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.CSV", "date,place\n2022-01-05,Almaty\n")
    assert table(tmp_path / "a.csv.zip").events[0].places[0].name == "Almaty"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.csv": b"x", "b.csv": b"y"}, "holds 2 files"),
        ({"a.exe": b"x"}, "holds no table"),
        ({"a.zip": b"x"}, "holds no table"),
        ({"a.csv": b"0" * 10_000_000}, "would inflate"),
    ],
)
def test_any_other_archive_is_refused(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with pytest.raises(InputError, match=said):
        read(tmp_path / "a.zip")


@pytest.mark.parametrize(
    "geometry",
    [{"type": [1, 2]}, {"type": {}}, {"type": "GeometryCollection", "geometries": {"a": 1}}, 7, "POINT (1 2)"],
    ids=str,
)
def test_a_geometry_that_is_none_skips_its_feature_only(tmp_path: Path, geometry: object) -> None:
    good = {"type": "Point", "coordinates": [27.5, 53.9]}
    features = [{"type": "Feature", "geometry": shape, "properties": {"name": "x"}} for shape in (geometry, good)]
    path = tmp_path / "t.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = read(path)
    assert (len(found.events), len(found.skipped)) == (1, 1)
