"""The shapes of arrows in a picture: ribbons that widen towards the head, as ``mapgen/web/ribbons.js`` draws them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mapgen.exporters.flows import Flow, Point, Stream, along
from mapgen.exporters.scene import Movement

STEPS = 24
TAIL = 1.6  # pixels: the width where an arrow begins
UNTOLD = 5.0  # pixels: the width of a movement whose size is not told
LEAST, MOST = 3.4, 11.0  # pixels: of the smallest and the largest of those whose size is told
WIDEST = 18.0  # pixels, together
DASH = (7.0, 5.0)  # pixels: planned movements
DOT = (3.0, 4.0)  # pixels: where a movement begins somewhere in a country or region
VAGUE = 42.0  # pixels of it


def widths(movements: Sequence[Movement]) -> dict[Movement, float]:
    """The width of each movement: the area of a square of that side grows with its size, where that is told."""
    largest = max((movement.size or 0.0 for movement in movements), default=0.0)
    if not largest:
        return dict.fromkeys(movements, UNTOLD)
    told = {movement: movement.size for movement in movements}
    return {
        movement: UNTOLD if size is None else LEAST + (MOST - LEAST) * math.sqrt(size / largest)
        for movement, size in told.items()
    }


def ribbons(flow: Flow, told: Sequence[float], gap: float, planned: bool) -> tuple[str, Point]:
    """A flow as SVG path data, and the middle of its first stream.

    ``told`` are the widths of its streams, ``gap`` the pixels that the mark at its end needs.
    """
    goal, joint, first = flow.goal, flow.joint, flow.streams[0]
    whole = min(sum(told), WIDEST)
    shares = [width * whole / sum(told) for width in told]
    final = (first.start, first.control, first.end)
    if joint:
        final = joint, ((joint[0] + goal[0]) / 2, (joint[1] + goal[1]) / 2), goal
    far = math.dist(final[0], goal)
    head = min(10 + whole, far / 2)
    short = gap if far > (2 if joint else 3) * gap else 0.0
    tip = along(*final, _before(final, short))
    course = _stretch(final, _before(final, short + head))
    bodies = [course]
    if joint:
        offsets = _offsets(shares)
        bodies = [_beside(stream, joint, goal, offset) for stream, offset in zip(flow.streams, offsets, strict=True)]
    tails = [VAGUE if stream.vague else 0.0 for stream in flow.streams]
    parts = [_ribbon(body, TAIL, width, planned, tail) for body, width, tail in zip(bodies, shares, tails, strict=True)]
    if joint:
        parts.append(_ribbon(course, whole, whole, planned, 0.0))
    return "".join([*parts, _head(course[-1], tip, whole, head)]), bodies[0][round(STEPS * 0.3)]


def _offsets(shares: Sequence[float]) -> Iterator[float]:
    """Where the middle of each lies, beside the common middle."""
    at = -sum(shares) / 2
    for share in shares:
        yield at + share / 2
        at += share


def _beside(stream: Stream, joint: Point, goal: Point, by: float) -> list[Point]:
    """A stream that arrives ``by`` pixels beside the joint."""
    x, y = _across(joint, goal)
    control, end = ((point[0] + x * by, point[1] + y * by) for point in (stream.control, stream.end))
    return _stretch((stream.start, control, end), 1.0)


def _stretch(curve: tuple[Point, Point, Point], to: float) -> list[Point]:
    return [along(*curve, n / STEPS * to) for n in range(STEPS + 1)]


def _before(curve: tuple[Point, Point, Point], near: float) -> float:
    """How far along a curve its end comes as near as some pixels."""
    if not near:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if math.dist(along(*curve, middle), curve[2]) > near else (low, middle)
    return low


def _across(a: Point, b: Point) -> Point:
    """One pixel to the side of the way from ``a`` to ``b``."""
    length = math.dist(a, b) or 1.0
    return -(b[1] - a[1]) / length, (b[0] - a[0]) / length


def _ribbon(points: list[Point], start: float, end: float, dashed: bool, dotted: float) -> str:
    """A band along points; in pieces where it is dashed, or dotted for so many pixels at first."""
    length = sum(math.dist(a, b) for a, b in pairwise(points)) or 1.0
    dots = min(dotted, length * 0.45)
    pieces: list[tuple[list[Point], list[Point]]] = []
    drawing = False
    for at, side, gone in _walk(points, math.inf if dashed else dots):
        on, off = DOT if gone < dots else DASH if dashed else (math.inf, 0.0)
        shown = gone % (on + off) < on
        if shown:
            if not drawing:
                pieces.append(([], []))
            half = max(start + (end - start) * gone / length, 2.6 if gone < dots else 0.0) / 2
            pieces[-1][0].append((at[0] + side[0] * half, at[1] + side[1] * half))
            pieces[-1][1].append((at[0] - side[0] * half, at[1] - side[1] * half))
        drawing = shown
    return "".join(_closed([*_corners(left), *reversed(_corners(right))]) for left, right in pieces)


def _corners(edge: list[Point]) -> list[Point]:
    """The edge of a piece: of a dash its two ends say it all."""
    return edge if math.dist(edge[0], edge[-1]) > 1.5 * DASH[0] else [edge[0], edge[-1]]


def _walk(points: list[Point], fine: float) -> Iterator[tuple[Point, Point, float]]:
    """Points along a line with the direction to their side and the pixels since its beginning; pixel by pixel up to
    ``fine``.
    """
    gone = 0.0
    for a, b in pairwise(points):
        step, side, done = math.dist(a, b), _across(a, b), 0.0
        while done < step:
            yield (a[0] + (b[0] - a[0]) * done / step, a[1] + (b[1] - a[1]) * done / step), side, gone + done
            done += 1 if gone + done < fine else step
        gone += step
    yield points[-1], _across(points[-2], points[-1]), gone


def _head(base: Point, tip: Point, width: float, length: float) -> str:
    x, y = _across(base, tip)
    half = max(length / 2, width / 2 + 2)
    return _closed([(base[0] + x * half, base[1] + y * half), tip, (base[0] - x * half, base[1] - y * half)])


def _closed(points: Sequence[Point]) -> str:
    """A closed path in tenths of a pixel: its first point, then the steps, which are shorter to write."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [f"{(x - before_x) / 10:g} {(y - before_y) / 10:g}" for (before_x, before_y), (x, y) in pairwise(tenths)]
    return f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l{' '.join(steps)}z".replace(" -", "-")
