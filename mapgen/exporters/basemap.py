"""The offline basemap of a page: the world in coarse lines, finer around what the map shows.  Natural Earth, GeoNames.

Coordinates are whole numbers of ``scale`` degrees, lon before lat; a path is its first point, then the steps.
``packed`` gives the form in which the page carries it, told in ``mapgen/web/basemap.js``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mapgen.gazetteer.boundaries import NORTHMOST, Boundaries, Lines, Unit, boundaries, mercator, units, weight_level

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees; east may lie beyond 180
Path = list[int]

ATTRIBUTION = ["Natural Earth"]  # GeoNames, whose towns are named, stands on every page
CLOSEST = 0.5  # degrees: what is looked at from nearer is not drawn finer than for this
NARROWEST = 2.0  # degrees: a map of one town shows this much around it
PIXELS = 480  # points across the map's own extent: sharp when it opens, and fair for two steps of zoom
COARSEST = 0.36  # degrees: the detail of a map of the whole world
PADDING = (0.35, 1.2)  # of the extent, on each side: how far the fine and the middle detail reach
COARSER = 3  # times: the middle detail against the fine
WORLD = 1.2  # degrees: the detail of the rest of the world
REGIONS_WITHIN = 75.0  # degrees of extent: wider maps have no borders of regions
REGIONS_ACROSS = 18  # regions side by side on the map: where a country's are smaller, they are left out
CITY_RANKS = (1_000_000, 250_000, 50_000)  # people of towns of rank 1, 2, 3; smaller ones have rank 4
CITY_CELLS = 8  # across the extent; in each, so many names at most:
DIGITS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # a character has 5 bits; the later 32 go on
)
CITIES_IN_CELL = (2, 1)  # in the fine zone, elsewhere


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the map is how fine: boxes in units of the boundaries, the innermost first, and the meridian of the cut."""

    scale: float  # degrees in a unit of the boundaries
    step: int  # such units in one of the payload
    cut: int  # units; the payload runs from here to 360° further east
    extent: float  # degrees
    boxes: tuple[tuple[float, float, float, float], ...]
    levels: tuple[int, ...]  # one more than boxes: the world's
    spots: tuple[tuple[tuple[float, float, float, float], float, int], ...] = ()  # box, extent in degrees and level

    @classmethod
    def around(cls, bounds: Bounds, scale: float, closer: Sequence[Bounds] = ()) -> Zones:
        """The zones of a map of ``bounds``, in units of ``scale`` degrees; ``closer`` are parts that are looked at from
        nearer.
        """
        west, south, east, north = bounds
        east += 360 if east < west else 0
        middle, lat = (west + east) / 2, (south + north) / 2
        extent = max(east - west, mercator(north) - mercator(south), NARROWEST)
        flat = math.cos(math.radians(max(-80.0, min(80.0, lat))))
        boxes = []
        for padding in PADDING:
            x, y = extent * (0.5 + padding), extent * (0.5 + padding) * flat
            boxes.append((middle - x, lat - y, middle + x, lat + y))
        outer = boxes[0]
        cut = -180.0 if (outer[0] >= -180 and outer[2] <= 180) or extent > 180 else middle - 180
        fine = min(extent / PIXELS, COARSEST)
        middling = fine * COARSER
        spots = [_spot(part, scale) for part in closer if part[2] - part[0] < extent / COARSER]
        finest = min([fine, *(across / PIXELS for _, across, _ in spots)])
        return cls(
            scale,
            max(1, round(finest / scale / 1.5)),
            round(cut / scale),
            extent,
            tuple((w / scale, s / scale, e / scale, n / scale) for w, s, e, n in boxes),
            (weight_level(fine), weight_level(middling), weight_level(max(WORLD, middling))),
            tuple(sorted(spots, key=lambda spot: spot[1])),
        )

    def zone(self, x: float, y: float) -> int:
        """0 where the map is fine, 1 around it, 2 elsewhere."""
        found = (n for n, box in enumerate(self.boxes) if _within(box, x, y, 360 / self.scale))
        return next(found, len(self.boxes))

    def level(self, x: int, y: int) -> int:
        """The level from which on points matter here."""
        spot = self.spot(x, y)
        return min(spot[2], self.levels[0]) if spot else self.levels[self.zone(x, y)]

    def spot(self, x: float, y: float) -> tuple[tuple[float, float, float, float], float, int] | None:
        """The closest look at a point, if there is one."""
        return next((spot for spot in self.spots if _within(spot[0], x, y, 360 / self.scale)), None)

    def path(self, points: list[Unit]) -> Path:
        """The first point, then the steps, in units of the payload."""
        flat: Path = []
        before_x = before_y = 0
        for n, point in enumerate(points):
            x, y = self.rounded(*point)
            if n == 0 or x != before_x or y != before_y:
                flat += (x - before_x, y - before_y)
            before_x, before_y = x, y
        return flat

    def rounded(self, x: float, y: float) -> Unit:
        """A point in units of the payload."""
        return round(x / self.step), round(y / self.step)

    def shifted(self, x: int) -> int:
        """The longitude in the turn that begins at the cut."""
        turn = round(360 / self.scale)
        return x + turn if x < self.cut else x - turn if x > self.cut + turn else x


def _within(box: tuple[float, float, float, float], x: float, y: float, turn: float) -> bool:
    west, south, east, north = box
    return south <= y <= north and any(west <= at <= east for at in (x, x + turn, x - turn))


def _spot(part: Bounds, scale: float) -> tuple[tuple[float, float, float, float], float, int]:
    """A part of the map that is looked at from nearer: its box in units, its extent in degrees, its level."""
    west, south, east, north = part
    extent = max(east - west, mercator(north) - mercator(south), CLOSEST)
    return (west / scale, south / scale, east / scale, north / scale), extent, weight_level(extent / PIXELS)


def basemap(bounds: Bounds | None, closer: Sequence[Bounds] = ()) -> dict[str, Any]:
    """The base of a map of ``bounds`` (west, south, east, north in degrees; None for the world).

    It is finer in the parts ``closer``, which a story looks at from nearer.
    """
    world = boundaries()
    zones = Zones.around(bounds or (-170.0, -55.0, 170.0, 70.0), world.scale, closer)
    top = round(NORTHMOST / world.scale)
    turn = round(360 / world.scale)
    layers = world.layers
    borders = list(_drawn(layers["borders"], zones))
    land = [ring for _, ring in _drawn(layers["land"], zones, closed=True)]
    return {
        "scale": round(world.scale * zones.step, 4),
        "box": [*zones.rounded(zones.cut, -top), *zones.rounded(zones.cut + turn, top)],
        "countries": [{"id": "", "name": "", "rings": land}, *_countries(world, zones)],
        "borders": [
            {"disputed": disputed, "lines": [line for tag, line in borders if tag == disputed]}
            for disputed in (False, True)
        ],
        "regions": _regions(world, zones),
        "lakes": [{"rings": [ring for _, ring in _drawn(layers["lakes"], zones, closed=True)]}],
        "rivers": [{"lines": [line for _, line in _drawn(layers["rivers"], zones, within=1)]}],
        "cities": _cities(world, zones),
        "attribution": ATTRIBUTION,
    }


def areas(ids: Iterable[str], bounds: Bounds | None = None) -> dict[str, dict[str, Any]]:
    """The outlines of countries and regions, by gazetteer id, to be shaded on a map of ``bounds``.

    Each is {"scale", "rings"}, as in the basemap; fill by the even-odd rule.  Ids without an outline are left out.
    """
    world = boundaries()
    zones = Zones.around(bounds or (-170.0, -55.0, 170.0, 70.0), world.scale)
    found = {}
    for entry_id in sorted(set(ids)):
        members = world.areas_of(entry_id)
        if not members:
            continue
        outline = world.outline(members, zones.extent / PIXELS)
        rings = [[(round(x / world.scale), round(y / world.scale)) for x, y in ring] for ring in outline]
        paths = [zones.path(part) for ring in rings for part in _parts(ring, zones, closed=True)]
        if paths := [path for path in paths if len(path) > 6]:
            found[entry_id] = {"scale": round(world.scale * zones.step, 4), "rings": paths}
    return found


def packed(base: dict[str, Any]) -> dict[str, Any]:
    """The base as the page carries it: paths as text, names in columns."""
    labelled = [country for country in base["countries"] if "label" in country]
    regions = [region for region in base["regions"] if "label" in region]
    return {
        **{key: base[key] for key in ("scale", "box", "attribution")},
        "land": [pack(ring) for country in base["countries"] for ring in country["rings"]],
        "borders": [pack(line) for line in base["borders"][0]["lines"]],
        "disputed": [pack(line) for line in base["borders"][1]["lines"]],
        "regions": [pack(line) for region in base["regions"] for line in region["lines"]],
        "lakes": [pack(ring) for lake in base["lakes"] for ring in lake["rings"]],
        "rivers": [pack(line) for river in base["rivers"] for line in river["lines"]],
        "names": {
            "country": _columns(labelled, "label"),
            "region": _columns(regions, "label"),
            "city": _columns(base["cities"], "at"),
        },
    }


def packed_areas(outlines: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The outlines as the page carries them."""
    return {key: {**one, "rings": [pack(ring) for ring in one["rings"]]} for key, one in outlines.items()}


def pack(numbers: Iterable[int]) -> str:
    """Whole numbers as text: five bits a character, the lowest first, the sign last of all (zigzag)."""
    found = []
    for number in numbers:
        rest = number << 1 if number >= 0 else ~(number << 1)
        while True:
            rest, digit = rest >> 5, rest & 31
            found.append(DIGITS[digit + 32 * (rest > 0)])
            if not rest:
                break
    return "".join(found)


def _columns(rows: Iterable[dict[str, Any]], at: str) -> dict[str, Any]:
    """Names with their points and ranks (1 the largest)."""
    listed = list(rows)
    return {
        "text": [row["name"] for row in listed],
        "at": pack(value for row in listed for value in row[at]),
        "rank": "".join(str(row.get("rank", 5)) for row in listed),
    }


def _drawn(lines: Lines, zones: Zones, closed: bool = False, within: int = 2) -> Iterator[tuple[int, Path]]:
    """Tag and path of each line, as fine as its zone wants it; lines wholly beyond zone ``within`` are left out."""
    for n, tag in enumerate(lines.tags):
        points = units(lines, n, zones.level)
        if len(points) < (4 if closed else 2):
            continue
        if within < 2 and all(zones.zone(x, y) > within for x, y in points):
            continue
        for part in _parts(points, zones, closed):
            path = zones.path(part)
            if len(path) > (6 if closed else 2):
                yield tag, path


def _parts(points: list[Unit], zones: Zones, closed: bool) -> Iterator[list[Unit]]:
    """The points in the turn that begins at the cut, in two where they lie on both sides of it."""
    turn = round(360 / zones.scale)
    lowest, highest = min(x for x, _ in points), max(x for x, _ in points)
    if lowest >= zones.cut and highest <= zones.cut + turn:
        yield points
    elif highest <= zones.cut or lowest >= zones.cut + turn:
        shift = turn if highest <= zones.cut else -turn
        yield [(x + shift, y) for x, y in points]
    else:
        meridian = zones.cut if lowest < zones.cut else zones.cut + turn
        for side, shift in ((1, 0 if meridian == zones.cut else -turn), (-1, turn if meridian == zones.cut else 0)):
            for part in _beside(points, meridian, side, closed):
                yield [(x + shift, y) for x, y in part]


def _beside(points: list[Unit], meridian: int, side: int, closed: bool) -> Iterator[list[Unit]]:
    """What lies east (``side`` 1) or west (-1) of a meridian; rings are closed along it (Sutherland & Hodgman 1974)."""
    part: list[Unit] = []
    for n, (x, y) in enumerate(points):
        inside = (x - meridian) * side >= 0
        if n:
            before_x, before_y = points[n - 1]
            if ((before_x - meridian) * side >= 0) != inside:
                part.append((meridian, round(before_y + (y - before_y) * (meridian - before_x) / (x - before_x))))
                if not inside and not closed:
                    yield part
                    part = []
        if inside:
            part.append((x, y))
    if closed and part:
        part.append(part[0])
    if len(part) > (3 if closed else 1):
        yield part


def _countries(world: Boundaries, zones: Zones) -> Iterator[dict[str, Any]]:
    """The names of countries; rank 1 the largest."""
    for code, name, _, km2, lon, lat in world.countries:
        rank = 1 + sum(km2 < limit for limit in (1_000_000, 200_000, 50_000, 5_000))
        yield {"id": code, "name": name, "label": _at(lon, lat, zones), "rank": rank, "rings": []}


def _regions(world: Boundaries, zones: Zones) -> list[dict[str, Any]]:
    """The borders and names of first-level regions around the map, where they are not too small for it."""
    if zones.extent > REGIONS_WITHIN:
        return []
    least_km2 = (zones.extent * 111.32 / REGIONS_ACROSS) ** 2
    wide_enough = [row[2] >= least_km2 for row in world.countries]
    shown = {row[0] for row, enough in zip(world.countries, wide_enough, strict=True) if enough}
    lines = [line for tag, line in _drawn(world.layers["regions"], zones, within=0) if wide_enough[tag]]
    labels = []
    for code, name, lon, lat in world.regions:
        if code.partition(".")[0] in shown and zones.zone(lon / zones.scale, lat / zones.scale) == 0:
            labels.append({"name": name, "label": _at(lon, lat, zones), "lines": []})
    return [{"lines": lines}, *labels]


def _cities(world: Boundaries, zones: Zones) -> list[dict[str, Any]]:
    """Capitals and towns, the larger first, so many as there is room for."""
    cell = zones.extent / CITY_CELLS
    taken: Counter[tuple[float, int, int]] = Counter()
    found = []
    for name, lon, lat, people, capital in world.cities:
        zone = zones.zone(lon / zones.scale, lat / zones.scale)
        rank = 1 if capital else 1 + sum(people < limit for limit in CITY_RANKS)
        spot = zones.spot(lon / zones.scale, lat / zones.scale)
        if zone == 2 and not (capital or rank == 1 or spot):
            continue
        size = spot[1] / CITY_CELLS if spot else cell if zone == 0 else max(cell * 2, 6.0)
        place = (size, math.floor(lon / size), math.floor(mercator(lat) / size))
        if taken[place] < CITIES_IN_CELL[zone > 0]:
            taken[place] += 1
            found.append({"name": name, "at": _at(lon, lat, zones), "rank": rank})
    return found


def _at(lon: float, lat: float, zones: Zones) -> list[int]:
    return list(zones.rounded(zones.shifted(round(lon / zones.scale)), lat / zones.scale))
