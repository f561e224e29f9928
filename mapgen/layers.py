"""Events as GeoJSON layers: the one place where latitude and longitude change their order.

RFC 7946: positions are [lon, lat] in degrees WGS 84; a line that crosses the antimeridian is cut there (section 3.1.9).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from mapgen.model import Document, Event, EventCollection, Layer, Place
from mapgen.record import to_record
from mapgen.taxonomy import GROUPS, TYPES, EventType

Json = dict[str, Any]
Position = list[float]

_DECIMALS = 6  # of a degree: about 0.1 m


def to_geojson(collection: EventCollection) -> Json:
    """The collection as an RFC 7946 FeatureCollection, with ``documents``, ``mentions`` and ``skipped`` beside it."""
    return {
        "type": "FeatureCollection",
        "features": [to_feature(event) for event in collection.events],
        "documents": [_document(document) for document in collection.documents],
        "mentions": [_mention(doc_id, place) for doc_id, places in collection.mentions.items() for place in places],
        "skipped": [{"where": row.where, "reason": row.reason} for row in collection.skipped],
    }


def to_feature(event: Event) -> Json:
    """The event as one Feature; its geometry is null where it was not located."""
    record = to_record(event)
    return {"type": "Feature", "id": record["event_id"], "geometry": geometry(event), "properties": record}


def geometry(event: Event) -> Json | None:
    """Point or MultiPoint of the sites; LineString or MultiLineString from each origin to the destination."""
    origins = [place for place in event.places if place.role in ("origin", "contingent-origin")]
    destinations = [place for place in event.places if place.role == "destination"]
    if origins and destinations:
        lines = [part for origin in origins for goal in destinations for part in _line(origin, goal)]
        return _one_or_many("LineString", lines)
    sites = [place for place in event.places if place.role in (None, "site", "area")]
    return _one_or_many("Point", [_position(place) for place in sites or event.places])


def layers(collection: EventCollection, types: Mapping[str, EventType] = TYPES) -> tuple[Layer, ...]:
    """One layer for each event type that occurs, in the order of the table; unknown types come last."""
    features: dict[str, list[Json]] = {}
    for event in collection.events:
        features.setdefault(event.event_type, []).append(to_feature(event))
    return tuple(dataclasses.replace(one, features=tuple(features[one.key])) for one in kinds(collection, types))


def kinds(collection: EventCollection, types: Mapping[str, EventType] = TYPES) -> tuple[Layer, ...]:
    """The same layers without their features."""
    found = {event.event_type for event in collection.events}
    keys = [*(key for key in types if key in found), *sorted(found - set(types))]
    return tuple(_layer(key, types.get(key)) for key in keys)


def _layer(key: str, kind: EventType | None) -> Layer:
    group = kind.group if kind else "casualties_damage"
    return Layer(
        key=key,
        group=group,
        label=kind.label if kind else key.replace("_", " ").capitalize(),
        color=(kind.color if kind else None) or GROUPS[group].color,
        icon=kind.icon if kind else "count",
    )


def _one_or_many(kind: str, coordinates: list[Any]) -> Json | None:
    if not coordinates:
        return None
    if len(coordinates) == 1:
        return {"type": kind, "coordinates": coordinates[0]}
    return {"type": f"Multi{kind}", "coordinates": coordinates}


def _position(place: Place) -> Position:
    return [round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)]


def _line(origin: Place, goal: Place) -> list[list[Position]]:
    """The line from origin to goal, in two parts where the short way crosses the antimeridian."""
    start, end = _position(origin), _position(goal)
    if abs(end[0] - start[0]) <= 180:
        return [[start, end]]
    edge = 180.0 if start[0] > 0 else -180.0
    reach = end[0] + 2 * edge  # the goal's longitude, counted on over the edge
    lat = round(start[1] + (end[1] - start[1]) * (edge - start[0]) / (reach - start[0]), _DECIMALS)
    return [[start, [edge, lat]], [[-edge, lat], end]]


def _document(document: Document) -> Json:
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "url": document.url,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "lang": document.lang,
    }


def _mention(doc_id: str, place: Place) -> Json:
    return {
        "doc_id": doc_id,
        "start": place.start,
        "end": place.end,
        "surface": place.mention,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "gazetteer": place.gazetteer,
    }
