"""A map as one SVG picture: base, shaded areas, arrows, marks, names and legend, drawn without a browser.

It stands in the page for readers without scripts, and is what ``mapgen embed`` and ``--image`` write where there is no
Chromium.  Colours and shapes are those of the page's light style; every text is escaped, and no style attribute is
used, so that the strictest Content-Security-Policy draws all of it.
"""

from __future__ import annotations

import html
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mapgen.exporters.backdrop import LAND, QUIET, Point, Window, base_of, escaped, outlines_of, overlays_of, shades_of
from mapgen.exporters.flows import Flow, along, flows
from mapgen.exporters.page import asset
from mapgen.exporters.ribbons import ribbons, widths
from mapgen.exporters.scene import BROAD, NEAR, Cluster, Scene, scene
from mapgen.layers import kinds
from mapgen.model import EventCollection
from mapgen.taxonomy import GROUPS, EventType

WIDTH, HEIGHT = 1000, 640  # CSS pixels
HEADING = 44  # pixels of the title over the picture
LEGEND = 236  # pixels at the right edge
FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif"
SERIF = "Charter, Georgia, 'DejaVu Serif', serif"
PAPER, INK = "#ffffff", "#16202a"
LETTER = 0.56  # em: how wide a letter is, about


@dataclass(slots=True)
class Names:
    """Names that do not cover each other: who comes first stands."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def place(self, text: str, x: float, y: float, gap: float, size: float, sides: str = "rlba") -> Point | None:
        """Where the text may begin: right, left, below or above of the point, or over it (m)."""
        width, height = len(text) * size * LETTER, size * 1.25
        for side in sides:
            left = {"r": x + gap, "l": x - gap - width}.get(side, x - width / 2)
            top = {"b": y + gap, "a": y - gap - height}.get(side, y - height / 2)
            box = (left, top, left + width, top + height)
            if self.free(box):
                self.taken.append(box)
                return left, top + size
        return None

    def free(self, box: tuple[float, float, float, float]) -> bool:
        """Whether nothing stands there."""
        return not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in self.taken)


def svg(
    collection: EventCollection,
    title: str,
    types: Mapping[str, EventType],
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
    heading: bool = True,
    plain: bool = False,
    under: Sequence[Path | str] = (),
) -> str:
    """The picture as SVG text, ``width`` by ``height`` CSS pixels.

    ``<title>`` and ``<desc>`` tell what it shows.  ``plain`` leaves out what makes it large: rivers, borders of
    regions, the finest turns of coasts.  ``under`` are GeoJSON files under the events; raises InputError for one that
    cannot be drawn.
    """
    drawn = scene(collection, under)
    wide = width >= 700
    window = Window.around(drawn.bounds, width, height, LEGEND if wide and collection.events else 0)
    names = Names()
    if wide and collection.events:
        names.taken.append((width - LEGEND, 0, width, height))
    if heading:
        names.taken.append((0, 0, width, HEADING))
    clusters = drawn.clusters(window.at)
    arriving = flows(drawn.movements, window.at, outlines_of(drawn, window))
    marks = list(_marks(drawn, clusters, arriving, window, types, names))
    parts = [
        *base_of(drawn, window, plain), *overlays_of(drawn, window), *shades_of(drawn, window),
        *_arrows(drawn, clusters, arriving, window, types), *marks,
        *_place_names(drawn, clusters, window, names), *_base_names(drawn, window, names, plain),
        *(_legend(collection, types, width, height, HEADING + 16.0 if heading else 22.0) if wide else ()),
        *(_heading(title, width) if heading else ()), _credit(width, height),
    ]  # fmt: skip
    told = "; ".join(event.title for event in collection.events[:30])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="{html.escape(FONT)}" font-size="12"><title>{escaped(title)}</title>'
        f"<desc>{escaped(told)}</desc>{''.join(parts)}</svg>"
    )


@lru_cache(maxsize=1)
def drawings() -> Mapping[str, str]:
    """The path data of each icon, on a square of 24 units."""
    found: dict[str, str] = json.loads(asset("icons.json"))
    return found


def _arrows(
    drawn: Scene, clusters: Sequence[Cluster], arriving: Sequence[Flow], window: Window, types: Mapping[str, EventType]
) -> Iterator[str]:
    """Movements, those that come from one side joined; a hollow one is not confirmed, a struck one denied."""
    told = widths(drawn.movements)
    marks = [window.at(cluster.lat, cluster.lon) for cluster in clusters]
    for flow in arriving:
        movement = flow.streams[0].movement
        status, color = movement.event.status, color_of(movement.event.event_type, types)
        bare = movement.goal.granularity in BROAD and not any(math.dist(flow.goal, mark) < NEAR for mark in marks)
        gap = 7.0 if bare else 19.0
        shape, (x, y) = ribbons(flow, [told[stream.movement] for stream in flow.streams], gap, status == "planned")
        solid = status in ("confirmed", "planned")
        edge = f'stroke="{PAPER if solid else color}" stroke-width="{2 if solid else 3}" stroke-linejoin="round"'
        yield f'<path d="{shape}" fill="{color if solid else PAPER}" {edge} paint-order="stroke"/>'
        if status == "denied":
            yield f'<path d="M{x - 9:.1f} {y + 9:.1f}l18-18" stroke="{color}" stroke-width="2.6"/>'


def _marks(
    drawn: Scene,
    clusters: Sequence[Cluster],
    arriving: Sequence[Flow],
    window: Window,
    types: Mapping[str, EventType],
    names: Names,
) -> Iterator[str]:
    ends = [place for movement in drawn.movements for place in (movement.start, movement.goal)]
    for place in ends if drawn.events else drawn.places:
        x, y = window.at(place.lat, place.lon)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{PAPER}" stroke="{QUIET}" stroke-width="1.5"/>'
    for cluster in clusters:
        x, y = window.at(cluster.lat, cluster.lon)
        radius = 12 if len(cluster.events) == 1 else 16
        names.taken.append((x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2))
        yield single(cluster, x, y, types) if len(cluster.events) == 1 else ring(cluster, x, y, types)
    ways = Counter(movement.event.event_id for movement in drawn.movements)
    for stream in (one for flow in arriving for one in flow.streams):
        event = stream.movement.event
        x, y = along(stream.start, stream.control, stream.end, 0.5)
        box = (x - 12, y - 12, x + 12, y + 12)
        if ways[event.event_id] == 1 and names.free(box):
            names.taken.append(box)
            yield mark(event.event_type, event.status, x, y, types)


def single(cluster: Cluster, x: float, y: float, types: Mapping[str, EventType]) -> str:
    """The mark of one event; line and fill say its status."""
    event = cluster.events[0]
    return mark(event.event_type, event.status, x, y, types)


def mark(kind: str, status: str, x: float, y: float, types: Mapping[str, EventType], size: float = 12) -> str:
    """A round mark of radius ``size`` around (x, y) with the type's drawing in it."""
    color, solid = color_of(kind, types), status == "confirmed"
    dashes = ' stroke-dasharray="4 2.6"' if status == "planned" else ""
    icon = drawings().get(types[kind].icon if kind in types else "burst") or drawings()["burst"]
    scale = size * 1.25 / 24
    strike = (
        f'<path d="M{x - 9:.1f} {y + 9:.1f}l18-18" stroke="{color}" stroke-width="2.4"/>' if status == "denied" else ""
    )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{color if solid else PAPER}" '
        f'stroke="{PAPER if solid else color}" stroke-width="2"{dashes}/>'
        f'<path d="{icon}" transform="translate({x - 12 * scale:.1f} {y - 12 * scale:.1f}) scale({scale:.3f})" '
        'fill="none" '
        f'stroke="{ink_on(color) if solid else color}" stroke-width="2.1" stroke-linecap="round" '
        f'stroke-linejoin="round"/>{strike}'
    )


def ring(cluster: Cluster, x: float, y: float, types: Mapping[str, EventType]) -> str:
    """The mark of several events: their number in a ring of their colours."""
    count, radius = len(cluster.events), 13.5
    shares: dict[str, int] = {}
    for event in cluster.events:
        color = color_of(event.event_type, types)
        shares[color] = shares.get(color, 0) + 1
    around, at, arcs = 2 * math.pi * radius, 0.0, ""
    for color, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        length = share / count * around
        arcs += (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="none" stroke="{color}" stroke-width="5" '
                 f'stroke-dasharray="{max(length - 1.5, 0.5):.1f} {around:.1f}" stroke-dashoffset="{-at:.1f}" '
                 f'transform="rotate(-90 {x:.1f} {y:.1f})"/>')  # fmt: skip
        at += length
    return (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="16.5" fill="{PAPER}"/>{arcs}<text x="{x:.1f}" y="{y + 4.5:.1f}" '
            f'text-anchor="middle" font-weight="700" font-size="13" fill="{INK}">{count}</text>')  # fmt: skip


def _place_names(drawn: Scene, clusters: Sequence[Cluster], window: Window, names: Names) -> Iterator[str]:
    told: set[str] = set()
    for cluster in clusters:
        yield from _name(cluster.name, *window.at(cluster.lat, cluster.lon), 19, names, told)
    ends = [place for movement in drawn.movements for place in (movement.start, movement.goal)]
    for place in ends if drawn.events else drawn.places:
        yield from _name(place.name, *window.at(place.lat, place.lon), 8, names, told, QUIET)


def _name(text: str, x: float, y: float, gap: float, names: Names, told: set[str], ink: str = INK) -> Iterator[str]:
    if text in told:
        return
    told.add(text)
    at = names.place(text, x, y, gap, 12.5)
    if at:
        yield _halo(text, *at, 12.5, ink, 700)


def _base_names(drawn: Scene, window: Window, names: Names, plain: bool) -> Iterator[str]:
    base = drawn.base
    scale = base["scale"]
    for text, lon, lat in (label for overlay in drawn.overlays for label in overlay.labels):
        x, y = window.at(lat, lon)
        at = names.place(text, x, y, 6, 11) if _inside(x, y, window) else None
        if at:
            yield _halo(text, *at, 11, QUIET, 400)
    shown = {place.name for place in drawn.places}
    for country in sorted((c for c in base["countries"] if "label" in c), key=lambda c: c["rank"]):
        x, y = window.unit(country["label"], scale)
        if country["rank"] <= 3 and country["name"] not in shown and _inside(x, y, window):
            text = country["name"].upper()
            at = names.place(text, x, y, 0, 13, "m")
            if at:
                spaced = 'font-size="11" letter-spacing="1.2" fill="#77756f"'
                yield f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" {spaced}>{escaped(text)}</text>'
    for city in base["cities"]:
        x, y = window.unit(city["at"], scale)
        if city["rank"] > (1 if plain else 2) or city["name"] in shown or not _inside(x, y, window):
            continue
        at = names.place(city["name"], x, y, 6, 11)
        if at:
            yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="1.8" fill="#6a6f73"/>'
            yield _halo(city["name"], *at, 11, "#5d6266", 400)


def _halo(text: str, x: float, y: float, size: float, ink: str, weight: int) -> str:
    return (f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" font-weight="{weight}" fill="{ink}" stroke="{LAND}" '
            f'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escaped(text)}</text>')  # fmt: skip


def _inside(x: float, y: float, window: Window) -> bool:
    return 8 < x < window.width - 8 and 8 < y < window.height - 20


def _legend(
    collection: EventCollection, types: Mapping[str, EventType], width: int, height: int, top: float
) -> Iterator[str]:
    drawn = kinds(collection, types)
    counts = Counter(event.event_type for event in collection.events)
    if not drawn:
        return
    groups = [group for group in GROUPS.values() if any(layer.group == group.key for layer in drawn)]
    lines = len(drawn) + len(groups)
    step = min(24.0, (height - 100) / max(lines, 1))
    left, y = width - LEGEND + 4, top
    yield (f'<rect x="{left}" y="{y - 10}" width="{LEGEND - 16}" height="{lines * step + 16:.0f}" rx="8" '
           f'fill="{PAPER}"/>')  # fmt: skip
    for group in groups:
        y += step
        yield _text(group.label, left + 12, y - step / 2 + 6, f'font-size="11.5" font-weight="700" fill="{QUIET}"')
        for layer in (one for one in drawn if one.group == group.key):
            y += step
            middle = y - step / 2 + 2
            yield mark(layer.key, "confirmed", left + 22, middle, types, min(9.0, step / 2 - 1))
            yield _text(layer.label[:26], left + 38, middle + 4, f'fill="{INK}"')
            yield _text(str(counts[layer.key]), width - 24, middle + 4, f'text-anchor="end" fill="{QUIET}"')


def _text(text: str, x: float, y: float, attributes: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {attributes}>{escaped(text)}</text>'


def _heading(title: str, width: int) -> Iterator[str]:
    size = 20 if len(title) * 20 * LETTER < width - 32 else 15
    fits = int((width - 32) / (size * LETTER))
    text = title if len(title) <= fits else f"{title[: fits - 1].rstrip()}…"
    yield f'<rect width="{width}" height="{HEADING}" fill="{PAPER}"/>'
    yield _text(text, 16, 29, f'font-size="{size}" font-weight="700" font-family="{SERIF}" fill="{INK}"')


def _credit(width: int, height: int) -> str:
    small = f'text-anchor="end" font-size="10.5" fill="{QUIET}"'
    return (
        f'<rect x="{width - 206}" y="{height - 18}" width="206" height="18" fill="{PAPER}" fill-opacity="0.8"/>'
        + _text("GeoNames (CC BY 4.0) · Natural Earth", width - 8, height - 5, small)
    )


def color_of(kind: str, types: Mapping[str, EventType]) -> str:
    """The colour of an event type: its own, or its group's."""
    known = types.get(kind)
    return "#666666" if known is None else known.color or GROUPS[known.group].color


def ink_on(color: str) -> str:
    """Black or white, whichever reads better on ``color`` (WCAG 2 relative luminance), as in ``web/icons.js``."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#101418" if 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 else "#ffffff"
