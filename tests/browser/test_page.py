"""The page in real Chromium: what a reader sees and can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.events.merge import merge
from mapgen.exporters.html import EventMap
from mapgen.model import EventCollection, Figure, Place, Source
from tests.browser.events import COLLECTION, EVENTS, OSLO, event, on

pytestmark = pytest.mark.browser

ALL = sorted(event.event_id for event in EVENTS)
LOCATED = {event.event_id for event in EVENTS if event.places}


@pytest.fixture
def page(make: Callable[..., Path], watch: Callable[..., Any]) -> Any:
    return watch(make(COLLECTION, title="Harbour dispute"))


def test_every_located_event_is_drawn_and_all_are_listed(page: Any) -> None:
    assert page.tab.evaluate("() => window.mapgen.count") == len(EVENTS)
    assert page.visible() == page.listed() == ALL
    assert page.drawn() == LOCATED


@pytest.mark.parametrize("kind", sorted({event.event_type for event in EVENTS}))
def test_a_types_checkbox_hides_and_shows_exactly_its_events(page: Any, kind: str) -> None:
    others = sorted(event.event_id for event in EVENTS if event.event_type != kind)
    box = page.tab.locator(f'input[type=checkbox][data-type="{kind}"]')
    label = box.locator("xpath=..").inner_text()
    assert str(len(EVENTS) - len(others)) in label
    box.uncheck()
    assert page.visible() == page.listed() == others
    assert page.drawn() == LOCATED & set(others)
    box.check()
    assert page.visible() == ALL
    assert page.drawn() == LOCATED


def test_a_groups_checkbox_governs_its_types(page: Any) -> None:
    unrest = {"protest", "riot", "looting_arson"}
    group = page.tab.locator('input[data-group="unrest"]')
    group.uncheck()
    assert page.visible() == sorted(event.event_id for event in EVENTS if event.event_type not in unrest)
    assert not page.tab.locator('input[data-type="riot"]').is_checked()
    page.tab.locator('input[data-type="riot"]').check()
    assert group.evaluate("box => box.indeterminate")
    page.tab.evaluate("() => window.mapgen.setType('unrest', true)")
    assert page.visible() == ALL


def test_only_this_leaves_one_layer(page: Any) -> None:
    page.tab.locator('.row:has(input[data-type="riot"])').hover()
    page.tab.get_by_role("button", name="Only Riot & clashes").click()
    assert page.visible() == ["e02"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2031-03-10", "2031-03-10", ["e01"]),
        ("2031-03-11", "2031-03-11", ["e02", "e03"]),
        ("2031-03-14", "2031-03-14", ["e09"]),  # lasts from the 12th to the 14th
        (None, "2031-03-11", ["e01", "e02", "e03"]),
        (None, None, ALL),
        ("2031-03-01", "2031-04-01", ALL),  # nothing is left out, so undated events stay
    ],
)
def test_the_time_range_filters(page: Any, first: str | None, last: str | None, shown: list[str]) -> None:
    page.tab.evaluate("([from, to]) => window.mapgen.setTime(from, to)", [first, last])
    assert page.visible() == page.listed() == shown
    assert page.drawn() == LOCATED & set(shown)


def test_undated_events_have_their_own_switch(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.setTime('2031-03-11', '2031-03-11')")
    page.tab.locator("[data-undated]").check()
    assert page.visible() == ["e02", "e03", "e12"]


def test_the_range_sliders_work_by_keyboard(page: Any) -> None:
    page.tab.get_by_role("slider", name="To").focus()
    for _ in range(3):
        page.tab.keyboard.press("ArrowLeft")
    assert page.tab.evaluate("() => window.mapgen.state().to") == "2031-03-11"
    assert page.visible() == ["e01", "e02", "e03"]


def test_play_moves_through_time_day_by_day(page: Any) -> None:
    page.tab.get_by_role("button", name="Play through time").click()
    assert page.visible() == ["e01"]
    page.tab.wait_for_function("() => window.mapgen.state().from === '2031-03-12'")
    page.tab.get_by_role("button", name="Pause").click()
    assert "e05" in page.visible()


def ends(page: Any, event_id: str) -> list[list[float]]:
    """First and last point of an event's arrows, on the screen; and where its origins and destination lie there."""
    script = """id => {
      const map = window.mapgen.map;
      const at = map.getContainer().getBoundingClientRect();
      return [...document.querySelectorAll(`path[data-event="${id}"]`)].map(path => {
        const matrix = path.getScreenCTM();
        const point = t => {
          const p = path.getPointAtLength(t * path.getTotalLength()).matrixTransform(matrix);
          return [p.x - at.x, p.y - at.y];
        };
        return [point(0), point(1)];
      });
    }"""
    return page.tab.evaluate(script, event_id)


def screen(page: Any, place: Any) -> list[float]:
    script = "([lat, lon]) => { const p = window.mapgen.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }"
    return page.tab.evaluate(script, [place.lat, place.lon])


@pytest.mark.parametrize("zoom", [4, 5.5, 7])
@pytest.mark.parametrize("event_id", ["e05", "e06", "e07", "e08"])
def test_arrows_join_origin_and_destination_at_every_zoom(page: Any, event_id: str, zoom: float) -> None:
    page.tab.evaluate("zoom => window.mapgen.map.setZoom(zoom, { animate: false })", zoom)
    told = next(event for event in EVENTS if event.event_id == event_id)
    origins = [screen(page, place) for place in told.places if place.role != "destination"]
    goal = next(screen(page, place) for place in told.places if place.role == "destination")
    arrows = ends(page, event_id)
    assert len(arrows) == len(origins)
    for (start, end), origin in zip(arrows, origins, strict=True):
        assert start == pytest.approx(origin, abs=3)
        assert end == pytest.approx(goal, abs=36)  # the head and the mark lie between


def test_opening_an_event_tells_all_that_is_known(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.select('e03')")
    card = page.tab.locator(".card").inner_text()
    quote = "“Police detain at least eight people, the paper wrote.”"
    for told in ("at least 8", "detained", "Tue, 11 Mar 2031", "the police", quote, "told as fact", "Oslo", "town"):
        assert told in card
    link = page.tab.locator(".card dd a")
    assert link.get_attribute("href") == "https://news.example/harbour"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    ("event_id", "words"),
    [
        ("e10", "around 13 Mar 2031"),
        ("e10", "near this place · location likely"),
        ("e09", "12 – 14 Mar 2031"),
        ("e09", "somewhere in this country"),
        ("e12", "date not stated"),
        ("e11", "dozens injured"),
        ("e11", "place not stated"),
        ("e01", "about 2,000 participants"),
        ("e12", "a diplomat · reported, not confirmed"),
    ],
)
def test_the_card_says_how_sure_it_is(page: Any, event_id: str, words: str) -> None:
    page.tab.evaluate("id => window.mapgen.select(id)", event_id)
    said = " ".join(page.tab.locator(".card").inner_text().split())
    assert words in said


def test_a_mark_of_several_events_opens_a_list_of_them(page: Any) -> None:
    mark = page.tab.locator('.mapgen-marker[data-events*="e01"]')
    assert {"e01", "e02", "e03", "e12"} <= set(mark.get_attribute("data-events").split())
    mark.click()
    page.tab.locator('.choice button[data-event="e02"]').click()
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "e02"


def test_unlocated_and_undated_events_stand_in_the_list(page: Any) -> None:
    assert "Not on the map" in page.tab.locator('.row-button[data-event="e11"]').inner_text()
    assert page.tab.locator(".rows h2").last.inner_text() == "Date not stated"


@pytest.mark.parametrize(("query", "found"), [("warehouse", ["e13"]), ("OSLO march", ["e01", "e08"]), ("xyzzy", [])])
def test_search_narrows_list_and_map(page: Any, query: str, found: list[str]) -> None:
    page.tab.get_by_role("searchbox").fill(query)
    assert page.visible() == page.listed() == found
    assert page.drawn() == set(found)


def test_all_filters_together_can_be_taken_back(page: Any) -> None:
    page.tab.get_by_role("searchbox").fill("nothing like it")
    page.tab.get_by_role("button", name="Show everything").click()
    assert page.visible() == ALL


def test_an_event_is_opened_and_closed_by_keyboard_alone(page: Any) -> None:
    page.tab.get_by_role("searchbox").focus()
    page.tab.keyboard.press("Tab")  # over the order of the list
    page.tab.keyboard.press("Tab")
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("Enter")
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "e02"
    assert page.tab.evaluate("() => document.activeElement.className") == "card"
    page.tab.keyboard.press("Escape")
    assert page.tab.evaluate("() => window.mapgen.state().selected") is None
    assert page.tab.evaluate("() => document.activeElement.dataset.event") == "e02"


def test_a_mark_on_the_map_opens_by_keyboard(page: Any) -> None:
    page.tab.locator('.mapgen-marker[data-events="e10"]').focus()
    page.tab.keyboard.press("Enter")
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "e10"


def test_a_link_brings_back_the_view(page: Any, make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page.tab.locator('input[data-type="protest"]').uncheck()
    page.tab.evaluate("() => { window.mapgen.setTime('2031-03-10', '2031-03-12'); window.mapgen.select('e05') }")
    page.tab.evaluate("() => window.mapgen.map.setView([60, 8], 6, { animate: false })")
    page.tab.wait_for_function(r"() => /view=6\/(60\.0|59\.99)/.test(location.hash)")  # to a pixel
    again = watch(make(COLLECTION), hash=page.tab.evaluate("() => location.hash"))
    before, after = (watched.tab.evaluate("() => window.mapgen.state()") for watched in (page, again))
    assert {key: before[key] for key in ("off", "from", "to", "undated", "query", "selected", "zoom")} == {
        key: after[key] for key in ("off", "from", "to", "undated", "query", "selected", "zoom")
    }
    assert (after["lat"], after["lon"]) == pytest.approx((before["lat"], before["lon"]), abs=0.02)  # a pixel or two
    assert again.visible() == page.visible()


@pytest.mark.parametrize("hash", ["#event=nosuch&view=x/y/z&from=99&off=zzz", "#%E0%A4%A", "#view=3/1e99/0"])
def test_a_broken_link_shows_everything(make: Callable[..., Path], watch: Callable[..., Any], hash: str) -> None:
    assert watch(make(COLLECTION), hash=hash).visible() == ALL


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-popups"])
def test_it_works_in_a_sandboxed_frame(watch: Callable[..., Any], tmp_path: Path, sandbox: str) -> None:
    markup = EventMap(COLLECTION)._repr_html_()
    assert 'sandbox="allow-scripts allow-popups"' in markup
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html>{markup.replace('allow-scripts allow-popups', sandbox)}", "utf-8")
    frame = watch(host).tab.frames[1]
    frame.evaluate("() => window.mapgen.ready")
    assert sorted(frame.evaluate("() => window.mapgen.visible()")) == ALL
    frame.evaluate("() => { window.mapgen.select('e05'); window.mapgen.setTime('2031-03-12', '2031-03-12') }")
    frame.wait_for_timeout(400)
    assert "e01" not in frame.evaluate("() => window.mapgen.visible()")


@pytest.mark.parametrize("width", [320, 390, 600, 768, 1024, 2560])
def test_nothing_scrolls_sideways(make: Callable[..., Path], watch: Callable[..., Any], width: int) -> None:
    page = watch(make(COLLECTION), width=width)
    wide = "() => document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth"
    assert not page.tab.evaluate(wide)
    page.tab.evaluate("() => window.mapgen.select('e07')")
    assert not page.tab.evaluate(wide)
    map_size = page.tab.locator(".map").bounding_box()
    assert map_size["height"] > 150
    assert map_size["width"] >= min(width, 300)


def test_a_text_with_places_but_no_events_is_still_a_map(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(EventCollection(mentions={"doc": (OSLO,)}), title="No news"))
    assert page.tab.evaluate("() => window.mapgen.count") == 0
    assert "No event was found" in page.tab.locator(".notice").inner_text()
    assert page.tab.locator(".name", has_text="Oslo").count() == 1


def test_events_without_any_place_are_all_listed(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(EventCollection(tuple(event for event in EVENTS if event.event_id == "e11"))))
    assert page.listed() == ["e11"]
    assert "in the list" in page.tab.locator(".notice").inner_text()


def test_without_scripts_the_events_can_still_be_read(chromium: Any, make: Callable[..., Path]) -> None:
    tab = chromium.new_context(java_script_enabled=False).new_page()
    tab.goto(make(COLLECTION).as_uri())
    assert "Warehouse set on fire – Bergen" in tab.locator("noscript").inner_text()
    tab.context.close()


def test_the_page_says_whose_data_it_shows(page: Any) -> None:
    shown = page.tab.locator(".attribution")
    assert shown.is_visible()
    assert "GeoNames" in shown.inner_text()
    assert "Natural Earth" in shown.inner_text()


def test_an_event_told_by_several_sources_shows_each_with_its_words_figures_and_day(make: Any, watch: Any) -> None:
    def told(doc: str, quote: str, day: int, killed: int, **more: Any) -> Any:
        count = Figure(killed, killed, killed, "exact", str(killed))
        source = Source(f"Report {doc}", None, f"Paper {doc}", dt.date(2031, 3, day), doc)
        return event("", "attack_explosion", quote, on(10), OSLO.at("site"), quote=quote, quote_start=0,
                     quote_end=len(quote), source=source, figures={"killed": count}, **more)  # fmt: skip

    tellings = [
        told("A", "A car bomb at the harbour market killed two people", 10, 2, attribution="the police"),
        told("B", "Two people died when a bomb went off at the harbour market", 10, 2, status="reported"),
        told("C", "The toll of the bomb at the harbour market rose to five", 12, 5, attribution="a hospital"),
    ]
    (merged,) = (one.identified() for one in merge(tellings))
    page = watch(make(EventCollection((merged,)), title="Harbour"))
    assert "3 sources" in page.tab.locator(".row-button").inner_text()
    page.tab.evaluate("id => window.mapgen.select(id)", merged.event_id)
    assert page.tab.locator(".card .figures").inner_text().split() == ["5", "killed"]
    claims = page.tab.locator(".claims")
    assert claims.locator("h3").inner_text().lower() == "3 sources"
    shown = [" ".join(text.split()) for text in claims.locator("h3 ~ div").all_inner_texts()]
    assert len(shown) == 3
    for line, (quote, facts) in zip(shown, (
        ("A car bomb", ("2 killed", "the police", "told as fact", "Report A", "Paper A", "10 Mar 2031")),
        ("Two people died", ("2 killed", "reported, not confirmed", "Report B", "10 Mar 2031")),
        ("The toll", ("5 killed", "a hospital", "Report C", "12 Mar 2031")),
    ), strict=True):  # fmt: skip
        assert quote in line
        for fact in facts:
            assert fact in line, line


def test_a_map_whose_middle_lies_beyond_the_antimeridian_shows_its_events(
    make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    suva, nukualofa = Place("Suva", -18.14, 178.44), Place("Nukuʻalofa", -21.14, -175.2)
    events = (
        event("a1", "protest", "March in Suva", on(10), suva.at("site")),
        event("a2", "casualties", "Three hurt", on(10), nukualofa.at("site")),
    )
    page = watch(make(EventCollection(events)))
    assert page.drawn() == {"a1", "a2"}
