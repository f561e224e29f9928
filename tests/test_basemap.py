"""The offline basemap: the world is there, finer around the map, small enough, and whole across the antimeridian."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from typing import Any

import pytest

from mapgen.exporters.basemap import DIGITS, areas, basemap, pack, packed
from mapgen.exporters.content import content, looks
from mapgen.gazetteer.boundaries import PACKAGED
from mapgen.taxonomy import TYPES
from mapgen.views import View
from tests.browser.events import COLLECTION

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the outlines are not built (make gazetteer)")

VIEWS = {
    "the world": None,
    "a town": (36.82, -1.29, 36.82, -1.29),
    "a country": (22.1, 44.4, 40.2, 52.4),
    "Central Asia": (38.0, 43.0, 77.0, 52.0),
    "Europe": (-10.0, 36.0, 30.0, 60.0),
    "the United States": (-124.0, 25.0, -67.0, 49.0),
    "across the antimeridian": (177.0, -19.0, 182.0, -16.0),
    "the Bering Sea": (150.0, 45.0, 200.0, 66.0),
    "the Arctic": (-20.0, 75.0, 40.0, 84.0),
    "Antarctica": (-70.0, -80.0, 60.0, -65.0),
}


def points(path: list[int], scale: float) -> list[tuple[float, float]]:
    x = y = 0
    found = []
    for n in range(0, len(path), 2):
        x, y = x + path[n], y + path[n + 1]
        found.append((x * scale, y * scale))
    return found


def land(base: dict[str, Any], lon: float, lat: float) -> bool:
    """Whether a point is drawn as land (even-odd)."""
    odd = False
    for country in base["countries"]:
        for ring in country["rings"]:
            drawn = points(ring, base["scale"])
            for (x0, y0), (x1, y1) in pairwise(drawn):
                if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
                    odd = not odd
    return odd


@pytest.mark.parametrize("view", VIEWS)
def test_the_payload_is_whole_and_small(view: str) -> None:
    base = basemap(VIEWS[view])
    size = len(gzip.compress(json.dumps(packed(base), ensure_ascii=False, separators=(",", ":")).encode()))
    assert size <= 100_000
    west, south, east, north = (value * base["scale"] for value in base["box"])
    assert east - west == pytest.approx(360, abs=0.2)
    assert (south, north) == (pytest.approx(-85, abs=0.2), pytest.approx(85, abs=0.2))
    names = {country["name"] for country in base["countries"]}
    assert {"Kenya", "Brazil", "Japan", "Iceland"} <= names
    paths = [ring for country in base["countries"] for ring in country["rings"]]
    paths += [line for layer in ("borders", "regions", "rivers") for row in base[layer] for line in row["lines"]]
    for path in paths:
        assert all(type(number) is int for number in path)
        for x, y in points(path, base["scale"]):
            assert west - 0.2 <= x <= east + 0.2
            assert -90.2 <= y <= 90.2
    for city in base["cities"]:
        assert 1 <= city["rank"] <= 4


@pytest.mark.parametrize("view", VIEWS)
def test_land_and_sea_are_where_they_are(view: str) -> None:
    base = basemap(VIEWS[view])
    west = base["box"][0] * base["scale"]
    for lon, lat, expected in (
        (20.0, 5.0, True), (-100.0, 40.0, True), (134.0, -25.0, True), (100.0, 60.0, True), (-178.0, 67.5, True),
        (175.0, 67.5, True), (0.0, -40.0, False), (-150.0, 20.0, False), (51.0, 41.0, False), (35.0, 43.0, False),
    ):  # fmt: skip
        assert land(base, lon + 360 if lon < west else lon - 360 if lon > west + 360 else lon, lat) is expected


def test_the_map_is_finer_inside_than_outside() -> None:
    def density(base: dict[str, Any]) -> int:
        return sum(
            4 < x < 31 and 57 < y < 71 for ring in base["countries"][0]["rings"] for x, y in points(ring, base["scale"])
        )

    assert density(basemap((5.0, 58.0, 30.0, 70.0))) > 5 * density(basemap((36.0, -2.0, 37.0, -1.0)))


def test_regions_are_drawn_where_there_is_room() -> None:
    assert basemap(None)["regions"] == []
    near = basemap((8.0, 46.0, 14.0, 54.0))["regions"]
    assert {"Bavaria", "Saxony"} <= {region.get("name") for region in near}
    assert any(region["lines"] for region in near)


def test_disputed_borders_are_apart() -> None:
    base = basemap((60.0, 20.0, 100.0, 40.0))
    firm, disputed = base["borders"]
    assert not firm["disputed"] and disputed["disputed"]
    drawn = [point for line in disputed["lines"] for point in points(line, base["scale"])]
    assert any(72 < x < 80 and 32 < y < 37 for x, y in drawn)  # Kashmir
    assert not any(-120 < x < -60 and 25 < y < 60 for x, y in drawn)  # North America has none


def test_the_larger_towns_of_the_map_are_named() -> None:
    names = {city["name"] for city in basemap((28.0, -5.0, 42.0, 5.0))["cities"]}
    assert {"Nairobi", "Kampala", "Mombasa", "Kisumu"} <= names
    assert "Kisumu" not in {city["name"] for city in basemap(None)["cities"]}


def test_areas_hold_the_outlines_that_are_known() -> None:
    found = areas(["country:FJ", "region:US.IL", "iata:ALA", "country:QQ"], (177.0, -19.0, 182.0, -16.0))
    assert sorted(found) == ["country:FJ", "region:US.IL"]
    xs = [x for ring in found["country:FJ"]["rings"] for x, _ in points(ring, found["country:FJ"]["scale"])]
    assert 174 < min(xs) < max(xs) < 184  # one group of islands, not two edges of the world


@pytest.mark.parametrize("numbers", [[], [0], [1, -1, 15, -16, 16, -17, 31, 32, -512, 179_999, -2_147_483_648]])
def test_packed_numbers_read_back_the_same(numbers: list[int]) -> None:
    found, value, weight = [], 0, 1
    for digit in map(DIGITS.index, pack(numbers)):
        value, weight = value + (digit & 31) * weight, weight * 32
        if digit < 32:
            found.append(-(value + 1) // 2 if value % 2 else value // 2)
            value, weight = 0, 1
    assert found == numbers


def test_the_same_map_has_the_same_base() -> None:
    assert json.dumps(basemap((10.0, 10.0, 20.0, 20.0))) == json.dumps(basemap((10.0, 10.0, 20.0, 20.0)))


SEEN = (
    (16.9, 47.75), (13.4, 52.5), (-74.0, 40.7), (139.7, 35.7), (31.2, 30.0), (151.2, -33.9), (37.6, 55.7),
    (-99.1, 19.4), (77.2, 28.6), (36.8, -1.3),
)  # fmt: skip
LOOKS = [(lon - 1.2, lat - 0.7, lon + 1.2, lat + 0.7) for lon, lat in SEEN]


def near(base: dict[str, Any], box: tuple[float, float, float, float]) -> tuple[int, set[str]]:
    """How many points of lines, and the names of towns, the base has in a box."""
    west, south, east, north = box
    lines = [ring for country in base["countries"] for ring in country["rings"]]
    lines += [line for border in base["borders"] for line in border["lines"]]
    drawn = [point for line in lines for point in points(line, base["scale"])]
    towns = {city["name"]: [value * base["scale"] for value in city["at"]] for city in base["cities"]}
    named = {name for name, (lon, lat) in towns.items() if west <= lon <= east and south <= lat <= north}
    return sum(west <= lon <= east and south <= lat <= north for lon, lat in drawn), named


@pytest.mark.parametrize("view", ["the world", "Europe"])
def test_where_a_story_looks_from_nearer_the_base_is_finer(view: str) -> None:
    plain, finer = basemap(VIEWS[view]), basemap(VIEWS[view], LOOKS)
    size = len(gzip.compress(json.dumps(packed(finer), ensure_ascii=False, separators=(",", ":")).encode()))
    assert size <= 150_000
    for look in LOOKS[:2]:
        (before, names), (after, more) = near(plain, look), near(finer, look)
        assert after >= before and len(more) > len(names)
    assert near(finer, LOOKS[0])[0] > 1.5 * near(plain, LOOKS[0])[0]  # a border of three countries
    assert basemap(VIEWS[view], [(-100.0, -40.0, 100.0, 65.0)]) == plain  # no nearer than the map itself


def test_a_storys_views_are_looked_at() -> None:
    story = (View("A step", centre=(9.0, 47.75, 16.9)), View("All of it"))
    (look,) = looks(story)
    assert look[2] - look[0] == pytest.approx(1200 * 360 / 256 / 2**9)
    closer = (View("Step", centre=(11.0, 59.91, 10.75)),)
    plain, told = (content(COLLECTION, title="t", lang="en", types=TYPES, tiles=None, story=s) for s in ((), closer))
    assert len(told["base"]["names"]["city"]["text"]) > len(plain["base"]["names"]["city"]["text"])
