"""Events ─► GeoDataFrame, and the accessor ``frame.mapgen`` of the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mapgen.exporters.csv import flat
from mapgen.layers import geometry
from mapgen.model import Event, EventCollection

if TYPE_CHECKING:
    import geopandas

    from mapgen.exporters.html import EventMap


def to_geodataframe(events: EventCollection | Iterable[Event]) -> geopandas.GeoDataFrame:
    """One row an event, in EPSG:4326: the columns of the CSV form, and the geometry (None where not located)."""
    import geopandas
    from shapely.geometry import shape

    register_accessor()
    told = events.events if isinstance(events, EventCollection) else tuple(events)
    rows = [{**flat(event), "geometry": None} for event in told]
    shapes = [geometry(event) for event in told]
    drawn = [shape(found) if found else None for found in shapes]
    return geopandas.GeoDataFrame(rows, geometry=drawn, crs="EPSG:4326")


class MapgenAccessor:
    """``frame.mapgen``: what mapgen makes of a GeoDataFrame whose rows are events."""

    def __init__(self, frame: geopandas.GeoDataFrame) -> None:
        self._frame = frame

    def events(self) -> EventCollection:
        """The events of the frame, as :func:`mapgen.from_geodataframe` reads them."""
        from mapgen.readers.geodataframe import from_geodataframe

        return from_geodataframe(self._frame)

    def map(self, **options: Any) -> EventMap:
        """An :class:`mapgen.EventMap` of the frame; ``options`` are those of EventMap."""
        from mapgen.exporters.html import EventMap

        return EventMap(self.events(), **options)


def register_accessor() -> None:
    """Give every DataFrame its ``mapgen`` accessor, as pandas' own documentation of extensions describes."""
    import pandas

    if not hasattr(pandas.DataFrame, "mapgen"):
        pandas.api.extensions.register_dataframe_accessor("mapgen")(MapgenAccessor)
