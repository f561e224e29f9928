"""Real Chromium for the tests of the page: every test sees its console, its errors and its requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.html import EventMap
from mapgen.exporters.image import FLAGS, chromium_path
from mapgen.model import EventCollection

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = chromium_path()
    if not path:
        pytest.skip("no Chromium: run python -m tests.browser.install, or set CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A tab with a page in it, and what went wrong in it."""

    tab: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def visible(self) -> list[str]:
        return sorted(self.tab.evaluate("() => window.mapgen.visible()"))

    def drawn(self) -> set[str]:
        """The ids of the events that the map itself shows, as marks or arrows."""
        marks = self.tab.eval_on_selector_all(
            ".mapgen-marker[data-events]", "all => all.flatMap(e => e.dataset.events.split(' '))"
        )
        return {*marks, *self.tab.eval_on_selector_all("path[data-event]", "all => all.map(e => e.dataset.event)")}

    def listed(self) -> list[str]:
        return sorted(self.tab.eval_on_selector_all(".row-button", "all => all.map(e => e.dataset.event)"))


@pytest.fixture
def watch(chromium: Any) -> Iterator[Callable[..., Watched]]:
    """Opens a file in a fresh tab: ``watch(path, width=390, hash="#…")``; in the end without errors or requests."""
    opened: list[tuple[Any, Watched]] = []

    def open_page(path: Path, *, width: int = 1280, height: int = 800, hash: str = "", **context: Any) -> Watched:
        window = chromium.new_context(viewport={"width": width, "height": height}, **context)
        window.set_default_timeout(10_000)
        watched = Watched(window.new_page())
        opened.append((window, watched))
        start = path.resolve().as_uri()

        def route(route: Any) -> None:
            if route.request.url.split("#")[0] == start:
                route.continue_()
            else:
                watched.requests.append(route.request.url)
                route.abort()

        window.route("**/*", route)
        watched.tab.on("console", lambda m: watched.errors.append(m.text) if m.type in ("error", "warning") else None)
        watched.tab.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.tab.goto(start + hash)
        if watched.tab.query_selector("#mapgen"):
            watched.tab.evaluate("() => window.mapgen.ready")
        return watched

    yield open_page
    for window, watched in opened:
        window.close()
        assert not watched.errors
        assert not watched.requests


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Writes the page of some events: ``make(collection, title=…)``."""

    def write(collection: EventCollection, **options: Any) -> Path:
        path = tmp_path / "map.html"
        EventMap(collection, **options).save(path)
        return path

    return write
