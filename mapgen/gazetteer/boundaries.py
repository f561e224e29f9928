"""The outlines of countries and first-level regions, lakes and rivers, as `geodata/boundaries.py` compiles them.

The world is a map of arcs.  An arc is a line between two areas, or an area and the sea, so that the outline of any
union of areas is made of the arcs that have exactly one side in it, and neighbours share their border point by point.
Each point carries the tolerance up to which it matters (Douglas–Peucker, on a Mercator map), so that one set of
lines serves every scale.  Points are (lon, lat) in degrees; rings are closed, and filled by the even-odd rule.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from mapgen.errors import GazetteerError

PACKAGED = Path(__file__).parent.parent / "data" / "boundaries.bin"
MAGIC = b"mapgen boundaries 1\n"
SEA = -1
STEPS = 8  # levels in one doubling of the tolerance
FINEST = 0.005  # degrees: the tolerance of level 0
NORTHMOST = 85.0  # degrees: where a web map ends

Point = tuple[float, float]  # lon, lat
Ring = list[Point]
Unit = tuple[int, int]  # lon, lat in units of the file


@dataclass(slots=True)
class Lines:
    """Many lines in flat arrays: line ``n`` has the points from ``ends[n]`` to ``ends[n + 1]``, in units, and a tag."""

    tags: array[int] = field(default_factory=lambda: array("h"))
    ends: array[int] = field(default_factory=lambda: array("i", [0]))
    x: array[int] = field(default_factory=lambda: array("h"))
    y: array[int] = field(default_factory=lambda: array("h"))
    levels: array[int] = field(default_factory=lambda: array("B"))

    def __len__(self) -> int:
        return len(self.ends) - 1


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The content of boundaries.bin.

    ``areas`` holds [country, region code, name slug] of each area; arc ``n`` has the areas ``sides[2 * n]`` and
    ``sides[2 * n + 1]`` (:data:`SEA` for none) beside it.  The other lines are arcs joined, to be drawn as they are.
    """

    scale: float  # degrees in a unit
    areas: list[list[str]]
    sides: array[int]
    ids: dict[str, str]  # "geonames:1522867" ─► "KZ"
    countries: list[list[Any]]  # [code, name, km² of a region on average, km², label lon, label lat], the largest first
    regions: list[list[Any]]  # [code, name, lon, lat]
    cities: list[list[Any]]  # [name, lon, lat, people, 1 for a capital], capitals first, then by people
    layers: dict[str, Lines]  # arcs, land, borders (tag 1: disputed), regions (tag: its country), lakes, rivers
    members: dict[str, list[int]]  # "KZ", "KZ.02", "GB.ENG.kent" ─► areas

    def areas_of(self, entry_id: str) -> list[int]:
        """The areas of "geonames:1522867", "country:KZ", "region:KZ.02", "admin1:KZ.02" or "admin2:GB.ENG.kent"."""
        key = self.ids.get(entry_id) or entry_id.partition(":")[2] or entry_id
        return self.members.get(key, [])

    def outline(self, areas: Collection[int], tolerance: float = 0.0) -> list[Ring]:
        """The rings around a union of areas; points nearer than ``tolerance`` degrees to the line are left out."""
        inside = set(areas)
        sides = self.sides
        arcs = self.layers["arcs"]
        around = [n for n in range(len(arcs)) if (sides[2 * n] in inside) != (sides[2 * n + 1] in inside)]
        level = weight_level(tolerance)
        paths = [units(arcs, n, lambda _x, _y: level) for n in around]
        return [[(x * self.scale, y * self.scale) for x, y in ring] for ring in rings(paths)]


def polygon(entry_id: str, tolerance: float = 0.0) -> list[Ring] | None:
    """The outline of a country or region by its gazetteer id, or None where none is known.

    Rings of (lon, lat), holes among them: fill by the even-odd rule.  Outlines are cut at the antimeridian.
    """
    world = boundaries()
    areas = world.areas_of(entry_id)
    return world.outline(areas, tolerance) or None if areas else None


def units(lines: Lines, n: int, level_at: Callable[[int, int], int]) -> list[Unit]:
    """The points of line ``n`` that matter at the level wanted where they lie, in units."""
    first, last = lines.ends[n], lines.ends[n + 1]
    x, y, levels = lines.x, lines.y, lines.levels
    return [(x[i], y[i]) for i in range(first, last) if levels[i] >= level_at(x[i], y[i])]


def rings(paths: list[list[Unit]]) -> Iterator[list[Unit]]:
    """The closed rings of paths that meet at their ends; what encloses nothing is left out."""
    return (path for path in joined(paths) if path[0] == path[-1] and len(path) > 3)


def joined(paths: list[list[Unit]]) -> Iterator[list[Unit]]:
    """Longer paths from paths that meet at their ends."""
    meeting: dict[Unit, list[int]] = defaultdict(list)
    for n, path in enumerate(paths):
        meeting[path[0]].append(n)
        meeting[path[-1]].append(n)
    used = [False] * len(paths)
    for start, path in enumerate(paths):
        if used[start]:
            continue
        used[start] = True
        whole = list(path)
        for _ in range(2):  # onwards from its end, then from its start
            while whole[-1] != whole[0]:
                following = next((n for n in meeting[whole[-1]] if not used[n]), None)
                if following is None:
                    break
                used[following] = True
                more = paths[following]
                whole += more[1:] if more[0] == whole[-1] else more[-2::-1]
            whole.reverse()
        yield whole


def mercator(lat: float) -> float:
    """The latitude as a web map spaces it, in degrees of longitude."""
    lat = max(-NORTHMOST, min(NORTHMOST, lat))
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def weight_level(tolerance: float) -> int:
    """The level (0–255) from which on points matter at a tolerance in degrees of longitude."""
    if tolerance <= FINEST:
        return 0
    return 255 if math.isinf(tolerance) else min(254, round(STEPS * math.log2(tolerance / FINEST)))


def pack(header: dict[str, Any], sides: array[int], layers: dict[str, Lines]) -> bytes:
    """The bytes of boundaries.bin: a mark, then each part compressed, with its length before it."""
    header = {**header, "layers": list(layers)}
    parts = [json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(), _bytes(sides)]
    for lines in layers.values():
        parts += map(_bytes, (lines.tags, lines.ends, lines.x, lines.y, lines.levels))
    packed = [zlib.compress(part, 9) for part in parts]
    return MAGIC + b"".join(struct.pack("<I", len(part)) + part for part in packed)


@lru_cache(maxsize=1)
def boundaries() -> Boundaries:
    """The packaged boundaries, read once a process; raises GazetteerError where they are missing or damaged."""
    try:
        content = PACKAGED.read_bytes()
        if not content.startswith(MAGIC):
            raise ValueError("another version")
        return _unpacked(_parts(content[len(MAGIC) :]))
    except (OSError, ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise GazetteerError(
            f"the outlines of countries in {PACKAGED} are missing or damaged ({error}); "
            "reinstall mapgen, or say `make gazetteer` in a checkout"
        ) from error


def _parts(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at)
        yield zlib.decompress(content[at + 4 : at + 4 + length])
        at += 4 + length


def _unpacked(parts: Iterator[bytes]) -> Boundaries:
    head, sides, *flat = parts
    header = json.loads(head)
    layers = {
        name: Lines(*(_array(code, part) for code, part in zip("hihhB", flat[5 * n : 5 * n + 5], strict=True)))
        for n, name in enumerate(header.pop("layers"))
    }
    members: dict[str, list[int]] = defaultdict(list)
    for n, (country, code, slug) in enumerate(header["areas"]):
        for key in (country, code, f"{code}.{slug}" if code else ""):
            if key:
                members[key].append(n)
    return Boundaries(**header, sides=_array("h", sides), layers=layers, members=dict(members))


def _bytes(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def _array(code: str, content: bytes) -> array[int]:
    values = array(code, content)
    if sys.byteorder == "big":
        values.byteswap()
    return values
