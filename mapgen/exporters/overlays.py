"""Users' own GeoJSON under the events, as the page carries it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mapgen.errors import InputError
from mapgen.exporters.basemap import pack
from mapgen.readers.overlay import Line, read_overlay

BUDGET = 1_000_000  # bytes of all overlays of a page
SCALE = 1e-5  # degrees: about a metre


def overlays(paths: Iterable[Path | str], bounds: tuple[float, float, float, float] | None) -> list[dict[str, Any]]:
    """The files as the page wants them, in the turn of the globe that the map (``bounds`` in degrees) shows.

    Raises InputError for a file that is no GeoJSON, or where all of them are larger than the budget.
    """
    middle = (bounds[0] + bounds[2]) / 2 if bounds else 0.0
    found, size = [], 0
    for path in paths:
        told = read_overlay(Path(path))
        one = {
            "name": told.name,
            "scale": SCALE,
            "areas": [[_packed(ring, middle) for ring in area] for area in told.areas],
            "lines": [_packed(line, middle) for line in told.lines],
            "points": [_packed([point], middle) for point in told.points],
            "labels": [[name, _packed([(lon, lat)], middle)] for name, lon, lat in told.labels],
        }
        size += len(json.dumps(one, ensure_ascii=False).encode())
        if size > BUDGET:
            raise InputError(
                f"{path}: makes the overlays larger than the {BUDGET:,} bytes that a page may carry; "
                "simplify its lines, or leave features out"
            )
        found.append(one)
    return found


def _packed(line: Line, middle: float) -> str:
    """Steps from point to point in whole units; points that fall together are one."""
    lons = [lon for lon, _ in line]
    turn = 360 * round((middle - (min(lons) + max(lons)) / 2) / 360)
    units = [(round((lon + turn) / SCALE), round(lat / SCALE)) for lon, lat in line]
    steps, before = [units[0]], units[0]
    for unit in units[1:]:
        if unit != before:
            steps.append((unit[0] - before[0], unit[1] - before[1]))
            before = unit
    return pack(value for step in steps for value in step)
