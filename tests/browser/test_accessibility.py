"""For everybody: axe-core's rules, keyboard alone, a list that equals the map, contrast, right-to-left text, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.model import Document, Event, EventCollection, Place
from mapgen.views import View
from tests.browser.events import COLLECTION, EVENTS, on

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STORY = (View("One", "First."), View("Two", "Second.", event="e04"))
DOCUMENT = Document("doc", "Dockers march in Oslo, the paper wrote. More.", "Harbour dispute")
STATES = {
    "as it opens": "() => {}",
    "an event": "() => window.mapgen.select('e03')",
    "all open": "() => document.querySelectorAll('details').forEach(d => { d.open = true })",
    "nothing found": "() => { for (const g of ['unrest', 'military_movement', 'security_operation', 'state_measures',"
    " 'politics_diplomacy', 'casualties_damage']) window.mapgen.setType(g, false) }",
    "a list of events": "() => document.querySelector('.mapgen-marker[data-events*=\"e01\"]').click()",
    "the list": "() => document.querySelector('[data-tab=list][role=tab]')?.click()",
    "the article": "() => document.querySelector('[data-tab=article][role=tab]')?.click()",
}


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(make: Callable[..., Path], watch: Callable[..., Any], width: int, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make web")
    collection = EventCollection(EVENTS, (DOCUMENT,))
    path = make(collection, title="Harbour", story=STORY, presets=STORY[:1], with_text=True)
    found = {}
    for name, script in STATES.items():
        page = watch(path, width=width, height=844, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
        page.tab.evaluate(script)
        page.tab.evaluate(AXE.read_text("utf-8"))
        rules = page.tab.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
        found.update({f"{name}: {rule['id']}": [node["html"][:160] for node in rule["nodes"]] for rule in rules})
    assert found == {}


@pytest.fixture
def page(make: Callable[..., Path], watch: Callable[..., Any]) -> Any:
    return watch(make(COLLECTION, title="Harbour", story=STORY, presets=STORY[:1]), reduced_motion="reduce")


@pytest.mark.browser
def test_everything_is_reached_by_tab_and_shows_that_it_is(page: Any) -> None:
    look = """() => {
      const e = document.activeElement, style = getComputedStyle(e);
      const thumb = e.type === 'range' ? getComputedStyle(e, '::-webkit-slider-thumb') : null;
      const outlined = e.matches('.map, body') || thumb !== null || parseFloat(style.outlineWidth) >= 2;
      return [e.getAttribute('class') || e.tagName, outlined];
    }"""
    page.tab.locator(".legend").evaluate("e => { e.querySelectorAll('details').forEach(d => { d.open = true }) }")
    reached: dict[str, bool] = {}
    for _ in range(140):
        page.tab.keyboard.press("Tab")
        name, outlined = page.tab.evaluate(look)
        if name == "BODY":
            break
        reached[name] = outlined
    assert all(reached.values()), reached
    wanted = {"steps", "step-button", "chip", "INPUT", "play", "SUMMARY", "map", "only", "BUTTON"}
    assert wanted <= {word for name in reached for word in name.split()}
    assert any("mapgen-marker" in name for name in reached)


@pytest.mark.browser
def test_the_list_tells_a_screen_reader_all_that_the_map_shows(page: Any) -> None:
    page.tab.get_by_role("tab", name="Events").click()
    tree = page.tab.locator(".list").aria_snapshot()
    for event in EVENTS:
        assert event.title in tree
    for told in ("Oslo", "Trondheim → Bergen", "Protest", "Troop movement", "planned", "denied", "Not on the map"):
        assert told in tree, told
    assert page.tab.locator("[role=status]").inner_text() == "13 events"


def right_to_left() -> EventCollection:
    place = Place("القاهرة", 30.05, 31.25, country="EG", gazetteer="t:cairo").at("site")
    title = "خرج المتظاهرون إلى الشوارع"
    one = Event(
        "protest",
        title,
        "reported",
        "وكالة الأنباء",
        on(10),
        ("المتظاهرون",),
        {},
        (place,),
        title,
        0,
        26,
        event_id="r1",
    )
    return EventCollection((one, *EVENTS[:2]))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_right_to_left_text_is_shown_right(make: Callable[..., Path], watch: Callable[..., Any], width: int) -> None:
    page = watch(make(right_to_left(), title="خريطة الأحداث"), width=width)
    side = "e => getComputedStyle(e).direction"
    assert page.tab.locator("h1").evaluate(side) == "rtl"
    assert page.tab.locator('.row-button[data-event="r1"] .row-title').evaluate(side) == "rtl"
    assert page.tab.locator('.row-button[data-event="e01"] .row-title').evaluate(side) == "ltr"
    page.tab.evaluate("() => window.mapgen.select('r1')")
    assert page.tab.locator(".card blockquote").evaluate(side) == "rtl"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_also_stands_from_right_to_left(
    make: Callable[..., Path], watch: Callable[..., Any], width: int
) -> None:
    path = make(right_to_left(), story=STORY)
    path.write_text(path.read_text("utf-8").replace('<html lang="en">', '<html lang="ar" dir="rtl">'), "utf-8")
    page = watch(path, width=width)
    assert not page.tab.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    side, stage = page.tab.locator(".panel").bounding_box(), page.tab.locator(".map").bounding_box()
    assert side["x"] >= stage["x"]
    assert page.tab.locator(".mapgen-marker").first.is_visible()
    page.tab.get_by_role("button", name="Next step").click()
    page.tab.wait_for_selector('.step-card[data-step="2"][aria-current="step"]')


@pytest.mark.browser
def test_on_paper_there_are_the_map_and_every_event(page: Any) -> None:
    page.tab.emulate_media(media="print")
    page.tab.wait_for_timeout(300)
    assert page.tab.locator(".map").bounding_box()["height"] > 300
    rows = page.tab.locator(".row-button")
    assert rows.count() == len(EVENTS) and all(row.is_visible() for row in rows.all())
    for control in (".zoom", ".legend-body input", ".timeline", ".tabs", ".step-bar"):
        assert not any(one.is_visible() for one in page.tab.locator(control).all()), control


@pytest.mark.browser
def test_a_finger_is_enough(make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(COLLECTION), width=390, height=844, has_touch=True, is_mobile=True)
    page.tab.locator('.mapgen-marker[data-events="e10"]').tap()
    assert page.tab.locator(".card h2").inner_text() == "Airfield near Voss on alert"
    page.tab.get_by_role("button", name="All events").tap()
    page.tab.locator(".legend > summary").tap()
    page.tab.locator('input[data-type="protest"]').tap()
    assert "e01" not in page.visible()
    small = """() => [...document.querySelectorAll('button, summary, input, .mapgen-marker')]
      .filter(e => e.checkVisibility())
      .map(e => [e.className, e.getBoundingClientRect()]).filter(([, r]) => r.width && r.width < 24 && r.height < 24
      ).map(([name]) => name).filter(name => name !== '')"""
    assert page.tab.evaluate(small) == []  # WCAG 2.2, 2.5.8; a checkbox has its label beside it
