"""When two tellings are one event: precision and recall of merging on pairs written for it.

python -m benchmarks.merging [--fit] prints, for the stories that the weights were set on and for those held out, how
many pairs are judged right by the likeness of the pair, how many after the whole merging, and what went wrong; --fit
prints weights fitted by logistic regression on the former, from which those in the package were rounded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from mapgen.events import extract_events
from mapgen.events.likeness import Account, compare, judgement, likeness
from mapgen.events.merge import merge
from mapgen.model import Document, Event
from mapgen.pipeline import gazetteer_with
from mapgen.toponyms import find_places

STORIES = Path(__file__).with_name("retellings.toml")


class Telling(NamedTuple):
    """One telling as mapgen reads it: the event of its text that is told first."""

    story: str
    label: str
    event: Event


class Pair(NamedTuple):
    """Two tellings of one story."""

    a: Telling
    b: Telling
    same: bool


def tellings(held: bool) -> dict[str, list[Telling]]:
    """The tellings by story, without those in which mapgen finds no event."""
    found: dict[str, list[Telling]] = {}
    for story in tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]:
        if story.get("held", False) != held:
            continue
        rows = found.setdefault(story["name"], [])
        for number, (label, day, text) in enumerate(story["tellings"]):
            document = Document(f"{story['name']}-{number}", text, published=dt.date.fromisoformat(day))
            events = extract_events(document, find_places(document, gazetteer_with()))
            if events:
                rows.append(Telling(story["name"], label, events[0]))
            else:
                print(f"  no event found in: {text}")
    return found


def pairs(stories: dict[str, list[Telling]]) -> Iterator[Pair]:
    """Every two tellings of each story."""
    for rows in stories.values():
        for a, b in combinations(rows, 2):
            yield Pair(a, b, a.label == b.label)


def measure(name: str, judged: list[tuple[Pair, bool]], listed: bool = True) -> None:
    """Print precision and recall of the pairs ``judged`` to be one event, and the wrong ones."""
    right = sum(pair.same and said for pair, said in judged)
    told, gold = sum(said for _, said in judged), sum(pair.same for pair, _ in judged)
    print(f"{name:34}P {right / max(1, told):.3f} ({right}/{told})  R {right / max(1, gold):.3f} ({right}/{gold})  "
          f"of {len(judged)} pairs")  # fmt: skip
    for pair, said in judged if listed else ():
        if pair.same != said:
            features = compare(Account(pair.a.event), Account(pair.b.event))
            told_features = {key: round(value, 2) for key, value in (features or {}).items() if value and key != "bias"}
            print(f"  {'WRONG' if said else 'missed'} {pair.a.story}\n    {pair.a.event.quote}\n    "
                  f"{pair.b.event.quote}\n    {told_features or _ruled_out(pair)}")  # fmt: skip


def _ruled_out(pair: Pair) -> str:
    return "ruled out: " + " against ".join(
        f"{event.event_type} {event.when.start} at {', '.join(place.name for place in event.places) or 'no place'}"
        for event in (pair.a.event, pair.b.event)
    )


def merged(stories: dict[str, list[Telling]]) -> list[tuple[Pair, bool]]:
    """Every pair with whether it ends in one event when the tellings of all stories are merged together."""
    events = merge([telling.event for rows in stories.values() for telling in rows])
    home = {claim_key: number for number, event in enumerate(events) for claim_key in _documents(event)}
    return [(p, home[p.a.event.source.doc_id] == home[p.b.event.source.doc_id]) for p in pairs(stories)]


def _documents(event: Event) -> set[str | None]:
    return {event.source.doc_id, *(claim.source.doc_id for claim in event.claims)}


def judge(found: list[Pair]) -> list[tuple[Pair, bool]]:
    """Every pair with whether its likeness is over the threshold."""
    prepared: dict[int, Account] = {}

    def of(telling: Telling) -> Account:
        return prepared.setdefault(id(telling), Account(telling.event))

    scores = [(pair, likeness(of(pair.a), of(pair.b))) for pair in found]
    return [(pair, score is not None and score > judgement().threshold) for pair, score in scores]


def fit(found: list[Pair]) -> None:
    """Print weights fitted on ``found`` by logistic regression, beside those in use."""
    from sklearn.linear_model import LogisticRegression

    rows = [(compare(Account(p.a.event), Account(p.b.event)), p.same) for p in found]
    names = [name for name in judgement().weights if name != "bias"]
    table = [[row.get(name, 0.0) for name in names] for row, _ in rows if row is not None]
    model = LogisticRegression(C=1.0, max_iter=2000).fit(table, [same for row, same in rows if row is not None])
    print(f"{'bias':16}{model.intercept_[0]:8.2f}{judgement().weights['bias']:8.2f}")
    for name, weight in zip(names, model.coef_[0], strict=True):
        print(f"{name:16}{weight:8.2f}{judgement().weights[name]:8.2f}")


def main() -> None:
    """Print the table, and with --fit the fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    wanted = parser.parse_args()
    for held in (False, True):
        stories = tellings(held)
        found = list(pairs(stories))
        if not found:
            continue
        kind = "held out" if held else "the weights were set on these"
        print(f"\n{len(stories)} stories, {sum(map(len, stories.values()))} tellings ({kind})")
        if wanted.fit and not held:
            fit(found)
        measure("likeness of the pair", judge(found))
        measure("merged, all together", merged(stories), listed=False)


if __name__ == "__main__":
    main()
