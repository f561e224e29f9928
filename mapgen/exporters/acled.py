"""CSV with the columns of an ACLED export, in their order, for tools that expect one.

Columns: "ACLED Codebook" (acleddata.com, 2023 and after).  What ACLED codes and mapgen does not know (``interaction``,
``tags`` …) stays empty; ``notes`` holds the quote.
"""

from __future__ import annotations

from typing import Any

from mapgen.exporters.csv import flat, rows_to_bytes
from mapgen.model import Event, EventCollection
from mapgen.taxonomy import TYPES

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_DISORDER = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}  # of the other event types: "Political violence"


def to_bytes(collection: EventCollection, suffix: str = ".acled.csv") -> bytes:
    """The located events as UTF-8 CSV with ACLED's columns."""
    return rows_to_bytes(COLUMNS, (_row(event) for event in collection.events if event.places))


def _row(event: Event) -> list[Any]:
    row = flat(event)
    kind = TYPES.get(event.event_type)
    row["event_id_cnty"] = event.event_id
    row["event_type"] = kind.acled_event if kind else None
    row["disorder_type"] = _DISORDER.get(kind.acled_event, "Political violence") if kind else None
    row["year"] = event.when.start.year if event.when.start else None
    row["assoc_actor_2"] = "; ".join(event.actors[2:]) or None
    row["fatalities"] = row["fatalities"] or 0
    return [row.get(column) for column in COLUMNS]
