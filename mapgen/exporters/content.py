"""What a page shows, as one JSON object: events, layers, documents, basemap and the outlines of areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mapgen.exporters.basemap import areas, basemap, packed, packed_areas
from mapgen.exporters.page import strings
from mapgen.layers import layers, to_geojson
from mapgen.model import EventCollection, Layer, Place
from mapgen.taxonomy import GROUPS, TYPES, EventType

Json = dict[str, Any]

_UNSHOWN = {"quote_start", "quote_end", "extra"}
_UNSHOWN_OF_PLACE = {"start", "end", "mention"}


def content(
    collection: EventCollection,
    *,
    title: str,
    lang: str,
    types: Mapping[str, EventType],
    tiles: Mapping[str, Any] | None,
) -> Json:
    """The data of a page; its shape is in ``mapgen/web/types.js``.  ``tiles``: a provider, instead of the own base."""
    geojson = to_geojson(collection)
    drawn = layers(collection, types)
    groups = {layer.key: layer.group for layer in drawn}
    events = [_event(feature["properties"], groups) for feature in geojson["features"]]
    mentions = [] if events else _mentioned(collection)
    points = [place for event in events for place in event["places"]] or mentions
    extent = bounds([place for place in points if not _far_origin(place)] or points)
    return {
        "title": title,
        "lang": lang,
        "strings": {} if lang == "en" else strings(lang),  # English is in the page's script
        "events": events,
        "types": [_type(layer) for layer in drawn],
        "groups": [
            {"key": g.key, "label": g.label, "color": g.color} for g in GROUPS.values() if g.key in groups.values()
        ],
        "documents": [_present(row) for row in geojson["documents"]],
        "mentions": mentions,
        "base": None if tiles else packed(basemap(extent)),
        "tiles": {key: value for key, value in tiles.items() if key != "host"} if tiles else None,
        "areas": packed_areas(areas(_areal(points), extent)),
    }


def _event(record: Json, groups: Mapping[str, str]) -> Json:
    event = _present(record, _UNSHOWN)
    event["event_group"] = groups[record["event_type"]]
    event["places"] = [_place(place) for place in record["places"]]
    event["source"] = _present(record["source"])
    if not event["source"]:
        del event["source"]
    return event


def _mentioned(collection: EventCollection) -> list[Json]:
    """Each place that is named, once: what a map without events shows."""
    places = {(p.name, p.lat, p.lon): p for found in collection.mentions.values() for p in found}
    return [_place(_fields(places[key])) for key in sorted(places)]


def _fields(place: Place) -> Json:
    keys = ("name", "lat", "lon", "country", "admin1", "geo_precision", "granularity", "radius_km", "confidence")
    return {**{key: getattr(place, key) for key in keys}, "gazetteer": place.gazetteer}


def _place(record: Mapping[str, Any]) -> Json:
    place = _present(record, _UNSHOWN_OF_PLACE)
    return {**place, "lat": round(place["lat"], 5), "lon": round(place["lon"], 5)}


def _type(layer: Layer) -> Json:
    own = layer.key not in TYPES or layer.label != TYPES[layer.key].label  # a label that is not ours to translate
    known = {key: getattr(layer, key) for key in ("key", "group", "label", "color", "icon")}
    return {**known, "own": True} if own else known


def _present(record: Mapping[str, Any], unshown: Iterable[str] = ()) -> Json:
    """The fields that hold something."""
    return {key: value for key, value in record.items() if value not in (None, [], {}) and key not in unshown}


def _far_origin(place: Mapping[str, Any]) -> bool:
    """Where a movement began is known only as a country: the map need not reach to that country's middle."""
    return place["granularity"] == "country" and "origin" in place.get("role", "")


def _areal(places: Iterable[Mapping[str, Any]]) -> set[str]:
    """The gazetteer ids of the regions and countries that are shaded: not of countries where movements only began."""
    return {
        place["gazetteer"]
        for place in places
        if place["granularity"] in ("region", "country") and place.get("gazetteer") and not _far_origin(place)
    }


def bounds(places: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the places, in degrees; the narrowest span, so east may lie beyond 180.

    None where there is no place.
    """
    if not places:
        return None
    lats = [place["lat"] for place in places]
    lons = sorted({place["lon"] for place in places})
    gaps = [(after - before, after) for before, after in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    widest, after = max(gaps)
    west = after - 360 if after > 180 else after
    return west, min(lats), west + 360 - widest, max(lats)
