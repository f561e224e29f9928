"""The text of articles with their events marked in it, for ``--with-text``: cut into pieces, free of offsets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mapgen.model import Document, Event, EventCollection


def articles(collection: EventCollection) -> list[dict[str, Any]]:
    """Each document that has text: its title, and its text in pieces.

    A piece is a list: the text, then the ids of the events that are told in it.  Where the quotes of two events
    overlap, the piece that they share has both.
    """
    return [
        {"title": document.title or "", "parts": list(_parts(document, collection))}
        for document in collection.documents
        if document.text.strip()
    ]


def _parts(document: Document, collection: EventCollection) -> Iterator[list[str]]:
    spans = [
        (start, end, event.event_id)
        for event in collection.events
        for start, end in _quoted(event, document)
        if 0 <= start < end <= len(document.text)
    ]
    edges = sorted({0, len(document.text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in pairwise(edges):
        told = dict.fromkeys(event for first, last, event in spans if first <= start and end <= last)
        yield [document.text[start:end], *told]


def _quoted(event: Event, document: Document) -> Iterator[tuple[int, int]]:
    """Where the document tells of the event."""
    if event.source.doc_id == document.doc_id and event.quote_start is not None and event.quote_end is not None:
        yield event.quote_start, event.quote_end
    for claim in event.claims:
        if claim.source.doc_id == document.doc_id:
            yield claim.quote_start, claim.quote_end
