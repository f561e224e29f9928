"""Where and when events are: reports written for it, scored by set: ``python -m benchmarks placing [--errors]``.

Of the events that mapgen finds, how many stand at the right places, all of them and in their roles, and on the right
day.  What another part misses (no event found) is counted, not judged.  The sets are in ``placings.toml``; each was
scored before anybody looked at what mapgen made of it (places .73, .78, .78, .84, .67 of the events found; days .93,
.96, .97, .94, 1.00), so that the figure printed here, of rules made with all of them in view, is the better one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, permutations
from pathlib import Path
from typing import Any, NamedTuple

from mapgen.events import extract_events
from mapgen.model import Document, Event, Place
from mapgen.pipeline import gazetteer_with
from mapgen.toponyms import find_places

PLACINGS = Path(__file__).with_name("placings.toml")
MOST_TRIES = 5000
_ROLES = {"<": ("origin", "contingent-origin"), ">": ("destination", "site", "area")}
_SITES = ("site", "area", "destination")


class Wanted(NamedTuple):
    """An event as it should be read: the words it is known by, its places, its first day or ""."""

    words: str
    places: Sequence[str]
    day: str


def main() -> None:
    """Print the scores of each set, and with --errors what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print each wrong place and day")
    errors = parser.parse_args().errors
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for article in tomllib.loads(PLACINGS.read_text(encoding="utf-8"))["article"]:
        for wanted, event in pairs(article):
            tally = judged(wanted, event)
            for name in (f"set {article['set']}", "all"):
                totals[name].update(tally)
            if errors and event and not (tally["place"] and tally["day"] == tally["dated"]):
                told = [(place.name, place.role) for place in event.places]
                print(f"  {wanted.words}: {list(wanted.places)} {wanted.day} | {told} {event.when.start}")
    print(f"{'':8}{'told':>6}{'found':>7}{'placed':>8}{'dated':>8}   of the events found")
    for name, n in sorted(totals.items(), key=lambda row: (row[0] == "all", row[0])):
        print(f"{name:8}{n['told']:6}{n['found']:7}{n['place'] / n['found']:8.3f}{n['day'] / n['dated']:8.3f}")


def pairs(article: dict[str, Any]) -> Iterator[tuple[Wanted, Event | None]]:
    """Each event wanted of an article with the one that mapgen found in its sentence, as well matched as can be."""
    document = Document("placing", article["text"], published=article["published"])
    events = extract_events(document, find_places(document, gazetteer_with()))
    sentences: dict[tuple[int, ...], list[Wanted]] = defaultdict(list)
    for row in article["events"]:
        wanted = Wanted(*row)
        at = article["text"].index(wanted.words)
        sentences[tuple(i for i, event in enumerate(events) if _tells(event, at))].append(wanted)
    for found, all_wanted in sentences.items():
        pool = [*(events[i] for i in found), *[None] * len(all_wanted)]
        tries = islice(permutations(pool, len(all_wanted)), MOST_TRIES)
        best: Sequence[Event | None] = max(tries, key=lambda told: _fit(all_wanted, told))
        yield from zip(all_wanted, best, strict=True)


def _tells(event: Event, at: int) -> bool:
    spans = [(event.quote_start, event.quote_end), *((claim.quote_start, claim.quote_end) for claim in event.claims)]
    return any(start is not None and end is not None and start <= at < end for start, end in spans)


def _fit(wanted: Sequence[Wanted], told: Sequence[Event | None]) -> int:
    rows = [judged(one, event) for one, event in zip(wanted, told, strict=True)]
    return sum(row["found"] + 3 * row["place"] + row["day"] for row in rows)


def judged(wanted: Wanted, event: Event | None) -> Counter[str]:
    """Counts of one event: told, found, place (right), dated (judged), day (right)."""
    tally = Counter(told=1)
    if event is not None:
        tally += Counter(found=1, place=int(placed(wanted.places, event)))
        if wanted.day:
            tally += Counter(dated=1, day=int(event.when.start == dt.date.fromisoformat(wanted.day)))
    return tally


def placed(wanted: Sequence[str], event: Event) -> bool:
    """Whether an event has every place that is wanted, in its role, and none that may not be there."""
    left = list(event.places)
    for name in (name for name in wanted if not name.startswith("?")):
        place = next((place for place in left if _is(name, place)), None)
        if place is None:
            return False
        left.remove(place)
    return all(any(_is(name[1:], place) for name in wanted if name.startswith("?")) for place in left)


def _is(wanted: str, place: Place) -> bool:
    if place.role not in _ROLES.get(wanted[0], _SITES):
        return False
    told = {_plain(place.name), _plain(place.mention or "")}
    names = [_plain(name) for name in wanted.lstrip("<>").split("|")]
    return any(name in told or any(one.startswith(f"{name} ") for one in told) for name in names)


def _plain(name: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", letters.lower()))


if __name__ == "__main__":
    main()
