"""What a page shows, as one JSON object: events, layers, documents, basemap and the outlines of areas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mapgen.exporters.basemap import areas, basemap, packed, packed_areas
from mapgen.exporters.event_columns import event_columns
from mapgen.exporters.overlays import overlays
from mapgen.exporters.page import strings
from mapgen.layers import kinds, to_geojson
from mapgen.model import EventCollection, Layer, Place
from mapgen.taxonomy import GROUPS, TYPES, EventType
from mapgen.views import View

Json = dict[str, Any]

SCREEN = 1200  # pixels of a map's width, about
ORIGINS = ("origin", "contingent-origin")


def content(
    collection: EventCollection,
    *,
    title: str,
    lang: str,
    types: Mapping[str, EventType],
    tiles: Mapping[str, Any] | None,
    under: Sequence[Path | str] = (),
    story: Sequence[View] = (),
) -> Json:
    """The data of a page; its shape is in ``mapgen/web/types.js``.  ``tiles``: a provider, instead of the own base;
    ``under``: GeoJSON files that are drawn under the events; ``story``: views for which the base must be fine enough.
    """
    drawn = kinds(collection, types)
    mentions = [] if collection.events else _mentioned(collection)
    places = shown_places(collection)
    extent = extent_of(places)
    groups = {layer.group for layer in drawn}
    return {
        "title": title,
        "lang": lang,
        "strings": strings(lang),
        "events": event_columns(collection.events, [layer.key for layer in drawn]),
        "types": [_type(layer) for layer in drawn],
        "groups": [{"key": g.key, "label": g.label, "color": g.color} for g in GROUPS.values() if g.key in groups],
        "documents": [_present(row) for row in to_geojson(EventCollection((), collection.documents))["documents"]],
        "mentions": [_place(place) for place in mentions],
        "base": None if tiles else packed(basemap(extent, looks(story))),
        "tiles": {key: value for key, value in tiles.items() if key != "host"} if tiles else None,
        "overlays": overlays(under, extent),
        "areas": packed_areas(areas(_areal(places), extent)),
    }


def shown_places(collection: EventCollection) -> list[Place]:
    """The places of the events; of a map without events, those that are named."""
    return [place for event in collection.events for place in event.places] or _mentioned(collection)


def extent_of(places: Sequence[Place]) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees of what the map shows when it opens; see ``bounds``."""
    return bounds([place for place in places if not _far_origin(place)] or places)


def looks(story: Iterable[View]) -> list[tuple[float, float, float, float]]:
    """What the views of a story show that say where they look: west, south, east, north in degrees."""
    found = []
    for zoom, lat, lon in (view.centre for view in story if view.centre):
        across = SCREEN * 360 / 256 / 2**zoom / 2
        down = across * math.cos(math.radians(lat))
        found.append((lon - across, lat - down, lon + across, lat + down))
    return found


def _mentioned(collection: EventCollection) -> list[Place]:
    """Each place that is named, once: what a map without events shows."""
    places = {(p.name, p.lat, p.lon): p for found in collection.mentions.values() for p in found}
    return [places[key] for key in sorted(places)]


def _place(place: Place) -> Json:
    keys = ("name", "country", "admin1", "geo_precision", "granularity", "radius_km", "confidence", "gazetteer")
    return {
        **_present({key: getattr(place, key) for key in keys}),
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
    }


def _type(layer: Layer) -> Json:
    own = layer.key not in TYPES or layer.label != TYPES[layer.key].label  # a label that is not ours to translate
    known = {key: getattr(layer, key) for key in ("key", "group", "label", "color", "icon")}
    return {**known, "own": True} if own else known


def _present(record: Mapping[str, Any]) -> Json:
    """The fields that hold something."""
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def _far_origin(place: Place) -> bool:
    """Where a movement began is known only as a country: the map need not reach to that country's middle."""
    return place.granularity == "country" and place.role in ORIGINS


def _areal(places: Iterable[Place]) -> set[str]:
    """The gazetteer ids of the regions and countries that are shaded: not of countries where movements only began."""
    return {
        place.gazetteer
        for place in places
        if place.granularity in ("region", "country") and place.gazetteer and not _far_origin(place)
    }


def bounds(places: Sequence[Place]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the places, in degrees; the narrowest span, so east may lie beyond 180.

    None where there is no place.
    """
    if not places:
        return None
    lats = [place.lat for place in places]
    lons = sorted({place.lon for place in places})
    gaps = [(after - before, after) for before, after in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    widest, after = max(gaps)
    west = after - 360 if after > 180 else after
    return west, min(lats), west + 360 - widest, max(lats)
