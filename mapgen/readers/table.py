"""Tables of events ─► EventCollection: CSV, TSV, XLSX, GeoJSON, KML and GPX.

A row that makes no event is listed as skipped, with the file, the row and the reason; a file none of whose rows
makes one is an InputError.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Event, EventCollection, Place, Skipped
from mapgen.readers.columns import is_placed, recognised
from mapgen.readers.decoding import decode
from mapgen.readers.rows import Geocode, coordinate, event_of, settled_days
from mapgen.record import from_record

Row = dict[str, Any]
_JSON_COLUMNS = ("actors", "figures", "places", "source_record", "claims", "extra")
_NUMBER_COLUMNS = ("quote_start", "quote_end", "time_precision", "confidence")
_OWN_COLUMNS = frozenset(
    "event_date event_type sub_event_type location latitude longitude geo_precision time_precision country admin1 "
    "actor1 actor2 source notes fatalities event_id event_group title status attribution date_start date_end time_text "
    "actors figures places quote quote_start quote_end review note claims confidence extra geometry".split()
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _is_own(columns: Iterable[str]) -> bool:
    """Whether a table with these columns is one that mapgen wrote."""
    return {"event_id", "event_type", "places", "review"}.issubset(columns)


def is_table(text: str) -> bool:
    """Whether a text without a telling name is a CSV table of places or events."""
    head = text[:4000].splitlines()[:2]
    return len(head) == 2 and any(
        len(columns) > 2 and is_placed(recognised(columns)) for columns in (head[0].split(d) for d in ",;\t")
    )


def read_table(path: Path, data: bytes, geocode: Geocode | None, named: str | None = None) -> EventCollection:
    """The events of a table; ``named`` is what messages call it.  Raises InputError."""
    where = named or str(path)
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return _from_rows(_csv_rows(decode(data, where), where), where, geocode)
    if suffix == ".geojson":
        return _from_geojson(decode(data, where), where, geocode)
    if suffix in (".kml", ".kmz", ".gpx"):
        from mapgen.readers.xml import placemarks

        return _from_rows(placemarks(data, suffix, where), where, geocode)
    return _from_rows(_xlsx_rows(path, where), where, geocode)


def _csv_rows(text: str, where: str) -> list[Row]:
    head = text[:64_000]
    first = head.splitlines()[0] if head.strip() else ""
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"{where}: is broken as a table ({error}); look for a quotation mark left open") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise InputError(f"{where}: has no rows below its column names")
    header = [name.strip() for name in lines[0]]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise InputError(f"{where}: has more than one column named {', '.join(twice[:5])}; rename them")
    return [dict(zip(header, line, strict=False)) | {"": len(line) - len(header)} for line in lines[1:]]


def _xlsx_rows(path: Path, where: str) -> list[Row]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        from mapgen.errors import MissingExtraError

        raise MissingExtraError("reading XLSX needs openpyxl: pip install 'mapgen[xlsx]'") from error
    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
        lines = [[_plain(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises what its parsers raise
        raise InputError(f"{where}: cannot be read as an Excel workbook; save it again as .xlsx or as CSV") from error
    if len(lines) < 2:
        raise InputError(f"{where}: has no rows below its column names")
    header = [str(name or "").strip() for name in lines[0]]
    return [dict(zip(header, line, strict=False)) for line in lines[1:] if any(cell not in (None, "") for cell in line)]


def _plain(cell: Any) -> Any:
    return cell.isoformat()[:10] if hasattr(cell, "isoformat") else cell


def _from_rows(rows: list[Row], where: str, geocode: Geocode | None) -> EventCollection:
    header = [name for name in rows[0] if name] if rows else []
    if _is_own(header):
        return _collected(_own_rows(rows, where, unneutralised), where)
    fields = recognised(header)
    if not is_placed(fields):
        raise InputError(
            f"{where}: has no column for a place (it has {', '.join(header[:12])}); name lat and lon, or place"
        )
    texts = {str(row.get(fields[f]) or "").strip() for f in ("date_start", "date_end") if f in fields for row in rows}
    days = settled_days(texts - {""})

    def told() -> Iterator[Event | Skipped]:
        for number, row in enumerate(rows, 2):
            surplus = row.pop("", 0)
            try:
                if surplus < 0 and len(row) < len(header):
                    raise InputError(f"has {len(row)} of {len(header)} columns")
                yield event_of(row, fields, days, geocode, row.pop("*place", None))
            except InputError as error:
                yield Skipped(f"{where} row {number}", str(error))

    return _collected(told(), where)


def _collected(told: Iterable[Event | Skipped], where: str) -> EventCollection:
    events, skipped = [], []
    for item in told:
        if isinstance(item, Event):
            events.append(item)
        else:
            skipped.append(item)
    if not events:
        reason = f"; the first: {skipped[0].where.removeprefix(where).strip()} {skipped[0].reason}" if skipped else ""
        raise InputError(f"{where}: none of its {len(skipped)} rows makes an event{reason}")
    return EventCollection(tuple(events), skipped=tuple(skipped))


def _own_rows(rows: list[Row], where: str, plain: Callable[[str], str] = str) -> Iterator[Event | Skipped]:
    """Rows of a flat table that mapgen wrote; ``plain`` undoes what was done to its cells."""
    for number, row in enumerate(rows, 2):
        try:
            record: Row = {key: plain(str(value)) for key, value in row.items() if key and value not in ("", None)}
            for key in _JSON_COLUMNS:
                if key in record:
                    record[key] = json.loads(record[key])
            for key in _NUMBER_COLUMNS:
                if key in record:
                    record[key] = float(record[key])
            record["source"] = record.pop("source_record", None)
            unknown = {key: record[key] for key in record if key not in _OWN_COLUMNS}
            record["extra"] = {**record.get("extra", {}), **unknown}
            yield from_record(record)
        except (InputError, ValueError, RecursionError) as error:
            yield Skipped(f"{where} row {number}", str(error))


def unneutralised(text: str) -> str:
    """A cell as it was before a leading apostrophe kept spreadsheets from running it as a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def _from_geojson(text: str, where: str, geocode: Geocode | None) -> EventCollection:
    try:
        told = json.loads(text)
    except RecursionError as error:
        raise InputError(f"{where}: is nested too deeply to be GeoJSON") from error
    except ValueError as error:
        raise InputError(f"{where}: is not valid JSON ({error})") from error
    if (
        not isinstance(told, dict)
        or told.get("type") != "FeatureCollection"
        or not isinstance(told.get("features"), list)
    ):
        raise InputError(f"{where}: is no GeoJSON FeatureCollection with a list of features")
    if not told["features"]:
        raise InputError(f"{where}: has no features")
    _check_crs(told.get("crs"), where)
    return _collected(_features(told["features"], where, geocode), where)


def _check_crs(crs: Any, where: str) -> None:
    if crs is None:
        return
    name = str((crs.get("properties") or {}).get("name")) if isinstance(crs, dict) and crs.get("type") == "name" else ""
    if not name.endswith(("CRS84", ":4326")):
        raise InputError(f"{where}: has a coordinate system other than WGS 84; save it in degrees (EPSG:4326)")


def _features(features: list[Any], where: str, geocode: Geocode | None) -> Iterator[Event | Skipped]:
    rows = [f.get("properties") or {} for f in features if isinstance(f, dict)]
    flat = [{str(k): v for k, v in row.items()} for row in rows if isinstance(row, dict)]
    fields = recognised(dict.fromkeys(name for row in flat for name in row))
    fields = {field: name for field, name in fields.items() if field not in ("lat", "lon", "geometry")}
    days = settled_days({str(r.get(fields[f]) or "").strip() for f in ("date_start", "date_end") if f in fields
                         for r in flat} - {""})  # fmt: skip
    for number, feature in enumerate(features, 1):
        try:
            if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
                raise InputError("is no Feature")
            properties = feature.get("properties") or {}
            if _is_own(properties):
                yield from_record(properties)
                continue
            name = str(properties.get(fields.get("place", "name")) or properties.get("name") or "")
            place = _point(feature.get("geometry"), name)
            yield event_of(properties, fields, days, geocode, place)
        except (InputError, RecursionError) as error:
            yield Skipped(f"{where} feature {number}", str(error) or "is nested too deeply")


def _point(geometry: Any, name: str) -> Place | None:
    """Where a geometry of GeoJSON is: its point, or the middle of its bounds as an area."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if kind else None
    depth = {"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}
    if kind in depth and _depth(coordinates) != depth[kind]:
        raise InputError(f"has coordinates that are not those of a {kind}")
    positions = list(_positions(coordinates)) if kind else []
    least = {"Point": 1, "MultiPoint": 1, "LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
    if kind not in least or len(positions) < least[kind]:
        raise InputError(f"has no usable geometry ({kind or 'none'})")
    lons, lats = [p[0] for p in positions], [p[1] for p in positions]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    if (lat, lon) == (0.0, 0.0):
        raise InputError("lies at 0, 0, which stands for a missing coordinate")
    return Place(
        name=name[:200] or f"{lat:.3f}, {lon:.3f}",
        lat=lat,
        lon=lon,
        role="site" if kind == "Point" else "area",
        geo_precision=1 if kind == "Point" else 3,
        granularity="city" if kind == "Point" else "region",
        radius_km=10.0 if kind == "Point" else max(10.0, round((max(lats) - min(lats)) * 111.2 / 2, 1)),
    )


def _depth(coordinates: Any) -> int:
    levels = 0
    while isinstance(coordinates, list):
        levels, coordinates = levels + 1, coordinates[0] if coordinates else None
    return levels


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list):
        raise InputError("has coordinates that are no list")
    if coordinates and not isinstance(coordinates[0], list):
        if len(coordinates) < 2 or any(isinstance(c, bool) or not isinstance(c, int | float) for c in coordinates[:2]):
            raise InputError(f"has a position that is not [longitude, latitude]: {str(coordinates)[:60]}")
        yield coordinate(repr(float(coordinates[0])), 180), coordinate(repr(float(coordinates[1])), 90)
        return
    for inner in coordinates:
        yield from _positions(inner)


def from_features(told: Mapping[str, Any], where: str, geocode: Geocode | None) -> EventCollection:
    """The events of a parsed GeoJSON FeatureCollection whose properties are flat."""
    rows = [feature["properties"] for feature in told["features"]]
    if rows and _is_own(rows[0]) and "source_record" in rows[0]:
        return _collected(_own_rows(rows, where), where)
    return _collected(_features(list(told["features"]), where, geocode), where)
