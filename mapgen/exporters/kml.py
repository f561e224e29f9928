"""KML 2.2 (OGC 07-147r2): a folder for each event type, a placemark with its time span for each event.

``ExtendedData`` holds the columns of the CSV form, so that nothing is lost on the way back.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from mapgen.exporters.csv import flat, neutralised
from mapgen.layers import geometry, layers
from mapgen.model import Event, EventCollection

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_bytes(collection: EventCollection, suffix: str = ".kml") -> bytes:
    """The events as KML; the ones without a place are placemarks without geometry."""
    root = Element("kml", xmlns=_NAMESPACE)
    document = SubElement(root, "Document")
    drawn = {f"type-{number}": layer for number, layer in enumerate(layers(collection), 1)}
    for style, layer in drawn.items():
        _style(document, style, layer.color)
    for style, layer in drawn.items():
        folder = SubElement(document, "Folder")
        _text(folder, "name", layer.label)
        for event in collection.events:
            if event.event_type == layer.key:
                _placemark(folder, event, style)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _style(document: Element, name: str, color: str) -> None:
    """The colour of icons and lines; KML writes a colour as alpha, blue, green, red."""
    red, green, blue = (color[i : i + 2] for i in (1, 3, 5))
    style = SubElement(document, "Style", id=name)
    _text(SubElement(style, "IconStyle"), "color", f"ff{blue}{green}{red}")
    line = SubElement(style, "LineStyle")
    _text(line, "color", f"ff{blue}{green}{red}")
    _text(line, "width", "3")


def _placemark(folder: Element, event: Event, style: str) -> None:
    mark = SubElement(folder, "Placemark")
    _text(mark, "name", event.title)
    said = f" ({event.attribution})" if event.attribution else ""
    _text(mark, "description", f"{event.status}{said}: {event.quote or ''}")
    if event.when.start:
        span = SubElement(mark, "TimeSpan")
        _text(span, "begin", event.when.start.isoformat())
        _text(span, "end", (event.when.end or event.when.start).isoformat())
    _text(mark, "styleUrl", f"#{style}")
    known = SubElement(mark, "ExtendedData")
    for column, value in flat(event).items():
        if value is not None:
            _text(SubElement(known, "Data", name=column), "value", str(neutralised(value)))
    shape = geometry(event)
    if shape:
        _draw(mark, shape)


def _draw(mark: Element, shape: dict[str, Any]) -> None:
    many = shape["type"].startswith("Multi")
    home = SubElement(mark, "MultiGeometry") if many else mark
    for part in shape["coordinates"] if many else [shape["coordinates"]]:
        positions = part if isinstance(part[0], list) else [part]
        drawn = SubElement(home, shape["type"].removeprefix("Multi"))
        _text(drawn, "coordinates", " ".join(f"{lon},{lat}" for lon, lat in positions))


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _ILLEGAL.sub("�", text)
