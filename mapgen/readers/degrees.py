"""Coordinates as people write them ─► decimal degrees WGS 84, or the reason why not."""

from __future__ import annotations

import math
import re
import unicodedata

from mapgen.errors import InputError

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?\Z")
_DEGREES = re.compile(
    r"(?P<a>[NSEWnsew])?\s*(?P<sign>-)?(?P<d>\d{1,3}(\.\d+)?)\s*[°º]?\s*((?P<m>\d{1,2}(\.\d+)?)\s*['’′])?"
    r"\s*((?P<s>\d{1,2}(\.\d+)?)\s*[\"”″])?\s*(?P<h>[NSEWnsew])?\Z"
)
_WKT_POINT = re.compile(
    r"(?i)\s*(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*(\S{1,40})\s+([^\s)]{1,40})(?:\s+[^\s)]{1,40})?\s*\)\s*\Z"
)
_SEPARATORS = (";", "/", ", ", ",", " ")
NOTHING = frozenset(("", "NaN", "nan", "NULL", "null", "None", "N/A", "n/a", "#N/A", "NA", "undefined", "-", "–", "—"))
MISSING = "lies at 0, 0, which stands for a missing coordinate"


def coordinate(text: str, limit: int) -> float:
    """Degrees in a cell: decimal (comma or point, any script's digits), or degrees, minutes and seconds.

    Raises InputError where it is none, or lies outside ``limit`` degrees.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    dms = _DEGREES.match(plain)
    if dms and not _NUMBER.match(plain):
        value = float(dms["d"]) + float(dms["m"] or 0) / 60 + float(dms["s"] or 0) / 3600
        value = -value if (dms["h"] or dms["a"] or "").upper() in ("S", "W") or dms["sign"] else value
    elif _NUMBER.match(plain):
        value = float(plain.replace(",", "."))
    else:
        raise InputError(f"{short(text)} is no coordinate in degrees")
    if not math.isfinite(value) or abs(value) > limit:
        hint = "; projected coordinates must be turned into degrees WGS 84 first" if abs(value) > 360 else ""
        if limit < abs(value) <= 180:
            hint = "; latitude and longitude may be swapped"
        raise InputError(f"{short(text)} lies outside -{limit} to {limit} degrees{hint}")
    return value


def point(lat: str, lon: str) -> tuple[float, float]:
    """Latitude and longitude of a row, in degrees; raises InputError for what is none, or 0, 0."""
    if not (lat and lon):
        raise InputError("has a latitude or a longitude, but not both")
    at = coordinate(lat, 90), coordinate(lon, 180)
    if at == (0.0, 0.0):
        raise InputError(MISSING)
    return at


def pair(text: str) -> tuple[float, float]:
    """Latitude and longitude in one cell ("43.24, 76.95", "43°14′N 76°57′E", "POINT (76.95 43.24)").

    Raises InputError where it does not hold two coordinates.
    """
    wkt = _WKT_POINT.match(text)
    if wkt:
        return point(wkt[2], wkt[1])
    plain = text.strip().strip("()[]").strip()
    for separator in _SEPARATORS:
        parts = [part for part in plain.split(separator) if part.strip()]
        if len(parts) == 2:
            first, second = parts
            if first.strip()[-1:].upper() in ("E", "W") or first.strip()[:1].upper() in ("E", "W"):
                first, second = second, first
            return point(first, second)
    raise InputError(f"{short(text)} is no pair of latitude and longitude")


def short(text: str) -> str:
    """``text`` in quotation marks, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
