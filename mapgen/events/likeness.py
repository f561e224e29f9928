"""Whether two tellings are of one event: what a pair has in common, weighed by a readable linear model.

Some differences rule a pair out: types that have nothing to do with each other, places apart, days apart, two
reviewed events.  For the rest each feature of :func:`compare` counts with its weight in ``likeness.toml``.  The weights
were fitted on pairs of tellings written for it (``benchmarks/retellings.toml``, by ``benchmarks/merging.py``) and
rounded, and the threshold is set for precision, because a wrong merge is worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from mapgen.events.roles import RANK, contains, distance_km
from mapgen.model import Event, Figure, Place
from mapgen.taxonomy import TYPES

NEAR_KM, AT_KM = 50.0, 5.0
FEW_WORDS = 2  # added to the shorter telling's words, so that one word of three is no third
LATE_DAYS = 3  # an event dated only to its publication may lie so much earlier
_GROWING = frozenset(("killed", "injured", "hospitalised", "missing", "arrested", "displaced"))
_CONFLICT = frozenset(("armed_conflict", "unrest", "security_operation"))
_MOVES = "troop_movement"
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"(?<=\w[\s-])(?=[^\W\d_a-z])[^\W\d_]{3,}")  # a capital that opens no sentence


@dataclass(frozen=True, slots=True)
class Contents:
    """What a telling's words hold: ``words`` are content words cut to six letters, the rest is of ``likeness.toml``."""

    words: frozenset[str]
    names: frozenset[str]
    actors: frozenset[str]
    means: frozenset[int]
    targets: frozenset[int]
    hours: frozenset[int]


class Account:
    """One telling, ready to be compared; its words are read when they are first needed, which most never are.

    ``days`` are the first and the last day on which it may have been.
    """

    def __init__(self, event: Event) -> None:
        self.event, self.days = event, _days(event)

    @cached_property
    def contents(self) -> Contents:
        """The quote's words and names, without those that place, type or time the event."""
        known, quote = judgement(), self.event.quote or self.event.title
        placed = {word for place in self.event.places for told in (place.name, place.mention or "")
                  for word in _WORD.findall(told.lower())}  # fmt: skip
        every = set(_WORD.findall(quote.lower()))
        means, targets, hours = (
            frozenset(table[word] for word in table.keys() & every)
            for table in (known.means, known.targets, known.hours)
        )
        return Contents(
            words=frozenset(word[:6] for word in every - known.elsewhere - placed if len(word) > 3),
            names=frozenset({name.lower() for name in _NAME.findall(quote)} - known.common - placed),
            actors=frozenset(actor.lower().removeprefix("the ") for actor in self.event.actors),
            means=means,
            targets=targets,
            hours=hours,
        )


def likeness(a: Account, b: Account) -> float | None:
    """How likely ``a`` and ``b`` tell one event, over the threshold if so; None where something rules it out."""
    features = compare(a, b)
    return None if features is None else sum(judgement().weights[name] * value for name, value in features.items())


def compare(a: Account, b: Account) -> dict[str, float] | None:
    """The features of the pair by their names in ``likeness.toml``, either way round; None where one rules it out."""
    if a.event.review != "unreviewed" and b.event.review != "unreviewed":
        return None
    if not may_be_one(a.event.event_type, b.event.event_type) or _side_by_side(a.event, b.event):
        return None
    gap = _days_between(a, b)
    if gap is None or gap > 1:
        return None
    place = _place_relation(a.event, b.event)
    if place is None:
        return None
    if _published(b.event) < _published(a.event):
        a, b = b, a
    figures = [_agreement(kind, a.event, b.event) for kind in a.event.figures.keys() & b.event.figures]
    loose = 2 if a.days is None or b.days is None else max(a.event.when.precision or 1, b.event.when.precision or 1)
    same_document = a.event.source.doc_id is not None and a.event.source.doc_id == b.event.source.doc_id
    one, other = a.contents, b.contents
    types = {a.event.event_type, b.event.event_type}
    return {
        "bias": 1.0,
        "same_type": float(len(types) == 1),
        "toll": float(len(types) == 2 and "casualties" in types),
        place: 1.0,
        "same_day": float(gap == 0 and loose == 1),
        "day_apart": float(gap == 1),
        "loosely_dated": float(loose > 1),
        "equal_figures": float(min(2, figures.count(1))),
        "other_figures": float(min(2, figures.count(-1))),
        "same_actors": _share(one.actors, other.actors),
        "same_names": float(min(2, len(one.names & other.names))),
        **_likewise("means", one.means, other.means),
        **_likewise("target", one.targets, other.targets),
        "other_hour": float(bool(one.hours and other.hours and not one.hours & other.hours)),
        "words": len(one.words & other.words) / (min(len(one.words), len(other.words)) + FEW_WORDS),
        "same_document": float(same_document),
        "frequent": float(bool(types & judgement().frequent)),
    }


@lru_cache(maxsize=512)
def may_be_one(one: str, other: str) -> bool:
    """Whether events of these types may be one event, which two reports type differently."""
    if one == other:
        return True
    pair = frozenset((one, other))
    groups = {TYPES[kind].group if kind in TYPES else kind for kind in pair}
    if "casualties" in pair:
        return bool(groups & _CONFLICT)
    return pair in judgement().kindred or (len(groups) == 1 and pair not in judgement().apart)


def _side_by_side(a: Event, b: Event) -> bool:
    """Whether one sentence tells both, which are then two: "they sacked a shop, and a guard was found dead"."""
    if a.quote is None or a.title == b.title:
        return False
    return (a.quote, a.quote_start) == (b.quote, b.quote_start) and a.source == b.source


def _days(event: Event) -> tuple[dt.date, dt.date] | None:
    when = event.when
    if when.start is None:
        return None
    late = min(LATE_DAYS if (when.precision or 1) == 2 else 0, (when.start - dt.date.min).days)
    return when.start - dt.timedelta(late), when.end or when.start


def _days_between(a: Account, b: Account) -> int | None:
    """Days from the end of the earlier stretch to the beginning of the later one; 0 where they meet or are unknown."""
    if a.days is None or b.days is None:
        return 0 if a.days is b.days else None
    return max(0, (max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])).days)


def _place_relation(a: Event, b: Event) -> str | None:
    """The feature that says how the places lie to each other; None where they are apart."""
    for role in ("origin", "destination") if _MOVES in (a.event_type, b.event_type) else ():
        ends = [[place for place in event.places if place.role == role] for event in (a, b)]
        if all(ends) and not any(_relation(p, q) is not None for p in ends[0] for q in ends[1]):
            return None
    here, there = _main(a.places), _main(b.places)
    if not here or not there:
        return "unplaced"
    found = {_relation(p, q) for p in here for q in there}
    return next((kind for kind in ("same_place", "near", "inside", "same_country") if kind in found), None)


def _main(places: Sequence[Place]) -> list[Place]:
    """The places that say where it was: not where a movement began, unless nothing else is told."""
    return [p for p in places if p.role not in ("origin", "contingent-origin")] or list(places)


def _relation(p: Place, q: Place) -> str | None:
    fine = RANK.get(p.granularity, 1) < 3 and RANK.get(q.granularity, 1) < 3
    if p.gazetteer is not None and p.gazetteer == q.gazetteer:
        return "same_place" if fine else "same_country"
    if contains(p, q) or contains(q, p):
        return "inside"
    km = distance_km(p, q)
    if not fine:
        return "same_country" if km <= AT_KM else None
    return "same_place" if km <= AT_KM else "near" if km <= NEAR_KM else None


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures can both be true: their ranges overlap."""
    low = max(a.min or 0, b.min or 0)
    high = min(a.max if a.max is not None else 10**9, b.max if b.max is not None else 10**9)
    return low <= high


def _agreement(kind: str, earlier: Event, later: Event) -> int:
    """1 where the same number is told, -1 where not both can be true, 0 where they may agree or a toll grew."""
    one, other = earlier.figures[kind], later.figures[kind]
    if one.value is not None and one.value == other.value and one.value > 1:
        return 1
    grew = kind in _GROWING and _published(earlier) < _published(later) and (other.min or 0) > (one.min or 0)
    return 0 if grew or agree(one, other) else -1


def _published(event: Event) -> dt.date:
    return event.source.published or dt.date.max


def _likewise(what: str, a: frozenset[int], b: frozenset[int]) -> dict[str, float]:
    told = bool(a and b)
    return {f"same_{what}": float(told and bool(a & b)), f"other_{what}": float(told and not a & b)}


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """``likeness.toml``, ready to be applied."""

    threshold: float
    weights: Mapping[str, float]
    kindred: frozenset[frozenset[str]]
    apart: frozenset[frozenset[str]]
    frequent: frozenset[str]
    common: frozenset[str]
    elsewhere: frozenset[str]  # words that are no content of their own: too common, or counted by another feature
    means: Mapping[str, int]  # word ─► number of its kind
    targets: Mapping[str, int]
    hours: Mapping[str, int]


@cache
def judgement() -> Judgement:
    """The packaged weights and words."""
    data = tomllib.loads(resources.files("mapgen.events").joinpath("likeness.toml").read_text(encoding="utf-8"))
    types, words = data["types"], data["words"]
    kindred, apart = (frozenset(frozenset(pair.split()) for pair in types[key]) for key in ("kindred", "apart"))
    kinds = {
        key: {word: number for number, line in enumerate(words[key].splitlines()) for word in line.split()}
        for key in ("means", "targets", "hours")
    }
    common = frozenset(words["common"].split())
    elsewhere = common.union(words["telling"].split(), *kinds.values())
    frequent = frozenset(types["frequent"].split())
    return Judgement(data["threshold"], data["weights"], kindred, apart, frequent, common, elsewhere, **kinds)
