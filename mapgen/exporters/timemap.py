"""CSV in the form of a TimeMap event sheet (github.com/bellingcat/ukraine-timemap, forensic-architecture/timemap).

One row a located event, at its first place; ``association1`` … are the type's group and type, ``source1`` … the links
of the sources or, where there is none, who published them.
"""

from __future__ import annotations

from typing import Any

from mapgen.exporters.csv import rows_to_bytes
from mapgen.model import Event, EventCollection, Source
from mapgen.taxonomy import GROUPS, TYPES

_COLUMNS = (
    "id", "description", "date", "time", "location", "latitude", "longitude", "type", "association1", "association2",
    "comments",
)  # fmt: skip


def to_bytes(collection: EventCollection, suffix: str = ".timemap.csv") -> bytes:
    """The located events as UTF-8 CSV; dates as MM/DD/YYYY, TimeMap's default."""
    told = [event for event in collection.events if event.places]
    sources = {event.event_id: _sources(event) for event in told}
    most = max(map(len, sources.values()), default=0)
    header = (*_COLUMNS, *(f"source{n + 1}" for n in range(most)))
    return rows_to_bytes(header, ([*_row(event), *sources[event.event_id]] for event in told))


def _row(event: Event) -> list[Any]:
    place, start = event.places[0], event.when.start
    kind = TYPES.get(event.event_type)
    said = f"{event.status}, {event.attribution}" if event.attribution else event.status
    return [
        event.event_id,
        f"{event.title}. {event.quote}" if event.quote else event.title,
        start.strftime("%m/%d/%Y") if start else "",
        "",
        place.name,
        place.lat,
        place.lon,
        kind.label if kind else event.event_type,
        GROUPS[kind.group].label if kind else "",
        kind.label if kind else event.event_type,
        said,
    ]


def _sources(event: Event) -> list[str]:
    told = [event.source, *(claim.source for claim in event.claims)]
    return list(dict.fromkeys(name for source in told if (name := _name(source))))


def _name(source: Source) -> str:
    return source.url or ", ".join(filter(None, (source.publisher, source.title)))
