"""Lines, areas and points of one's own on the page: drawn under the events, named, switched on and off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.model import EventCollection
from tests.browser.events import COLLECTION, EVENTS
from tests.test_overlays import SQUARE, feature, saved

pytestmark = pytest.mark.browser


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    return saved(
        tmp_path,
        feature("Polygon", [SQUARE], name="<b>Zone</b>"),
        feature("LineString", [[8.0, 59.0], [10.0, 61.0]]),
        feature("Point", [9.5, 60.5]),
        name="Closed <i>roads</i>",
    )


def shown(page: Any) -> int:
    return int(page.tab.locator(".leaflet-overlays-pane path.overlay").count())


def test_they_lie_under_the_events_and_can_be_switched_off(
    roads: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(COLLECTION, overlays=[roads]))
    assert shown(page) == 3
    assert page.tab.locator(".name", has_text="<b>Zone</b>").count() == 1
    layer = "name => Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
    base, under, areas, marks = (page.tab.evaluate(layer, name) for name in ("base", "overlays", "areas", "marker"))
    assert base < under < areas < marks
    page.tab.get_by_label("Closed <i>roads</i>").uncheck()
    assert shown(page) == 0
    assert page.tab.locator(".name", has_text="<b>Zone</b>").count() == 0
    assert len(page.visible()) == len(EVENTS)
    page.tab.get_by_label("Closed <i>roads</i>").check()
    assert shown(page) == 3


def test_a_map_without_events_has_the_switch_too(
    roads: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(EventCollection(()), overlays=[roads]))
    page.tab.locator(".legend > summary").click()
    page.tab.get_by_label("Closed <i>roads</i>").uncheck()
    assert shown(page) == 0
