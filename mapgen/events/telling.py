"""What a sentence tells: the events its words report as happening, and the words that report them.

Trigger patterns propose; the clause around each head decides whether the event is told as real or planned (not
denied by a "not", wished for, feared, or only named as the background of something else); then one telling is kept
for each separate thing the sentence says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mapgen.events.figures import FigureMention
from mapgen.events.lexicon import Hit, Trigger, Words, lexicon
from mapgen.events.reality import reality, standing
from mapgen.taxonomy import group_of

THRESHOLD = 0.5  # the least score of a telling that becomes an event; chosen for precision
LEANING = 0.3  # how much the linear model weighs in the choice between types
LATER_CLAUSE = 0.1  # how much less than its main clause each further clause of a sentence weighs
RIVAL = 0.25  # a type less sure than the surest by more is no rival to it
UNKNOWN_FIT = 0.3  # of a type that the linear model does not know

_SPLIT = frozenset("while but whereas although though meanwhile".split())
_DEPENDENT = frozenset(
    "where who whose after before because following amid despite".split()
)  # open a clause by themselves
_OPENERS = _SPLIT | _DEPENDENT
_CONFLICT = frozenset({"armed_conflict", "unrest", "security_operation"})
_RELATIVE = frozenset("who which that whose where when".split())
_LOOSE = frozenset("violence protests unrest conflict war riots demonstrations rioting".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """One event told by the sentence ``text[start:end]``; ``head`` is the offset of the word that tells it."""

    event_type: str
    sub: str | None
    score: float
    head: int
    start: int
    end: int
    clause_start: int
    clause_end: int
    again: bool = False  # a further telling of its type: another event only where its clause has its own day or place


_TALES = frozenset("novel film movie book play documentary album song exhibition painting drama thriller".split())
_OCCASIONS = frozenset("funeral concert match festival wedding premiere game conference ceremony mass fair".split())
_COUNTED = {
    "killed": "casualties", "injured": "casualties", "missing": "casualties", "hospitalised": "casualties",
    "icu": "casualties", "displaced": "casualties", "rescued": "casualties", "arrested": "arrests",
    "participants": "protest",
}  # fmt: skip
_COUNT = 0.62  # how surely a sentence that only counts people tells an event


def counted_telling(words: Words, start: int, end: int, figures: Sequence[FigureMention]) -> Telling | None:
    """The event told by a sentence in which no word but its count of people tells one: "Six climbers are missing"."""
    for mention in figures:
        kind = _COUNTED.get(mention.kind)
        if kind is None or mention.figure.value in (0, 1):
            continue
        if kind == "protest" and not _OCCASIONS.isdisjoint(words.lower):
            continue
        head = max(0, bisect_right(words.starts, mention.start) - 1)
        clauses = clause_numbers(words)
        hit = Hit(Trigger(kind, None, _COUNT, False), head, head, head, False, False)
        score = _COUNT * reality(hit, words, clauses)
        if not standing(words.text, start, end) and score >= THRESHOLD:
            span = clause_spans(words, clauses, start, end)[clauses[head]]
            return Telling(kind, None, score, mention.start, start, end, *span)
    return None


def tellings(
    words: Words, start: int, end: int, lean: Callable[[str], Mapping[str, float]] | None = None
) -> list[Telling]:
    """The events that the sentence ``text[start:end]`` reports, in text order, each with a score of 0–1.

    Where its words tell several types, ``lean`` (text ─► how well each type fits, 0–1) helps to choose among them.
    """
    if words.text[start:end].rstrip("\"”'’)").endswith("?"):
        return []
    hits = list(lexicon().find(words))
    if not hits:
        return []
    clauses = clause_numbers(words)
    best: dict[tuple[str, int], tuple[float, Hit]] = {}
    marks = standing(words.text, start, end)
    lasting = {clauses[max(0, bisect_right(words.starts, at) - 1)] for at in marks}
    tale = 1.0 if _TALES.isdisjoint(words.lower[:5]) else 0.4
    for hit in hits:
        score = (
            hit.trigger.weight * tale * (0.5 if clauses[hit.head] in lasting else 1.0) * reality(hit, words, clauses)
        )
        key = (hit.trigger.event_type, clauses[hit.head])
        if score > best.get(key, (0.0, hit))[0] and score > 0.2:
            best[key] = (score, hit)
    leaning: Mapping[str, float] = {}
    if lean is not None and _rivals(best):
        leaning = lean(words.text[start:end])
    kept = _separate([(score, hit) for score, hit in best.values()], words, clauses, leaning)
    spans = clause_spans(words, clauses, start, end)
    first: set[str] = set()
    found = []
    for score, hit in kept:  # the surest first
        kind = hit.trigger.event_type
        span = spans[clauses[hit.head]]
        found.append(
            Telling(kind, hit.trigger.sub, score, words.starts[hit.head], start, end, *span, again=kind in first)
        )
        first.add(kind)
    return sorted(found, key=lambda telling: telling.head)


def clause_numbers(words: Words) -> list[int]:
    """The clause each word stands in, counted from 0: clauses end at ``;`` and before a conjunction after a comma."""
    numbers, number, relative = [], 0, 0
    for index, word in enumerate(words.lower):
        if index:
            previous = words.lower[index - 1]
            if relative and word in _AUXILIARY and _told_in(words.lower[relative + 1 : index]):
                number, relative = number + 1, 0  # "the man who sold the rifles | was arrested"
            if (
                words.starts[index] - words.ends[index - 1] == 1
                and word not in _OPENERS
                and previous != "and"
                and word != "and"
            ):
                numbers.append(number)
                continue
            between = words.text[words.ends[index - 1] : words.starts[index]]
            opens = (
                word in _OPENERS
                or ("," in between and number == 0 and words.lower[0] in _SUBORDINATE)
                or (word == "as" and previous in ("even", "just"))
                or (word == "and" and _coordinates(words.lower, numbers, index))
                or (previous == "and" and word.endswith("ed") and len(word) > 4)
                or (
                    "," in between
                    and (word in _JOINS or word in _RELATIVE or _opens_as_participle(word) or word in _SUBORDINATE)
                )
            )
            if opens or (len(between) > 1 and _BREAK.search(_SHORT_ASIDE.sub(" ", between))):
                number += 1
                relative = index if word in ("who", "whose") and "," not in between else 0
        numbers.append(number)
    return numbers


def _opens_as_participle(word: str) -> bool:
    return word.endswith("ing") and word not in ("including", "according")


def _coordinates(lower: tuple[str, ...], numbers: list[int], index: int) -> bool:
    """Whether the "and" at ``index`` joins two clauses, each with its verb: "a drone fell and flights were halted"."""
    ahead = lower[index + 1 : index + 6]
    second = next((i for i, word in enumerate(ahead) if word in _AUXILIARY), None)
    if second is None or second == 0 or "and" in ahead[:second] or any(map(_is_count, ahead[:second])):
        return False
    begin = numbers.index(numbers[-1])
    return not _AUXILIARY.isdisjoint(lower[begin:index]) or _told_in(lower[begin:index])


def _is_count(word: str) -> bool:
    return word.isdigit() or word in lexicon().classes["quantity"]


def _told_in(lower: tuple[str, ...]) -> bool:
    """Whether a relative clause has its own verb in the past, so that the next auxiliary is the main clause's."""
    return any(word.endswith("ed") or word in _PAST for word in lower)


_FLIGHT = re.compile(
    r"\b(?:fled|flee|fleeing|displaced by|escaped|escaping)\b.{0,20} (?:fighting|clashes|violence|shelling)\b"
)
_PERIOD = re.compile(
    r"\b(?:days|weeks?|months?) of (?:\w+ ){0,2}(?:fighting|clashes|violence|unrest|shelling|protests)\b|"
    r"\b(?:in|over|during) the (?:past|last) (?:\w+ )?(?:days|weeks?|months?)\b"
)
_SHORT_ASIDE = re.compile(r"\s\([A-Z][\w.-]{0,11}\)\s")  # "(FARDC)": the short form of a name
_AUXILIARY = frozenset("was were is are has have had will".split())
_PAST = frozenset("made sold shot took drove led sent went came held found fought wrote ran were".split())
VERBS = _AUXILIARY | _PAST  # words by which a clause has its verb
_BREAK = re.compile(r"[;:—–(]| - ")
_JOINS = frozenset("and but as with or so".split())
_SUBORDINATE = frozenset("after before because since following amid despite during saying when while as".split())


def clause_spans(words: Words, clauses: list[int], start: int, end: int) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for index, number in enumerate(clauses):
        first = spans[number][0] if number in spans else words.starts[index]
        spans[number] = (first, words.ends[index])
    if spans:
        spans[0] = (start, spans[0][1])
        last = max(spans)
        spans[last] = (spans[last][0], end)
    return spans


def _rivals(best: Mapping[tuple[str, int], tuple[float, Hit]]) -> bool:
    """Whether two types that are nearly as sure contend for one clause."""
    surest: dict[int, float] = {}
    for (_, clause), (score, _) in best.items():
        surest[clause] = max(score, surest.get(clause, 0.0))
    near = Counter(
        clause for (kind, clause), (score, hit) in best.items() if hit.trigger.sub and surest[clause] - score < RIVAL
    )
    return any(count > 1 for count in near.values())


def _separate(
    found: list[tuple[float, Hit]], words: Words, clauses: list[int], leaning: Mapping[str, float]
) -> list[tuple[float, Hit]]:
    """One telling for each thing said: the surest of each type and clause, tolls folded into what caused them."""
    found = [pair for pair in found if pair[0] >= 0.35]
    caused = [pair for pair in found if pair[0] >= THRESHOLD and group_of(pair[1].trigger.event_type) in _CONFLICT]
    tolls = [pair for pair in found if pair[1].trigger.event_type == "casualties"]
    if tolls and caused:
        if _counts_only(words, caused, tolls):
            found = [pair for pair in found if pair not in caused]
        else:
            found = [pair for pair in found if pair not in tolls]
            toll = max(score for score, _ in tolls)
            found = [(max(score, toll), hit) if (score, hit) in caused else (score, hit) for score, hit in found]
    tolls_folded = bool(tolls and caused)
    kept: list[tuple[float, Hit]] = []

    def order(pair: tuple[float, Hit]) -> tuple[float, int]:
        fit = leaning.get(pair[1].trigger.event_type, UNKNOWN_FIT) if leaning else 0.0
        place = min(2, clauses[pair[1].head])
        if words.lower[0] in _SUBORDINATE:
            place = (
                2 if place == 0 else place - 1
            )  # "After the square was sealed off, a crowd gathered": the crowd first
        return (-pair[0] - LEANING * fit + LATER_CLAUSE * place, pair[1].head)

    for score, hit in sorted(found, key=order):
        kind, clause = hit.trigger.event_type, clauses[hit.head]
        if any(clauses[other.head] == clause for _, other in kept):
            continue
        again = any(other.trigger.event_type == kind for _, other in kept)
        if again and (not hit.verb or words.lower[hit.head].endswith("ing") or score < 0.7):
            continue
        groups = {group_of(other.trigger.event_type) for _, other in kept}
        opener = clauses.index(clause)
        if opener and words.lower[opener - 1] == "and" and "armed_conflict" in groups:
            continue  # "captured a village and destroyed three tanks"
        apart = any(words.lower[i] in _SPLIT for i in range(len(clauses)) if clauses[i] == clause)
        apart = apart or (hit.verb and not words.lower[hit.head].endswith("ing") and score >= 0.8)
        least = 0.55 if kind == "casualties" and not tolls_folded else 0.7
        if kept and (score < least or ("armed_conflict" in groups & {group_of(kind)} and not apart)):
            continue
        kept.append((score, hit))
    return kept


def _counts_only(words: Words, caused: list[tuple[float, Hit]], tolls: list[tuple[float, Hit]]) -> bool:
    """Whether the sentence counts victims of a wider conflict ("killed in clashes") rather than telling one attack."""
    lower = words.lower
    first = min(hit.head for _, hit in caused)
    if {"toll", "total"} & set(lower[:first]) or ("number", "of") in pairwise(lower[:first]):
        return True
    if min(hit.head for _, hit in tolls) < first and not any(hit.verb for _, hit in caused):
        told = " ".join(lower)
        if _FLIGHT.search(told) or _PERIOD.search(told):
            return True  # "wounded in a week of fighting", "fled the fighting"
    pairs = {b for a, b in pairwise(lower) if a in ("in", "during", "the")}
    heads = {lower[hit.head] for _, hit in caused}
    return bool(heads) and heads <= (_LOOSE & pairs)
