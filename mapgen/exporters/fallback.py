"""What a map says without scripts: a picture and the list of its events; and in one sentence, for previews of links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mapgen.exporters.backdrop import escaped
from mapgen.exporters.page import strings
from mapgen.exporters.picture import HEADING, HEIGHT, svg
from mapgen.model import Event, EventCollection
from mapgen.taxonomy import EventType

LISTED = 500  # events; the rest is counted
PICTURED = 5000  # events of a map that is drawn as a picture too
DESCRIBED = 180  # characters, about


def fallback(
    collection: EventCollection,
    title: str,
    lang: str,
    types: Mapping[str, EventType],
    under: Sequence[Path | str] = (),
) -> str:
    """Markup for ``<noscript>``: heading, picture, list; of finished, escaped text only.

    ``under`` are GeoJSON files under the events.
    """
    words = {**strings("en"), **strings(lang)}
    picture = (
        svg(collection, title, types, height=HEIGHT - HEADING, heading=False, plain=True, under=under)
        if 0 < len(collection.events) <= PICTURED
        else ""
    )
    events = sorted(collection.events, key=lambda event: (event.when.start is None, event.when.start, event.title))
    items = "".join(f"<li>{_item(event, words)}</li>" for event in events[:LISTED])
    left = len(events) - LISTED
    further = f"<p>{escaped(words['further'].format(n=left))}</p>" if left > 0 else ""
    return f"<h1>{escaped(title)}</h1>{picture}<ol>{items}</ol>{further}"


def description(collection: EventCollection) -> str:
    """The first events in one line of plain text."""
    told = ""
    for event in collection.events:
        if told and len(told) + len(event.title) > DESCRIBED:
            return f"{told} …"
        told += f"{'. ' if told else ''}{event.title.rstrip('.')}"
    return told


def _item(event: Event, words: Mapping[str, Any]) -> str:
    days = dict.fromkeys(day for day in (event.when.start, event.when.end) if day)
    told_day = "–".join(f"<time>{day}</time>" for day in days)
    places = ", ".join(dict.fromkeys(place.name for place in event.places))
    status = "" if event.status == "confirmed" else f" ({words[f'short_{event.status}']})"
    told = " – ".join(filter(None, (f"{event.title}{status}", places)))
    return f"{told_day or escaped(words['date_unknown'])} <bdi>{escaped(told)}</bdi>"
