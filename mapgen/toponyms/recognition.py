"""Which known names in a text are meant as places.

Two linear passes: each name by the words around it, then again in the light of the document: whether its likeliest
meaning lies where the other names lie, how its other occurrences read, and which longer or shorter names overlap it.
Of overlapping names the set with the greatest sum of log odds is kept.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from mapgen.gazetteer import Gazetteer
from mapgen.model import Mention
from mapgen.toponyms.candidates import beside, candidates, inside
from mapgen.toponyms.document import Evidence, Name, Said, names, others_say
from mapgen.toponyms.evidence import Candidate
from mapgen.toponyms.lexicon import words
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.ranking import Ranking, decide
from mapgen.toponyms.senses import Senses

STRETCH = 50_000  # characters looked at together; longer documents are cut between lines or words
_CUTS_SCORE = (-4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)
_CUTS_OTHERS = (-3, -1.5, -0.5, 0.5, 1.5, 3)
_CUTS_CONTEXT = (0.1, 0.4, 0.8, 1.3, 2)
_CUTS_COUNTRY = (0.3, 0.8, 1.5, 2.3)
_LANDMARK = 2.0  # least log odds of the full name of a landmark, which names nothing else
_HOPELESS = -2.0  # log odds by the surroundings under which a name is no place, nor evidence for others
_GOVERNED = frozenset(("country", "capital", "seat", "town"))  # "Moscow said"
_NONE: frozenset[str] = frozenset()
_UNKNOWN: dict[str, float] = {}
_SURROGATE = re.compile("[\ud800-\udfff]")


def recognise(text: str, gazetteer: Gazetteer, learned: Parameters | None = None) -> list[Mention]:
    """The mentions of places in ``text``, in order, not overlapping; their ``kind`` tells how the place is meant.

    ``learned`` replaces the packaged parameters.
    """
    return [mention for mention, _ in recognised(text, gazetteer, learned or parameters())]


def recognised(text: str, gazetteer: Gazetteer, learned: Parameters) -> list[tuple[Mention, Said]]:
    """The mentions of places in ``text``, in order, each with what its name may mean."""
    senses = Senses.of(gazetteer)
    whole = _encodable(text)
    found = []
    for start, end in stretches(whole):
        stretch = whole[start:end] if end - start < len(whole) else whole
        for c in kept(judged(stretch, senses, learned), learned.threshold):
            mention = Mention.of(text, start + c.start, start + c.end, kind(stretch, c))
            near = beside(stretch, c) if c.senses.natural else _NONE
            told = c.inside or inside(stretch, c.end, c.senses, senses)
            found.append((mention, Said(mention.start, mention.surface, c.key, c.senses, told, near, 1.0, c.name)))
    return found


def _encodable(text: str) -> str:
    """``text`` with halves of surrogate pairs, which no name can hold, replaced one for one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of pieces of ``text`` of at most ``STRETCH`` characters, cut after a line, a sentence or a word."""
    start = 0
    while len(text) - start > STRETCH:
        end = start + STRETCH
        for mark in ("\n", ". ", " "):
            cut = text.rfind(mark, start + STRETCH // 2, end)
            if cut > 0:
                end = cut + len(mark)
                break
        yield start, end
        start = end
    yield start, len(text)


def judged(text: str, senses: Senses, learned: Parameters) -> list[Candidate]:
    """All known names of a stretch with their log odds of being meant as a place."""
    found = candidates(text, senses)
    learned.surroundings.weigh(found)
    cased = [c for c in found if c.run is not None]
    if len(cased) < len(found):
        _weigh_caseless(text, [c for c in found if c.run is None])
    weights = learned.document
    of_place: dict[str, float] = {}
    for c, place, own in in_document(text, cased, learned.ranking):
        if c.key not in of_place:
            of_place[c.key] = _sum(weights, place)
        c.score = of_place[c.key] + _sum(weights, own)
        if c.senses[0].kind == "site" and len(c.senses) == 1 and " " in c.key:
            c.score = max(c.score, _LANDMARK)
    return found


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    get = weights.get
    return sum([get(name, 0.0) * value for name, value in features.items()])


def _weigh_caseless(text: str, found: Sequence[Candidate]) -> None:
    """Without capitals a word is a place where its most prominent meaning is a country, a region or a large town."""
    for c in found:
        top, length = c.senses[0], c.end - c.start
        ideographs = text[c.start] >= "\u2e80"
        if length < (2 if ideographs else 3):
            c.score = -5.0
        elif top.kind in ("country", "demonym", "admin1", "capital"):
            c.score = 3.0
        else:
            c.score = 2.0 * (top.size - (4.6 if length > 3 or (ideographs and length > 2) else 5.3))


def in_document(
    text: str, found: Sequence[Candidate], ranking: Ranking
) -> list[tuple[Candidate, dict[str, float], dict[str, float]]]:
    """The features, in the light of all, of each candidate that is not hopeless: those of its likeliest place, which
    all its occurrences share, and its own; ``score`` is by its surroundings."""
    places = _likely_places(text, found, ranking)
    scores: dict[str, list[float]] = {}
    for c in found:
        scores.setdefault(c.key, []).append(c.score)
    occurrences = {key: (len(told), sum(told), *sorted(told)[:-3:-1]) for key, told in scores.items()}
    rows = []
    for i, c in enumerate(found):
        if c.score > _HOPELESS:
            features = {"bias": 1.0, "score": min(5.0, c.score), _SCORES[bisect_right(_CUTS_SCORE, c.score)]: 1.0}
            _others(features, c, occurrences[c.key])
            if c.crowded:
                _overlap(features, i, found)
            rows.append((c, places.get(c.key, _UNKNOWN), features))
    return rows


def _likely_places(text: str, found: Sequence[Candidate], ranking: Ranking) -> dict[str, dict[str, float]]:
    """What the likeliest meaning of each likely name says for it."""
    said, likely = [], []
    for c in found:
        if c.score > _HOPELESS:
            likely.append(c)
            probability = 1 / (1 + math.exp(-c.score))
            told = c.inside if probability > 0.3 else _NONE
            near = beside(text, c) if c.senses.natural else _NONE
            said.append(Said(c.start, text[c.start : c.end], c.key, c.senses, told, near, probability))
    grouped, of_each = names(said)
    for c, name in zip(likely, of_each, strict=True):
        c.name = name
    evidence = decide(grouped, ranking, turns=1)
    places: dict[str, dict[str, float]] = {}
    for name in grouped:
        if name.key not in places:
            places[name.key] = _place(name, evidence)
    return places


_SCORES = [f"score {n}" for n in range(len(_CUTS_SCORE) + 1)]


def _others(features: dict[str, float], c: Candidate, occurrences: Sequence[float]) -> None:
    """How the other occurrences of the name read, by their count, sum, best and second best score."""
    if len(occurrences) < 4:
        features["single"] = 1.0
        return
    count, total, top, second = occurrences
    mean = (total - c.score) / (count - 1)
    best = top if c.score < top else second
    features["others mean"] = max(-4.0, min(4.0, mean))
    features["others best"] = max(-4.0, min(4.0, best))
    features["repeated"] = min(2.5, math.log(count))
    features[f"others {bisect_right(_CUTS_OTHERS, mean)}"] = 1.0


def _place(name: Name, evidence: Evidence) -> dict[str, float]:
    """What its likeliest meaning says: is it of the size, and does it lie where the document plays?"""
    shares = name.shares
    best = shares.index(max(shares)) if len(shares) > 1 else 0
    sense = name.senses[best]
    country, region, near = (name.amounts or others_say(name, evidence))[best]
    country, region, near = math.log1p(country), math.log1p(region), math.log1p(near)
    features = {"share": shares[best], "near": near, "region": region, "country": country}
    features.update(
        _place_features(
            sense.kind, int(sense.size), bisect_right(_CUTS_CONTEXT, near), bisect_right(_CUTS_CONTEXT, region),
            bisect_right(_CUTS_COUNTRY, country), bisect_right((0.2, 0.8), near),
        )
    )  # fmt: skip
    return features


@lru_cache(maxsize=10_000)
def _place_features(kind: str, size: int, near: int, region: int, country: int, rough: int) -> dict[str, float]:
    told = (f"kind {kind}", f"{kind} near {near}", f"{kind} region {region}", f"{kind} country {country}",
            f"{kind} size {size}", f"{kind} size {size} near {rough}")  # fmt: skip
    return dict.fromkeys(told, 1.0)


def _overlap(features: dict[str, float], i: int, found: Sequence[Candidate]) -> None:
    """The best score of the names that overlap this one: they stand next to it in ``found``."""
    c, best = found[i], -math.inf
    for step in (-1, 1):
        at = i + step
        while 0 <= at < len(found) and abs(at - i) <= 8:
            other = found[at]
            if other.start < c.end and c.start < other.end:
                best = max(best, other.score)
            elif step == 1 or other.start < c.start - 60:
                break
            at += step
    if best > -math.inf:
        margin = c.score - best
        features["overlapped"] = 1.0
        features["overlap margin"] = max(-3.0, min(3.0, margin))
        features["overlap behind" if margin < 0 else "overlap ahead"] = 1.0


def kept(found: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """The candidates over ``threshold`` that do not overlap and have the greatest sum of log odds above it."""
    likely = sorted((c for c in found if c.score > threshold), key=lambda c: (c.end, c.start))
    totals, choices, ends = [0.0], [(-1, False)], [-1]
    for n, c in enumerate(likely):
        before = bisect_right(ends, c.start) - 1
        with_it = totals[before] + c.score - threshold
        take = with_it > totals[-1]
        choices.append((before, True) if take else (n, False))
        totals.append(with_it if take else totals[-1])
        ends.append(c.end)
    chosen, at = [], len(likely)
    while at > 0:
        before, take = choices[at]
        if take:
            chosen.append(likely[at - 1])
        at = before
    return chosen[::-1]


def kind(text: str, c: Candidate) -> str:
    """How the place is meant: as itself, its people, its government, or only inside another name."""
    if c.senses[0].kind == "demonym":
        return "demonym"
    run, named = c.run, c.named
    if run is not None and named is not None and c.right is not None:
        if "B" in run.shape.classes[named.j + 1 :]:
            return "embedded"
        if named.i == 0 and run.before == "of" and _body_before(text, run.start + run.shape.spans[0][0]):
            return "embedded"
        if c.start > run.start and text[c.start - 1] == "-":
            return "embedded"  # "Radio-Peru"
        told = c.right.word in words("speech") and c.right.mark == "" and run.before not in words("locative")
        if told and named.j == named.words - 1 and c.senses[0].kind in _GOVERNED:
            return "metonym"
    return "toponym"


def _body_before(text: str, start: int) -> bool:
    """Whether "University of" or the like stands before ``start``."""
    head = text[max(0, start - 40) : start].split()
    return len(head) >= 2 and head[-2][:1].isupper() and head[-2].lower() in words("body")
