"""Which known names in a text are meant as places.

Two linear passes: each name by the words around it, then again in the light of the document: whether its likeliest
meaning lies where the other names lie, how its other occurrences read, and which longer or shorter names overlap it.
Of overlapping names the set with the greatest sum of log odds is kept.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mapgen.gazetteer import Gazetteer
from mapgen.model import Mention
from mapgen.toponyms.evidence import Candidate, beside, candidates
from mapgen.toponyms.lexicon import words
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.ranking import Name, Said, decide, names
from mapgen.toponyms.senses import Senses

STRETCH = 50_000  # characters looked at together; longer documents are cut between lines or words
_LEAST = 0.05  # probability from which on a name counts as evidence for others
_CUTS_SCORE = (-4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)
_CUTS_OTHERS = (-3, -1.5, -0.5, 0.5, 1.5, 3)
_CUTS_CONTEXT = (0.1, 0.4, 0.8, 1.3, 2)
_CUTS_COUNTRY = (0.3, 0.8, 1.5, 2.3)
_SMALL = frozenset(("town", "seat", "admin2", "site"))


def recognise(text: str, gazetteer: Gazetteer, learned: Parameters | None = None) -> list[Mention]:
    """The mentions of places in ``text``, in order, not overlapping; their ``kind`` tells how the place is meant.

    ``learned`` replaces the packaged parameters.
    """
    learned, senses = learned or parameters(), Senses.of(gazetteer)
    mentions = []
    for start, end in stretches(text):
        stretch = text[start:end] if end - start < len(text) else text
        for c in kept(judged(stretch, senses, learned), learned.threshold):
            mentions.append(Mention.of(text, start + c.start, start + c.end, kind(stretch, c)))
    return mentions


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
    for candidate, features in zip(found, in_document(text, found, learned.ranking), strict=True):
        get = learned.document.get
        candidate.score = sum(get(name, 0.0) * value for name, value in features.items())
    return found


def weigh(found: Sequence[Candidate], weights: Mapping[str, float]) -> None:
    """Score each candidate by its surroundings alone."""
    get = weights.get
    for candidate in found:
        candidate.score = sum([get(feature, 0.0) for feature in candidate.features])


def in_document(text: str, found: Sequence[Candidate], ranking: Mapping[str, float]) -> list[dict[str, float]]:
    """The features of each candidate in the light of all of them; ``score`` is that of its surroundings."""
    by_key = _likely_names(text, found, ranking)
    occurrences: dict[str, list[float]] = defaultdict(list)
    for c in found:
        occurrences[c.key].append(c.score)
    return [
        {**_own(c), **_others(c, occurrences[c.key]), **_place(by_key.get(c.key)), **_overlap(i, found)}
        for i, c in enumerate(found)
    ]


def _likely_names(text: str, found: Sequence[Candidate], ranking: Mapping[str, float]) -> dict[str, Name]:
    said = []
    for c in found:
        probability = 1 / (1 + math.exp(-c.score))
        if probability >= _LEAST:
            inside = c.inside if probability > 0.3 else frozenset()
            said.append(Said(c.start, text[c.start : c.end], c.key, c.senses, inside, beside(text, c), probability))
    grouped, _ = names(said)
    decide(grouped, ranking)
    by_key: dict[str, Name] = {}
    for name in grouped:
        by_key.setdefault(name.key, name)
    return by_key


def _own(c: Candidate) -> dict[str, float]:
    return {"bias": 1.0, "score": max(-5.0, min(5.0, c.score)), f"score {bisect_right(_CUTS_SCORE, c.score)}": 1.0}


def _others(c: Candidate, scores: Sequence[float]) -> dict[str, float]:
    count = len(scores)
    if count == 1:
        return {"single": 1.0}
    mean = (sum(scores) - c.score) / (count - 1)
    top = max(scores)
    best = top if c.score < top or scores.count(top) > 1 else sorted(scores)[-2]
    return {
        "others mean": max(-4.0, min(4.0, mean)),
        "others best": max(-4.0, min(4.0, best)),
        "repeated": math.log(count),
        f"others {bisect_right(_CUTS_OTHERS, mean)}": 1.0,
    }


def _place(name: Name | None) -> dict[str, float]:
    """What its likeliest meaning says: is it of the size, and does it lie where the document plays?"""
    if name is None:
        return {}
    best = max(range(len(name.shares)), key=name.shares.__getitem__)
    sense = name.senses[best]
    country, region, near = name.contexts[best][:3]
    kind, size = sense.kind, int(sense.size)
    features = {
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
    return features


def _overlap(i: int, found: Sequence[Candidate]) -> dict[str, float]:
    c = found[i]
    scores = [
        other.score
        for other in found[max(0, i - 8) : i + 9]
        if other is not c and other.start < c.end and c.start < other.end
    ]
    return {"overlapped": 1.0, "overlap best": max(-4.0, min(4.0, max(scores)))} if scores else {}


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
        if c.end == run.end and c.senses[0].kind in ("country", "capital") and run.after in words("speech"):
            return "metonym"
    return "toponym"


def _body_before(text: str, start: int) -> bool:
    """Whether "University of" or the like stands before ``start``."""
    head = text[max(0, start - 40) : start].split()
    return len(head) >= 2 and head[-2][:1].isupper() and head[-2].lower() in words("body")
