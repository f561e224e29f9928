"""`mapgen lookup` and the geocoder: what someone types leads to the place that is meant."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from mapgen.cli import cli
from mapgen.errors import OptionsError
from mapgen.gazetteer import PACKAGED
from mapgen.gazetteer.geocoder import GazetteerGeocoder

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the index is not built (python -m geodata.build)")


def lookup(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["lookup", *arguments], standalone_mode=False)


def entries(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in lookup(*arguments, "--json").stdout.splitlines()]


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("Zhanaozen", "geonames:607610"),  # as it is
        ("ZHANAOZEN", "geonames:607610"),  # folded
        ("Жаңаөзен", "geonames:607610"),
        ("zhanaoz", "geonames:607610"),  # the beginning
        ("zhanaosen", "geonames:607610"),  # a slip
        ("Zahnaozen", "geonames:607610"),  # two neighbours swapped
        ("Sankt Peterburg", "geonames:498817"),
        ("Qamishlo", "geonames:173377"),
        ("Hodeidah", "geonames:79415"),
    ],
)
def test_exact_folded_prefix_and_fuzzy(query: str, entry_id: str) -> None:
    assert entries(query)[0]["id"] == entry_id


@pytest.mark.parametrize("region", ["US.IL", "us.il", "Illinois"])
def test_in_a_region_by_code_or_name(region: str) -> None:
    (found,) = entries("Springfield", "--region", region, "--limit", "1")
    assert found["admin1_name"] == "Illinois"


def test_in_a_country() -> None:
    assert {found["country"] for found in entries("Tripoli", "--country", "lb")} == {"LB"}


def test_what_is_not_known_is_said() -> None:
    done = lookup("Xyzzyqqq", "--country", "KZ")
    assert (done.return_value, done.stderr) == (1, "Xyzzyqqq: the gazetteer knows no such name in KZ.\n")


def test_the_places_at_a_point() -> None:
    found = entries("--at", "43.25,76.9", "--limit", "3")
    assert found[0]["name"] == "Almaty"
    assert [e["distance_km"] for e in found] == sorted(e["distance_km"] for e in found)
    assert lookup("--at", "43.25,76.9", "--limit", "1").stdout.lstrip().startswith("1.0 km")


def test_the_places_of_a_country_at_a_point() -> None:
    bishkek_side = entries("--at", "42.95,74.6", "--country", "KZ", "--limit", "2")
    assert {e["country"] for e in bishkek_side} == {"KZ"}


@pytest.mark.parametrize("point", ["43.25", "91,0", "north,east", "43.25,76.9,1"])
def test_a_point_that_is_none(point: str) -> None:
    done = CliRunner().invoke(cli, ["lookup", "--at", point])
    assert (done.exit_code == 2 and "latitude" in done.output) or "LAT,LON" in done.output


def test_names_or_a_point_and_not_both() -> None:
    for arguments in ((), ("Almaty", "--at", "43.25,76.9")):
        assert isinstance(lookup(*arguments).exception, OptionsError)


@pytest.mark.parametrize(
    ("query", "lang", "name"),
    [
        ("Germany", "ru", "Германия"),
        ("Gaza Strip", "de", "Gazastreifen"),
        ("Kyiv", "zh", "基辅"),
        ("Kyiv", "xx", "Kyiv"),
    ],
)
def test_names_by_language(query: str, lang: str, name: str) -> None:
    assert entries(query, "--lang", lang)[0]["display_name"] == name


def test_the_geocoder_takes_regions_and_languages() -> None:
    geocoder = GazetteerGeocoder()
    assert geocoder.geocode("Springfield", region="Illinois").raw["id"] == "geonames:4250542"
    assert geocoder.geocode("Kyiv", language="zh").address.startswith("基辅")
    assert geocoder.geocode("zhanaosen").raw["name"] == "Zhanaozen"
    assert geocoder.reverse((40.7143, -74.006), language="ja").address.startswith("ニューヨーク")
    assert len(geocoder.reverse("50.45, 30.52", exactly_one=False, limit=4)) == 4
