"""GeoPackage (OGC 12-128r18) for QGIS: sites, movements and unlocated events as layers, each with its style inside.

The columns are those of the CSV form and ``event_number``, the order of the events over all layers, so that nothing is
lost on the way back.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.exporters.geodataframe import to_geodataframe
from mapgen.exporters.qgis import style
from mapgen.layers import layers
from mapgen.model import EventCollection, Layer
from mapgen.readers.geodataframe import NUMBER

if TYPE_CHECKING:
    import geopandas

_EPOCH = "2000-01-01T00:00:00.000Z"  # a GeoPackage tells when it was made: a constant, so equal events give equal bytes
# QGIS's own table (QgsOgrProviderUtils::saveStyle); it finds the default style of a layer here
_STYLES = """
create table layer_styles (
    id integer primary key autoincrement, f_table_catalog text(256), f_table_schema text(256),
    f_table_name text(256), f_geometry_column text(256), styleName text(30), styleQML text, styleSLD text,
    useAsDefault boolean, description text, owner text(30), ui text(30), update_time datetime
)
"""
_LISTED = "insert into gpkg_contents (table_name, data_type, identifier, last_change) values (?, 'attributes', ?, ?)"


def to_bytes(collection: EventCollection, suffix: str = ".gpkg") -> bytes:
    """The events as a GeoPackage; a layer without events is left out."""
    frame = to_geodataframe(collection)
    frame[NUMBER] = range(1, len(frame) + 1)
    kinds = frame.geometry.geom_type.fillna("")
    parts = {
        "sites": frame[kinds.str.endswith("Point")],
        "movements": frame[kinds.str.endswith("LineString")],
        "unlocated": frame[kinds == ""],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{suffix}"
        for name, part in parts.items():
            if len(part) or not len(frame):
                _write_layer(path, name, part)
        _write_styles(path, [name for name in ("sites", "movements") if len(parts[name])], layers(collection))
        return path.read_bytes()


def _write_layer(path: Path, name: str, part: geopandas.GeoDataFrame) -> None:
    import pyogrio

    plain = name == "unlocated"
    rows = part.drop(columns="geometry") if plain else part
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH})
    try:
        pyogrio.write_dataframe(
            rows, path, layer=name, driver="GPKG", append=path.exists(), promote_to_multi=None if plain else True
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_styles(path: Path, names: list[str], drawn: tuple[Layer, ...]) -> None:
    with sqlite3.connect(path) as database:
        database.execute(_STYLES)
        database.execute(_LISTED, ("layer_styles", "layer_styles", _EPOCH))
        for name in names:
            row = (
                "",
                "",
                name,
                "geom",
                "by event type",
                style(drawn, name == "movements"),
                "",
                True,
                "",
                "",
                None,
                _EPOCH,
            )
            database.execute(f"insert into layer_styles values (null, {', '.join('?' * len(row))})", row)
    database.close()
