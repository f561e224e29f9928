"""GeoDataFrames, GeoPackage and GeoParquet ─► events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.model import EventCollection
from mapgen.readers.rows import Geocode
from mapgen.readers.table import from_features

if TYPE_CHECKING:
    import geopandas


def from_geodataframe(
    frame: geopandas.GeoDataFrame, *, geocode: Geocode | None = None, where: str = "the GeoDataFrame"
) -> EventCollection:
    """The events of a GeoDataFrame in any coordinate system; its columns are recognised by their usual names.

    Raises InputError where it has no coordinate system, or where no row makes an event; rows that make none are
    listed as skipped.
    """
    if frame.crs is None:
        raise InputError(f"{where}: says no coordinate system; set one, for degrees set_crs('EPSG:4326')")
    told = json.loads(frame.to_crs("EPSG:4326").to_json(na="null", default=str))
    return from_features(told, where, geocode)


def read_geo_file(path: Path, geocode: Geocode | None = None) -> EventCollection:
    """The events of a GeoPackage or GeoParquet file; raises InputError."""
    import geopandas

    try:
        frame = geopandas.read_parquet(path) if path.suffix.lower() != ".gpkg" else geopandas.read_file(path)
    except Exception as error:  # geopandas raises what its drivers raise
        raise InputError(f"{path}: cannot be read as a table with geometry; save it as GeoJSON") from error
    return from_geodataframe(frame, geocode=geocode, where=str(path))
