"""Events out: ``export`` chooses the form by the ending of the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mapgen.atomic import write_atomic
from mapgen.errors import OptionsError
from mapgen.model import EventCollection


@dataclass(frozen=True, slots=True)
class Form:
    """A form that events are written in.

    ``module`` of this package has ``to_bytes(collection, ending)``.  ``record`` tells whether the whole event record
    is kept, ``unlocated`` whether events without a place are.  Only GeoJSON keeps what stands beside the events:
    documents, place mentions, and what was skipped.
    """

    module: str
    record: bool = True
    unlocated: bool = True


FORMS = {
    ".geojson": Form("geojson"),
    ".json": Form("geojson"),
    ".csv": Form("csv"),
    ".xlsx": Form("xlsx"),
    ".gpkg": Form("geopackage"),
    ".parquet": Form("geoparquet"),
    ".kml": Form("kml"),
    ".acled.csv": Form("acled", record=False, unlocated=False),
    ".timemap.csv": Form("timemap", record=False, unlocated=False),
    ".storymap.json": Form("storymap", record=False, unlocated=False),
}


def exportable(path: Path) -> str:
    """The ending of ``path`` where events can be written so; raises OptionsError naming the ones there are."""
    name = path.name.lower()
    endings = [ending for ending in FORMS if name.endswith(ending)]
    if not endings:
        raise OptionsError(f"{path}: events cannot be written as {path.suffix or 'a file without suffix'}; "
                           f"there are {', '.join(FORMS)}")  # fmt: skip
    return max(endings, key=len)


def export(collection: EventCollection, path: Path) -> list[str]:
    """Write the events to ``path``, atomically, in the form that its ending names; returns what was lost in it.

    Each sentence of the answer tells of something in the collection that this form has no room for.
    """
    ending = exportable(path)
    form = FORMS[ending]
    module = import_module(f"mapgen.exporters.{form.module}")
    write_atomic(path, module.to_bytes(collection, ending))
    return _lost(collection, form)


def _lost(collection: EventCollection, form: Form) -> list[str]:
    if form.module == "geojson":
        return []
    beside = [
        f"{count} {name}"
        for count, name in (
            (len(collection.documents) if form.module != "xlsx" else 0, "source descriptions"),
            (sum(map(len, collection.mentions.values())), "place mentions"),
            (len(collection.skipped), "skipped rows"),
        )
        if count
    ]
    unlocated = 0 if form.unlocated else sum(not event.places for event in collection.events)
    return [
        *([f"{unlocated} events without a place are not in it"] if unlocated else []),
        *(["it has no columns for all that is known of an event"] if not form.record else []),
        *([f"it has no room for {', '.join(beside)}"] if beside else []),
    ]
