"""JSON for StoryMapJS (storymap.knightlab.com/advanced): a title slide, then a slide for each located event by date.

StoryMapJS shows a slide's text as HTML, so all text is escaped here.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from typing import Any

from mapgen.model import Event, EventCollection, Place
from mapgen.taxonomy import TYPES

_ZOOM = {"site": 13, "city": 10, "region": 7, "country": 5}


def to_bytes(collection: EventCollection, suffix: str = ".storymap.json") -> bytes:
    """The located events as a storymap, in UTF-8."""
    told = sorted((e for e in collection.events if e.places), key=lambda e: e.when.start or dt.date.max)
    titles = [document.title for document in collection.documents if document.title]
    credit = "; ".join(dict.fromkeys(d.publisher for d in collection.documents if d.publisher))
    overview = {"type": "overview", **_text(titles[0] if len(titles) == 1 else "Events", f"{len(told)} events"),
                "media": _media("", credit)}  # fmt: skip
    storymap = {"storymap": {"slides": [overview, *map(_slide, told)]}}
    return (json.dumps(storymap, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _slide(event: Event) -> dict[str, Any]:
    kind = TYPES.get(event.event_type)
    facts = [kind.label if kind else event.event_type, event.status, event.attribution]
    paragraphs = [", ".join(filter(None, facts)), event.quote]
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs if text)
    return {
        "date": event.when.start.isoformat() if event.when.start else "",
        "location": _location(event.places[-1]),
        "text": {"headline": html.escape(event.title), "text": body},
        "media": _media(event.source.url or "", event.source.publisher or event.source.title or ""),
    }


def _location(place: Place) -> dict[str, Any]:
    return {"lat": place.lat, "lon": place.lon, "name": html.escape(place.name), "line": True,
            "zoom": _ZOOM[place.granularity]}  # fmt: skip


def _text(headline: str, text: str) -> dict[str, Any]:
    return {"text": {"headline": html.escape(headline), "text": f"<p>{html.escape(text)}</p>"}}


def _media(url: str, credit: str) -> dict[str, str]:
    shown = url if url.startswith(("http://", "https://")) else ""
    return {"url": shown, "credit": html.escape(credit), "caption": ""}
