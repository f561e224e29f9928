"""The same events as other libraries draw them: each builder writes a page and gives the script that switches a layer.

All but FastMarkerCluster, which holds positions only, keep title, day and words of each event.  The pages of pydeck,
kepler.gl and lonboard load their programs from content delivery networks when they are opened (`CDN`), so that here,
without network, only their building and their size can be measured.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster

from mapgen.exporters.html import EventMap
from mapgen.layers import to_feature
from mapgen.model import Event

LAYER = "riot"
CDN = "-"  # instead of a script: the page needs its network


def ours(events: list[Event], path: Path) -> str:
    """mapgen: build a page, and give the script that switches a layer."""
    EventMap(events, title="Benchmark").save(path)
    return f"on => window.mapgen.setType('{LAYER}', on)"


def by_layer(events: list[Event], path: Path, draw: Callable[[list[Event], folium.FeatureGroup], None]) -> str:
    """folium: a FeatureGroup for each type."""
    page = folium.Map(tiles=None, prefer_canvas=True, location=[48, 67], zoom_start=4)
    groups = {}
    for kind in sorted({event.event_type for event in events}):
        groups[kind] = folium.FeatureGroup(kind).add_to(page)
        draw([event for event in events if event.event_type == kind], groups[kind])
    page.save(str(path))
    name, layer = page.get_name(), groups[LAYER].get_name()
    return f"on => on ? {name}.addLayer({layer}) : {name}.removeLayer({layer})"


def circles(events: list[Event], group: folium.FeatureGroup) -> None:
    """A CircleMarker with a popup for each event."""
    for event in events:
        popup = folium.Popup(f"{event.title} {event.when.start} {event.quote}", parse_html=True)
        folium.CircleMarker((event.places[0].lat, event.places[0].lon), radius=4, popup=popup).add_to(group)


def markers(events: list[Event], group: folium.FeatureGroup) -> None:
    """A Marker with a popup for each event."""
    for event in events:
        popup = folium.Popup(f"{event.title} {event.when.start} {event.quote}", parse_html=True)
        folium.Marker((event.places[0].lat, event.places[0].lon), popup=popup).add_to(group)


def geojson(events: list[Event], group: folium.FeatureGroup) -> None:
    """One GeoJson layer with a popup of three fields."""
    fields = ("title", "date_start", "quote")
    features = [to_feature(event) for event in events]
    for feature in features:
        feature["properties"] = {key: feature["properties"][key] for key in fields}
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=folium.CircleMarker(radius=4),
                   popup=folium.GeoJsonPopup(fields=list(fields))).add_to(group)  # fmt: skip


def cluster(events: list[Event], path: Path) -> str:
    """FastMarkerClusters of the positions, one for each type."""
    page = folium.Map(tiles=None, prefer_canvas=True, location=[48, 67], zoom_start=4)
    page.options["maxZoom"] = 18  # clusters ask for it
    layers = {}
    for kind in sorted({event.event_type for event in events}):
        places = [event.places[0] for event in events if event.event_type == kind]
        layers[kind] = FastMarkerCluster([[place.lat, place.lon] for place in places]).add_to(page)
    page.save(str(path))
    name, layer = page.get_name(), layers[LAYER].get_name()
    return f"on => on ? {name}.addLayer({layer}) : {name}.removeLayer({layer})"


def table(events: list[Event]) -> Any:
    """The events as a data frame with positions and what a tooltip would say."""
    import pandas

    return pandas.DataFrame({
        "lat": [event.places[0].lat for event in events], "lon": [event.places[0].lon for event in events],
        "type": [event.event_type for event in events], "title": [event.title for event in events],
        "day": [str(event.when.start) for event in events], "words": [event.quote for event in events],
    })  # fmt: skip


def pydeck(events: list[Event], path: Path) -> str:
    """A ScatterplotLayer with a tooltip."""
    import pydeck

    layer = pydeck.Layer("ScatterplotLayer", table(events), get_position="[lon, lat]", get_radius=4, pickable=True)
    deck = pydeck.Deck(layers=[layer], map_provider=None, tooltip={"text": "{title} {day} {words}"})
    deck.to_html(str(path), open_browser=False, notebook_display=False)
    return CDN


def kepler(events: list[Event], path: Path) -> str:
    """A map of the data frame as kepler.gl sets it up."""
    from keplergl import KeplerGl

    KeplerGl(data={"events": table(events)}).save_to_html(file_name=str(path))
    return CDN


def lonboard(events: list[Event], path: Path) -> str:
    """A ScatterplotLayer of a GeoDataFrame."""
    import geopandas
    import lonboard

    rows = table(events)
    frame = geopandas.GeoDataFrame(rows, geometry=geopandas.points_from_xy(rows["lon"], rows["lat"]), crs=4326)
    lonboard.Map(lonboard.ScatterplotLayer.from_geopandas(frame)).to_html(str(path))
    return CDN


PEERS: dict[str, Callable[[list[Event], Path], str]] = {
    "mapgen": ours,
    "folium GeoJson": lambda events, path: by_layer(events, path, geojson),
    "folium CircleMarker": lambda events, path: by_layer(events, path, circles),
    "folium FastMarkerCluster": cluster,
    "folium Marker": lambda events, path: by_layer(events, path, markers),
    "pydeck": pydeck,
    "kepler.gl": kepler,
    "lonboard": lonboard,
}
