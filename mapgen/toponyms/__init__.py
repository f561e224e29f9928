"""Place names in text: recognition (text ─► mentions) and resolution (mentions ─► places)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapgen.errors import InputError
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Mention, Place
from mapgen.toponyms.facilities import facilities, near
from mapgen.toponyms.recognition import recognise
from mapgen.toponyms.resolution import resolve

__all__ = ["annotate", "find_places", "recognise", "resolve"]


def find_places(document: Document, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that ``document`` mentions, in text order; ``kind`` tells how each is meant (see ``Mention``).

    Facilities told by their town ("the city's airport") are among them, unlike in :func:`recognise`.
    """
    text = document.text
    mentions = recognise(text, gazetteer)
    places = [near(text, place) for place in resolve(text, mentions, gazetteer) if place]
    places += facilities(text, places, gazetteer)
    return tuple(sorted(places, key=lambda place: place.start or 0))


def annotate(record: Mapping[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    """A line of ``mapgen toponyms``: ``record`` has "doc_id", "text" and, where given, "mentions" with "start", "end".

    Given mentions are resolved as they stand, without recognition.  Returns the record with "mentions", each with
    start, end, surface, name, lat, lon, gazetteer, granularity, confidence and kind (null where nothing is known).
    Raises :class:`InputError` for a record that is not of this form.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError(f'record {record.get("doc_id")!r} has no text: give lines like {{"doc_id": …, "text": …}}')
    given = record.get("mentions")
    mentions = recognise(text, gazetteer) if given is None else _given(text, given, record.get("doc_id"))
    places = resolve(text, mentions, gazetteer)
    rows = [row(mention, place) for mention, place in zip(mentions, places, strict=True)]
    return {**record, "mentions": rows}


def _given(text: str, given: Any, doc_id: Any) -> list[Mention]:
    try:
        return [Mention.of(text, int(m["start"]), int(m["end"])) for m in given]
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(f"record {doc_id!r} has a mention without usable start and end: {error}") from error


def row(mention: Mention, place: Place | None) -> dict[str, Any]:
    """A mention and its place as ``mapgen toponyms`` writes them."""
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "name": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "gazetteer": place.gazetteer if place else None,
        "granularity": place.granularity if place else None,
        "confidence": place.confidence if place else None,
        "kind": mention.kind,
    }
