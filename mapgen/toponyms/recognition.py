"""Which known names in a text are meant as places.

Two linear passes: each name by the words around it, then again in the light of the document: whether its likeliest
meaning lies where the other names lie, how its other occurrences read, and which longer or shorter names overlap it.
Of overlapping names the set with the greatest sum of log odds is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mapgen.gazetteer import Gazetteer, fold
from mapgen.model import Mention
from mapgen.toponyms.candidates import beside, candidates, inside
from mapgen.toponyms.coherence import in_document
from mapgen.toponyms.document import Said
from mapgen.toponyms.evidence import Candidate
from mapgen.toponyms.inflection import inflects, suffixed
from mapgen.toponyms.languages import foreign
from mapgen.toponyms.lexicon import words
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.senses import Senses

STRETCH = 50_000  # characters looked at together; longer documents are cut between lines or words
_LANDMARK = 2.0  # least log odds of the full name of a landmark, which names nothing else
_GREEK = "\u0370"  # from this letter on the alphabets are others than that of the texts that were learnt from
_AGAINST = -3.0  # log odds under which the words around a name speak against it in any language
_TOWN_OF_CASE = 4.7  # log10 of the people from which on a capitalised name of such an alphabet is a town
_SHORTEST = 4  # letters of a name in a language of the Latin alphabet that was not learnt from
_LONGER = 0.01  # a letter, so that of two names of a kind the longer is kept
_WELL_KNOWN = frozenset(("country", "demonym", "admin1", "capital", "world"))
_GOVERNED = frozenset(("country", "capital", "seat", "town"))  # "Moscow said"
_NONE: frozenset[str] = frozenset()
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
            near = c.beside or (beside(stretch, c) if c.senses.natural else _NONE)
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
    inflecting = inflects(text)
    found = candidates(text, senses, inflecting)
    learned.surroundings.weigh(found)
    cased = [c for c in found if c.run is not None]
    if len(cased) < len(found):
        _weigh_caseless(text, [c for c in found if c.run is None])
    for seen in in_document(text, cased, learned.ranking):
        c = seen.candidate
        c.score = learned.coherence.log_odds(seen)
        if c.senses[0].kind == "site" and len(c.senses) == 1 and " " in c.key:
            c.score = max(c.score, _LANDMARK)
    if inflecting:
        _weigh_other_languages(text, cased)
    return found


def _weigh_other_languages(text: str, found: Sequence[Candidate]) -> None:
    """Of a language whose texts were not learnt from, a well-known name is a place; not the first word of a sentence,
    which has its capital from there, where only a loss of its ending makes it a name."""
    latin = foreign(text)
    for c in found:
        known = text[c.start] >= _GREEK or suffixed(text, c.end) or (latin and _tells(c))
        if known and c.score > _AGAINST:
            surface = text[c.start : c.end]
            if not (c.run and c.run.opens and c.start == c.run.start and fold(surface) != c.key):
                c.score = max(c.score, _by_prominence(c, _TOWN_OF_CASE))


def _tells(c: Candidate) -> bool:
    """Whether a name in the Latin alphabet is more than an article or a code: "Los" and "La" are no towns."""
    return c.end - c.start >= _SHORTEST and c.senses[0].name_type not in ("code", "abbreviation", "romanised")


def _weigh_caseless(text: str, found: Sequence[Candidate]) -> None:
    """Without capitals a word is a place where its most prominent meaning is a country, a region or a large town."""
    for c in found:
        length = c.end - c.start
        ideographs = text[c.start] >= "\u2e80"
        if length < (2 if ideographs else 3):
            c.score = -5.0
        else:
            short = length <= (2 if ideographs else 3)
            c.score = _by_prominence(c, 4.6 if not short else 5.3 if ideographs else 5.0)


def _by_prominence(c: Candidate, size: float) -> float:
    """How well a name is known, as log odds: those of a country, a region, or a town from ``size`` (log10) on."""
    likely, longer = c.senses[:3], _LONGER * (c.end - c.start)
    if any(sense.kind in _WELL_KNOWN for sense in likely):
        return 3.0 + longer
    return 2.0 * (max(sense.size for sense in likely) - size) + longer


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
        if told and named.closes and c.senses[0].kind in _GOVERNED:
            return "metonym"
    return "toponym"


def _body_before(text: str, start: int) -> bool:
    """Whether "University of" or the like stands before ``start``."""
    head = text[max(0, start - 40) : start].split()
    return len(head) >= 2 and head[-2][:1].isupper() and head[-2].lower() in words("body")
