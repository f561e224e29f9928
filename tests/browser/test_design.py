"""What a reader must see at a glance or reach with a finger: names, who says so, credits, sizes, the legend."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.event_columns import PACKED_FROM
from mapgen.model import EventCollection, Place
from tests.browser.events import COLLECTION, EVENTS, OSLO, event, on

pytestmark = pytest.mark.browser

TOUCH = {"has_touch": True, "is_mobile": True}
FINGER = 44  # CSS pixels
SMALL = """([names, least]) => names.flatMap(name => [...document.querySelectorAll(name)]).filter(element => {
  const box = element.getBoundingClientRect();
  const after = getComputedStyle(element, "::after");
  const more = after.content === "none" ? 0 : -2 * parseFloat(after.top);
  return box.width && box.height + more < least;
}).map(element => element.outerHTML.slice(0, 80))"""
CONTROLS = [".zoom button", ".play", ".time-step", ".handle", "summary", ".row label", ".row-button", ".order"]


def test_what_is_touched_is_as_large_as_a_finger(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(COLLECTION), width=390, height=800, **TOUCH)
    page.tab.locator(".legend > summary").tap()
    assert page.tab.evaluate(SMALL, [CONTROLS, FINGER]) == []
    page.tab.evaluate("() => window.mapgen.select('e03')")
    assert page.tab.evaluate(SMALL, [[".card-bar button", "button.share"], FINGER]) == []


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 800), (1280, 600)])
def test_the_open_legend_stays_on_the_map(
    make: Callable[..., Path], watch: Callable[..., Any], width: int, height: int
) -> None:
    page = watch(make(COLLECTION), width=width, height=height)
    if page.tab.locator(".legend").get_attribute("open") is None:
        page.tab.locator(".legend > summary").click()
    legend, stage = (page.tab.locator(name).bounding_box() for name in (".legend", ".map"))
    body = page.tab.locator(".legend-body").bounding_box()
    assert body["y"] + body["height"] <= legend["y"] + legend["height"] + 1
    assert legend["y"] + legend["height"] <= stage["y"] + stage["height"]


def test_the_legend_explains_only_the_signs_that_the_map_has(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(EventCollection((event("p1", "protest", "March", on(10), OSLO.at("site")),))))
    page.tab.locator(".key > summary").click()
    assert page.tab.locator(".key li").all_inner_texts() == ["Town"]


def test_list_and_card_say_at_once_who_says_so_and_when(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(COLLECTION))
    assert "Oslo · the police" in page.tab.locator('.row-button[data-event="e03"]').inner_text()
    page.tab.evaluate("() => window.mapgen.select('e03')")
    assert page.tab.locator(".said").inner_text() == "Tue, 11 Mar 2031 · According to: the police"


def test_of_very_many_events_each_name_stands_once(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    chance = random.Random(5)

    def near(n: int) -> Place:
        lat, lon = ((59.9, 10.7), (60.4, 5.3), (63.4, 10.4))[n % 3]
        jitter = (round(lat + chance.gauss(0, 0.5), 4), round(lon + chance.gauss(0, 0.5), 4))
        return Place(("Oslo", "Bergen", "Trondheim")[n % 3], *jitter, role="site")

    rows = tuple(replace(EVENTS[0], event_id=f"r{n}", places=(near(n),)) for n in range(PACKED_FROM))
    page = watch(make(EventCollection(rows)))
    names = page.tab.locator(".name-place").all_inner_texts()
    assert 2 <= len(names) == len(set(names) & {"Bergen", "Oslo", "Trondheim"})


@pytest.mark.parametrize(
    ("gazetteer", "credited"), [("nominatim:way/42", True), ("photon:N7", True), ("geonames:3143244", False)]
)
def test_answers_of_openstreetmap_are_credited(
    make: Callable[..., Path], watch: Callable[..., Any], gazetteer: str, credited: bool
) -> None:
    place = replace(OSLO, gazetteer=gazetteer).at("site")
    page = watch(make(EventCollection((event("p1", "protest", "March", on(10), place),))))
    credits = page.tab.locator(".attribution").inner_text()
    assert ("OpenStreetMap contributors (ODbL)" in credits) is credited


def test_a_text_without_events_and_places_says_so_once(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(EventCollection(), title="Nothing"))
    assert page.tab.locator("text=No event was found").count() == 1
    assert "places that it names" not in page.tab.locator("#mapgen").inner_text()
