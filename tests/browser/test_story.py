"""A story's steps: by scrolling, buttons, keys and links; on a phone; beside the list and an event's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.views import View
from tests.browser.events import COLLECTION, EVENTS

pytestmark = pytest.mark.browser

ALL = sorted(event.event_id for event in EVENTS)
STORY = (
    View("In the harbour", "Dockers march.\n\nNobody is hurt.", layers=("unrest",), centre=(8.0, 59.91, 10.75)),
    View("An airport closes", "For a day. " * 60, start=dt.date(2031, 3, 12), end=dt.date(2031, 3, 12), event="e04"),
    View("What was told", "By others.", status=("reported",), query="engineers"),
    View("{{ 7 * 7 }} <b>end</b>", "</script><script>window.__ran = 1</script>"),
)
SHOWN = (["e01", "e02", "e13"], ["e04", "e05", "e09", "e13"], ["e07"], ALL)


@pytest.fixture
def tell(make: Callable[..., Path], watch: Callable[..., Any]) -> Callable[..., Any]:
    """Opens the story: ``tell(width=390, hash="#step=2")``."""
    return lambda **how: watch(make(COLLECTION, title="Harbour", story=STORY), reduced_motion="reduce", **how)


def step(page: Any) -> int:
    return int(page.tab.locator(".step-card[aria-current]").get_attribute("data-step"))


def arrived(page: Any, number: int) -> None:
    page.tab.wait_for_selector(f'.step-card[data-step="{number}"][aria-current="step"]')
    assert page.visible() == SHOWN[number - 1]


def test_it_begins_with_the_first_step(tell: Callable[..., Any]) -> None:
    page = tell()
    arrived(page, 1)
    state = page.tab.evaluate("() => window.mapgen.state()")
    assert [state["zoom"], state["lat"], state["lon"]] == pytest.approx([8, 59.9, 10.75], abs=0.02)
    assert page.tab.locator(".step-card").first.locator("p").count() == 2
    assert page.tab.get_by_role("button", name="Previous step").is_disabled()


def test_buttons_lead_through_it_and_the_last_is_the_last(tell: Callable[..., Any]) -> None:
    page = tell()
    for number in (2, 3, 4):
        page.tab.get_by_role("button", name="Next step").click()
        arrived(page, number)
        assert page.tab.locator(".step-count").inner_text() == f"{number} of 4"
    assert page.tab.get_by_role("button", name="Next step").is_disabled()
    assert page.tab.locator(".step-card h2").last.inner_text() == "{{ 7 * 7 }} <b>end</b>"
    assert page.tab.evaluate("() => window.__ran") is None


@pytest.mark.parametrize(("key", "number"), [("ArrowRight", 2), ("PageDown", 2), ("End", 4)])
def test_keys_lead_through_it(tell: Callable[..., Any], key: str, number: int) -> None:
    page = tell()
    page.tab.locator(".steps").focus()
    page.tab.keyboard.press(key)
    arrived(page, number)
    page.tab.keyboard.press("Home")
    arrived(page, 1)


@pytest.mark.parametrize("width", [1280, 390])
def test_scrolling_leads_through_it(tell: Callable[..., Any], width: int) -> None:
    page = tell(width=width)
    page.tab.wait_for_timeout(200)
    script = """n => { const all = document.querySelector('.steps'); const item = all.children[n];
        all.scrollTo(item.offsetLeft - all.offsetLeft, item.offsetTop - all.offsetTop) }"""
    for number in (2, 3, 2):
        page.tab.evaluate(script, number - 1)
        arrived(page, number)


def test_every_step_has_its_link(tell: Callable[..., Any]) -> None:
    page = tell()
    assert page.tab.locator(".step-card h2 a").nth(2).get_attribute("href") == "#step=3"
    page.tab.locator(".step-card h2 a").nth(2).click()
    page.tab.wait_for_function("() => location.hash === '#step=3'")
    again = tell(hash="#step=3")
    arrived(again, 3)
    page.tab.evaluate("() => { location.hash = '#step=2' }")
    arrived(page, 2)


@pytest.mark.parametrize("hash", ["#step=99", "#step=-1", "#step=x"])
def test_a_link_to_no_step_shows_something(tell: Callable[..., Any], hash: str) -> None:
    assert tell(hash=hash).visible() in (SHOWN[3], ALL)


def test_a_steps_own_event_is_marked_but_does_not_cover_the_text(tell: Callable[..., Any]) -> None:
    page = tell(hash="#step=2")
    arrived(page, 2)
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "e04"
    assert page.tab.locator(".card").is_hidden()
    page.tab.evaluate("() => window.mapgen.select('e13')")
    assert page.tab.locator(".card").is_visible()
    page.tab.keyboard.press("Escape")
    assert page.tab.locator(".steps").is_visible()


def test_the_list_is_one_tab_away(tell: Callable[..., Any]) -> None:
    page = tell()
    page.tab.get_by_role("tab", name="Story").focus()
    page.tab.keyboard.press("ArrowRight")
    assert page.tab.locator(".list").is_visible()
    assert page.tab.get_by_role("tab", name="Events").get_attribute("aria-selected") == "true"
    assert page.tab.locator(".story").is_hidden()


def test_a_phone_shows_map_and_step_together(tell: Callable[..., Any]) -> None:
    page = tell(width=390, height=844, has_touch=True, is_mobile=True)
    card, stage = page.tab.locator(".step-card").first.bounding_box(), page.tab.locator(".map").bounding_box()
    assert stage["height"] > 300 and card["y"] >= stage["y"] + stage["height"]
    assert card["y"] + card["height"] <= 844
    page.tab.get_by_role("button", name="Next step").tap()
    arrived(page, 2)


def test_a_map_without_a_story_has_no_tabs(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(COLLECTION))
    assert page.tab.locator(".tabs").is_hidden()
    assert page.tab.locator(".story").count() == 0
