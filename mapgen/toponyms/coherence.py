"""The second look at a known name, in the light of its document.

Whether its likeliest meaning is of the size, and lies where the document plays; how its other occurrences read; and
which longer or shorter names overlap it.  What is told is kept as marks (which of some cases holds; sums of their
weights are remembered) and as amounts, so that a name costs a few look-ups; ``features`` names them all.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mapgen.toponyms.candidates import beside
from mapgen.toponyms.document import Evidence, Name, Said, names
from mapgen.toponyms.evidence import NOWHERE, Candidate
from mapgen.toponyms.ranking import Ranking, decide
from mapgen.toponyms.weights import Sums

HOPELESS = -2.0  # log odds by the surroundings under which a name is no place, nor evidence for others
_CUTS_SCORE = (-1.5, -1, -0.5, 0, 0.5, 1, 2, 3)
_CUTS_OTHERS = (-3, -1.5, -0.5, 0.5, 1.5, 3)
_CUTS_CONTEXT = (0.1, 0.4, 0.8, 1.3, 2)
_CUTS_COUNTRY = (0.3, 0.8, 1.5, 2.3)
_CUTS_NEAR = (0.2, 0.8)
OF_PLACE = ("share", "near", "region", "country")
OF_NAME = ("score", "others mean", "others best", "repeated", "overlap margin")


# What is told: which case holds of each kind, and the amounts named by OF_PLACE or OF_NAME.
Told = tuple[tuple[Any, ...], tuple[float, ...]]


class Seen(NamedTuple):
    """A candidate with what its likeliest place tells, which all its occurrences share, and what it tells itself."""

    candidate: Candidate
    place: Told | None
    own: Told


class Coherence:
    """Log odds of a candidate in the light of its document: the sum of the weights of its ``features``."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._place, self._own = Sums(weights, place_marks), Sums(weights, own_marks)
        self._of_place = tuple(weights.get(name, 0.0) for name in OF_PLACE)
        self._of_name = tuple(weights.get(name, 0.0) for name in OF_NAME)

    def log_odds(self, seen: Seen) -> float:
        """The log odds that a candidate is meant as a place."""
        (marks, (score, mean, best, repeated, margin)), (a, b, c, d, e) = seen.own, self._of_name
        odds = self._own[marks] + a * score + b * mean + c * best + d * repeated + e * margin
        if seen.place:
            (marks, (share, near, region, country)), (a, b, c, d) = seen.place, self._of_place
            odds += self._place[marks] + a * share + b * near + c * region + d * country
        return odds


def features(seen: Seen) -> dict[str, float]:
    """All that is told of a candidate, by name, from which the weights are fitted."""
    marks, amounts = seen.own
    found = dict.fromkeys(own_marks(*marks), 1.0)
    found.update(zip(OF_NAME, amounts, strict=True))
    if seen.place:
        marks, amounts = seen.place
        found.update(dict.fromkeys(place_marks(*marks), 1.0))
        found.update(zip(OF_PLACE, amounts, strict=True))
    return {name: value for name, value in found.items() if value}


def in_document(text: str, found: Sequence[Candidate], ranking: Ranking) -> list[Seen]:
    """What is told of each candidate that is not hopeless; their ``score`` is by their surroundings.

    Also notes for each what its name means by what is known so far (``Candidate.name``).
    """
    likely = [c for c in found if c.score > HOPELESS]
    places = _likely_places(text, likely, ranking)
    scores: dict[str, list[float]] = {}
    for c in found:
        if c.key in places:
            scores.setdefault(c.key, []).append(c.score)
    repeated = {key: (len(told), sum(told), *sorted(told)[:-3:-1]) for key, told in scores.items() if len(told) > 1}
    return [
        Seen(c, places[c.key], _own(c, repeated.get(c.key), _rival(i, found) if c.crowded else None))
        for i, c in enumerate(found)
        if c.score > HOPELESS
    ]


def _likely_places(text: str, likely: Sequence[Candidate], ranking: Ranking) -> dict[str, Told]:
    """What the likeliest meaning of each likely name tells."""
    said = []
    for c in likely:
        probability = 1 / (1 + math.exp(-c.score))
        told = c.inside if probability > 0.3 else NOWHERE
        if c.senses.natural and not c.beside:
            c.beside = beside(text, c)
        said.append(Said(c.start, text[c.start : c.end], c.key, c.senses, told, c.beside, probability))
    grouped, of_each = names(said)
    for c, name in zip(likely, of_each, strict=True):
        c.name = name
    evidence = decide(grouped, ranking, turns=1)
    places: dict[str, Told] = {}
    for name in grouped:
        if name.key not in places:
            places[name.key] = _place(name, evidence)
    return places


def _place(name: Name, evidence: Evidence) -> Told:
    shares = name.shares
    best = shares.index(max(shares)) if len(shares) > 1 else 0
    sense = name.senses[best]
    country, region, near = map(math.log1p, (name.amounts or evidence.beyond(name))[best])
    marks = (
        sense.kind, int(sense.size), bisect_right(_CUTS_CONTEXT, near), bisect_right(_CUTS_CONTEXT, region),
        bisect_right(_CUTS_COUNTRY, country), bisect_right(_CUTS_NEAR, near),
    )  # fmt: skip
    return marks, (shares[best], near, region, country)


def place_marks(kind: str, size: int, near: int, region: int, country: int, rough: int) -> Sequence[str]:
    """The kind and size of the likeliest meaning, and how much speaks for its surroundings, region and country."""
    return (f"kind {kind}", f"{kind} near {near}", f"{kind} region {region}", f"{kind} country {country}",
            f"{kind} size {size}", f"{kind} size {size} near {rough}")  # fmt: skip


def _own(c: Candidate, occurrences: Sequence[float] | None, rival: Candidate | None) -> Told:
    """What a candidate tells by its score, by the count, sum, best and second best score of the occurrences of its
    name where there are several, and by how far it is ahead of its rival."""
    score = min(5.0, c.score)
    others, mean, best, repeated = -1, 0.0, 0.0, 0.0
    if occurrences:
        count, total, top, second = occurrences
        mean = (total - c.score) / (count - 1)
        best = top if c.score < top else second
        others, repeated = bisect_right(_CUTS_OTHERS, mean), min(2.5, math.log(count))
        mean, best = max(-4.0, min(4.0, mean)), max(-4.0, min(4.0, best))
    margin, overlap = 0.0, ""
    if rival:
        margin = max(-3.0, min(3.0, c.score - rival.score))
        length = "longer" if c.end - c.start > rival.end - rival.start else "shorter"
        overlap = f"{'behind' if margin < 0 else 'ahead'} {length}"
    marks = (bisect_right(_CUTS_SCORE, score), others, overlap)
    return marks, (score, mean, best, repeated, margin)


def own_marks(score: int, others: int, overlap: str) -> Sequence[str]:
    """How the name and its other occurrences read by their surroundings, and which name overlaps it."""
    told = ["bias", f"score {score}", f"others {others}" if others >= 0 else "single"]
    if overlap:
        standing, length = overlap.split()
        told += ("overlapped", f"overlap {standing}", f"overlap {length}", f"overlap {overlap}")
    return told


def _rival(i: int, found: Sequence[Candidate]) -> Candidate | None:
    """The best of the names that overlap a candidate: they stand next to it in ``found``."""
    c, best = found[i], None
    for step in (-1, 1):
        at = i + step
        while 0 <= at < len(found) and abs(at - i) <= 8:
            other = found[at]
            if other.start < c.end and c.start < other.end:
                best = other if best is None or other.score > best.score else best
            elif step == 1 or other.start < c.start - 60:
                break
            at += step
    return best
