"""Sentences of our own with what they tell (``told/*.toml``), read as documents of one sentence each."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mapgen.events import extract_events
from mapgen.model import Document
from mapgen.taxonomy import group_of

SENTENCES = Path(__file__).parent / "told"
PUBLISHED = dt.date(2024, 5, 16)


def read_told() -> list[tuple[str, str | None]]:
    """(sentence, the type it tells or None) of every file, in order."""
    rows: list[tuple[str, str | None]] = []
    for path in sorted(SENTENCES.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        rows += [(text, kind) for kind, texts in data["events"].items() for text in texts]
        rows += [(text, None) for texts in data["none"].values() for text in texts]
    return rows


def read_own() -> Iterator[tuple[str, str | None, list[str]]]:
    """(sentence, the type it tells or None, the types that mapgen reads in it)."""
    for text, kind in read_told():
        yield text, kind, [event.event_type for event in extract_events(Document("", text, published=PUBLISHED), ())]


def own_scores() -> tuple[int, int, int, int]:
    """How many sentences have their event of the right group, of the right type; events read in all; events told."""
    grouped = typed = read = told = 0
    for _, kind, found in read_own():
        read, told = read + len(found), told + (kind is not None)
        if kind is not None:
            typed += kind in found
            grouped += any(group_of(each) == group_of(kind) for each in found)
    return grouped, typed, read, told
