"""The outlines of countries and regions: points of the world lie where they belong, neighbours share their borders."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from mapgen.errors import GazetteerError
from mapgen.gazetteer import boundaries as module
from mapgen.gazetteer.boundaries import PACKAGED, Ring, boundaries, joined, polygon, rings, weight_level

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the outlines are not built (make gazetteer)")


def inside(outline: list[Ring], lon: float, lat: float) -> bool:
    """Whether a point lies in an outline by the even-odd rule."""
    odd = False
    for ring in outline:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
                odd = not odd
    return odd


# Decisions about disputed land follow GeoNames, and with it the United Nations.
@pytest.mark.parametrize(
    ("entry_id", "lat", "lon", "expected"),
    [
        ("country:KE", 0.5, 37.9, True),
        ("country:KE", -6.0, 35.7, False),  # Tanzania
        ("geonames:3175395", 42.8, 12.8, True),  # Italy
        ("geonames:3175395", 43.94, 12.46, False),  # San Marino is a hole in it
        ("country:LS", -29.5, 28.3, True),
        ("country:ZA", -29.5, 28.3, False),  # Lesotho is a hole in it
        ("country:RU", 66.0, -171.5, True),  # beyond the antimeridian
        ("country:US", 64.0, -152.0, True),
        ("country:AQ", -89.0, 10.0, True),
        ("country:XK", 42.6, 20.9, True),
        ("country:RS", 42.6, 20.9, False),
        ("country:TW", 23.8, 121.0, True),
        ("country:PS", 32.1, 35.25, True),
        ("country:EH", 24.5, -14.0, True),
        ("country:CY", 35.3, 33.5, True),  # with the north
        ("country:SO", 9.6, 44.5, True),  # with Somaliland
        ("country:UA", 45.3, 34.3, True),  # with Crimea
        ("country:RU", 45.3, 34.3, False),
        ("US.IL", 40.0, -89.0, True),
        ("region:US.IL", 43.0, -89.0, False),
        ("geonames:5128638", 43.0, -75.0, True),  # New York State
        ("admin1:CA.08", 49.0, -86.0, True),  # Ontario
        ("admin1:DE.02", 48.8, 11.5, True),  # Bavaria
        ("admin1:GB.SCT", 57.0, -4.5, True),
        ("admin1:GB.SCT", 52.0, -1.0, False),
        ("admin2:GB.ENG.kent", 51.2, 0.7, True),
    ],
)
def test_a_point_lies_in_the_outline_it_belongs_to(entry_id: str, lat: float, lon: float, expected: bool) -> None:
    outline = polygon(entry_id)
    assert outline
    assert inside(outline, lon, lat) is expected


@pytest.mark.parametrize("entry_id", ["country:QQ", "geonames:1526384", "iata:ALA", "", "region:US"])
def test_what_has_no_outline_is_none(entry_id: str) -> None:
    assert polygon(entry_id) is None or entry_id == "region:US"


def test_rings_are_closed_and_on_the_globe() -> None:
    for country, *_ in boundaries().countries:
        outline = polygon(f"country:{country}")
        assert outline, country
        for ring in outline:
            assert ring[0] == ring[-1], country
            assert len(ring) > 3, country
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring), country


def test_neighbours_share_their_border_at_every_tolerance() -> None:
    for tolerance in (0.0, 0.2):
        left, right = polygon("country:BR", tolerance), polygon("country:BO", tolerance)
        assert left and right
        points = [point for ring in left for point in ring]
        common = {point for ring in right for point in ring} & set(points)
        assert len(common) > (100 if tolerance == 0 else 15)


def test_a_greater_tolerance_leaves_out_points_and_invents_none() -> None:
    fine, coarse = polygon("country:NO"), polygon("country:NO", 0.5)
    assert fine and coarse
    points = {point for ring in fine for point in ring}
    kept = {point for ring in coarse for point in ring}
    assert kept <= points
    assert len(kept) < len(points) / 5


def test_paths_are_joined_whichever_way_they_run() -> None:
    square = [[(0, 0), (4, 0)], [(4, 4), (4, 0)], [(4, 4), (0, 4)], [(0, 0), (0, 4)]]
    (ring,) = rings(square)
    assert set(ring) == {(0, 0), (4, 0), (4, 4), (0, 4)}
    (line,) = joined([[(1, 1), (2, 2)], [(0, 0), (1, 1)], [(3, 3), (2, 2)]])
    assert line in ([(0, 0), (1, 1), (2, 2), (3, 3)], [(3, 3), (2, 2), (1, 1), (0, 0)])


def test_the_levels_of_points_grow_with_the_tolerance() -> None:
    levels = [weight_level(tolerance) for tolerance in (0.0, 0.01, 0.1, 1.0, 10.0, float("inf"))]
    assert levels == sorted(set(levels))


def test_a_damaged_file_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "boundaries.bin"
    monkeypatch.setattr(module, "PACKAGED", damaged)
    for content in (None, b"", b"mapgen boundaries 0\n", PACKAGED.read_bytes()[:5000]):
        if content is not None:
            damaged.write_bytes(content)
        boundaries.cache_clear()
        try:
            with pytest.raises(GazetteerError, match=r"boundaries\.bin"):
                boundaries()
        finally:
            boundaries.cache_clear()


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    build = pytest.importorskip("geodata.boundaries", reason="needs the packages that the outlines are built with")
    assert build.build(tmp_path).read_bytes() == PACKAGED.read_bytes()
