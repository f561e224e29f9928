"""What a picture of a collection shows: clusters of events, movements, areas and the base around them.

The rules are those of the page (``web/geography.js``, ``web/markers.js``), so that both tell the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mapgen.exporters.basemap import areas, basemap
from mapgen.exporters.content import bounds
from mapgen.model import Event, EventCollection, Place
from mapgen.readers.overlay import Overlay, read_overlay

NEAR = 27.0  # pixels: marks closer than this are joined
ORIGINS = ("origin", "contingent-origin")
BROAD = ("region", "country")

Grid = dict[tuple[int, int], list[tuple[int, tuple[float, float]]]]  # cell ─► numbers and pixels of the clusters in it


@dataclass(frozen=True, slots=True, eq=False)  # by itself
class Movement:
    """One arrow; ``size`` is how many soldiers move, where that is told."""

    event: Event
    start: Place
    goal: Place
    size: float | None


@dataclass(slots=True)
class Cluster:
    """Events whose marks are joined; ``name`` is the place that most of them name."""

    lat: float
    lon: float
    name: str
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn; ``bounds`` is west, south, east, north in degrees."""

    events: Sequence[Event]
    places: tuple[Place, ...]
    movements: tuple[Movement, ...]
    bounds: tuple[float, float, float, float] | None
    base: Mapping[str, Any]
    areas: Mapping[str, Mapping[str, Any]]
    overlays: tuple[Overlay, ...] = ()

    def clusters(self, at: Callable[[float, float], tuple[float, float]]) -> list[Cluster]:
        """The marks, joined where they would cover each other; ``at`` projects lat and lon to pixels."""
        one_way = {m.event.event_id for m in self.movements}
        found: list[Cluster] = []
        grid: Grid = {}
        for event in self.events:
            stands = [p for p in event.places if p.role not in ORIGINS] or list(event.places)
            for place in {(p.lat, p.lon): p for p in stands}.values():
                if event.event_id in one_way and len(stands) == 1:
                    continue  # its arrow shows it
                _join(found, grid, event, place, at(place.lat, place.lon))
        return sorted(found, key=lambda one: (-len(one.events), one.name))


def scene(collection: EventCollection, under: Iterable[Path | str] = ()) -> Scene:
    """What of the collection can be drawn; ``under`` are GeoJSON files under the events.

    Raises InputError for one that cannot be drawn.
    """
    movements = [movement for event in collection.events for movement in _movements(event)]
    places = tuple(p for event in collection.events for p in event.places)
    if not collection.events:
        places = tuple(p for found in collection.mentions.values() for p in found)
    near = [p for p in places if not (p.granularity == "country" and p.role in ORIGINS)] or list(places)
    extent = bounds(near)
    broad = {p.gazetteer for p in near if p.granularity in BROAD and p.gazetteer}
    overlays = tuple(read_overlay(Path(path)) for path in under)
    return Scene(collection.events, places, tuple(movements), extent, basemap(extent), areas(broad, extent), overlays)


def _movements(event: Event) -> list[Movement]:
    """From each origin to the destination."""
    goals = [p for p in event.places if p.role not in ORIGINS]
    goal = next((p for p in goals if p.role == "destination"), goals[0] if goals else None)
    if goal is None:
        return []
    starts = [p for p in event.places if p.role in ORIGINS and (p.lat, p.lon) != (goal.lat, goal.lon)]
    told = event.figures.get("soldiers")
    soldiers = next((n for n in (told.value, told.max, told.min) if n is not None), None) if told else None
    size = None if soldiers is None else soldiers / max(len(starts), 1)
    return [Movement(event, start, goal, size) for start in starts]


def _join(found: list[Cluster], grid: Grid, event: Event, place: Place, at: tuple[float, float]) -> None:
    """Put the event into the first cluster that is near, or else into one of its own."""
    column, row = int(at[0] // NEAR), int(at[1] // NEAR)
    around = [one for dx in (-1, 0, 1) for dy in (-1, 0, 1) for one in grid.get((column + dx, row + dy), ())]
    near = [n for n, (x, y) in around if math.hypot(x - at[0], y - at[1]) < NEAR]
    if not near:
        grid.setdefault((column, row), []).append((len(found), at))
        found.append(Cluster(place.lat, place.lon, place.name, [event]))
    elif found[min(near)].events[-1] is not event:
        found[min(near)].events.append(event)
