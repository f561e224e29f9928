"""Place names in text: recognition (text ─► mentions) and resolution (mentions ─► places)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mapgen.errors import InputError
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Mention, Place
from mapgen.toponyms.parameters import parameters
from mapgen.toponyms.recognition import recognise, recognised
from mapgen.toponyms.resolution import Answer, answers_to, decided, resolve

__all__ = ["annotate", "find_places", "recognise", "resolve"]


def find_places(
    document: Document, gazetteer: Gazetteer, mentions: Sequence[Mention] | None = None
) -> tuple[Place, ...]:
    """The places that ``document`` mentions, in text order; ``kind`` tells how each is meant (see ``Mention``).

    ``mentions``, where given, are resolved as they stand, without recognition.

    Facilities told by their town ("the city's airport") are among them, unlike in :func:`recognise`.
    """
    from mapgen.toponyms.facilities import at_airport, facilities, near

    text = document.text
    if mentions is None:
        places = [near(text, answer.place(mention)) for mention, answer in _read(text, gazetteer)]
    else:
        places = [near(text, place) for place in resolve(text, mentions, gazetteer) if place]
    found = [*(at_airport(text, place, gazetteer) for place in places), *facilities(text, places, gazetteer)]
    return tuple(sorted(found, key=lambda place: place.start or 0))


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
    if given is None:
        rows = [row(mention, answer) for mention, answer in _read(text, gazetteer)]
    else:
        mentions = _given(text, given, record.get("doc_id"))
        answers = answers_to(text, mentions, gazetteer, parameters())
        rows = [row(mention, answer) for mention, answer in zip(mentions, answers, strict=True)]
    return {**record, "mentions": rows}


def _read(text: str, gazetteer: Gazetteer) -> Iterator[tuple[Mention, Answer]]:
    learned = parameters()
    found = recognised(text, gazetteer, learned)
    answers = decided([said for _, said in found], learned, turns=1)  # after the one of the recognition
    return ((mention, answer) for (mention, _), answer in zip(found, answers, strict=True))


def _given(text: str, given: Any, doc_id: Any) -> list[Mention]:
    try:
        return [Mention.of(text, int(m["start"]), int(m["end"])) for m in given]
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(f"record {doc_id!r} has a mention without usable start and end: {error}") from error


def row(mention: Mention, answer: Answer | None) -> dict[str, Any]:
    """A mention and where it is as ``mapgen toponyms`` writes them."""
    entry = answer.entry if answer else None
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "name": entry.name if entry else None,
        "lat": entry.lat if entry else None,
        "lon": entry.lon if entry else None,
        "gazetteer": entry.id if entry else None,
        "granularity": entry.granularity if entry else None,
        "confidence": answer.confidence if answer else None,
        "kind": mention.kind,
    }
