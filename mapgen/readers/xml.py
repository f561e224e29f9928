"""KML, KMZ and GPX ─► rows; by defusedxml, which refuses DTDs and entities."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from mapgen.errors import InputError

MAX_INFLATED = 50_000_000  # bytes of the KML inside a KMZ


def placemarks(data: bytes, suffix: str, where: str) -> list[dict[str, Any]]:
    """The placemarks of a KML or KMZ, or the waypoints of a GPX, as rows; network links are not followed."""
    if suffix == ".kmz":
        data = _inside_kmz(data, where)
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(f"{where}: has a DTD or entities, which are refused; save it without") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"{where}: is not well-formed XML ({error})") from error
    rows = [_waypoint(e) for e in root.iter() if _tag(e) == "wpt"]
    rows += [_placemark(e) for e in root.iter() if _tag(e) == "Placemark"]
    if not rows:
        raise InputError(f"{where}: holds no placemark and no waypoint")
    return rows


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


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _texts(element: Any) -> dict[str, str]:
    return {_tag(child): (child.text or "").strip() for child in element.iter() if child is not element}


def _waypoint(element: Any) -> dict[str, Any]:
    told = _texts(element)
    return {"lat": element.get("lat"), "lon": element.get("lon"), "name": told.get("name", ""),
            "date": told.get("time", "")[:10], "description": told.get("desc", "")}  # fmt: skip


def _placemark(element: Any) -> dict[str, Any]:
    known = {data.get("name"): data.findtext("{*}value") or "" for data in element.iter() if _tag(data) == "Data"}
    if "event_id" in known:
        return known  # one that mapgen wrote
    told = _texts(element)
    lon, _, rest = told.get("coordinates", "").split(" ")[0].partition(",")
    date = told.get("when", told.get("begin", ""))[:10]
    return {"lat": rest.split(",")[0], "lon": lon, "name": told.get("name", ""),
            "date": date, "description": told.get("description", "")}  # fmt: skip
