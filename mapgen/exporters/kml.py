"""KML 2.2 (OGC 07-147r2): a folder for each event type, a placemark with its time span for each located event."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from mapgen.layers import geometry, layers
from mapgen.model import Event, EventCollection

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_bytes(collection: EventCollection, suffix: str = ".kml") -> bytes:
    """The located events as KML; the ones without a place are not in it."""
    root = Element("kml", xmlns=_NAMESPACE)
    document = SubElement(root, "Document")
    for layer in layers(collection):
        folder = SubElement(document, "Folder")
        _text(folder, "name", layer.label)
        for event in collection.events:
            shape = geometry(event)
            if event.event_type == layer.key and shape:
                _placemark(folder, event, shape)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _placemark(folder: Element, event: Event, shape: dict[str, Any]) -> None:
    mark = SubElement(folder, "Placemark")
    _text(mark, "name", event.title)
    said = f" ({event.attribution})" if event.attribution else ""
    _text(mark, "description", f"{event.status}{said}: {event.quote or ''}")
    if event.when.start:
        span = SubElement(mark, "TimeSpan")
        _text(span, "begin", event.when.start.isoformat())
        _text(span, "end", (event.when.end or event.when.start).isoformat())
    many = shape["type"].startswith("Multi")
    home = SubElement(mark, "MultiGeometry") if many else mark
    for part in shape["coordinates"] if many else [shape["coordinates"]]:
        positions = part if isinstance(part[0], list) else [part]
        drawn = SubElement(home, shape["type"].removeprefix("Multi"))
        _text(drawn, "coordinates", " ".join(f"{lon},{lat}" for lon, lat in positions))


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _ILLEGAL.sub("�", text)
