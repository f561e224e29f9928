"""GeoJSON (RFC 7946) and uMap's export ─► a Table whose rows bring their place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mapgen.errors import InputError
from mapgen.model import EventCollection, Place, Skipped
from mapgen.readers.cells import Table
from mapgen.readers.degrees import MISSING, coordinate
from mapgen.readers.own import is_own
from mapgen.record import from_record

_DEPTHS = {"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}
_LEAST = {"Point": 1, "MultiPoint": 1, "LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_KM_A_DEGREE = 111.2  # of latitude: the mean radius 6371 km times pi / 180


def parsed(text: str, where: str) -> Any:
    """The JSON in ``text``; raises InputError for what is none."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError(f"{where}: is nested too deeply to be GeoJSON") from error
    except ValueError as error:
        raise InputError(f"{where}: is not valid JSON ({error})") from error


def read_geojson(told: Any, where: str) -> Table | EventCollection:
    """The features as a Table, or the events themselves where mapgen wrote them; raises InputError."""
    if isinstance(told, dict) and told.get("type") == "umap":
        features = _layers(told)
    elif isinstance(told, dict) and told.get("type") == "FeatureCollection":
        features = told.get("features")
        check_crs(told.get("crs"), where)
    else:
        features = None
    if not isinstance(features, list):
        raise InputError(f"{where}: is no GeoJSON FeatureCollection with a list of features")
    if not features:
        raise InputError(f"{where}: has no features")
    return _own(features, where) or table_of(features, where)


def table_of(features: list[Any], where: str) -> Table:
    """Features of flat properties as a Table; what is no Feature is listed as skipped."""
    rows: list[tuple[int, Mapping[str, Any], Any]] = []
    skipped = []
    for number, feature in enumerate(features, 1):
        properties = (feature.get("properties") or {}) if isinstance(feature, dict) else None
        if isinstance(properties, dict):
            rows.append((number, properties, feature.get("geometry")))
        else:
            skipped.append(Skipped(f"{where} feature {number}", "is no Feature"))
    header = [str(name) for name in dict.fromkeys(name for _, properties, _ in rows for name in properties)]
    columns = [[properties.get(name) for _, properties, _ in rows] for name in header]
    numbers = [number for number, _, _ in rows]
    places = [_place(geometry, _name(properties)) for _, properties, geometry in rows]
    return Table(where, header, columns, numbers, unit="feature", places=places, skipped=skipped)


def _own(features: list[Any], where: str) -> EventCollection | None:
    """The events of a file that mapgen wrote; None where it is another's."""
    first = features[0].get("properties") if isinstance(features[0], dict) else None
    if not isinstance(first, dict) or not is_own(first):
        return None
    events, skipped = [], []
    for number, feature in enumerate(features, 1):
        try:
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(properties, dict) or not is_own(properties):
                raise InputError("is no event like the first")
            events.append(from_record(properties))
        except (InputError, RecursionError) as error:
            skipped.append(Skipped(f"{where} feature {number}", str(error) or "is nested too deeply"))
    if not events:
        raise InputError(f"{where}: none of its {len(skipped)} features makes an event; the first: {skipped[0].reason}")
    return EventCollection(tuple(events), skipped=tuple(skipped))


def _layers(told: Mapping[str, Any]) -> list[Any] | None:
    """The features of uMap's layers, each with the name of its layer."""
    layers = told.get("layers")
    if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers):
        return None
    found = []
    for layer in layers:
        spec = layer.get("_umap_options") or layer.get("_storage") or {}
        name = spec.get("name") if isinstance(spec, dict) else None
        for feature in layer.get("features") or ():
            if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
                plain = {
                    k: v for k, v in feature["properties"].items() if k not in ("_umap_options", "_storage_options")
                }
                feature = {**feature, "properties": {"_layer": name or "", **plain}}
            found.append(feature)
    return found


def check_crs(crs: Any, where: str) -> None:
    """Raises InputError where a file's ``crs`` (GeoJSON 2008) is not WGS 84."""
    if crs is None:
        return
    name = str((crs.get("properties") or {}).get("name")) if isinstance(crs, dict) and crs.get("type") == "name" else ""
    if not name.endswith(("CRS84", ":4326")):
        raise InputError(f"{where}: has a coordinate system other than WGS 84; save it in degrees (EPSG:4326)")


def _name(properties: Mapping[str, Any]) -> str:
    keys = ("location", "place", "name", "title", "Name")
    return next((str(properties[key]) for key in keys if properties.get(key)), "")


def _place(geometry: Any, name: str) -> Place | str | None:
    try:
        return place_of(geometry, name)
    except InputError as error:
        return str(error)
    except RecursionError:
        return "is nested too deeply"


def place_of(geometry: Any, name: str) -> Place | None:
    """Where a geometry of GeoJSON is: its point, or the middle of its bounds as an area; raises InputError."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str):
        raise InputError("has no usable geometry (its type is no text)")
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list) and geometry["geometries"]:
        return place_of(geometry["geometries"][0], name)
    coordinates = geometry.get("coordinates") if kind else None
    if kind in _DEPTHS and _depth(coordinates) != _DEPTHS[kind]:
        raise InputError(f"has coordinates that are not those of a {kind}")
    points = list(positions(coordinates)) if kind else []
    if kind not in _LEAST or len(points) < _LEAST[kind]:
        raise InputError(f"has no usable geometry ({kind or 'none'})")
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    if (lat, lon) == (0.0, 0.0):
        raise InputError(MISSING)
    is_point = len(points) == 1
    return Place(
        name=name[:200] or f"{lat:.3f}, {lon:.3f}",
        lat=lat,
        lon=lon,
        role="site" if is_point else "area",
        geo_precision=1 if is_point else 3,
        granularity="city" if is_point else "region",
        radius_km=10.0 if is_point else max(10.0, round((max(lats) - min(lats)) * _KM_A_DEGREE / 2, 1)),
    )


def _depth(coordinates: Any) -> int:
    levels = 0
    while isinstance(coordinates, list):
        levels, coordinates = levels + 1, coordinates[0] if coordinates else None
    return levels


def positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of each position in ``coordinates``, however deep; raises InputError for what is none."""
    if not isinstance(coordinates, list):
        raise InputError("has coordinates that are no list")
    if coordinates and not isinstance(coordinates[0], list):
        if len(coordinates) < 2 or any(isinstance(c, bool) or not isinstance(c, int | float) for c in coordinates[:2]):
            raise InputError(f"has a position that is not [longitude, latitude]: {str(coordinates)[:60]}")
        yield coordinate(repr(float(coordinates[0])), 180), coordinate(repr(float(coordinates[1])), 90)
        return
    for inner in coordinates:
        yield from positions(inner)
