"""The page looks as it did: eight views beside their goldens, and faults put in on purpose, which must show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.goldens import VIEWS, Seen, View, difference, page_of

pytestmark = pytest.mark.browser
RENEW = "look at the view; if it is meant to look so, `make goldens` keeps it"
DESKTOP, STORY = VIEWS[0], VIEWS[4]
HIDE = (
    "name => { for (const e of document.querySelectorAll(name)) e.style.setProperty('display', 'none', 'important'); }"
)
STYLE = "text => document.head.append(Object.assign(document.createElement('style'), { textContent: text }))"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("goldens")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_view_is_the_kept_one(chromium: Any, pages: Path, view: View) -> None:
    told = difference(Seen.kept(view.name), Seen.of(chromium, view, page_of(view, pages)))
    assert told is None, f"{view.name}: {told}; {RENEW}"


def seen(chromium: Any, pages: Path, view: View, script: str, argument: object) -> Seen:
    """A view with a fault in it."""
    return Seen.of(chromium, view, page_of(view, pages), lambda tab: tab.evaluate(script, argument))


FAULTS = {
    "a lost arrow": ("n => document.querySelectorAll('.leaflet-arrows-pane path.arrow')[n].remove()", 0),
    "all arrows lost": (HIDE, ".leaflet-arrows-pane"),
    "no layers panel": (HIDE, ".legend"),
    "no timeline": (HIDE, ".timeline"),
    "no list": (HIDE, ".rows"),
    "no buttons": (HIDE, ".zoom"),
    "no credits": (HIDE, ".attribution"),
    "no marks": (HIDE, ".mapgen-marker"),
    "no base": (HIDE, ".leaflet-base-pane"),
    "the panel moved": (STYLE, ".legend { transform: translate(-40px, 30px) }"),
    "the map moved": ("by => window.mapgen.map.panBy([by, 0], { animate: false })", 30),
    "colours lost": (STYLE, "#mapgen { filter: grayscale(1) }"),
    "dark by mistake": (STYLE, ":root { --paper: #161d23 !important }"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_shows(chromium: Any, pages: Path, fault: str) -> None:
    golden, now = Seen.kept(DESKTOP.name), seen(chromium, pages, DESKTOP, *FAULTS[fault])
    if fault == "a lost arrow" and not golden.same_fonts(now):
        pytest.skip("with other fonts than those of the goldens, one arrow of six is within what text may move")
    assert difference(golden, now)


@pytest.mark.parametrize("view", [DESKTOP, STORY], ids=lambda view: view.name)
@pytest.mark.parametrize(
    "style",
    [
        "* { font-family: 'DejaVu Serif', serif !important }",
        "* { letter-spacing: 0.012em !important; -webkit-font-smoothing: none; text-rendering: geometricPrecision }",
        "#mapgen { transform: translate(0.5px, 0.5px) }",
    ],
    ids=["other fonts", "other spacing", "half a pixel"],
)
def test_what_another_browser_draws_otherwise_passes(chromium: Any, pages: Path, view: View, style: str) -> None:
    assert difference(Seen.kept(view.name), seen(chromium, pages, view, STYLE, style)) is None
