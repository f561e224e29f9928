"""Whole articles against gold events: scores over folders of gold, and a page to read the errors on.

Gold is ``NAME.gold.json`` beside ``NAME.txt``, in the form of ../shared/events/seed.gold.json; the scorer is
../shared/events/score_events.py.  Nothing in the article path is fitted on an article.
"""

from __future__ import annotations

import datetime as dt
import html
import importlib.util
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from mapgen.events import extract_events
from mapgen.exporters.geojson import to_bytes
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Event, EventCollection
from mapgen.sentences import sentences
from mapgen.toponyms import find_places

HEAD = (
    "<!doctype html><meta charset=utf-8><title>Events told and read</title><style>"
    "body{font:15px/1.45 sans-serif;margin:1rem}table{border-collapse:collapse;width:100%;table-layout:fixed}"
    "td,th{border:1px solid #bbb;padding:.3rem .5rem;vertical-align:top;overflow-wrap:anywhere}"
    ".missed{background:#fbe3a2}.extra{background:#f6c6c6}.optional{color:#777}b{color:#a00}</style>"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as it was read: its gold, mapgen's events, and the scorer's view of both."""

    about: Mapping[str, Any]
    text: str
    events: list[Event]
    result: Mapping[str, Mapping[str, float]]
    pairs: list[tuple[dict[str, Any], dict[str, Any]]]  # gold and predicted, of the right group
    missed: list[dict[str, Any]]
    extra: list[dict[str, Any]]
    seconds: float


def read_all(folders: Iterable[Path], script: ModuleType) -> Iterator[Reading]:
    """Every article with gold in ``folders``, read with mapgen's own places."""
    gazetteer = Gazetteer()
    for path in sorted(path for folder in folders for path in folder.glob("*.gold.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        published = dt.date.fromisoformat(about["publication_date"])
        document = Document(about["doc_id"], text, title=about.get("title"), published=published)
        began = time.process_time()
        places = find_places(document, gazetteer)
        events = extract_events(document, places)
        spent = time.process_time() - began
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            out.write(to_bytes(EventCollection(tuple(events), (document,), {document.doc_id: places})))
            out.flush()
            result, missed, extra, good = script.score(script.load(path)[0], script.load(out.name)[0])
        yield Reading(about, text, events, result, good, missed, extra, spent)


def table(readings: Iterable[Reading], script: ModuleType) -> str:
    """The scorer's table over all ``readings`` together, and the speed in articles of 600 words a second of CPU."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    count, words, spent = 0, 0, 0.0
    for reading in readings:
        count, words, spent = count + 1, words + len(reading.text.split()), spent + reading.seconds
        for name, row in reading.result.items():
            totals[name] = [a + int(row[key]) for a, key in zip(totals[name], ("tp", "pred", "gold"), strict=True)]
    lines = [f"{count} articles, {words} words, {words / 600 / (spent or 1):.0f} articles of 600 words a second"]
    lines.append(f"{'':32}{'P':>7}{'R':>7}{'F1':>7}   tp/pred/gold")
    for name, (right, told, gold) in sorted(totals.items()):
        row = script.prf(right, told, gold)
        lines.append(f"{name:32}{row['precision']:7.3f}{row['recall']:7.3f}{row['f1']:7.3f}   {right}/{told}/{gold}")
    return "\n".join(lines)


def write_page(readings: Iterable[Reading], path: Path) -> None:
    """A page to read the errors on: each sentence with the gold and the predicted events that begin in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(map(_article, readings)), encoding="utf-8")


def _article(reading: Reading) -> str:
    got = {id(predicted["raw"]): gold for gold, predicted in reading.pairs}
    predicted = [(p["raw"], got.get(id(p["raw"]))) for _, p in reading.pairs]
    predicted += [(p["raw"], None) for p in reading.extra]
    told = {id(gold["raw"]): gold for gold, _ in reading.pairs}
    rows = []
    for span in sentences(reading.text):
        here = [e for e in reading.about["events"] if span.start <= (e.get("quote_start") or 0) < span.end]
        read = [(p, gold) for p, gold in predicted if span.start <= (p.get("quote_start") or 0) < span.end]
        left = "".join(_gold(event, any(g["raw"] == event for g in told.values())) for event in here)
        right = "".join(_predicted(p, gold) for p, gold in read)
        rows.append(f"<tr><td>{html.escape(reading.text[span.start : span.end])}<td>{left}<td>{right}")
    title = html.escape(f"{reading.about['doc_id']} ({reading.about['publication_date']})")
    return f"<h2>{title}</h2><table><tr><th>text<th>gold<th>read{''.join(rows)}</table>"


def _gold(event: Mapping[str, Any], found: bool) -> str:
    kind = "optional" if event.get("optional") else "" if found else "missed"
    also = f" or {event['also_ok']}" if event.get("also_ok") else ""
    return f"<p class='{kind}'>{html.escape(_line(event, str(event.get('type')), str(event.get('date'))) + also)}</p>"


def _predicted(event: Mapping[str, Any], gold: Mapping[str, Any] | None) -> str:
    kind = str(event.get("event_type"))
    line = html.escape(_line(event, kind, str(event.get("date_start"))))
    return f"<p class='{'extra' if gold is None else ''}'>{line}</p>"


def _line(event: Mapping[str, Any], kind: str, date: str) -> str:
    places = ", ".join(f"{p.get('role')} {p.get('name')}" for p in event.get("places") or [])
    figures = ", ".join(f"{key} {value.get('text')}" for key, value in (event.get("figures") or {}).items())
    who = f" ({event['attribution']})" if event.get("attribution") else ""
    return " · ".join(part for part in (kind, date, str(event.get("status")) + who, places, figures) if part)


def load_script(path: Path) -> ModuleType:
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
