"""GeoDataFrames, GeoPackage and GeoParquet ─► events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.model import EventCollection
from mapgen.readers.columns import Geocode
from mapgen.readers.table import from_features

if TYPE_CHECKING:
    import geopandas

NUMBER = "event_number"  # the column of mapgen's own GeoPackages that keeps the order of the events over all layers


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
        frame = geopandas.read_parquet(path) if path.suffix.lower() != ".gpkg" else _package(path)
    except Exception as error:  # geopandas raises what its drivers raise
        raise InputError(f"{path}: cannot be read as a table with geometry; save it as GeoJSON") from error
    return from_geodataframe(frame, geocode=geocode, where=str(path))


def _package(path: Path) -> geopandas.GeoDataFrame:
    """The first layer of a GeoPackage; of one that mapgen wrote, all layers, in the order of the events."""
    import geopandas
    import pandas
    import pyogrio

    names = [name for name, _ in pyogrio.list_layers(path)]
    first = geopandas.read_file(path, layer=names[0])
    if NUMBER not in first.columns:
        return first
    parts = [first, *(geopandas.read_file(path, layer=name) for name in names[1:] if name != "layer_styles")]
    rows = pandas.concat(parts).sort_values(NUMBER, ignore_index=True).drop(columns=NUMBER)
    shapes = rows["geometry"] if "geometry" in rows else [None] * len(rows)
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
