"""A user's PMTiles archive on the page: carried in it, or read by range requests from a real server."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pmtiles.tile import TileType

from mapgen.exporters.html import EventMap
from tests.archives import basemap_tile, own_tile, picture_tile, write_archive
from tests.browser.events import COLLECTION, EVENTS

pytestmark = pytest.mark.browser
COLOR = """([lat, lon]) => {
  const { map } = window.mapgen;
  const at = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  for (const canvas of document.querySelectorAll(".leaflet-archive-pane canvas")) {
    const tile = canvas.getBoundingClientRect();
    const [x, y] = [at.x + box.x - tile.x, at.y + box.y - tile.y];
    if (x < 0 || y < 0 || x >= tile.width || y >= tile.height) continue;
    const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    const [ratio, size] = [canvas.width / tile.width, [1, 1]];
    pen.drawImage(canvas, x * ratio, y * ratio, ...size, 0, 0, ...size);
    const seen = pen.getImageData(0, 0, ...size).data;
    if (seen[3]) return [...seen];
  }
  return null;
}"""
WATER, LAND = (61.0, 8.0), (61.0, 14.0)  # of one tile of zoom 4: its western and its eastern half


def vector(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "own.pmtiles", basemap_tile, zooms=range(8))


def names(page: Any) -> list[str]:
    return [name for name in page.tab.locator(".name").all_inner_texts() if name.startswith(("Town", "Город"))]


def css(page: Any, name: str) -> list[int]:
    value = page.tab.evaluate(f"() => getComputedStyle(document.documentElement).getPropertyValue('--{name}')").strip()
    return [int(value[at : at + 2], 16) for at in (1, 3, 5)] + [255]


def view(page: Any, lat: float, lon: float, zoom: float) -> None:
    page.tab.evaluate(
        """([lat, lon, zoom]) => new Promise((done) => { const { map } = window.mapgen;
          map.setView([lat, lon], zoom, { animate: false }); setTimeout(done, 400); })""",
        [lat, lon, zoom],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_vector_tiles_are_drawn_in_the_pages_colours_and_name_their_towns(
    tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any], scheme: str
) -> None:
    page = watch(make(COLLECTION, basemap=str(vector(tmp_path))), color_scheme=scheme)
    view(page, 61.0, 14.0, 5)
    assert page.tab.evaluate(COLOR, WATER) == css(page, "sea")
    assert page.tab.evaluate(COLOR, LAND) == css(page, "land")
    assert names(page)
    assert "© A survey & friends" in page.tab.locator(".attribution").inner_text()
    assert len(page.visible()) == len(EVENTS)


def test_names_are_in_the_maps_language(tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any]) -> None:
    page = watch(make(COLLECTION, basemap=str(vector(tmp_path)), lang="ru"))
    view(page, 61.0, 14.0, 5)
    assert names(page) and all(name.startswith("Город") for name in names(page))


def test_beyond_the_finest_zoom_the_tile_above_is_drawn_larger(
    tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    page = watch(make(COLLECTION, basemap=str(vector(tmp_path))))
    view(page, 59.91, 10.75, 11)
    assert page.tab.evaluate(COLOR, (59.91, 10.75)) in (css(page, "sea"), css(page, "land"))
    page.tab.evaluate("() => window.mapgen.map.setView([20, 100], 4, { animate: false })")  # no tiles: the own base
    page.tab.wait_for_timeout(300)
    assert page.tab.evaluate(COLOR, (20, 100)) is None
    assert page.tab.locator(".base-land").count() == 1
    assert "CHINA" in [name.upper() for name in page.tab.locator(".name-country").all_inner_texts()]


def test_pictures_are_drawn_at_whole_zooms(
    tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    path = write_archive(tmp_path / "p.pmtiles", picture_tile, TileType.PNG, zooms=range(8))
    page = watch(make(COLLECTION, basemap=str(path)))
    zoom = page.tab.evaluate("() => window.mapgen.state().zoom")
    assert zoom == int(zoom)
    assert page.tab.evaluate(COLOR, (60.5, 8.0)) == [zoom * 20, 120, 40, 255]
    view(page, 60.5, 8.0, 9)  # two zooms beyond the finest
    assert page.tab.evaluate(COLOR, (60.5, 8.0)) == [140, 120, 40, 255]


def test_layers_that_no_basemap_has_lie_over_the_own_base(
    tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    path = write_archive(tmp_path / "own.pmtiles", own_tile, zooms=[4], layers=["flooded"])
    page = watch(make(COLLECTION, basemap=str(path)))
    view(page, 61.0, 14.0, 5)
    assert 0 < page.tab.evaluate(COLOR, (61.0, 11.0))[3] < 255
    assert page.tab.evaluate(COLOR, (65.9, 0.5)) is None
    assert page.tab.locator(".name-city").count() > 1


def test_a_damaged_tile_leaves_the_own_base(
    tmp_path: Path, make: Callable[..., Path], watch: Callable[..., Any]
) -> None:
    path = write_archive(tmp_path / "bad.pmtiles", lambda tile: b"\x1f\x8bnot a tile at all", zooms=range(6))
    page = watch(make(COLLECTION, basemap=str(path)))
    assert page.tab.evaluate(COLOR, WATER) is None
    assert len(page.visible()) == len(EVENTS)
    assert page.tab.locator(".mapgen-marker").count() > 3


class Ranges(SimpleHTTPRequestHandler):
    """Files by parts, to pages of any origin, as object stores give them."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        told = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        self.asked.append(self.headers.get("Range", ""))
        data = Path(self.translate_path(self.path)).read_bytes()
        part = data[int(told[1]) : int(told[2]) + 1] if told else data
        self.send_response(206 if told else 200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(part)))
        if told:
            self.send_header("Content-Range", f"bytes {told[1]}-{int(told[1]) + len(part) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    Ranges.asked.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(Ranges, directory=str(tmp_path)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def opened(chromium: Any, page: Path) -> tuple[Any, list[str], list[str]]:
    """A tab that may reach this machine's servers: its requests, and what it complained of."""
    tab = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    requests: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(page.as_uri())
    tab.evaluate("() => window.mapgen.ready")
    return tab, requests, said


def test_an_archive_on_a_server_is_read_by_parts_and_nothing_else_is_asked(
    tmp_path: Path, chromium: Any, server: str
) -> None:
    vector(tmp_path)
    EventMap(COLLECTION, basemap=f"{server}/own.pmtiles", allow_remote=True).save(tmp_path / "map.html")
    tab, requests, said = opened(chromium, tmp_path / "map.html")
    assert not said
    assert {url for url in requests if not url.startswith("file:")} == {f"{server}/own.pmtiles"}
    assert Ranges.asked and all(Ranges.asked)
    assert tab.evaluate(COLOR, WATER) or tab.evaluate(COLOR, LAND)
    assert "© A survey & friends" in tab.locator(".attribution").inner_text()
    tab.context.close()


def test_a_server_that_does_not_answer_leaves_the_own_base(tmp_path: Path, chromium: Any, server: str) -> None:
    EventMap(COLLECTION, basemap=f"{server}/gone.pmtiles", allow_remote=True).save(tmp_path / "map.html")
    tab, _, said = opened(chromium, tmp_path / "map.html")
    assert any("map tiles could not be read" in line for line in said)
    assert tab.locator(".base-land").count() == 1 and len(tab.evaluate("() => window.mapgen.visible()")) == len(EVENTS)
    tab.context.close()
