"""One row of a table ─► one Event, or the reason why not."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Event, Figure, Place, Source, When
from mapgen.taxonomy import GROUPS, TYPES

Row = Mapping[str, Any]
Geocode = Callable[[str, str | None], Place | None]

_BY_LABEL = {
    **{kind.acled_event.casefold(): key for key, kind in reversed(list(TYPES.items())) if kind.acled_event[0] != "S"},
    **{
        kind.acled_sub_event.casefold(): key
        for key, kind in reversed(list(TYPES.items()))
        if kind.acled_sub_event != "Other"
    },
    **{kind.label.casefold(): key for key, kind in TYPES.items()},
    **{group.label.casefold(): next(k for k, t in TYPES.items() if t.group == group.key) for group in GROUPS.values()},
    **{key: key for key in TYPES},
    # ACLED sub-event types (codebook 2023) that several of ours share, or that ours name otherwise
    "peaceful protest": "protest",
    "protest with intervention": "protest",
    "excessive force against protesters": "security_operation",
    "mob violence": "riot",
    "violent demonstration": "riot",
    "air/drone strike": "shelling_airstrike",
    "chemical weapon": "shelling_airstrike",
    "grenade": "attack_explosion",
    "suicide bomb": "attack_explosion",
    "remote explosive/landmine/ied": "attack_explosion",
    "sexual violence": "attack_explosion",
    "abduction/forced disappearance": "attack_explosion",
    "government regains territory": "territory_control",
    "non-violent transfer of territory": "territory_control",
    "headquarters or base established": "troop_movement",
    "clash": "armed_clash",
    "battle": "armed_clash",
    "explosion": "attack_explosion",
    "airstrike": "shelling_airstrike",
    "strike": "strike_blockade",
    "arrest": "arrests",
}
_DATE_FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d.%m.%Y",
)
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?\Z")
_DEGREES = re.compile(
    r"(?P<d>\d{1,3}(\.\d+)?)\s*[°º]?\s*((?P<m>\d{1,2}(\.\d+)?)\s*['’′])?\s*((?P<s>\d{1,2}(\.\d+)?)\s*[\"”″])?\s*(?P<h>[NSEWnsew])?\Z"
)


_WKT_POINT = re.compile(r"(?i)\s*POINT\s*\(\s*(\S{1,40})\s+([^\s)]{1,40})\s*\)\s*\Z")


def event_of(
    row: Row, fields: Mapping[str, str], days: Mapping[str, dt.date | str], geocode: Geocode | None, place: Place | None
) -> Event:
    """The event that a row tells; ``days`` settles the table's date texts, ``place`` is known from a geometry.

    Raises InputError with the reason why the row makes no event.
    """

    def cell(field: str) -> str:
        value = row.get(fields[field]) if field in fields else None
        return "" if value is None else str(value).strip()

    start = _day(cell("date_start"), days)
    end = _day(cell("date_end"), days) or start
    if start and end and end < start:
        raise InputError(f"ends on {end}, before it starts on {start}")
    where = place or _place(cell, geocode)
    kind, shown = _event_type(cell("sub_event_type"), cell("event_type"))
    notes = cell("notes")
    used = {fields[field] for field in fields}
    return Event(
        event_type=kind,
        title=_title(cell("title"), notes, shown, where),
        status=cell("status") if cell("status") in ("confirmed", "reported", "planned", "denied") else "reported",
        attribution=cell("attribution") or cell("source") or None,
        when=When(start, end, _precision(cell("time_precision")) if start else None, cell("date_start") or None),
        actors=tuple(actor for actor in (cell("actor1"), cell("actor2")) if actor),
        figures=_figures(cell("fatalities")),
        places=(where,) if where else (),
        quote=notes or None,
        source=Source(title=cell("source") or None, url=cell("url") or None),
        extra={name: value for name, value in row.items() if name not in used and value not in (None, "")},
        event_id=cell("event_id"),
    ).identified()


def settled_days(texts: set[str]) -> dict[str, dt.date | str]:
    """Each date text of a column ─► its day, or the reason why it is none; day/month order is settled for the column.

    Slash dates whose order no cell of the column tells ("03/04/2022") are read as month first only where the column
    has a day above 12 in second place; else day first, the world's commoner order.
    """
    slashed = [re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", text) for text in texts]
    month_first = any(int(m[2]) > 12 for m in slashed if m) and not any(int(m[1]) > 12 for m in slashed if m)
    return {text: _parsed_day(text, month_first) for text in texts}


def coordinate(text: str, limit: int) -> float:
    """Degrees in a cell: decimal (comma or point, any script's digits), or degrees, minutes and seconds."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    dms = _DEGREES.match(plain)
    if dms and not plain[-1].isdigit():
        value = float(dms["d"]) + float(dms["m"] or 0) / 60 + float(dms["s"] or 0) / 3600
        value = -value if (dms["h"] or "").upper() in ("S", "W") else value
    elif _NUMBER.match(plain):
        value = float(plain.replace(",", "."))
    else:
        raise InputError(f"{_short(text)} is no coordinate in degrees")
    if not math.isfinite(value) or abs(value) > limit:
        hint = "; projected coordinates must be turned into degrees WGS 84 first" if abs(value) > 360 else ""
        raise InputError(f"{_short(text)} lies outside -{limit} to {limit} degrees{hint}")
    return value


def _place(cell: Callable[[str], str], geocode: Geocode | None) -> Place | None:
    name, country = cell("place"), cell("country")
    lat, lon = cell("lat"), cell("lon")
    point = _WKT_POINT.match(cell("geometry"))
    if point and not (lat or lon):
        lon, lat = point.groups()
    if lat or lon:
        if not (lat and lon):
            raise InputError("has a latitude or a longitude, but not both")
        at = coordinate(lat, 90), coordinate(lon, 180)
        if at == (0.0, 0.0):
            raise InputError("lies at 0, 0, which stands for a missing coordinate")
        precision = _precision(cell("geo_precision"))
        return Place(
            name=name or f"{at[0]:.3f}, {at[1]:.3f}",
            lat=at[0],
            lon=at[1],
            role="site",
            country=country if len(country) == 2 else None,
            admin1=cell("admin1") or None,
            geo_precision=precision,
            granularity="region" if precision == 3 else "city",
            radius_km=100.0 if precision == 3 else 10.0,
        )
    if not name and not country:
        raise InputError("has neither coordinates nor a place name")
    found = geocode(name or country, country or None) if geocode else None
    if found is None and country and name:
        found = None
    if found is None:
        raise InputError(f"the place {_short(name or country)} is not known to the gazetteer")
    return found.at("area" if found.granularity in ("region", "country") else "site")


def _event_type(*told: str) -> tuple[str, str]:
    """Our type for the first text that names one, else the text itself as a type of its own."""
    for text in told:
        key = _BY_LABEL.get(text.casefold())
        if key:
            return key, TYPES[key].label
    own = next(filter(None, reversed(told)), "")
    return (own[:60], own[:60]) if own else ("other", "Event")


def _title(title: str, notes: str, kind: str, place: Place | None) -> str:
    if title:
        return title[:200]
    first = re.split(r"(?<=[.!?])\s", notes, maxsplit=1)[0].rstrip(".")
    if first:
        return first if len(first) <= 120 else f"{first[:117].rsplit(' ', 1)[0]}…"
    return f"{kind}, {place.name}" if place else kind


def _figures(text: str) -> dict[str, Figure]:
    plain = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"\d{1,9}(\.0)?", plain) or float(plain) == 0:
        return {}
    value = int(float(plain))
    return {"killed": Figure(value, value, value, "exact", text)}


def _precision(text: str) -> int:
    return int(text) if text in ("1", "2", "3") else 1


def _day(text: str, days: Mapping[str, dt.date | str]) -> dt.date | None:
    if not text:
        return None
    day = days[text]
    if isinstance(day, str):
        raise InputError(day)
    return day


def _parsed_day(text: str, month_first: bool) -> dt.date | str:
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    slashed = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", plain)
    if slashed:
        first, second, year = (int(part) for part in slashed.groups())
        first, second = (second, first) if month_first else (first, second)
        try:
            return dt.date(year, second, first)
        except ValueError:
            return f"{_short(text)} is no date"
    for form in _DATE_FORMS:
        try:
            return dt.datetime.strptime(plain, form).date()
        except ValueError:
            continue
    try:
        return dt.datetime.fromisoformat(plain).date()
    except ValueError:
        return f"{_short(text)} is no date; write it like 2022-01-06"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
