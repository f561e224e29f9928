"""Movements of a picture and how they join, in pixels: as on the page, see ``mapgen/web/flows.js``.

Those of one type and status that come to a place from one side flow together before they arrive, like tributaries.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mapgen.exporters.scene import BROAD, Movement

Point = tuple[float, float]  # pixels, from the upper left corner
Ring = Sequence[Point]

BEND = 0.16  # share of its length by which a curve leaves the straight way
FAN = 0.11  # and by how much more if the same way was taken before
JOINT = 0.32  # of a middling way: so long is the common stretch
UPSTREAM = 1.5  # of the common stretch: what begins nearer arrives by itself
SIDE = 2.0  # radians between the outermost movements that join
NEIGHBOURS = 1.0  # radians between two that join


@dataclass(frozen=True, slots=True)
class Stream:
    """A movement as a curve from ``start`` by ``control`` to its goal, or to where it joins others."""

    movement: Movement
    start: Point
    control: Point
    end: Point

    @property
    def heading(self) -> float:
        """Radians."""
        return math.atan2(self.end[1] - self.start[1], self.end[0] - self.start[0])

    @property
    def vague(self) -> bool:
        """Where it begins is known only as a country or region."""
        return self.movement.start.granularity in BROAD


@dataclass(frozen=True, slots=True)
class Flow:
    """What arrives under one head; ``joint`` is where its streams, ordered from side to side, come together."""

    goal: Point
    joint: Point | None
    streams: tuple[Stream, ...]


def flows(
    movements: Sequence[Movement], at: Callable[[float, float], Point], outlines: Mapping[str, Sequence[Ring]]
) -> list[Flow]:
    """All movements as they arrive.  ``at`` projects lat and lon to pixels; ``outlines`` are those of countries and
    regions in pixels, by gazetteer id: a movement leaves them over their edge.
    """
    taken: Counter[tuple[Point, Point]] = Counter()
    arriving: dict[tuple[Point, str, str], list[Stream]] = {}
    for movement in movements:
        goal = at(movement.goal.lat, movement.goal.lon)
        start = _edge(
            outlines.get(movement.start.gazetteer or "", ()), at(movement.start.lat, movement.start.lon), goal
        )
        bend = BEND + FAN * taken[start, goal]
        taken[start, goal] += 1
        key = (goal, movement.event.event_type, movement.event.status)
        arriving.setdefault(key, []).append(Stream(movement, start, bent(start, goal, bend), goal))
    return [flow for streams in arriving.values() for some in _sides(streams) for flow in _joined(some)]


def bent(a: Point, b: Point, bend: float) -> Point:
    """The third point of a curve that leaves the straight way to its left."""
    return (a[0] + b[0]) / 2 + (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bend


def along(a: Point, c: Point, b: Point, t: float) -> Point:
    """A point of the quadratic curve from ``a`` by ``c`` to ``b``; ``t`` from 0 to 1."""
    u = 1 - t
    return u * u * a[0] + 2 * u * t * c[0] + t * t * b[0], u * u * a[1] + 2 * u * t * c[1] + t * t * b[1]


def _edge(rings: Sequence[Ring], start: Point, goal: Point) -> Point:
    """Where the straight way leaves the ring around its start, if one is around it."""
    odd = [shares for shares in (_crossings(ring, start, goal) for ring in rings) if len(shares) % 2]
    share = min(odd, key=lambda shares: shares[0])[-1] if odd else 0.0
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _crossings(ring: Ring, a: Point, b: Point) -> list[float]:
    """Where the way from ``a`` to ``b`` crosses a ring: shares of its length, in order."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    found = []
    for p, q in pairwise([*ring, ring[0]] if ring else []):
        ex, ey = q[0] - p[0], q[1] - p[1]
        across = dx * ey - dy * ex
        if not across:
            continue
        share, place = (
            ((p[0] - a[0]) * ey - (p[1] - a[1]) * ex) / across,
            ((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / across,
        )
        if 0 < share < 1 and 0 <= place < 1:
            found.append(share)
    return sorted(found)


def _sides(streams: list[Stream]) -> list[list[Stream]]:
    """Streams to one place in groups that come from one side."""
    ordered = sorted(streams, key=lambda stream: stream.heading)
    gaps = [stream.heading - (ordered[n - 1].heading - (0 if n else 2 * math.pi)) for n, stream in enumerate(ordered)]
    first = gaps.index(max(gaps))  # the widest gap parts the first from the last
    groups: list[list[Stream]] = []
    spread = 0.0
    for gap, stream in zip(gaps[first:] + gaps[:first], ordered[first:] + ordered[:first], strict=True):
        spread += gap
        if groups and gap < NEIGHBOURS and spread < SIDE:
            groups[-1].append(stream)
        else:
            groups.append([stream])
            spread = 0.0
    return groups


def _joined(streams: list[Stream]) -> list[Flow]:
    """Streams from one side: joined, but for those that begin too near."""
    far = sorted(math.dist(stream.start, stream.end) for stream in streams)
    common = JOINT * far[len(far) // 2]
    upstream = [stream for stream in streams if math.dist(stream.start, stream.end) > common * UPSTREAM]
    if len({stream.start for stream in upstream}) < 2:
        upstream = []
    alone = [Flow(stream.end, None, (stream,)) for stream in streams if stream not in upstream]
    return [*alone, _together(upstream, common)] if upstream else alone


def _together(streams: list[Stream], common: float) -> Flow:
    """One flow, whose streams are together for the last ``common`` pixels."""
    goal = streams[0].end
    ways = [(math.dist(one.start, goal), one.start) for one in streams]
    x, y = (sum((goal[n] - start[n]) / far for far, start in ways) for n in (0, 1))
    course = x / math.hypot(x, y), y / math.hypot(x, y)
    joint = goal[0] - course[0] * common, goal[1] - course[1] * common
    taken: Counter[Point] = Counter()
    found = []
    for stream in streams:
        reach = math.dist(stream.start, joint) / 2
        fan = FAN * taken[stream.start] * reach
        taken[stream.start] += 1
        control = joint[0] - course[0] * reach + course[1] * fan, joint[1] - course[1] * reach - course[0] * fan
        found.append(replace(stream, control=control, end=joint))
    found.sort(key=lambda one: (one.start[0] - joint[0]) * -course[1] + (one.start[1] - joint[1]) * course[0])
    return Flow(goal, joint, tuple(found))
