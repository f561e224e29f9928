"""Movements in real Chromium: where arrows begin, what names them at the map's edge, and how they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapgen.model import EventCollection
from tests.browser.events import NORWAY, OSLO, SWEDEN, event, on

pytestmark = pytest.mark.browser

COUNTRY_TO_TOWN = (
    event("m1", "troop_movement", "Neighbours send engineers", on(10), SWEDEN.at("origin"), OSLO.at("destination")),
    event("m2", "state_order", "Alert in the whole country", on(11), SWEDEN.at("area")),
)
#: Along an arrow's middle line, in pixels of the map: its start, and whether the shaded area holds a point near it.
START = """id => {
  const map = window.mapgen.map, path = document.querySelector(`path.arrow-reach[data-event="${id}"]`);
  const a = path.getPointAtLength(0), b = path.getPointAtLength(6);
  const areas = [...document.querySelectorAll("path.area")];
  const holds = (x, y) => areas.some((area) => area.isPointInFill(new DOMPoint(x, y)));
  const at = map.layerPointToContainerPoint([a.x, a.y]);
  return { x: at.x, y: at.y, inner: holds(2 * a.x - b.x, 2 * a.y - b.y), outer: holds(b.x, b.y) };
}"""


def test_a_movement_leaves_a_shaded_country_at_its_edge(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(EventCollection(COUNTRY_TO_TOWN)))
    start = page.tab.evaluate(START, "m1")
    assert start["inner"]
    assert not start["outer"]
    ring = page.tab.locator("path.speck-mark.is-area").bounding_box()
    box = page.tab.locator(".leaflet-container").bounding_box()
    assert ring["x"] + ring["width"] / 2 - box["x"] == pytest.approx(start["x"], abs=3)
    assert ring["y"] + ring["height"] / 2 - box["y"] == pytest.approx(start["y"], abs=3)


def test_without_an_outline_or_within_it_a_movement_begins_at_the_label_point(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    inside = event("m3", "troop_movement", "Sent to Oslo", on(10), NORWAY.at("origin"), OSLO.at("destination"))
    shaded = event("m4", "state_order", "Order", on(10), NORWAY.at("area"))
    for events in ((COUNTRY_TO_TOWN[0],), (inside, shaded)):
        page = watch(make(EventCollection(events)))
        place = events[0].places[0]
        start = page.tab.evaluate(START, events[0].event_id)
        point = page.tab.evaluate("at => window.mapgen.map.latLngToContainerPoint(at)", [place.lat, place.lon])
        assert [start["x"], start["y"]] == pytest.approx([point["x"], point["y"]], abs=2)


def test_an_origin_out_of_view_is_named_at_the_edge_with_its_direction(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(EventCollection(COUNTRY_TO_TOWN[:1])))
    names = "() => [...document.querySelectorAll('.name-origin')].map(e => e.textContent)"
    page.tab.evaluate("() => window.mapgen.map.setView([59.9, 10.2], 9, { animate: false })")
    assert [name for name in page.tab.evaluate(names) if "Sweden" in name] == ["↗ Sweden"]
    page.tab.evaluate("() => window.mapgen.map.setView([61, 13], 5, { animate: false })")
    assert [name for name in page.tab.evaluate(names) if "Sweden" in name] == ["Sweden"]


@pytest.mark.parametrize(("motion", "runs"), [("no-preference", True), ("reduce", False)])
def test_dots_run_along_the_arrows_while_time_plays(
    make: Callable[..., Path], watch: Callable[..., Any], motion: str, runs: bool
) -> None:
    page = watch(make(EventCollection(COUNTRY_TO_TOWN)), reduced_motion=motion)
    running = """() => [...document.querySelectorAll('path.arrow-flow')]
      .filter(e => getComputedStyle(e).display !== 'none' && e.getAnimations().length).length"""
    assert page.tab.evaluate(running) == 0
    page.tab.get_by_role("button", name="Play through time").click()
    assert page.tab.evaluate(running) == int(runs)  # the first day's arrow
    page.tab.get_by_role("button", name="Pause").click()
    assert page.tab.evaluate(running) == 0


@pytest.mark.parametrize(("west", "east"), [(178.4, -176.2), (-176.2, 178.4)])
def test_a_movement_takes_the_short_way_over_the_antimeridian(
    make: Callable[..., Path], watch: Callable[..., Any], west: float, east: float
) -> None:
    start, goal = replace(OSLO, name="A", lat=-18.0, lon=west), replace(OSLO, name="B", lat=-13.3, lon=east)
    places = (replace(start, gazetteer="t:a").at("origin"), replace(goal, gazetteer="t:b").at("destination"))
    page = watch(make(EventCollection((event("m1", "troop_movement", "Ships sail", on(10), *places),))))
    length = "() => document.querySelector('path.arrow-reach').getTotalLength()"
    degree = "() => { const m = window.mapgen.map; return m.project([0, 1]).x - m.project([0, 0]).x; }"
    assert page.tab.evaluate(length) < 12 * page.tab.evaluate(degree)


@pytest.mark.parametrize(
    ("order", "heads"), [("Type", ["Troop movement", "State order"]), ("Place", ["Oslo", "Sweden"])]
)
def test_the_list_is_put_in_another_order_by_keyboard(
    make: Callable[..., Path], watch: Callable[..., Any], order: str, heads: list[str]
) -> None:
    late = replace(COUNTRY_TO_TOWN[1], places=(OSLO.at("site"),)) if order == "Place" else COUNTRY_TO_TOWN[1]
    page = watch(make(EventCollection((COUNTRY_TO_TOWN[0], late))))
    page.tab.get_by_role("searchbox").focus()
    page.tab.keyboard.press("Tab")
    assert page.tab.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Sort by"
    page.tab.keyboard.type(order)
    assert page.tab.locator(".rows h2").all_inner_texts() == heads
