"""GeoDataFrames, GeoPackage and GeoParquet ─► events."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.model import EventCollection
from mapgen.readers.columns import Geocode
from mapgen.readers.table import from_features

if TYPE_CHECKING:
    import geopandas

MOST_ROWS, MOST_NESTED = 10_000_000, 64
# how a geometry that holds others begins in WKB, of either byte order, with or without Z, M and SRID
_COLLECTION = re.compile(
    rb"\x01(?:[\x04-\x07]\0\0[\0\x20\x40\x60\x80\xa0\xc0\xe0]|[\xec-\xef]\x03\0\0|[\xd4-\xd7]\x07\0\0|[\xbc-\xbf]\x0b\0\0)"
    rb"|\0(?:[\0\x20\x40\x60\x80\xa0\xc0\xe0]\0\0[\x04-\x07]|\0\0\x03[\xec-\xef]|\0\0\x07[\xd4-\xd7]|\0\0\x0b[\xbc-\xbf])"
)
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
    try:
        frame = _package(path) if path.suffix.lower() == ".gpkg" else _parquet(path)
    except InputError:
        raise
    except Exception as error:  # geopandas raises what its drivers raise
        raise InputError(f"{path}: cannot be read as a table with geometry; save it as GeoJSON") from error
    if not hasattr(frame, "crs"):
        raise InputError(f"{path}: holds no geometry; save the table as CSV")
    return from_geodataframe(frame, geocode=geocode, where=str(path))


def _parquet(path: Path) -> geopandas.GeoDataFrame:
    """A GeoParquet file, looked through first: geometries nested a thousandfold would bring the process down."""
    import geopandas
    from pyarrow import compute, parquet, types

    file = parquet.ParquetFile(path)
    if file.metadata.num_rows > MOST_ROWS:
        raise InputError(f"{path}: has more than {MOST_ROWS:,} rows; split it")
    binary = [c.name for c in file.schema_arrow if types.is_binary(c.type) or types.is_large_binary(c.type)]
    for batch in file.iter_batches(columns=binary):
        for column in batch.columns:
            for value in column.filter(compute.greater(compute.binary_length(column), 9 * MOST_NESTED)):
                _check_nesting(value.as_py(), path)
    return geopandas.read_parquet(path)


def _check_nesting(wkb: bytes, path: Path) -> None:
    if len(_COLLECTION.findall(wkb)) > MOST_NESTED:
        raise InputError(f"{path}: has a geometry of more than {MOST_NESTED} collections; take it apart")


def _package(path: Path) -> geopandas.GeoDataFrame:
    """The first layer of a GeoPackage; of one that mapgen wrote, all layers, in the order of the events."""
    import geopandas
    import pandas
    import pyogrio

    names = [name for name, _ in pyogrio.list_layers(path)]
    if not names:
        raise InputError(f"{path}: holds no layer")
    first = geopandas.read_file(path, layer=names[0])
    if NUMBER not in first.columns:
        return first
    parts = [first, *(geopandas.read_file(path, layer=name) for name in names[1:] if name != "layer_styles")]
    rows = pandas.concat(parts).sort_values(NUMBER, ignore_index=True).drop(columns=NUMBER)
    shapes = rows["geometry"] if "geometry" in rows else [None] * len(rows)
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
