"""GeoJSON (RFC 7946): the lossless form."""

from __future__ import annotations

import json

from mapgen.layers import to_geojson
from mapgen.model import EventCollection


def to_bytes(collection: EventCollection, suffix: str = ".geojson") -> bytes:
    """The collection as UTF-8 GeoJSON; equal collections give equal bytes."""
    return (json.dumps(to_geojson(collection), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode(
        "utf-8", "replace"
    )
