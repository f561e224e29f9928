"""EventMap as a folium.Map: the same bytes, a notebook's frame, other layers of folium; the interface's languages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest
from folium import plugins

from mapgen.errors import OptionsError
from mapgen.exporters.html import EventMap
from mapgen.exporters.page import languages
from mapgen.options import Options
from mapgen.pipeline import collect
from mapgen.taxonomy import GROUPS, TYPES
from tests.browser.events import COLLECTION, EVENTS

ROOT = Path(__file__).parents[2]
STRINGS = ROOT / "mapgen" / "web" / "strings"


def test_the_same_events_give_the_same_bytes() -> None:
    assert EventMap(COLLECTION).render() == EventMap(COLLECTION).render()
    assert EventMap(COLLECTION).get_root().render() == EventMap(COLLECTION).render()


def test_a_page_of_some_events_is_small_enough_to_mail() -> None:
    without_base = EventMap(COLLECTION, basemap="OpenStreetMap.Mapnik").render()
    assert len(without_base.encode()) < 300_000


def test_the_first_examples_page_keeps_its_budget() -> None:
    options = Options.load(ROOT / "maps" / "kazakhstan-2022" / "map.toml")
    page = EventMap(collect(options.inputs, options), title=options.title).render().encode()
    assert len(page) <= 400_000
    assert len(gzip.compress(page, 9)) <= 130_000


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    EventMap(COLLECTION).save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]
    with pytest.raises(ValueError, match="cannot be written"):
        EventMap(COLLECTION).save(tmp_path / "nowhere" / "map.html")


@pytest.mark.browser
def test_a_layer_of_folium_is_drawn_beside_the_events(tmp_path: Path, watch: Callable[..., Any]) -> None:
    event_map = EventMap(COLLECTION)
    folium.CircleMarker([60.0, 8.0], radius=9, color="#aa00aa").add_to(event_map)
    event_map.save(tmp_path / "map.html")
    page = watch(tmp_path / "map.html")
    assert page.tab.locator('path[stroke="#aa00aa"]').count() == 1
    assert len(page.visible()) == len(EVENTS)


@pytest.mark.browser
def test_markers_popups_and_plugins_of_folium_work_without_network(tmp_path: Path, watch: Callable[..., Any]) -> None:
    event_map = EventMap(COLLECTION, basemap="offline")
    folium.Marker([60.0, 8.0], popup="A popup", tooltip="A tip").add_to(event_map)
    folium.Marker([61.0, 9.0], icon=folium.Icon(color="darkred")).add_to(event_map)
    shape = {"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Point", "coordinates": [8, 62]}}
    folium.GeoJson({"type": "FeatureCollection", "features": [shape]}, tooltip=folium.GeoJsonTooltip(["name"])).add_to(
        event_map
    )
    plugins.HeatMap([[60.0, 8.0, 1.0], [60.1, 8.1, 1.0]]).add_to(event_map)
    plugins.Fullscreen().add_to(event_map)
    many = plugins.MarkerCluster().add_to(event_map)
    for n in range(20):
        folium.Marker([63.0 + n / 1000, 12.0]).add_to(many)
    event_map.save(tmp_path / "map.html")
    page = watch(tmp_path / "map.html")
    assert page.tab.locator(".folium-pin").count() == 1
    assert page.tab.locator(".marker-cluster").inner_text() == "20"
    assert page.tab.locator("canvas.leaflet-heatmap-layer").count() == 1
    assert page.tab.locator(".leaflet-control-zoom-fullscreen, .leaflet-control-fullscreen").count() >= 1
    src = page.tab.locator("img.leaflet-marker-icon").first.get_attribute("src")
    assert src.startswith("data:image/png")
    page.tab.evaluate("() => window.mapgen.map.eachLayer(l => l.getPopup?.() && l.openPopup())")
    assert "A popup" in page.tab.locator(".leaflet-popup-content").all_inner_texts()


def timed(lon: float, day: str) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, 60.0]}
    return {"type": "Feature", "geometry": point, "properties": {"time": day, "popup": "A <b>popup</b>"}}


TIMED = {"type": "FeatureCollection", "features": [timed(8.0, "2031-03-10"), timed(9.0, "2031-03-11")]}
PLUGINS: dict[str, tuple[Callable[[], Any], str]] = {
    "Fullscreen": (plugins.Fullscreen, ".leaflet-control-zoom-fullscreen, .leaflet-control-fullscreen"),
    "MousePosition": (plugins.MousePosition, ".leaflet-control-mouseposition"),
    "Draw": (plugins.Draw, ".leaflet-draw-draw-polygon"),
    "TimestampedGeoJson": (
        lambda: plugins.TimestampedGeoJson(TIMED, auto_play=False, add_last_point=False),
        ".timecontrol-play",
    ),
    "LayerControl": (folium.LayerControl, ".leaflet-control-layers"),
    "HeatMap": (lambda: plugins.HeatMap([[60.0, 8.0]]), "canvas.leaflet-heatmap-layer"),
    "MarkerCluster": (lambda: plugins.MarkerCluster([[60.0, 8.0], [60.0, 8.0]]), ".marker-cluster"),
    "MiniMap": (
        lambda: plugins.MiniMap(tile_layer=folium.TileLayer("data:,", attr="none")),
        ".leaflet-control-minimap",
    ),
}


@pytest.mark.browser
@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_of_folium_works_beside_the_events_without_network(
    tmp_path: Path, watch: Callable[..., Any], name: str
) -> None:
    make, shown = PLUGINS[name]
    event_map = EventMap(COLLECTION)
    make().add_to(event_map)
    event_map.save(tmp_path / "map.html")
    page = watch(tmp_path / "map.html")
    assert page.tab.locator(shown).count() >= 1
    assert len(page.visible()) == len(EVENTS)


@pytest.mark.browser
def test_draw_draws_and_the_time_of_a_layer_of_folium_moves(tmp_path: Path, watch: Callable[..., Any]) -> None:
    event_map = EventMap(COLLECTION)
    plugins.Draw().add_to(event_map)
    plugins.TimestampedGeoJson(TIMED, auto_play=False, add_last_point=False, duration="PT1H").add_to(event_map)
    event_map.save(tmp_path / "map.html")
    page = watch(tmp_path / "map.html")
    date = page.tab.locator(".timecontrol-date")
    before = date.inner_text()
    page.tab.locator(".timecontrol-forward").click()
    page.tab.wait_for_function("before => document.querySelector('.timecontrol-date').innerText !== before", arg=before)
    page.tab.locator(".leaflet-draw-draw-marker").click()
    page.tab.mouse.click(800, 620)
    assert page.tab.locator("img.leaflet-marker-icon").count() >= 1


def test_a_plugin_that_makes_code_of_text_is_refused_even_with_leave() -> None:
    event_map = EventMap(COLLECTION, allow_remote=True)
    plugins.MeasureControl().add_to(event_map)
    with pytest.raises(OptionsError, match="MeasureControl makes code of text"):
        event_map.render()


@pytest.mark.browser
def test_a_notebook_shows_the_map_with_its_layers_and_asks_nobody(tmp_path: Path, watch: Callable[..., Any]) -> None:
    event_map = EventMap(COLLECTION)
    plugins.Draw().add_to(event_map)
    (tmp_path / "cell.html").write_text(f"<!doctype html><body>{event_map._repr_html_()}</body>", encoding="utf-8")
    page = watch(tmp_path / "cell.html")
    frame = page.tab.frames[1]
    frame.evaluate("() => window.mapgen.ready")
    assert len(frame.evaluate("() => window.mapgen.visible()")) == len(EVENTS)
    assert frame.locator(".leaflet-draw").count() == 1


def test_a_layer_that_loads_from_elsewhere_needs_leave() -> None:
    event_map = EventMap(COLLECTION)
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x").add_to(event_map)
    plugins.AntPath([[60, 8], [61, 9]]).add_to(event_map)
    with pytest.raises(
        OptionsError, match=r"jsdelivr\.net/npm/leaflet-ant-path.*https://tiles\.example/.*allow_remote"
    ):
        event_map.render()
    event_map.allow_remote = True
    page = event_map.render()
    assert "img-src data: https://cdn.jsdelivr.net https://tiles.example;" in page
    assert "leaflet-ant-path.min.js" in page


def test_a_map_that_is_rendered_twice_keeps_its_layers() -> None:
    event_map = EventMap(COLLECTION)
    plugins.MarkerCluster([[60, 8]]).add_to(event_map)
    first, again = event_map.render(), event_map.render()
    assert "MarkerClusterGroup" in first
    assert first.count("<script>") == again.count("<script>") and first.count("<style>") == again.count("<style>")


def test_a_link_in_a_popup_is_no_request() -> None:
    event_map = EventMap(COLLECTION)
    folium.Marker([60.0, 8.0], popup='<a href="https://news.example/a">more</a>').add_to(event_map)
    assert "https://news.example/a" in event_map.render()


def test_a_basemap_of_others_is_asked_from_its_host_only() -> None:
    page = EventMap(COLLECTION, basemap="OpenStreetMap.Mapnik").render()
    assert "img-src data: https://tile.openstreetmap.org;" in page


@pytest.mark.parametrize("basemap", ["Thunderforest.Outdoors", "No.Such.Map"])
def test_a_basemap_that_needs_a_key_or_is_unknown_is_refused(basemap: str) -> None:
    with pytest.raises(OptionsError, match="basemap"):
        EventMap(COLLECTION, basemap=basemap)


def test_a_language_that_the_page_does_not_speak_is_refused_with_those_it_does() -> None:
    with pytest.raises(OptionsError, match="de, en, es, fr, kk, ru, uk"):
        EventMap(COLLECTION, lang="xx")


@pytest.mark.parametrize("lang", sorted(path.stem for path in STRINGS.glob("*.json")))
def test_every_language_has_every_word(lang: str) -> None:
    english = json.loads((STRINGS / "en.json").read_text(encoding="utf-8"))
    words = json.loads((STRINGS / f"{lang}.json").read_text(encoding="utf-8"))
    names = {f"type_{key}" for key in TYPES} | {f"group_{key}" for key in GROUPS}
    assert set(words) == set(english) | (set() if lang == "en" else names)
    for key, text in words.items():
        places = {part.split("}")[0] for part in str(english.get(key, "")).split("{")[1:] if "'" not in part}
        assert all("{" + place + "}" in str(text) for place in places), key


@pytest.mark.browser
@pytest.mark.parametrize("lang", languages())
def test_the_page_speaks_each_language(make: Callable[..., Path], watch: Callable[..., Any], lang: str) -> None:
    page = watch(make(COLLECTION, lang=lang))
    words = json.loads((STRINGS / f"{lang}.json").read_text(encoding="utf-8"))
    assert page.tab.locator(".legend > summary").inner_text() == words["layers"]
    label = words.get("type_riot", TYPES["riot"].label)
    assert label in page.tab.locator('.row:has([data-type="riot"])').inner_text()
    page.tab.evaluate("() => window.mapgen.select('e03')")
    assert words["status_confirmed"] in page.tab.locator(".card").inner_text()
