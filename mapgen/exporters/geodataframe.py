"""Events ─► GeoDataFrame, GeoPackage, GeoParquet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import MissingExtraError
from mapgen.exporters.csv import flat
from mapgen.layers import geometry
from mapgen.model import Event, EventCollection

if TYPE_CHECKING:
    import geopandas


def to_geodataframe(events: EventCollection | Iterable[Event]) -> geopandas.GeoDataFrame:
    """One row an event, in EPSG:4326: the columns of the CSV form, and the geometry (None where not located)."""
    import geopandas
    from shapely.geometry import shape

    told = events.events if isinstance(events, EventCollection) else tuple(events)
    rows = [{**flat(event), "geometry": None} for event in told]
    shapes = [geometry(event) for event in told]
    drawn = [shape(found) if found else None for found in shapes]
    return geopandas.GeoDataFrame(rows, geometry=drawn, crs="EPSG:4326")


def to_bytes(collection: EventCollection, suffix: str) -> bytes:
    """The events as GeoPackage or GeoParquet; raises MissingExtraError where pyarrow is missing for the latter."""
    frame = to_geodataframe(collection)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{suffix}"
        if suffix == ".gpkg":
            frame.to_file(path, layer="events", driver="GPKG")
        else:
            try:
                frame.to_parquet(path)
            except ImportError as error:
                raise MissingExtraError("writing GeoParquet needs pyarrow: pip install 'mapgen[parquet]'") from error
        return path.read_bytes()
