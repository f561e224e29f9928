"""The legend as the control: presets, and choices by status, certainty, source and actor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.views import View
from tests.browser.events import COLLECTION, EVENTS

pytestmark = pytest.mark.browser

ALL = sorted(event.event_id for event in EVENTS)
PRESETS = (View("Streets", layers=("unrest", "arrests")), View("Unsure", status=("reported", "denied")))


def those(wanted: Callable[[Any], bool]) -> list[str]:
    return sorted(event.event_id for event in EVENTS if wanted(event))


@pytest.fixture
def page(make: Callable[..., Path], watch: Callable[..., Any]) -> Any:
    opened = watch(make(COLLECTION, presets=PRESETS))
    opened.tab.locator(".facets > summary").click()
    return opened


def box(page: Any, facet: str, value: str) -> Any:
    return page.tab.locator(f'input[data-facet="{facet}"][data-value="{value}"]')


@pytest.mark.parametrize("status", ["confirmed", "reported", "planned", "denied"])
def test_a_status_can_be_left_out_and_taken_in_again(page: Any, status: str) -> None:
    rest = those(lambda event: event.status != status)
    label = box(page, "status", status).locator("xpath=..").inner_text()
    assert str(len(EVENTS) - len(rest)) in label
    box(page, "status", status).uncheck()
    assert page.visible() == page.listed() == rest
    assert page.drawn() <= set(rest)
    box(page, "status", status).check()
    assert page.visible() == ALL
    page.tab.wait_for_function("() => !location.hash.includes('status=')")


def test_only_this_actor(page: Any) -> None:
    row = page.tab.locator('.row:has(input[data-value="Dockers\' union"])')
    row.hover()
    row.get_by_role("button").click()
    assert page.visible() == ["e01"]


@pytest.mark.parametrize(("level", "found"), [("medium", ["e10"]), ("", ["e11"])])
def test_by_how_certain_the_place_is(page: Any, level: str, found: list[str]) -> None:
    row = page.tab.locator(f'.row:has(input[data-facet="confidence"][data-value="{level}"])')
    row.hover()
    row.get_by_role("button").click()
    assert page.visible() == found


def test_choices_add_up_and_are_in_the_link(page: Any, make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    box(page, "status", "confirmed").uncheck()
    page.tab.locator('input[data-group="military_movement"]').uncheck()
    wanted = those(lambda e: e.status != "confirmed" and e.event_type not in ("troop_movement", "alert_readiness"))
    assert page.visible() == wanted
    page.tab.wait_for_function("() => location.hash.includes('status=')")
    again = watch(make(COLLECTION), hash=page.tab.evaluate("() => location.hash"))
    assert again.visible() == wanted
    again.tab.locator(".facets > summary").click()
    assert not box(again, "status", "confirmed").is_checked()


def test_presets_choose_layers_and_can_be_taken_back(page: Any) -> None:
    page.tab.get_by_role("button", name="Streets").click()
    assert page.visible() == those(lambda e: e.event_type in ("protest", "riot", "looting_arson", "arrests"))
    assert page.tab.get_by_role("button", name="Streets").get_attribute("aria-pressed") == "true"
    assert not page.tab.locator('input[data-type="troop_movement"]').is_checked()
    page.tab.get_by_role("button", name="Unsure").click()
    assert page.visible() == those(lambda e: e.status in ("reported", "denied"))
    assert page.tab.get_by_role("button", name="Streets").get_attribute("aria-pressed") == "false"
    page.tab.get_by_role("button", name="Show everything").click()
    assert page.visible() == ALL


def test_what_does_not_differ_is_not_offered(page: Any) -> None:
    assert page.tab.locator('input[data-facet="source"]').count() == 0  # all of one paper
