"""GeoParquet 1.1, with a covering column of bounding boxes, so that readers can filter by area.

Written in batches, so that a million events need no second copy in memory.
"""

from __future__ import annotations

import io
import itertools
import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mapgen.errors import MissingExtraError
from mapgen.exporters.csv import ACLED_COLUMNS, RECORD_COLUMNS, shapeless
from mapgen.layers import geometry
from mapgen.model import Event, EventCollection

_BATCH = 20_000  # events
_WHOLE = ("geo_precision", "time_precision", "fatalities", "quote_start", "quote_end")
_DECIMAL = ("latitude", "longitude", "confidence")
_COLUMNS = tuple(name for name in (*ACLED_COLUMNS, *RECORD_COLUMNS) if name != "geometry")
_POINT = struct.Struct("<BIdd")  # byte order, kind, longitude, latitude
_EDGES = ("xmin", "ymin", "xmax", "ymax")


def to_bytes(collection: EventCollection, suffix: str = ".parquet") -> bytes:
    """The events as GeoParquet (geoparquet.org, version 1.1.0); raises MissingExtraError where pyarrow is missing.

    The coordinates are longitude and latitude, OGC:CRS84: the default of the format.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("writing GeoParquet needs pyarrow: pip install 'mapgen[parquet]'") from error
    out = io.BytesIO()
    batches = (_Batch(events) for events in _batches(collection.events))
    first, second = next(batches, _Batch([])), next(batches, None)
    told = _metadata(first.kinds, first.extent) if second is None else _metadata([], None)
    schema = _schema(pyarrow).with_metadata({"geo": json.dumps(told)})
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in itertools.chain([first], [second] if second else [], batches):
            if batch.events:
                writer.write_table(batch.table(pyarrow, schema))
    return out.getvalue()


class _Batch:
    """Some of the events with their shapes; kinds and extent are told of a file that is one batch."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.shapes = [geometry(event) for event in events]
        self.boxes = [_box(shape) if shape else None for shape in self.shapes]
        self.kinds = sorted({shape["type"] for shape in self.shapes if shape})
        self.extent = _union(self.boxes)

    def table(self, pyarrow: Any, schema: Any) -> Any:
        """The batch as an Arrow table."""
        rows = [tuple(shapeless(event).values()) for event in self.events]
        cells = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True))
        arrays = [pyarrow.array(cells[name], schema.field(name).type) for name in _COLUMNS]
        arrays.append(pyarrow.array([_wkb(shape) if shape else None for shape in self.shapes], pyarrow.binary()))
        edges = zip(*(box or (None,) * 4 for box in self.boxes), strict=True)
        sides = [pyarrow.array(edge, pyarrow.float64()) for edge in edges]
        absent = pyarrow.array([box is None for box in self.boxes])
        covering = pyarrow.StructArray.from_arrays(sides, list(_EDGES), mask=absent)
        return pyarrow.Table.from_arrays([*arrays, covering], schema=schema)


def _batches(events: Iterable[Event]) -> Iterator[list[Event]]:
    iterator = iter(events)
    while batch := list(itertools.islice(iterator, _BATCH)):
        yield batch


def _schema(pyarrow: Any) -> Any:
    def kind(name: str) -> Any:
        return pyarrow.int64() if name in _WHOLE else pyarrow.float64() if name in _DECIMAL else pyarrow.string()

    box = pyarrow.struct([(edge, pyarrow.float64()) for edge in _EDGES])
    columns = [(name, kind(name)) for name in _COLUMNS]
    return pyarrow.schema([*columns, ("geometry", pyarrow.binary()), ("bbox", box)])


def _wkb(shape: dict[str, Any]) -> bytes:
    """A geometry as well-known binary (OGC 06-103r4)."""
    if shape["type"] == "Point":
        return _POINT.pack(1, 1, *shape["coordinates"])
    from shapely import to_wkb
    from shapely.geometry import shape as drawn

    return bytes(to_wkb(drawn(shape)))


def _box(shape: dict[str, Any]) -> Sequence[float]:
    """West, south, east, north of a geometry, in degrees."""
    if shape["type"] == "Point":
        lon, lat = shape["coordinates"]
        return lon, lat, lon, lat
    positions = list(_positions(shape["coordinates"]))
    lons, lats = [p[0] for p in positions], [p[1] for p in positions]
    return [min(lons), min(lats), max(lons), max(lats)]


def _positions(coordinates: Any) -> Iterator[Any]:
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            yield from _positions(inner)
    else:
        yield coordinates


def _union(boxes: Iterable[Sequence[float] | None]) -> Sequence[float] | None:
    known = [box for box in boxes if box]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return [min(west), min(south), max(east), max(north)]


def _metadata(kinds: list[str], extent: Sequence[float] | None) -> dict[str, Any]:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": kinds,  # none named: they were not counted
        "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
    }
    if extent:
        column["bbox"] = extent
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
