"""Tables of known projects are recognised by their columns, without a flag, and mean what their codebooks say.

The samples are written here after the published column lists; no row is of the projects' data.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tomllib
from pathlib import Path

import pytest

from mapgen.model import Event, EventCollection
from mapgen.pipeline import read
from mapgen.readers.forms import forms
from mapgen.taxonomy import TYPES

ACLED_2023 = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()
ACLED_BEFORE = (
    "data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities timestamp iso3"
).split()
CELLS = {
    "event_id_cnty": "KGZ12", "event_date": "05 January 2022", "year": "2022", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Army", "inter1": "1", "actor2": "Band", "inter2": "3", "interaction": "13", "iso": "417",
    "country": "Kyrgyzstan", "admin1": "Talas", "location": "Talas", "latitude": "42.52", "longitude": "72.24",
    "geo_precision": "2", "source": "The Paper", "source_scale": "National", "notes": "On 5 January they fought. More.",
    "fatalities": "3", "timestamp": "1641400000", "population_best": "40000",
}  # fmt: skip


def table(path: Path) -> EventCollection:
    found = read(path)
    assert isinstance(found, EventCollection)
    return found


def as_csv(header: list[str], cells: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, [cells.get(name, "") for name in header]])
    return out.getvalue()


@pytest.mark.parametrize("kind", ["2023", "current", "before 2023", "xlsx", "api json"])
def test_acled_in_all_its_column_sets(tmp_path: Path, kind: str) -> None:
    header = {"before 2023": ACLED_BEFORE, "current": [*ACLED_2023[:-1], "population_best", "timestamp"]}.get(kind)
    path = tmp_path / "export.csv"
    cells = CELLS | ({"event_date": "2022-01-05", "inter1": "State forces"} if kind == "current" else {})
    if kind == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(ACLED_2023)
        told = {**cells, "event_date": dt.datetime(2022, 1, 5), "latitude": 42.52, "longitude": 72.24, "fatalities": 3}
        book.active.append([told.get(name) for name in ACLED_2023])
        path = tmp_path / "export.xlsx"
        book.save(path)
    elif kind == "api json":
        path = tmp_path / "answer.json"
        rows = [{name: cells.get(name, "") for name in ACLED_2023} | {"event_date": "2022-01-05"}]
        path.write_text(json.dumps({"status": 200, "success": True, "count": 1, "data": rows}), encoding="utf-8")
    else:
        path.write_text(as_csv(header or ACLED_2023, cells), encoding="utf-8")
    found = table(path)
    event = found.events[0]
    assert "ACLED" in found.notes[0]
    assert (event.event_id, event.event_type, event.actors) == ("KGZ12", "armed_clash", ("Army", "Band"))
    assert (event.when.start, event.when.precision) == (dt.date(2022, 1, 5), 1)
    place = event.places[0]
    assert (place.name, place.lat, place.lon, place.country, place.admin1) == ("Talas", 42.52, 72.24, "KG", "Talas")
    assert (place.geo_precision, event.figures["killed"].value) == (2, 3)
    assert (event.quote, event.source.title) == ("On 5 January they fought. More.", "The Paper")
    assert event.extra["sub_event_type"] == "Armed clash"
    assert str(event.extra["source_scale"]) == "National"


def test_acled_weekly_aggregates_are_regions_and_weeks(tmp_path: Path) -> None:
    header = ("WEEK REGION COUNTRY ADMIN1 EVENT_TYPE SUB_EVENT_TYPE EVENTS FATALITIES POPULATION_EXPOSURE "
              "DISORDER_TYPE ID CENTROID_LATITUDE CENTROID_LONGITUDE").split()  # fmt: skip
    cells = dict(zip(header, "2022-01-01|Asia|Kyrgyzstan|Talas|Riots|Mob violence|4|1||x|7|42.4|72.0".split("|"),
                     strict=True))  # fmt: skip
    path = tmp_path / "weekly.csv"
    path.write_text(as_csv(header, cells), encoding="utf-8")
    event = table(path).events[0]
    assert (event.event_type, event.when.precision, event.places[0].granularity) == ("riot", 2, "region")
    assert event.extra["EVENTS"] == "4"


def gdelt_row(columns: int) -> list[str]:
    row = [""] * 61
    row[:5] = ["1020304050", "20220105", "202201", "2022", "2022.0137"]
    row[6], row[16], row[25:30] = "POLICE", "STUDENT", ["1", "145", "145", "14", "4"]
    row[51:59] = ["4", "Almaty, Almaty, Kazakhstan", "KZ", "KZ02", "20000", "43.25", "76.95", "-2357932"]
    row[59:] = ["20220106", "https://example.org/a"]
    if columns < 61:
        row = [cell for index, cell in enumerate(row) if index not in (39, 47, 55)]
    return row[:columns]


@pytest.mark.parametrize("columns", [61, 58, 57])
def test_gdelt_events_without_a_header(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "20220106.export.CSV"
    path.write_text("\t".join(gdelt_row(columns)) + "\n", encoding="utf-8")
    found = table(path)
    event = found.events[0]
    assert "GDELT" in found.notes[0]
    assert (event.event_id, event.event_type, event.when.start) == ("1020304050", "riot", dt.date(2022, 1, 5))
    assert event.actors == ("POLICE", "STUDENT")
    assert event.title == "Protest: POLICE – STUDENT, Almaty, Almaty, Kazakhstan"
    assert (event.places[0].lat, event.places[0].country, event.places[0].granularity) == (43.25, "KZ", "city")
    assert event.source.url == ("https://example.org/a" if columns > 57 else None)


def test_gdelt_countries_are_areas_and_their_codes_are_fips(tmp_path: Path) -> None:
    row = gdelt_row(61)
    row[51:59] = ["1", "Germany", "GM", "GM", "", "51.5", "10.5", "GM"]
    path = tmp_path / "a.csv"
    path.write_text("\t".join(row) + "\n", encoding="utf-8")
    place = table(path).events[0].places[0]
    assert (place.country, place.granularity, place.role, place.geo_precision) == ("DE", "country", "area", 3)


def test_a_gkg_row_is_an_article_with_its_towns(tmp_path: Path) -> None:
    row = [""] * 27
    row[:5] = ["20220106001500-12", "20220106001500", "1", "example.org", "https://example.org/a"]
    row[7] = "TAX_FNCACT;PROTEST;KILL"
    row[9] = ("1#Kazakhstan#KZ#KZ#48#68#KZ;4#Almaty, Almaty, Kazakhstan#KZ#KZ02#43.25#76.95#-1;"
              "4#Aktau, Mangghystau, Kazakhstan#KZ#KZ09#43.65#51.16#-2;4#broken#KZ##x##")  # fmt: skip
    row[26] = "<PAGE_TITLE>Protests in two cities</PAGE_TITLE><PAGE_LINKS>x</PAGE_LINKS>"
    path = tmp_path / "20220106001500.gkg.csv"
    path.write_text("\t".join(row) + "\n", encoding="utf-8")
    event = table(path).events[0]
    assert (event.event_type, event.title, event.when.start) == (
        "protest", "Protests in two cities", dt.date(2022, 1, 6))  # fmt: skip
    assert [place.name.split(",")[0] for place in event.places] == ["Almaty", "Aktau"]
    assert (event.source.title, event.source.url) == ("example.org", "https://example.org/a")


def test_ucdp_ged_keeps_its_range_of_deaths_and_its_precisions(tmp_path: Path) -> None:
    header = ("id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
              "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
              "side_b number_of_sources source_article source_office source_date source_headline source_original "
              "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
              "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
              "deaths_civilians deaths_unknown best high low gwnoa gwnob").split()  # fmt: skip
    cells = {
        "id": "7", "type_of_violence": "3", "side_a": "Band", "side_b": "Civilians", "where_prec": "4",
        "where_coordinates": "Talas province", "latitude": "42.5", "longitude": "72.2", "country": "Kyrgyzstan",
        "date_prec": "2", "date_start": "2022-01-05 00:00:00.000", "date_end": "2022-01-07 00:00:00.000",
        "best": "5", "high": "9", "low": "4", "source_headline": "A headline of a paper", "source_office": "Wire",
    }  # fmt: skip
    path = tmp_path / "ged.csv"
    path.write_text(as_csv(header, cells), encoding="utf-8")
    event = table(path).events[0]
    killed = event.figures["killed"]
    assert (event.event_type, killed.value, killed.min, killed.max) == ("attack_explosion", 5, 4, 9)
    assert (event.when.start, event.when.end, event.when.precision) == (dt.date(2022, 1, 5), dt.date(2022, 1, 7), 2)
    assert (event.places[0].geo_precision, event.places[0].country) == (3, "KG")
    assert event.title == "One-sided violence: Band – Civilians, Talas province"
    assert (event.attribution, event.quote) == ("Wire", "A headline of a paper")
    assert event.extra["where_prec"] == "4"


def test_timemaps_sheet_has_the_month_first(tmp_path: Path) -> None:
    header = ("id date time location latitude longitude description category association1 association2 source1 "
              "source2").split()  # fmt: skip
    cells = {"id": "3", "date": "3/4/2022", "time": "18:30", "location": "Talas", "latitude": "42.5",
             "longitude": "72.2", "description": "A shell hit a house.", "category": "Shelling",
             "association1": "Homes", "source1": "https://example.org/v"}  # fmt: skip
    path = tmp_path / "export_events.csv"
    path.write_text(as_csv(header, cells), encoding="utf-8")
    event = table(path).events[0]
    assert (event.when.start, event.event_type) == (dt.date(2022, 3, 4), "shelling_airstrike")
    assert (event.quote, event.extra["association1"]) == ("A shell hit a house.", "Homes")


def test_storymapjs_slides_become_events_and_the_overview_is_listed(tmp_path: Path) -> None:
    slides = [
        {"type": "overview", "text": {"headline": "A story", "text": ""}, "location": {"line": True}},
        {"date": "5 January 2022", "location": {"name": "Talas", "lat": 42.5, "lon": 72.2, "zoom": 9},
         "text": {"headline": "The hall falls", "text": "Crowds came."}, "media": {"url": "https://example.org/p.jpg"}},
    ]  # fmt: skip
    path = tmp_path / "story.json"
    path.write_text(json.dumps({"storymap": {"language": "en", "slides": slides}}), encoding="utf-8")
    found = table(path)
    event = found.events[0]
    assert (event.title, event.quote, event.when.start) == ("The hall falls", "Crowds came.", dt.date(2022, 1, 5))
    assert (event.places[0].name, event.places[0].lat) == ("Talas", 42.5)
    assert "row 1" in found.skipped[0].where


def test_umaps_layers_become_types(tmp_path: Path) -> None:
    square = {"name": "Main square", "description": "Many came.", "_umap_options": {"color": "Red"}}
    point = {"type": "Point", "coordinates": [72.2, 42.5]}
    feature = {"type": "Feature", "geometry": point, "properties": square}
    layers = [
        {"type": "FeatureCollection", "features": [feature], "_umap_options": {"name": name}}
        for name in ("Protests", "My own")
    ]
    told = {"type": "umap", "properties": {"name": "My map"}, "geometry": point, "layers": layers}
    path = tmp_path / "my.umap"
    path.write_text(json.dumps(told), encoding="utf-8")
    first, second = table(path).events
    assert (first.event_type, first.title, first.quote) == ("protest", "Main square", "Many came.")
    assert (second.event_type, first.extra.get("_umap_options")) == ("My own", None)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_every_form_cites_its_codebook_and_codes_to_our_values(form: object) -> None:
    assert form.cites and form.requires  # type: ignore[attr-defined]
    kinds = {k for key in ("event_type", "sub_event_type") for k in form.codes.get(key, {}).values()}  # type: ignore[attr-defined]
    assert kinds <= set(TYPES)


def test_words_for_types_are_of_our_types_and_of_one_each() -> None:
    path = Path(__file__).parent.parent / "mapgen" / "readers" / "types.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words) <= set(TYPES)
    assert len({w for row in words.values() for w in row}) == sum(len(set(row)) for row in words.values())


def test_a_large_table_gives_the_same_events_however_it_is_asked(tmp_path: Path) -> None:
    rows = "".join(f"2022-01-{1 + n % 28:02d},Talas,42.5,72.{n}\n" for n in range(50))
    path = tmp_path / "a.csv"
    path.write_text("date,place,lat,lon\n" + rows, encoding="utf-8")
    events = table(path).events
    assert [events[n] for n in range(len(events))] == list(events) == list(events[:])
    assert len({event.event_id for event in events}) == 50
    assert all(isinstance(event, Event) for event in events)
