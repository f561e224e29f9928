"""Derive regions.csv from Natural Earth: ``python -m geodata.derive_regions world_map.gpkg``.

``world_map.gpkg`` is that of Debian's package qgis-common 3.22 (Natural Earth 1:10m Admin 1, version 4.1, public
domain, simplified).  Natural Earth has no GeoNames codes: an area gets the code that most GeoNames towns inside it
have, and is a first-level region where it holds most towns of that code; else it is a part of that region (level 2).
So the country of a region follows GeoNames.  Needs geopandas.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas
from shapely import STRtree, points
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from geodata.populated_places import cities

# Countries whose areas have an English name in woe_label ("Lower Saxony, DE, Germany"); elsewhere it is often wrong.
ENGLISH_LABELS = {"AT", "CH", "DE", "EE", "ID", "JP", "LT", "MM", "NL", "PL", "UA"}
# Natural Earth's name, where it is shortened ─► the full names.
SHORTENED = {
    "K.P.": ("Khyber Pakhtunkhwa", "Khyber Pakhtunkhwa Province", "KPK"),
    "F.C.T.": ("Islamabad Capital Territory", "F.C.T."),
    "K. Maras": ("Kahramanmaras", "Kahramanmaraş"),
}
TARGET = Path(__file__).parent / "regions.csv"
COLUMNS = ("level", "code", "name", "names", "lat", "lon", "area_km2", "people")
MOST = 0.5  # of the towns of an area, and of those of a code


@dataclass
class Area:
    """An area of Natural Earth and the codes of the towns inside it."""

    row: Any
    codes: Counter[str] = field(default_factory=Counter)
    people: int = 0

    @property
    def code(self) -> str:
        """The code that most of its towns have; the alphabetically first of several."""
        return min(self.codes, key=lambda code: (-self.codes[code], code))


def derive(source: Path) -> list[dict[str, object]]:
    """The rows of regions.csv."""
    frame = geopandas.read_file(source, layer="states_provinces")
    frame = frame.astype(object).where(frame.notna(), "")
    areas = [Area(row) for row in frame.itertuples() if row.name]
    total: Counter[str] = Counter()
    towns = [city for city in cities() if city["admin1code"] not in ("", "00")]
    tree = STRtree([area.row.geometry for area in areas])
    inside = tree.query(points([(c["longitude"], c["latitude"]) for c in towns]), predicate="within")
    for town, area in zip(*inside, strict=True):
        code = f"{towns[town]['countrycode']}.{towns[town]['admin1code']}"
        areas[area].codes[code] += 1
        areas[area].people += towns[town]["population"]
        total[code] += 1
    found = [area for area in areas if area.codes]
    first: dict[str, Area] = {}
    for area in sorted(found, key=lambda a: (a.codes[a.code], str(a.row.name))):
        inside_share = area.codes[area.code] / area.codes.total()
        if inside_share >= MOST and area.codes[area.code] / total[area.code] >= MOST:
            first[area.code] = area
    rows = [_row(area, 1 if first.get(area.code) is area else 2) for area in found]
    return sorted(rows, key=lambda row: (row["code"], row["level"], row["name"]))


def _row(area: Area, level: int) -> dict[str, object]:
    names = _names(area.row, area.code[:2])
    label = _label_point(area.row.geometry)
    return {
        "level": level,
        "code": area.code,
        "name": names[0],
        "names": "|".join(names[1:]),
        "lat": round(label.y, 3),
        "lon": round(label.x, 3),
        "area_km2": round(_area_km2(area.row.geometry)),
        "people": area.people,
    }


def _names(row: Any, country: str) -> list[str]:
    """An area's names, the English one first: "Lower Saxony", "Kherson Oblast", else Natural Earth's own."""
    label = row.woe_label.partition(",")[0]
    plain = row.name.replace("'", "").split(" (")[0]
    names = [row.name.split(" (")[0], row.gn_name]
    if names[0] in SHORTENED:
        return list(SHORTENED[names[0]])
    if "Oblast" in label + row.gn_name and country in ("RU", "UA"):
        names.insert(0, plain + " Oblast")
    elif "Kray" in label + row.gn_name:
        names.insert(0, plain + " Krai")
    if country in ENGLISH_LABELS and label and "Ã" not in label:
        names.insert(0, label)
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _label_point(geometry: BaseGeometry) -> Any:
    """The middle of the largest circle inside the largest part."""
    parts = getattr(geometry, "geoms", [geometry])
    return polylabel(max(parts, key=lambda part: part.area), tolerance=0.05)


def _area_km2(geometry: BaseGeometry) -> float:
    """The area, each part as if it lay on its middle parallel."""
    parts = getattr(geometry, "geoms", [geometry])
    return sum(part.area * 111.32**2 * math.cos(math.radians(part.centroid.y)) for part in parts)


if __name__ == "__main__":
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(derive(Path(sys.argv[1])))
