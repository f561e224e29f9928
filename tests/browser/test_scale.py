"""Very many events: plotted on one canvas, filtered by bits, decoded only when one is opened."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.event_columns import PACKED_FROM
from mapgen.exporters.html import EventMap
from mapgen.model import Event, EventCollection, Place, Source, When

pytestmark = pytest.mark.browser

KINDS = ("protest", "riot", "arrests", "state_order", "armed_clash")
FIRST = dt.date(2030, 1, 1)
COUNT = 100_000
TOWN = Place("Oslo", 59.91, 10.75, role="site", country="NO", gazetteer="t:oslo")


def made(n: int, chance: random.Random) -> Event:
    start = FIRST + dt.timedelta(days=n % 365) if n % 50 else None
    place = (
        TOWN
        if n % 4 == 0
        else Place(f"Place {n % 90}", round(chance.uniform(56, 68), 5), round(chance.uniform(5, 25), 5), role="site")
    )
    return Event(
        KINDS[n % 5], f"Пример {n} <b>&amp;</b>", ("confirmed", "denied")[n % 7 == 0],
        when=When(start, start, 1 if start else None),
        actors=(f"Actor {n % 3}",), places=() if n % 1000 == 1 else (place,), quote=f"Words of event {n}.",
        source=Source(publisher=f"Paper {n % 4}"), event_id=f"n{n}",
    )  # fmt: skip


EVENTS = tuple(made(n, random.Random(n)) for n in range(COUNT))
RENDERED = EventMap(EventCollection(EVENTS), title="Many").render()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("scale") / "many.html"
    target.write_text(RENDERED, encoding="utf-8")
    return target


@pytest.fixture
def page(path: Path, watch: Callable[..., Any]) -> Any:
    return watch(path)


def shown(page: Any) -> int:
    return page.tab.evaluate("() => window.mapgen.visible().length")


def test_all_are_counted_and_only_some_are_elements(page: Any) -> None:
    assert page.tab.evaluate("() => window.mapgen.count") == shown(page) == COUNT
    assert "100,000 events" in page.tab.locator(".shown").inner_text()
    assert page.tab.evaluate("() => document.querySelectorAll('*').length") < 4000


def test_a_layer_off_leaves_the_others(page: Any) -> None:
    page.tab.locator('input[data-type="riot"]').uncheck()
    assert shown(page) == COUNT * 4 // 5
    assert "80,000 of 100,000" in page.tab.locator(".shown").inner_text()
    page.tab.locator('input[data-type="riot"]').check()
    assert shown(page) == COUNT


def test_time_narrows_and_leaves_out_the_undated(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.setTime('2030-01-03', '2030-01-05')")
    days = {dt.date(2030, 1, day) for day in (3, 4, 5)}
    assert shown(page) == sum(event.when.start in days for event in EVENTS)
    page.tab.locator("[data-undated]").check()
    assert shown(page) == sum(event.when.start in days or event.when.start is None for event in EVENTS)


def test_filters_work_together(page: Any) -> None:
    page.tab.evaluate("() => { window.mapgen.setType('protest', false); window.mapgen.setTime('2030-02-01', null); }")
    page.tab.locator(".facets > summary").click()
    page.tab.locator('input[data-facet="status"][data-value="denied"]').uncheck()
    since = dt.date(2030, 2, 1)
    kept = [event for event in EVENTS if event.event_type != "protest" and event.status != "denied"]
    wanted = {event.event_id for event in kept if event.when.start and event.when.start >= since}
    assert set(page.visible()) == wanted


@pytest.mark.parametrize(
    ("query", "found"), [("ПРИМЕР 99998", {"n99998"}), ("event 99999.", {"n99999"}), ("nothing at all", set())]
)
def test_search_finds_words_in_any_script(page: Any, query: str, found: set[str]) -> None:
    page.tab.get_by_role("searchbox").fill(query)
    assert set(page.visible()) == {event for event in page.visible() if event in found} == found


@pytest.mark.parametrize("n", [0, 1, 4711, COUNT - 1])
def test_the_right_text_is_opened(page: Any, n: int) -> None:
    page.tab.evaluate("id => window.mapgen.select(id)", f"n{n}")
    card = page.tab.locator(".card").inner_text()
    for told in (f"Пример {n} <b>&amp;</b>", f"Words of event {n}.", f"Actor {n % 3}", f"Paper {n % 4}"):
        assert told in card


def test_the_list_is_read_to_its_end_by_keyboard(page: Any) -> None:
    page.tab.locator(".row-button").first.focus()
    page.tab.keyboard.press("ArrowDown")
    assert page.tab.evaluate("() => document.activeElement.closest('li').ariaPosInSet") == "2"
    page.tab.keyboard.press("End")
    assert page.tab.evaluate("() => document.activeElement.closest('li').ariaPosInSet") == str(COUNT)
    page.tab.keyboard.press("Enter")
    page.tab.keyboard.press("Escape")
    assert page.tab.evaluate("() => document.activeElement.closest('li').ariaPosInSet") == str(COUNT)


def click_town(page: Any) -> None:
    script = "([lat, lon]) => { const p = window.mapgen.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }"
    box = page.tab.locator(".map").bounding_box()
    x, y = page.tab.evaluate(script, [TOWN.lat, TOWN.lon])
    page.tab.mouse.click(box["x"] + x, box["y"] + y)


def test_a_counted_mark_comes_closer_and_in_one_town_opens_into_a_list(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.map.setView([59.91, 10.75], 7, { animate: false })")
    click_town(page)
    page.tab.wait_for_function("() => window.mapgen.map.getZoom() > 7")
    page.tab.wait_for_timeout(400)
    page.tab.evaluate("() => window.mapgen.map.setView([59.91, 10.75], 16, { animate: false })")
    click_town(page)
    page.tab.locator(".choice button[data-event]").first.click()
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "n0"
    assert "Oslo" in page.tab.locator(".card").inner_text()


def test_the_bars_can_be_drawn_over(page: Any) -> None:
    box = page.tab.locator(".bars").bounding_box()
    page.tab.mouse.move(box["x"] + 2, box["y"] + 20)
    page.tab.mouse.down()
    page.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.tab.mouse.up()
    assert page.tab.evaluate("() => window.mapgen.state().from") is None
    assert COUNT * 0.4 < shown(page) < COUNT * 0.6


def test_the_packed_block_holds_no_active_character_and_is_the_same_each_time() -> None:
    packed = re.search(r'id="mapgen-packed">([^<]*)</script>', RENDERED)
    assert packed
    assert re.fullmatch("[A-Za-z0-9+/=]+", packed[1])
    some = EventCollection(EVENTS[:PACKED_FROM])
    assert EventMap(some).render() == EventMap(some).render()


@pytest.mark.parametrize("count", [PACKED_FROM - 1, PACKED_FROM])
def test_packed_or_plain_the_same_is_shown(make: Callable[..., Path], watch: Callable[..., Any], count: int) -> None:
    page = watch(make(EventCollection(EVENTS[:count])))
    assert shown(page) == count
    page.tab.evaluate("() => window.mapgen.select('n1')")
    assert "place not stated" in page.tab.locator(".card").inner_text()
    page.tab.evaluate("() => { window.mapgen.select(null); window.mapgen.setTime('2030-01-08', '2030-01-08'); }")
    assert set(page.visible()) == {
        event.event_id for event in EVENTS[:count] if event.when.start == dt.date(2030, 1, 8)
    }


def test_a_phone_shows_many_events_too(path: Path, watch: Callable[..., Any]) -> None:
    page = watch(path, width=390, height=800, color_scheme="dark")
    assert shown(page) == COUNT
    assert not page.tab.evaluate("() => document.documentElement.scrollWidth > innerWidth")


#: How opaque the canvas is at offsets in pixels from a place.
OPAQUE = """([lat, lon, offsets]) => {
  const map = window.mapgen.map, canvas = document.querySelector(".leaflet-plot-pane canvas");
  const box = canvas.getBoundingClientRect(), stage = map.getContainer().getBoundingClientRect();
  const at = map.latLngToContainerPoint([lat, lon]), ratio = canvas.width / box.width, side = 100 * ratio;
  const [x, y] = [stage.left + at.x - box.left - 50, stage.top + at.y - box.top - 50].map(v => Math.round(v * ratio));
  const { data } = canvas.getContext("2d").getImageData(x, y, side, side);
  return offsets.map(([x, y]) => data[4 * (Math.round((50 + y) * ratio) * side + Math.round((50 + x) * ratio)) + 3]);
}"""
TOP, BESIDE, HALO = (0, -33), (9, 9), (0, 16)


@pytest.mark.parametrize(
    ("granularity", "precision", "top", "beside", "halo"),
    [("site", 1, True, False, False), ("city", 1, False, True, False), ("city", 2, False, True, True)],
)
def test_a_single_mark_shows_by_its_shape_how_exact_its_place_is(
    make: Callable[..., Path], watch: Callable[..., Any], granularity: str, precision: int, top: bool, beside: bool,
    halo: bool,
) -> None:  # fmt: skip
    far = Place("Far", 66.0, 24.0, role="site", granularity=granularity, geo_precision=precision)  # type: ignore[arg-type]
    lone = replace(made(0, random.Random(0)), event_id="lone", places=(far,))
    town = tuple(replace(event, places=(TOWN,)) for event in EVENTS[:PACKED_FROM])
    page = watch(make(EventCollection((*town, lone))))
    drawn = page.tab.evaluate(OPAQUE, [far.lat, far.lon, [TOP, BESIDE, HALO]])
    assert [alpha > 40 for alpha in drawn] == [top, beside, halo]


def test_names_and_rows_follow_when_a_drag_through_time_is_over(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.setTime('2030-03-01', '2030-03-01')")
    page.tab.wait_for_function("() => document.querySelector('.rows h2').textContent.includes('1 Mar 2030')")
    page.tab.locator(".name").first.wait_for()
