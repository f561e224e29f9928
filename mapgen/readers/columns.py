"""What the columns of a table mean: by their usual names in several languages ─► the fields of an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# field ─► the names that a column with it goes by, folded (see _folded); the first that occurs wins
NAMES: Mapping[str, tuple[str, ...]] = {
    "event_id": ("event_id", "event_id_cnty", "id", "uid", "globaleventid"),
    "lat": ("lat", "latitude", "y", "actiongeo_lat", "breitengrad", "latitud", "широта", "ендік", "纬度"),
    "lon": ("lon", "lng", "long", "longitude", "x", "actiongeo_long", "längengrad", "longitud", "долгота",
            "довгота", "бойлық", "经度"),
    "geometry": ("geometry", "wkt", "geom"),
    "place": ("location", "place", "city", "town", "place_name", "location_name", "actiongeo_fullname", "ort", "stadt",
              "lieu", "ville", "lugar", "ciudad", "место", "город", "населенный_пункт", "місто", "қала", "地点"),
    "country": ("country", "country_code", "iso", "iso2", "land", "pays", "país", "страна", "країна", "ел", "国家"),
    "admin1": ("admin1", "region", "province", "state", "oblast", "область", "регион"),
    "date_start": ("date_start", "event_date", "date", "start_date", "day", "sqldate", "datum", "fecha", "дата",
                   "күні", "日期"),
    "date_end": ("date_end", "end_date"),
    "time_precision": ("time_precision",),
    "event_type": ("event_type", "type", "category", "typ", "tipo", "kategorie", "тип", "категория"),
    "sub_event_type": ("sub_event_type",),
    "title": ("title", "headline", "name", "titel", "titre", "título", "название", "заголовок"),
    "notes": ("notes", "description", "text", "summary", "details", "beschreibung", "descripción", "описание"),
    "actor1": ("actor1", "actor", "actor1name"),
    "actor2": ("actor2", "actor2name"),
    "fatalities": ("fatalities", "killed", "deaths", "best", "погибшие"),
    "status": ("status",),
    "attribution": ("attribution",),
    "source": ("source", "source_name", "quelle", "fuente", "источник"),
    "url": ("source_url", "url", "link", "sourceurl"),
    "geo_precision": ("geo_precision",),
}  # fmt: skip


def recognised(header: Iterable[str]) -> dict[str, str]:
    """Field ─► the column of ``header`` that holds it, for the fields that are there."""
    columns = {_folded(name): name for name in reversed(list(header))}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        name = next((columns[name] for name in names if name in columns and columns[name] not in found.values()), None)
        if name is not None:
            found[field] = name
    return found


def is_placed(fields: Mapping[str, str]) -> bool:
    """Whether a table with these fields can be put on a map at all."""
    return {"lat", "lon"} <= set(fields) or "place" in fields or "geometry" in fields


def _folded(name: str) -> str:
    return re.sub(r"[\s.-]+", "_", name.strip().lower())
