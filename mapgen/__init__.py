"""mapgen turns reporting into interactive maps.

>>> document = mapgen.read("article.txt", published="2022-01-06")
>>> collection = mapgen.extract(document)
>>> mapgen.EventMap(collection).save("map.html")

Names are loaded when they are first used, so that ``import mapgen`` costs nothing.  Where pandas is loaded already, its
frames get an accessor: ``frame.mapgen.map()``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapgen.errors import MapgenError
    from mapgen.exporters.geodataframe import to_geodataframe
    from mapgen.exporters.html import EventMap
    from mapgen.gazetteer import Gazetteer
    from mapgen.gazetteer.geocoder import GazetteerGeocoder
    from mapgen.model import Document, Event, EventCollection, Place
    from mapgen.pipeline import extract, geocode, read
    from mapgen.readers.geodataframe import from_geodataframe

_HOMES = {
    "Document": "mapgen.model",
    "Event": "mapgen.model",
    "EventCollection": "mapgen.model",
    "EventMap": "mapgen.exporters.html",
    "Gazetteer": "mapgen.gazetteer",
    "GazetteerGeocoder": "mapgen.gazetteer.geocoder",
    "MapgenError": "mapgen.errors",
    "Place": "mapgen.model",
    "extract": "mapgen.pipeline",
    "from_geodataframe": "mapgen.readers.geodataframe",
    "geocode": "mapgen.pipeline",
    "read": "mapgen.pipeline",
    "to_geodataframe": "mapgen.exporters.geodataframe",
}

__all__ = [
    "Document",
    "Event",
    "EventCollection",
    "EventMap",
    "Gazetteer",
    "GazetteerGeocoder",
    "MapgenError",
    "Place",
    "extract",
    "from_geodataframe",
    "geocode",
    "read",
    "to_geodataframe",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("mapgen")
    if name not in _HOMES:
        raise AttributeError(f"mapgen has no {name!r}; its public names are {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


if "pandas" in sys.modules:
    import_module("mapgen.exporters.geodataframe").register_accessor()


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
