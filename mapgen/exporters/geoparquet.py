"""GeoParquet 1.1, with a covering column of bounding boxes, so that readers can filter by area."""

from __future__ import annotations

import io

from mapgen.errors import MissingExtraError
from mapgen.exporters.geodataframe import to_geodataframe
from mapgen.model import EventCollection


def to_bytes(collection: EventCollection, suffix: str = ".parquet") -> bytes:
    """The events as GeoParquet (geoparquet.org, version 1.1.0); raises MissingExtraError where pyarrow is missing."""
    out = io.BytesIO()
    try:
        to_geodataframe(collection).to_parquet(out, index=False, write_covering_bbox=True, schema_version="1.1.0")
    except ImportError as error:
        raise MissingExtraError("writing GeoParquet needs pyarrow: pip install 'mapgen[parquet]'") from error
    return out.getvalue()
