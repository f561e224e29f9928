"""A user's own names, from CSV or GeoJSON, served beside the packaged index.

CSV has a header with ``name``, ``lat``, ``lon`` and, where known, ``alternates`` (separated by ``|``), ``country``
(ISO 3166-1 alpha-2), ``admin1`` ("US.IL"), ``feature`` (GeoNames class and code, "S.AIRB"), ``population``,
``radius_km`` and ``id``.  GeoJSON is a FeatureCollection of Points with the same names as properties.
"""

from __future__ import annotations

import csv
import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mapgen.errors import InputError
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

LONGEST, MOST_PEOPLE = 500, 1e10  # characters of a name; inhabitants
RADIUS_KM = {"site": 3.0, "city": 10.0, "region": 100.0, "country": 500.0}


def granularity_of(feature: str) -> str:
    """The granularity of a GeoNames feature: P is a city, A.PCL… a country, other A, L, H, T, U and V a region."""
    if feature.startswith("A.PCL"):
        return "country"
    return {"P": "city", "S": "site", "R": "site"}.get(feature[:1], "region")


class UserNames:
    """The names of one file, in memory; raises InputError where a row cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: dict[str, GazetteerEntry] = {}
        self._names: dict[str, dict[str, str]] = {}
        for where, row in _rows(path):
            self._add(where, row)
        self._keys = sorted(self._names)
        self._lengths = sorted({len(key) for key in self._keys})

    def _add(self, where: str, row: Mapping[str, Any]) -> None:
        entry = _entry(where, row, default_id=f"user:{self.path.stem}-{len(self._entries) + 1}")
        self._entries[entry.id] = entry
        names = {entry.name: "main"}
        alternates = row.get("alternates") or ""
        for name in alternates if isinstance(alternates, list) else str(alternates).split("|"):
            names.setdefault(str(name).strip(), "alternate")
        for name, name_type in names.items():
            if key := fold(name):
                self._names.setdefault(key, {}).setdefault(entry.id, name_type)

    def prefixes(self, text: str) -> list[str]:
        """Folded names that ``text`` begins with."""
        return [text[:n] for n in self._lengths if n <= len(text) and text[:n] in self._names]

    def has(self, name: str) -> bool:
        """Whether ``name`` is one of the folded names."""
        return name in self._names

    def has_from(self, prefix: str) -> bool:
        """Whether any folded name begins with ``prefix``."""
        return next(self.keys_from(prefix), None) is not None

    def keys_from(self, prefix: str) -> Iterator[str]:
        """Folded names that begin with ``prefix``, in order."""
        at = bisect_left(self._keys, prefix)
        while at < len(self._keys) and self._keys[at].startswith(prefix):
            yield self._keys[at]
            at += 1

    def named(self, key: str) -> list[tuple[GazetteerEntry, str]]:
        """The entries of the folded name ``key``, with what it is to each."""
        return [(self._entries[entry_id], kind) for entry_id, kind in self._names.get(key, {}).items()]

    def get(self, entry_id: str) -> GazetteerEntry | None:
        """The entry of an id; None where there is none."""
        return self._entries.get(entry_id)

    def nearest(self, lat: float, lon: float, limit: int) -> list[GazetteerEntry]:
        """The ``limit`` populated places nearest to a point in degrees."""
        cities = [entry for entry in self._entries.values() if entry.granularity == "city"]
        return sorted(cities, key=lambda entry: distance_km(lat, lon, entry.lat, entry.lon))[:limit]


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(where, row) for each row of a CSV or GeoJSON file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"the file of names {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"the file of names {path} is not UTF-8 (byte {error.start})") from error
    if path.suffix.lower() in (".json", ".geojson"):
        yield from _features(path, text)
        return
    reader = csv.DictReader(text.splitlines())
    try:
        missing = {"name", "lat", "lon"} - set(reader.fieldnames or ())
    except csv.Error as error:
        raise InputError(f"{path}, line 1 cannot be read ({error}); mend it") from error
    if missing:
        raise InputError(f"{path} has no column {', '.join(sorted(missing))}; a file of names needs name, lat and lon")
    try:
        for row in reader:
            yield f"{path}, line {reader.line_num}", row
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num + 1} cannot be read ({error}); mend or remove it") from error


def _features(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} is not a GeoJSON FeatureCollection") from error
    for number, feature in enumerate(features if isinstance(features, list) else [None], 1):
        where = f"{path}, feature {number}"
        try:
            geometry, properties = feature["geometry"] or {}, feature.get("properties") or {}
            if geometry.get("type") != "Point":
                raise InputError(
                    f"{where} is a {geometry.get('type') or 'feature without geometry'}; names need a Point"
                )
            lon, lat = geometry["coordinates"][:2]
            row = {**properties, "lat": lat, "lon": lon}
        except (AttributeError, KeyError, TypeError) as error:
            raise InputError(f"{where} is no GeoJSON Feature of a Point") from error
        yield where, row


def _entry(where: str, row: Mapping[str, Any], default_id: str) -> GazetteerEntry:
    name = str(row.get("name") or "").strip()
    if not name:
        raise InputError(f"{where} has no name")
    if len(name) > LONGEST:
        raise InputError(f"{where} has a name of {len(name):,} characters; {LONGEST} are the most")
    lat, lon = _number(where, row, "lat", 90.0), _number(where, row, "lon", 180.0)
    feature = str(row.get("feature") or "P.PPL")
    granularity = granularity_of(feature)
    return GazetteerEntry(
        id=str(row.get("id") or default_id),
        name=name,
        lat=lat,
        lon=lon,
        country=str(row.get("country") or "").upper() or None,
        admin1=str(row.get("admin1") or "") or None,
        feature=feature,
        population=int(_number(where, row, "population", MOST_PEOPLE, 0.0)),
        granularity=granularity,
        radius_km=_number(where, row, "radius_km", 20_000.0, RADIUS_KM[granularity]),
    )


def _number(where: str, row: Mapping[str, Any], column: str, limit: float, default: float | None = None) -> float:
    value = row.get(column)
    if value in (None, "") and default is not None:
        return default
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    least = -limit if default is None else 0.0
    if not least <= number <= limit:
        raise InputError(f"{where} has {column} {str(value)[:60]!r}; it must be a number from {least:g} to {limit:g}")
    return number
