"""Movements in real Chromium: where arrows begin, what names them at the map's edge, and how they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapgen.model import Event, EventCollection, Figure, Place
from tests.browser.events import EVENTS, NORWAY, OSLO, SWEDEN, TRONDHEIM, event, on

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


def soldiers(count: int) -> dict[str, Figure]:
    return {"soldiers": Figure(count, None, None, "exact", str(count))}


WEST = (
    replace(OSLO, name="A", lat=60.0, lon=0.0, gazetteer="t:a"),
    replace(OSLO, name="B", lat=57.0, lon=1.0, gazetteer="t:b"),
)


def sent(n: int, place: Place) -> Event:
    places = (place.at("origin"), TRONDHEIM.at("destination"))
    return event(f"j{n}", "troop_movement", f"Company {n} sent", on(10), *places, figures=soldiers(100 * n**4))


JOINING = tuple(sent(n, place) for n, place in enumerate(WEST, 1))
#: How many pixels of a line across an arrow's middle line, at a share of its length, lie within the arrow.
WIDTH = """([selector, at]) => {
  const line = document.querySelector(selector), length = line.getTotalLength();
  const a = line.getPointAtLength(at * length - 1), b = line.getPointAtLength(at * length + 1);
  const [x, y, side] = [(a.x + b.x) / 2, (a.y + b.y) / 2, Math.hypot(b.x - a.x, b.y - a.y)];
  const inside = [...document.querySelectorAll("path.arrow")];
  let width = 0;
  for (let n = -30; n <= 30; n += 0.25) {
    const point = new DOMPoint(x - n * (b.y - a.y) / side, y + n * (b.x - a.x) / side);
    if (inside.some((path) => path.isPointInFill(point))) width += 0.25;
  }
  return width;
}"""


def test_what_comes_from_one_side_joins_and_its_widths_add_up(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(EventCollection(JOINING)))
    assert page.tab.locator("path.arrow").count() == 1
    assert page.tab.evaluate(WIDTH, ["path[data-joined]", 0.4]) > 12
    first, second = (page.tab.evaluate(WIDTH, [f"path[data-event=j{n}]", 0.35]) for n in (1, 2))
    assert second > first + 1
    trunk = page.tab.locator("path[data-joined]")
    for chosen in ("j1", "j2", "j1"):  # each click on what they share opens the next one
        trunk.dispatch_event("click")
        assert page.tab.evaluate("() => window.mapgen.state().selected") == chosen
    page.tab.evaluate("() => window.mapgen.select(null)")
    page.tab.evaluate("() => window.mapgen.map.setZoom(8, { animate: false })")
    assert page.tab.evaluate(WIDTH, ["path[data-joined]", 0.4]) > 12


def test_what_comes_from_opposite_sides_arrives_apart(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    east = replace(OSLO, name="C", lat=63.0, lon=20.0, gazetteer="t:c").at("origin")
    opposite = event("j3", "troop_movement", "Third company", on(10), east, TRONDHEIM.at("destination"))
    page = watch(make(EventCollection((JOINING[0], opposite))))
    assert page.tab.locator("path.arrow").count() == 2
    assert page.tab.locator("path[data-joined]").count() == 0


def test_an_origin_known_only_as_a_country_begins_in_dots(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(EventCollection((COUNTRY_TO_TOWN[0], EVENTS[4]))))
    pieces = (
        "() => [...document.querySelectorAll('path.arrow')].map(path => path.getAttribute('d').split('M').length - 1)"
    )
    vague, known = page.tab.evaluate(pieces)
    assert vague > known == 2  # the band and the head
    page.tab.locator(".key > summary").click()
    assert "Origin known only as a country or region" in page.tab.locator(".key").inner_text()


def test_both_sides_of_the_date_line_show_a_movement_on_a_map_of_the_world(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    far = (("Tokyo", 35.7, 139.7), ("San Francisco", 37.8, -122.4), ("London", 51.5, -0.1), ("Lima", -12.0, -77.0))
    tokyo, frisco, london, lima = (Place(name, lat, lon, gazetteer=f"t:{name}") for name, lat, lon in far)
    ships = event("m1", "troop_movement", "Ships sail", on(10), tokyo.at("origin"), frisco.at("destination"))
    others = [event(f"p{n}", "protest", "March", on(10), place.at("site")) for n, place in enumerate((london, lima))]
    page = watch(make(EventCollection((ships, *others))), width=1600)
    names = page.tab.evaluate("() => [...document.querySelectorAll('.name-origin')].map(e => e.textContent)")
    assert {"Tokyo", "San Francisco"} <= set(names)
    assert any(name != "San Francisco" and "San Francisco" in name for name in names)
    at = "([lat, lon]) => { const p = window.mapgen.map.latLngToLayerPoint([lat, lon]); return [p.x, p.y]; }"
    lines = """() => document.querySelector('path.arrow-reach').getAttribute('d').split('M').slice(1)
      .map(d => d.split(/[L ]/).map(Number))"""
    over, back = page.tab.evaluate(lines)
    assert over[:2] == pytest.approx(page.tab.evaluate(at, [tokyo.lat, tokyo.lon]), abs=2)
    assert back[-2:] == pytest.approx(page.tab.evaluate(at, [frisco.lat, frisco.lon]), abs=25)
    for place in (london, lima):
        x, y = page.tab.evaluate(
            "at => { const p = window.mapgen.map.latLngToContainerPoint(at); return [p.x, p.y]; }",
            [place.lat, place.lon],
        )
        assert 0 < x < 1204
        assert 0 < y < 800
