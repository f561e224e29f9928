"""The same event told twice becomes one event with a further claim; a wrong merge is worse than none.

Two events are one where type, place and day agree and their words or figures do: a shared exact figure, or a good
part of the content words in common, and no figure that contradicts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from mapgen.events.roles import distance_km
from mapgen.model import Claim, Event, Figure

SHARED_WORDS = 0.5  # of the shorter quote's content words, without figures in common
SHARED_WORDS_WITH_FIGURE = 0.25
NEAR_KM = 50.0
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset("said says that with from were have been which their also after before about into than reported "
                    "according while this there they when other more "
                    "over news agency on at least told would".split())  # fmt: skip


def merge(events: Sequence[Event]) -> list[Event]:
    """``events`` with further tellings of one event folded into the first one, in the order given."""
    kept: list[Event] = []
    words: list[frozenset[str]] = []
    days: dict[tuple[str, int | None], list[int]] = {}  # where the kept events of a type and day stand
    for event in events:
        content = _content(event.quote or event.title)
        near = sorted(index for key in _keys(event) for index in days.get(key, ()))
        match = next((i for i in near if is_same(kept[i], event, words[i], content)), None)
        if match is None:
            days.setdefault((event.event_type, _day(event)), []).append(len(kept))
            kept.append(event)
            words.append(content)
        else:
            kept[match] = fold(kept[match], event)
            words[match] |= content
    return kept


def _day(event: Event) -> int | None:
    return event.when.start.toordinal() if event.when.start else None


def _keys(event: Event) -> list[tuple[str, int | None]]:
    day = _day(event)
    return [(event.event_type, None)] if day is None else [(event.event_type, day + step) for step in (-1, 0, 1)]


def is_same(a: Event, b: Event, a_words: frozenset[str], b_words: frozenset[str]) -> bool:
    """Whether ``a`` and ``b`` tell one event; ``a_words`` and ``b_words`` are the content words of their quotes."""
    if (
        a.event_type != b.event_type
        or (a.status == "denied") != (b.status == "denied")
        or not _same_day(a, b)
        or not _same_places(a, b)
    ):
        return False
    shared = a_words & b_words
    share = len(shared) / max(1, min(len(a_words), len(b_words)))
    agreement = [agree(a.figures[kind], b.figures[kind]) for kind in a.figures.keys() & b.figures.keys()]
    if False in agreement:
        return False
    return share >= (SHARED_WORDS_WITH_FIGURE if agreement else SHARED_WORDS) and len(shared) >= 3


def fold(event: Event, other: Event) -> Event:
    """The fuller of the two with the other one as a further claim, and with the figures that only that one tells."""
    if _fullness(other) > _fullness(event):
        event, other = dataclasses.replace(other, claims=event.claims), dataclasses.replace(event, claims=other.claims)
    claim = Claim(
        other.quote or other.title, other.quote_start or 0, other.quote_end or 0, other.status, other.attribution,
        other.source, other.figures,
    )  # fmt: skip
    return dataclasses.replace(
        event,
        claims=(*event.claims, claim, *other.claims),
        figures={**other.figures, **event.figures},
        confidence=max(event.confidence or 0.0, other.confidence or 0.0),
    )


def _fullness(event: Event) -> int:
    """How much a telling says of itself: a day, towns, exact figures."""
    towns = sum(place.granularity != "country" for place in event.places)
    exact = sum(figure.qualifier == "exact" for figure in event.figures.values())
    return (event.when.text is not None) + towns + len(event.figures) + exact


def _content(quote: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(quote.lower())) - _COMMON


def _same_day(a: Event, b: Event) -> bool:
    if a.when.start is None or b.when.start is None:
        return a.when.start == b.when.start
    slack = 1 if max(a.when.precision or 1, b.when.precision or 1) > 1 else 0
    return abs((a.when.start - b.when.start).days) <= slack


def _same_places(a: Event, b: Event) -> bool:
    if not a.places or not b.places:
        return False
    if "country" in {place.granularity for place in (*a.places, *b.places)}:
        return {(p.role, p.name) for p in a.places} == {(p.role, p.name) for p in b.places}
    return all(any(distance_km(p, q) <= NEAR_KM for q in b.places) for p in a.places) and len(a.places) == len(b.places)


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures can both be true: their ranges overlap."""
    low = max(a.min or 0, b.min or 0)
    high = min(a.max if a.max is not None else 10**9, b.max if b.max is not None else 10**9)
    return low <= high
