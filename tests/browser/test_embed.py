"""A map in somebody's article: hostile styles, sandbox, strict policies, no scripts; and the pictures beside it."""

from __future__ import annotations

import html
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mapgen.errors import InputError, OptionsError
from mapgen.exporters.embed import publish, snippets
from mapgen.exporters.html import EventMap
from mapgen.exporters.image import rasterised
from mapgen.model import EventCollection
from tests.browser.events import COLLECTION, EVENTS, OSLO

URL = "https://example.org/maps/harbour.html"
HOSTILE = """body * { position: relative; float: left; font: 40px cursive !important; transform: rotate(1deg) }
  iframe, img { height: 12px !important; width: 30px !important; display: none !important }
  figure { width: 40px; display: inline }"""


@pytest.fixture
def embedded(make: Callable[..., Path]) -> tuple[Path, str, dict[str, Any], str]:
    """A page, and the three blocks of text to paste."""
    path = make(COLLECTION, title='Harbour "dispute" & <more>')
    frame, oembed, figure = snippets(path).split("\n\n")
    return path, frame, json.loads(oembed), figure


def host(path: Path, frame: str, head: str = "", extra: str = "") -> Path:
    """An article beside the map, with the frame in it."""
    article = path.with_name("article.html")
    article.write_text(f'<!doctype html><meta charset="utf-8">{head}<p>Before.</p>{frame}<p>After.</p>{extra}', "utf-8")
    return article


@pytest.fixture
def visit(chromium: Any) -> Any:
    """Opens an article with frames in it: no request leaves the disk, errors of the frame's own are kept."""
    windows = []

    def open_article(path: Path, width: int = 900, **context: Any) -> Any:
        window = chromium.new_context(viewport={"width": width, "height": 900}, **context)
        windows.append(window)
        tab = window.new_page()
        tab.goto(path.as_uri())
        return tab

    yield open_article
    for window in windows:
        window.close()


def inner(tab: Any) -> Any:
    frame = tab.frames[1]
    frame.evaluate("() => window.mapgen.ready")
    return frame


def box(tab: Any) -> tuple[float, float]:
    found = tab.locator("iframe").bounding_box()
    return found["width"], found["height"]


def test_the_frame_says_what_it_is_and_may_do_little(embedded: Any) -> None:
    _, frame, oembed, figure = embedded
    assert 'title="Harbour &quot;dispute&quot; &amp; &lt;more&gt;"' in frame
    assert 'loading="lazy"' in frame and 'src="map.html"' in frame
    sandbox = re.search(r'sandbox="([^"]+)"', frame)
    assert sandbox and "allow-same-origin" not in sandbox[1] and "allow-scripts" in sandbox[1]
    assert oembed["version"] == "1.0" and oembed["type"] == "rich" and oembed["html"] == frame
    assert (oembed["width"], oembed["height"]) == (1000, 640)
    for event in EVENTS:
        assert html.escape(event.title) in figure and html.escape(event.title) in frame


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 700, 320])
def test_the_frame_becomes_as_high_as_the_map_wants_to_be(embedded: Any, visit: Any, width: int) -> None:
    path, frame, *_ = embedded
    tab = visit(host(path, frame), width)
    inner(tab)
    tab.wait_for_timeout(300)
    wide, high = box(tab)
    assert wide <= width
    assert high == (min(max(round(wide * 0.62), 480), 760) if wide >= 760 else min(max(round(wide * 1.75), 580), 780))
    tab.set_viewport_size({"width": 500, "height": 900})
    tab.wait_for_function("() => document.querySelector('iframe').offsetHeight === 780")


@pytest.mark.browser
def test_only_the_maps_own_sane_heights_are_believed(embedded: Any, visit: Any) -> None:
    path, frame, *_ = embedded
    tab = visit(host(path, frame))
    inner(tab)
    tab.wait_for_timeout(200)
    before = box(tab)
    tab.evaluate("() => window.postMessage({ 'datawrapper-height': { x: 1500 } }, '*')")
    for message in ('{"datawrapper-height": {"x": 9999}}', '{"datawrapper-height": "1200"}', '"1200"', "null"):
        tab.frames[1].evaluate(f"() => parent.postMessage({message}, '*')")
    tab.wait_for_timeout(200)
    assert box(tab) == before


@pytest.mark.browser
def test_it_speaks_pym(embedded: Any, visit: Any) -> None:
    path, *_ = embedded
    listen = "<script>window.heard = []; addEventListener('message', e => heard.push(e.data))</script>"
    frame = '<iframe src="map.html?childId=chart-7" sandbox="allow-scripts" width="500" height="300"></iframe>'
    tab = visit(host(path, frame, head=listen))
    inner(tab)
    tab.wait_for_function("() => heard.includes('pymxPYMxchart-7xPYMxheightxPYMx780')")
    count = "() => heard.filter(m => String(m).startsWith('pym')).length"
    assert tab.evaluate(count) == 1
    say = "m => document.querySelector('iframe').contentWindow.postMessage(m, '*')"
    for ignored in ("pymxPYMxotherxPYMxwidthxPYMx500", "pymxPYMxchart-7xPYMxnavigatexPYMxhttps://x.example", "{}", 7):
        tab.evaluate(say, ignored)
    tab.wait_for_timeout(200)
    assert tab.evaluate(count) == 1
    tab.evaluate(say, "pymxPYMxchart-7xPYMxwidthxPYMx500")
    tab.wait_for_function(f"() => ({count})() === 2")


@pytest.mark.browser
def test_a_hostile_style_sheet_does_not_reach_it(embedded: Any, visit: Any) -> None:
    path, frame, *_ = embedded
    tab = visit(host(path, frame, head=f"<style>{HOSTILE}</style>"))
    wide, high = box(tab)
    assert wide > 700 and high > 400
    inner(tab).locator(".mapgen-marker").nth(3).wait_for()


@pytest.mark.browser
def test_a_strict_policy_of_the_article_leaves_a_frame_of_fixed_height(embedded: Any, visit: Any) -> None:
    path, frame, *_ = embedded
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; frame-src file:">'
    tab = visit(host(path, frame, head=policy))
    assert sorted(inner(tab).evaluate("() => window.mapgen.visible()")) == sorted(e.event_id for e in EVENTS)
    assert box(tab)[1] == pytest.approx(640, abs=5)


@pytest.mark.browser
def test_without_scripts_there_is_a_picture_and_a_list(embedded: Any, visit: Any) -> None:
    path, frame, *_ = embedded
    page = visit(path, java_script_enabled=False)
    assert page.locator("noscript svg").bounding_box()["width"] > 500
    assert page.locator("noscript li").count() == len(EVENTS)
    article = visit(host(path, frame), java_script_enabled=False)
    assert article.locator("noscript img").get_attribute("src") == "map.png"
    assert article.locator("noscript li").count() == len(EVENTS)
    assert article.locator("iframe").evaluate("e => getComputedStyle(e).visibility") == "hidden"


@pytest.mark.browser
def test_a_hostile_style_sheet_does_not_hide_the_picture_for_readers_without_scripts(embedded: Any, visit: Any) -> None:
    path, frame, _, figure = embedded
    publish(path)
    article = visit(host(path, frame + figure, head=f"<style>{HOSTILE}</style>"), java_script_enabled=False)
    for image in article.locator("img").all():
        found = image.bounding_box()
        assert found["width"] > 600 and found["height"] > 380
    assert article.locator("noscript li").first.is_visible()


@pytest.mark.browser
def test_in_a_sandbox_that_allows_no_scripts_there_is_the_picture_too(embedded: Any, visit: Any) -> None:
    path, *_ = embedded
    tab = visit(host(path, '<iframe src="map.html" sandbox width="900" height="640"></iframe>'))
    inside = tab.frame_locator("iframe")
    assert inside.locator("noscript svg").bounding_box()["width"] > 500
    assert inside.locator("noscript li").count() == len(EVENTS)


@pytest.mark.browser
def test_in_an_article_the_wheel_scrolls_until_the_map_is_entered(embedded: Any, visit: Any) -> None:
    path, frame, *_ = embedded
    tab = visit(host(path, frame, extra='<div style="height:3000px"></div>'))
    zoom = "() => window.mapgen.state().zoom"
    before = inner(tab).evaluate(zoom)
    at = tab.locator("iframe").bounding_box()
    tab.mouse.move(at["x"] + 600, at["y"] + 250)
    tab.mouse.wheel(0, 200)
    tab.wait_for_function("() => scrollY >= 200")
    assert inner(tab).evaluate(zoom) == before
    tab.evaluate("() => scrollTo(0, 0)")
    tab.wait_for_timeout(700)  # until then Chromium takes the wheel for a part of the turn that began on the article
    tab.mouse.click(at["x"] + 600, at["y"] + 330)
    tab.mouse.wheel(0, -300)
    tab.frames[1].wait_for_function(f"() => ({zoom})() > {before}")


def test_the_files_that_the_markup_names_are_written(embedded: Any) -> None:
    path, *_ = embedded
    publish(path, URL)
    first = path.read_bytes()
    written, missing = publish(path, URL)
    assert not missing
    assert sorted(file.name for file in written) == ["map.card.png", "map.oembed.json", "map.png", "map.svg"]
    assert size(path.with_name("map.png")) == (2000, 1280)
    assert size(path.with_name("map.card.png")) == (1200, 630)
    assert path.read_bytes() == first  # the addresses are replaced, not added again
    page = first.decode()
    for told in (
        '<meta property="og:title" content="Harbour &quot;dispute&quot; &amp; &lt;more&gt;">',
        '<meta name="twitter:card" content="summary_large_image">',
        f'<meta property="og:url" content="{URL}" data-embed>',
        '<meta property="og:image" content="https://example.org/maps/harbour.card.png" data-embed>',
        '<meta property="og:image:width" content="1200" data-embed>',
        '<meta property="og:image:height" content="630" data-embed>',
        '<meta property="og:image:alt" content="Harbour &quot;dispute&quot; &amp; &lt;more&gt;" data-embed>',
        f'<link rel="canonical" href="{URL}" data-embed>',
        'type="application/json+oembed" href="https://example.org/maps/harbour.oembed.json" data-embed>',
    ):
        assert told in page
    oembed = json.loads(path.with_name("map.oembed.json").read_text(encoding="utf-8"))
    assert oembed["thumbnail_url"] == "https://example.org/maps/harbour.card.png"
    assert (oembed["thumbnail_width"], oembed["thumbnail_height"]) == (1200, 630)
    assert URL in oembed["html"] and oembed["type"] == "rich" and oembed["version"] == "1.0"
    assert "Dockers march in Oslo" in re.search(r'og:description" content="([^"]+)"', page)[1]  # type: ignore[index]


def size(path: Path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_the_drawn_picture_shows_every_layer_arrow_and_status(tmp_path: Path) -> None:
    drawn = ElementTree.fromstring(EventMap(COLLECTION, title="{{ 7 * 7 }} <b>").to_svg())
    texts = ["".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Protest", "Riot & clashes", "Troop movement", "Oslo", "Bergen", "Trondheim"} <= set(texts)
    assert drawn[0].text == "{{ 7 * 7 }} <b>"
    described = drawn[1].text or ""
    assert "Warehouse set on fire" in described
    assert rasterised(ElementTree.tostring(drawn, "unicode"), 1)[:4] == b"\x89PNG"


def test_pictures_are_drawn_where_there_is_no_chromium(embedded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    written, missing = publish(embedded[0])
    assert not missing and size(embedded[0].with_name("map.png")) == (2000, 1280)
    assert len(written) == 4


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x", "https://a b", 'https://x/"onload='])
def test_an_address_that_is_none_is_refused(embedded: Any, url: str) -> None:
    with pytest.raises(OptionsError, match="--url"):
        snippets(embedded[0], url)


@pytest.mark.parametrize("text", ["<title>Not a map</title>", "", "plain"])
def test_a_page_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text)
    with pytest.raises(InputError, match="mapgen map"):
        snippets(tmp_path / "page.html")


def test_a_map_without_events_can_be_embedded(make: Callable[..., Path]) -> None:
    path = make(EventCollection(mentions={"doc": (OSLO,)}), title="No news")
    assert 'title="No news"' in snippets(path)
