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

from mapgen.gazetteer import Gazetteer
from mapgen.model import Mention
from mapgen.toponyms.evidence import Candidate, beside, candidates
from mapgen.toponyms.lexicon import words
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.ranking import Name, Ranking, Said, decide, names
from mapgen.toponyms.senses import Senses

STRETCH = 50_000  # characters looked at together; longer documents are cut between lines or words
_LEAST = 0.05  # probability from which on a name counts as evidence for others
_CUTS_SCORE = (-4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)
_CUTS_OTHERS = (-3, -1.5, -0.5, 0.5, 1.5, 3)
_CUTS_CONTEXT = (0.1, 0.4, 0.8, 1.3, 2)
_CUTS_COUNTRY = (0.3, 0.8, 1.5, 2.3)
_LANDMARK = 2.0  # least log odds of the full name of a landmark, which names nothing else
_HOPELESS = -3.5  # log odds by the surroundings under which the document is not asked
_GOVERNED = frozenset(("country", "capital", "seat", "town"))  # "Moscow said"
_NONE: frozenset[str] = frozenset()
_SURROGATE = re.compile("[\ud800-\udfff]")


def recognise(text: str, gazetteer: Gazetteer, learned: Parameters | None = None) -> list[Mention]:
    """The mentions of places in ``text``, in order, not overlapping; their ``kind`` tells how the place is meant.

    ``learned`` replaces the packaged parameters.
    """
    learned, senses = learned or parameters(), Senses.of(gazetteer)
    whole = _encodable(text)
    mentions = []
    for start, end in stretches(whole):
        stretch = whole[start:end]
        for c in kept(judged(stretch, senses, learned), learned.threshold):
            mentions.append(Mention.of(text, start + c.start, start + c.end, kind(stretch, c)))
    return mentions


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
    weigh(found, learned.surroundings)
    cased = [c for c in found if c.run is not None or _has_case(c)]
    if len(cased) < len(found):
        _weigh_caseless(text, [c for c in found if c.run is None and not _has_case(c)])
    get = learned.document.get
    for candidate, features in in_document(text, cased, learned.ranking):
        candidate.score = sum([get(name, 0.0) * value for name, value in features.items()])
        if candidate.senses[0].kind == "site" and len(candidate.senses) == 1 and " " in candidate.key:
            candidate.score = max(candidate.score, _LANDMARK)
    return found


def weigh(found: Sequence[Candidate], weights: Mapping[str, float]) -> None:
    """Score each candidate by its surroundings alone."""
    get = weights.get
    for candidate in found:
        candidate.score = sum([get(feature, 0.0) for feature in candidate.features])


def _has_case(c: Candidate) -> bool:
    """Whether the name is written in a script with capitals and small letters (folded names are in small ones)."""
    return c.key[0].upper() != c.key[0] or not c.key[0].isalpha()


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


def in_document(text: str, found: Sequence[Candidate], ranking: Ranking) -> list[tuple[Candidate, dict[str, float]]]:
    """The features, in the light of all, of each candidate that is not hopeless; ``score`` is by its surroundings."""
    by_key = _likely_names(text, found, ranking)
    occurrences: dict[str, list[float]] = {}  # count, sum, best and second best score
    for c in found:
        known = occurrences.setdefault(c.key, [0.0, 0.0, -math.inf, -math.inf])
        known[:2] = known[0] + 1, known[1] + c.score
        known[2:] = sorted((*known[2:], c.score))[:0:-1]
    places = {key: _place(name) for key, name in by_key.items()}
    rows = []
    for i, c in enumerate(found):
        if c.score > _HOPELESS:
            features = dict(places.get(c.key, ()))
            features["bias"] = 1.0
            features["score"] = min(5.0, c.score)
            features[_SCORES[bisect_right(_CUTS_SCORE, c.score)]] = 1.0
            _others(features, c, occurrences[c.key])
            _overlap(features, i, found)
            rows.append((c, features))
    return rows


def _likely_names(text: str, found: Sequence[Candidate], ranking: Ranking) -> dict[str, Name]:
    said = []
    for c in found:
        probability = 1 / (1 + math.exp(-c.score))
        if probability >= _LEAST:
            inside = c.inside if probability > 0.3 else frozenset()
            near = beside(text, c) if c.senses.natural else _NONE
            said.append(Said(c.start, text[c.start : c.end], c.key, c.senses, inside, near, probability))
    grouped, _ = names(said)
    decide(grouped, ranking)
    by_key: dict[str, Name] = {}
    for name in grouped:
        by_key.setdefault(name.key, name)
    return by_key


_SCORES = [f"score {n}" for n in range(len(_CUTS_SCORE) + 1)]


def _others(features: dict[str, float], c: Candidate, occurrences: Sequence[float]) -> None:
    count, total, top, second = occurrences
    if count == 1:
        features["single"] = 1.0
        return
    mean = (total - c.score) / (count - 1)
    best = top if c.score < top else second
    features["others mean"] = max(-4.0, min(4.0, mean))
    features["others best"] = max(-4.0, min(4.0, best))
    features["repeated"] = min(2.5, math.log(count))
    features[f"others {bisect_right(_CUTS_OTHERS, mean)}"] = 1.0


def _place(name: Name) -> dict[str, float]:
    """What its likeliest meaning says: is it of the size, and does it lie where the document plays?"""
    best = max(range(len(name.shares)), key=name.shares.__getitem__)
    sense = name.senses[best]
    country, region, near = name.contexts[best][:3]
    kind, size = sense.kind, int(sense.size)
    return {
        "share": name.shares[best],
        f"kind {kind}": 1.0,
        "near": near,
        "region": region,
        "country": country,
        f"{kind} near {bisect_right(_CUTS_CONTEXT, near)}": 1.0,
        f"{kind} region {bisect_right(_CUTS_CONTEXT, region)}": 1.0,
        f"{kind} country {bisect_right(_CUTS_COUNTRY, country)}": 1.0,
        f"{kind} size {size}": 1.0,
        f"{kind} size {size} near {bisect_right((0.2, 0.8), near)}": 1.0,
    }


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
    run = c.run
    if run is not None:
        rest = [k for (a, _), k in zip(run.spans, run.classes, strict=True) if a >= c.end]
        if rest and "B" in rest:
            return "embedded"
        if c.start == run.start and run.before == "of" and _body_before(text, run.start):
            return "embedded"
        if c.start > run.start and text[c.start - 1] == "-":
            return "embedded"  # "Radio-Peru"
        told = run.after in words("speech") and run.mark_after == "" and run.before not in words("locative")
        if c.end == run.end and c.senses[0].kind in _GOVERNED and told:
            return "metonym"
    return "toponym"


def _body_before(text: str, start: int) -> bool:
    """Whether "University of" or the like stands before ``start``."""
    head = text[max(0, start - 40) : start].split()
    return len(head) >= 2 and head[-2][:1].isupper() and head[-2].lower() in words("body")
