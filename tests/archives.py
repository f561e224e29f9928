"""PMTiles archives to read: tiles that say by their colour or name which one they are."""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import mapbox_vector_tile
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from mapgen.exporters.image import rasterised

Tile = tuple[int, int, int]  # zoom, column, row
BOX = (4.0, 55.0, 18.0, 66.0)  # degrees: around the events of tests/browser/events.py
ATTRIBUTION = '© <a href="https://survey.example">A survey</a> &amp; friends'


def over(box: tuple[float, float, float, float], zooms: Iterable[int]) -> list[Tile]:
    """The tiles over a box."""
    return [
        (z, x, y)
        for z in zooms
        for x in range(_column(box[0], z), _column(box[2], z) + 1)
        for y in range(_row(box[3], z), _row(box[1], z) + 1)
    ]


def _column(lon: float, z: int) -> int:
    return math.floor((lon + 180) / 360 * 2**z)


def _row(lat: float, z: int) -> int:
    return math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z)


def vector_tile(tile: Tile, layers: dict[str, list[tuple[str, dict[str, Any]]]]) -> bytes:
    """Layers of (WKT on a square of 4096, y down; properties)."""
    told = [
        {"name": name, "features": [{"geometry": wkt, "properties": properties} for wkt, properties in rows]}
        for name, rows in layers.items()
    ]
    return gzip.compress(mapbox_vector_tile.encode(told, default_options={"y_coord_down": True}), mtime=0)


def basemap_tile(tile: Tile) -> bytes:
    """Land, with water in the western half, a motorway across and a town in the middle."""
    at = "/".join(map(str, tile))
    return vector_tile(tile, {
        "earth": [("POLYGON((-80 -80, 4176 -80, 4176 4176, -80 4176, -80 -80))", {"kind": "earth"})],
        "water": [("POLYGON((-80 -80, 2048 -80, 2048 4176, -80 4176, -80 -80))", {"kind": "lake"})],
        "roads": [("LINESTRING(2100 3000, 4176 3000)", {"kind": "highway"})],
        "places": [("POINT(3000 1000)", {"kind": "locality", "name": f"Town {at}", "name:ru": f"Город {at}"})],
    })  # fmt: skip


def own_tile(tile: Tile) -> bytes:
    """A layer that no basemap has: one square."""
    return vector_tile(tile, {"flooded": [("POLYGON((1000 1000, 3000 1000, 3000 3000, 1000 3000, 1000 1000))", {})]})


def picture_tile(tile: Tile) -> bytes:
    """A picture of one colour: red says the zoom."""
    side = 'xmlns="http://www.w3.org/2000/svg" width="256" height="256"'
    return rasterised(f'<svg {side}><path d="M0 0h256v256H0z" fill="rgb({tile[0] * 20},120,40)"/></svg>', 1)


def write_archive(
    path: Path,
    draw: Callable[[Tile], bytes],
    kind: TileType = TileType.MVT,
    zooms: Iterable[int] = range(9),
    box: tuple[float, float, float, float] = BOX,
    layers: Iterable[str] = ("earth", "water", "roads", "places"),
) -> Path:
    """An archive of the tiles over ``box``."""
    west, south, east, north = (round(value * 1e7) for value in box)
    tiles = over(box, zooms)
    with write(str(path)) as writer:
        for tile in sorted(tiles, key=lambda one: zxy_to_tileid(*one)):
            writer.write_tile(zxy_to_tileid(*tile), draw(tile))
        header = {
            "tile_type": kind,
            "tile_compression": Compression.GZIP if kind == TileType.MVT else Compression.NONE,
            "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        }  # fmt: skip
        writer.finalize(header, {"attribution": ATTRIBUTION, "vector_layers": [{"id": name} for name in layers]})
    return path
