"""KML, KMZ and GPX ─► a Table whose rows bring their place; by defusedxml, which refuses DTDs and entities."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from mapgen.errors import InputError
from mapgen.readers.cells import Table
from mapgen.readers.geojson import table_of
from mapgen.readers.own import is_own

MAX_INFLATED = 50_000_000  # bytes of the KML inside a KMZ

Feature = dict[str, Any]


def root_of(data: bytes, where: str) -> Any:
    """The root element; raises InputError for a DTD, an entity, or what is not well-formed."""
    try:
        return ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(f"{where}: has a DTD or entities, which are refused; save it without") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"{where}: is not well-formed XML ({error})") from error


def tag(element: Any) -> str:
    """The name of an element, without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def placemarks(data: bytes, suffix: str, where: str) -> Table:
    """The placemarks of a KML or KMZ, the waypoints, routes and tracks of a GPX; network links are not followed."""
    if suffix == ".kmz":
        data = _inside_kmz(data, where)
    root = root_of(data, where)
    features = [_waypoint(e) for e in root.iter() if tag(e) == "wpt"]
    features += [_track(e) for e in root.iter() if tag(e) in ("trk", "rte")]
    features += [_placemark(e, folder) for e, folder in _placemarks(root, "")]
    if not features:
        raise InputError(f"{where}: holds no placemark and no waypoint")
    table = table_of(features, where)
    table.unit = "placemark"
    return table


def _inside_kmz(data: bytes, where: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = next(i for i in archive.infolist() if i.filename.lower().endswith(".kml") and "/" not in i.filename)
            if info.file_size > MAX_INFLATED:
                raise InputError(f"{where}: holds more than {MAX_INFLATED // 10**6} MB")
            with archive.open(info) as file:
                return file.read(MAX_INFLATED)
    except (zipfile.BadZipFile, StopIteration, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{where}: is no KMZ archive with a KML file in it") from error


def _placemarks(element: Any, folder: str) -> Iterator[tuple[Any, str]]:
    """Every placemark with the name of the folder that it lies in; without recursion, folders may lie deep."""
    waiting = [(element, folder)]
    while waiting:
        here, name = waiting.pop()
        if tag(here) == "Folder":
            name = next((_text(child) for child in here if tag(child) == "name"), name)
        if tag(here) == "Placemark":
            yield here, name
        else:
            waiting.extend((child, name) for child in reversed(here))


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _texts(element: Any) -> dict[str, str]:
    return {tag(child): _text(child) for child in element.iter() if child is not element}


def _numbers(*texts: str | None) -> list[Any]:
    """Coordinates as numbers; a text that is none stays, to be named where it is refused."""
    found: list[Any] = []
    for text in texts:
        try:
            found.append(float(text or ""))
        except ValueError:
            found.append(text)
    return found


def _feature(geometry: Any, **properties: str) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": {k: v for k, v in properties.items() if v}}


def _waypoint(element: Any) -> Feature:
    told = _texts(element)
    point = {"type": "Point", "coordinates": _numbers(element.get("lon"), element.get("lat"))}
    return _feature(point, name=told.get("name", ""), date=told.get("time", ""), type=told.get("type", ""),
                    description=told.get("desc", "") or told.get("cmt", ""))  # fmt: skip


def _track(element: Any) -> Feature:
    points = [e for e in element.iter() if tag(e) in ("trkpt", "rtept")]
    line = {"type": "LineString", "coordinates": [_numbers(p.get("lon"), p.get("lat")) for p in points]}
    own = {tag(child): _text(child) for child in element}
    date = next((_text(e) for e in element.iter() if tag(e) == "time"), "")
    return _feature(
        line, name=own.get("name", ""), date=date, type=own.get("type", ""), description=own.get("desc", "")
    )


def _placemark(element: Any, folder: str) -> Feature:
    data = {str(name): text for name, text in _data(element) if name}
    if is_own(data):
        return {"type": "Feature", "geometry": None, "properties": data}
    told = _texts(element)
    feature = _feature(_geometry(element), name=told.get("name", ""), type=folder,
                       date=told.get("when", "") or told.get("begin", ""), date_end=told.get("end", ""),
                       description=told.get("description", ""))  # fmt: skip
    feature["properties"] |= data
    return feature


def _data(element: Any) -> Iterator[tuple[str | None, str]]:
    """(name, text) of a placemark's extended data."""
    for child in element.iter():
        if tag(child) == "Data":
            yield child.get("name"), child.findtext("{*}value") or ""
        elif tag(child) == "SimpleData":
            yield child.get("name"), child.text or ""


def _geometry(element: Any) -> dict[str, Any] | None:
    """The first geometry of a placemark, in GeoJSON's terms."""
    for child in element.iter():
        kind = tag(child)
        if kind in ("Point", "LineString", "LinearRing"):
            text = next((_text(e) for e in child.iter() if tag(e) == "coordinates"), "")
            line = [_numbers(*position.split(",")[:2]) for position in text.split()]
            if kind == "Point":
                return {"type": "Point", "coordinates": line[0] if line else []}
            if kind == "LinearRing":
                return {"type": "Polygon", "coordinates": [line]}
            return {"type": "LineString", "coordinates": line}
        if kind == "Track":
            texts = [_text(e) for e in child if tag(e) == "coord"]
            return {"type": "LineString", "coordinates": [_numbers(*text.split()[:2]) for text in texts]}
    return None
