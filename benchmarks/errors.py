"""Where toponyms are lost, as a map: ``python -m benchmarks errors``.

Reads the cross-validated predictions in benchmarks/folds (``python -m benchmarks geoparse`` makes them) and writes
benchmarks/out/errors-CORPUS.html (git-ignored, for it holds the corpus's text): each error as a layer of its cause, its
gold and predicted points joined by an arrow from gold to prediction, with its sentence.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.geoparse import CORPORA, FOLDS, SHARED, scorer
from mapgen.exporters.html import EventMap
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import Document, Event, EventCollection, Mention, Place, Source
from mapgen.sentences import sentences
from mapgen.taxonomy import EventType
from mapgen.toponyms.resolution import said_of
from mapgen.toponyms.senses import Senses

OUT = Path(__file__).parent / "out"
RIGHT_KM = 161.0
_TABLE = ("", "", "")  # these are no events: no codes of ACLED and PLOVER
CAUSES = {
    cause.key: cause
    for cause in (
        EventType("missing_name", "unrest", "Missing name: the gazetteer has nothing of it", *_TABLE, "count"),
        EventType("missing_place", "unrest", "Missing place: the name is known, but not there", *_TABLE, "count"),
        EventType("wrong_sense", "armed_conflict", "Wrong sense: the right place was a candidate", *_TABLE, "burst"),
        EventType("not_recognised", "politics_diplomacy", "Not recognised, though known", *_TABLE, "count"),
        EventType("over_recognised", "state_measures", "Over-recognised: no gold mention there", *_TABLE, "count"),
    )
}


def errors(evaluate: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> Iterator[Event]:
    """Each error of the predictions ``found`` as an event of its cause."""
    senses = Senses.of(Gazetteer())
    for doc_id, document in gold.items():
        predicted = found[doc_id]["mentions"]
        pairs = evaluate.pair(document["mentions"], predicted)
        for n, wanted in enumerate(document["mentions"]):
            told = predicted[pairs[n]] if pairs.get(n) is not None else None
            if evaluate.has_point(wanted) and not (told and _km(wanted, told) <= RIGHT_KM):
                yield _error(_cause(document["text"], wanted, told, senses), document, wanted, told)
        hit = set(pairs.values())
        for n, told in enumerate(predicted):
            if n not in hit and told["lat"] is not None:
                yield _error("over_recognised", document, None, told)


def _km(one: dict[str, Any], other: dict[str, Any]) -> float:
    return float("inf") if other["lat"] is None else distance_km(one["lat"], one["lon"], other["lat"], other["lon"])


def _cause(text: str, wanted: dict[str, Any], told: dict[str, Any] | None, senses: Senses) -> str:
    said = said_of(text, Mention.of(text, wanted["start"], wanted["end"]), senses)
    if said is None:
        return "missing_name"
    entries = [sense.entry for sense in said.senses]
    if all(distance_km(wanted["lat"], wanted["lon"], entry.lat, entry.lon) > RIGHT_KM for entry in entries):
        return "missing_place"
    return "wrong_sense" if told else "not_recognised"


def _error(cause: str, document: dict[str, Any], wanted: dict[str, Any] | None, told: dict[str, Any] | None) -> Event:
    points = [(part, one) for part, one in (("gold", wanted), ("predicted", told)) if one and one["lat"] is not None]
    roles = {"gold": "origin", "predicted": "destination"} if len(points) == 2 else {}
    places = tuple(
        Place(f"{one.get('name') or one['surface']} ({part})", one["lat"], one["lon"], one["surface"], one["start"],
              one["end"], roles.get(part, "site"), gazetteer=one.get("gazetteer"))
        for part, one in points
    )  # fmt: skip
    first = wanted or told
    assert first
    away = f", {_km(wanted, told):,.0f} km away" if wanted and told and told["lat"] is not None else ""
    text = document["text"]
    part = next(s for s in sentences(text) if s.start <= first["start"] < s.end)
    return Event(
        cause, f"{first['surface']}{away}", places=places, quote=text[part.start : part.end], quote_start=part.start,
        quote_end=part.end, source=Source(title=document["doc_id"], doc_id=document["doc_id"]),
    ).identified()  # fmt: skip


def main() -> None:
    """Write the map of each corpus whose predictions are there."""
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not here: set MAPGEN_SHARED")
    OUT.mkdir(exist_ok=True)
    evaluate = scorer()
    for corpus in CORPORA:
        if not (FOLDS / f"{corpus}.jsonl").exists():
            print(f"{corpus}: no predictions in {FOLDS}; say python -m benchmarks geoparse")
            continue
        found = evaluate.read(FOLDS / f"{corpus}.jsonl")
        told = tuple(errors(evaluate, evaluate.read(SHARED / f"{corpus}.jsonl"), found))
        documents = tuple(Document(doc_id, "") for doc_id in sorted({event.source.doc_id or "" for event in told}))
        path = OUT / f"errors-{corpus}.html"
        EventMap(EventCollection(told, documents), title=f"Toponym errors, {corpus}", types=CAUSES).save(path)
        counts = Counter(event.event_type for event in told)
        print(f"{path}: " + ", ".join(f"{cause.replace('_', ' ')} {counts[cause]}" for cause in CAUSES))


if __name__ == "__main__":
    main()
