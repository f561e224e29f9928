"""The text of articles with their events marked in it, for ``--with-text``: cut into pieces, free of offsets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mapgen.model import Document, EventCollection


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
        (told.quote_start, told.quote_end, event.event_id)
        for event in collection.events
        for told in (event, *event.claims)
        if told.source.doc_id == document.doc_id
        and told.quote_start is not None
        and told.quote_end is not None
        and 0 <= told.quote_start < told.quote_end <= len(document.text)
    ]
    edges = sorted({0, len(document.text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in pairwise(edges):
        told = dict.fromkeys(event for first, last, event in spans if first <= start and end <= last)
        yield [document.text[start:end], *told]
