"""A GeoJSON file (RFC 7946) that lies under the events: front lines, closed roads, the area of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mapgen.errors import InputError
from mapgen.readers.decoding import decode
from mapgen.readers.geojson import check_crs, parsed, positions

Line = list[tuple[float, float]]  # longitude and latitude in degrees WGS 84

_NAMES = ("name", "title", "Name", "NAME", "label")  # of properties that name a feature
_LONGEST = 120  # characters of a name


@dataclass(slots=True)
class Overlay:
    """What is drawn under the events; ``areas`` are polygons of rings, the first the outer one."""

    name: str
    areas: list[list[Line]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    points: Line = field(default_factory=list)
    labels: list[tuple[str, float, float]] = field(default_factory=list)  # name, longitude, latitude


def read_overlay(path: Path) -> Overlay:
    """The overlay in a file, named by its ``name`` or else by the file; raises InputError naming the feature."""
    try:
        told = parsed(decode(path.read_bytes(), str(path)), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the path of a GeoJSON file") from error
    kind = told.get("type") if isinstance(told, dict) else None
    features = told.get("features") if kind == "FeatureCollection" else [told] if kind == "Feature" else None
    if not isinstance(features, list):
        raise InputError(f"{path}: is no GeoJSON FeatureCollection or Feature, as an overlay must be")
    check_crs(told.get("crs"), str(path))
    overlay = Overlay(_text(told.get("name")) or path.stem.replace("_", " "))
    for number, feature in enumerate(features, 1):
        try:
            _add(overlay, feature)
        except InputError as error:
            raise InputError(f"{path} feature {number}: {error}") from error
        except RecursionError as error:
            raise InputError(f"{path} feature {number}: is nested too deeply") from error
    if not (overlay.areas or overlay.lines or overlay.points):
        raise InputError(f"{path}: has no geometry to draw")
    return overlay


def _add(overlay: Overlay, feature: Any) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise InputError("is no Feature")
    properties = feature.get("properties")
    known = properties if isinstance(properties, dict) else {}
    name = next((text for key in _NAMES if (text := _text(known.get(key)))), "")
    for geometry in _simple(feature.get("geometry")):
        middle = _drawn(overlay, geometry)
        if name and middle:
            overlay.labels.append((name, *middle))
            name = ""  # a feature of several geometries is named once


def _simple(geometry: Any) -> Iterator[dict[str, Any]]:
    """A geometry, or those of a collection; a feature without one has nothing to draw."""
    if geometry is None:
        return
    if not isinstance(geometry, dict):
        raise InputError("has a geometry that is no object")
    if geometry.get("type") != "GeometryCollection":
        yield geometry
        return
    for inner in _listed(geometry.get("geometries")):
        yield from _simple(inner)


def _drawn(overlay: Overlay, geometry: dict[str, Any]) -> tuple[float, float] | None:
    """Put a geometry into the overlay; returns where its name belongs: longitude and latitude."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(kind, str):
        raise InputError("has a geometry without a type")
    one = kind.removeprefix("Multi")
    parts = _listed(coordinates) if kind != one else [coordinates]
    if one == "Point":
        points = [at for part in parts for at in positions(part)]
        overlay.points += points
        return points[0] if points else None
    if one == "LineString":
        lines = [_line(part, 2) for part in parts]
        overlay.lines += lines
        longest = max(lines, key=len, default=[])
        return longest[len(longest) // 2] if longest else None
    if one == "Polygon":
        areas = [[_line(ring, 4) for ring in _listed(part)] for part in parts]
        overlay.areas += [area for area in areas if area]
        outer = max((area[0] for area in areas if area), key=len, default=[])
        return _middle(outer) if outer else None
    raise InputError(f"has no geometry that can be drawn ({kind})")


def _line(coordinates: Any, least: int) -> Line:
    line = list(positions(coordinates))
    if len(line) < least:
        raise InputError(f"has a {'ring' if least > 2 else 'line'} of {len(line)} positions; {least} are the least")
    return line


def _middle(ring: Line) -> tuple[float, float]:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InputError("has coordinates that are no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "replace").decode()  # JSON may hold halves of characters
    return " ".join(whole.split())[:_LONGEST]
