"""The picture that is drawn without a browser shows what the page shows: arrows, marks, overlays."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.flows import flows
from mapgen.exporters.html import EventMap
from mapgen.exporters.ribbons import ribbons, widths
from mapgen.exporters.scene import scene
from mapgen.model import EventCollection, Figure, Place
from mapgen.pipeline import read
from tests.browser.events import COLLECTION, OSLO, event, on

MAPS = Path(__file__).parents[2] / "maps"
FILLED = re.compile(r'stroke-width="[23]" stroke-linejoin="round" paint-order="stroke"/>')
SQUARE = [[(90.0, 90.0), (110.0, 90.0), (110.0, 110.0), (90.0, 110.0)]]


def towards(goal: Place, *starts: Place, **more: Any) -> EventCollection:
    places = [start.at("contingent-origin") for start in starts]
    return EventCollection(
        (event("x", "troop_movement", "Troops sent", on(10), *places, goal.at("destination"), **more),)
    )


def at(lat: float, lon: float) -> tuple[float, float]:
    """A plane of one pixel a degree."""
    return lon, -lat


def place(name: str, lat: float, lon: float, **more: Any) -> Place:
    return Place(name, lat, lon, gazetteer=f"t:{name}", **more)


def test_a_movement_leaves_a_shaded_country_over_its_edge() -> None:
    home = place("Home", -100, 100, granularity="country")
    movements = scene(towards(place("Goal", -100, 160), home)).movements
    (flow,) = flows(movements, at, {"t:Home": SQUARE})
    assert flow.streams[0].start == pytest.approx((110, 100))
    (other,) = flows(movements, at, {})
    assert other.streams[0].start == (100, 100)


def test_movements_from_one_side_join_and_those_from_others_do_not() -> None:
    goal = place("Goal", 0, 0)
    near, far, opposite = place("A", 5, -60), place("B", -12, -60), place("C", 0, 60)
    found = flows(scene(towards(goal, near, far, opposite)).movements, at, {})
    assert sorted(len(flow.streams) for flow in found) == [1, 2]
    (joined,) = (flow for flow in found if flow.joint)
    assert joined.joint is not None and joined.joint[0] < -15
    assert [stream.movement.start.name for stream in joined.streams] == ["A", "B"]  # from side to side: none crosses


def test_an_arrow_is_as_wide_as_its_size_is_told_and_dotted_where_its_origin_is_vague() -> None:
    def soldiers(count: int) -> dict[str, Figure]:
        return {"soldiers": Figure(count, count, count, "exact", str(count))}

    goal, town = place("Goal", 0, 0), place("Town", 0, -90)
    both = towards(goal, town, figures=soldiers(100)) + towards(goal, place("Far", 0, 90), figures=soldiers(2500))
    few, many = widths(scene(both).movements).values()
    assert many == pytest.approx(11) and few == pytest.approx(3.4 + 7.6 / 5)
    (flow,) = flows(scene(towards(goal, town)).movements, at, {})
    country = place("Land", 0, -90, granularity="country")
    (vague,) = flows(scene(towards(goal, country)).movements, at, {})
    whole, dotted = ribbons(flow, [5.0], 7, False)[0], ribbons(vague, [5.0], 7, False)[0]
    assert whole.count("M") == 2 and dotted.count("M") > 5  # a body and a head; dots before them
    assert all(math.isfinite(float(number)) for number in re.findall(r"-?\d+\.\d", dotted))


def test_overlays_are_in_the_picture_and_in_the_one_for_readers_without_scripts(tmp_path: Path) -> None:
    square = [[8.0, 60.0], [12.0, 60.0], [12.0, 62.0], [8.0, 62.0], [8.0, 60.0]]
    shapes = [
        ("Polygon", [square], "A zone"),
        ("LineString", [[5.0, 58.0], [14.0, 63.0]], None),
        ("Point", [7.0, 62.0], "A camp"),
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"name": name} if name else {},
            "geometry": {"type": kind, "coordinates": where},
        }
        for kind, where, name in shapes
    ]
    path = tmp_path / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    event_map = EventMap(COLLECTION, overlays=[path])
    for drawn in (event_map.to_svg(), event_map.render().partition("<noscript>")[2].partition("</noscript>")[0]):
        assert ">A zone<" in drawn and ">A camp<" in drawn
        assert drawn.count('stroke-width="1.6" stroke-opacity="0.65"') == 2
    assert "A zone" not in EventMap(COLLECTION).to_svg()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["kazakhstan-2022", "mali-2013", "tonga-2022"])
def test_it_has_as_many_arrows_as_the_page(make: Callable[..., Path], watch: Callable[..., Any], name: str) -> None:
    collection = read(MAPS / name / "events.geojson")
    assert isinstance(collection, EventCollection)
    page = watch(make(collection))
    assert len(FILLED.findall(EventMap(collection).to_svg())) == page.tab.locator("path.arrow").count() > 1


def test_of_a_map_without_events_the_places_are_drawn() -> None:
    drawn = EventMap(EventCollection(mentions={"doc": (OSLO,)})).to_svg()
    assert ">Oslo<" in drawn and drawn.count('r="3.6"') == 1
