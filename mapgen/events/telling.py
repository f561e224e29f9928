"""What a sentence tells: the events its words report as happening, and the words that report them.

Trigger patterns propose; the clause around each head decides whether the event is told as real or planned (not
denied by a "not", wished for, feared, or only named as the background of something else); then one telling is kept
for each separate thing the sentence says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mapgen.events.lexicon import Hit, Words, lexicon
from mapgen.taxonomy import group_of

THRESHOLD = 0.5  # the least score of a telling that becomes an event; chosen for precision
LEANING = 0.3  # how much the linear model weighs in the choice between types
LATER_CLAUSE = 0.1  # how much less than its main clause each further clause of a sentence weighs
RIVAL = 0.25  # a type less sure than the surest by more is no rival to it
UNKNOWN_FIT = 0.3  # of a type that the linear model does not know

_NEGATION = frozenset("not never no nor neither without cannot didn't hasn't haven't hadn't wasn't weren't isn't aren't "
                      "doesn't don't won't wouldn't couldn't failed refused refuses declined denied averted avoided "
                      "prevented unable".split())  # fmt: skip
_UNREAL = frozenset("could may might should must can if unless whether would-be vow vows vowed vowing threaten threatens "
                    "threatened threatening urge urges urged urging demand demands demanded demanding want wants wanted "
                    "hope hopes hoped fear fears feared warn warns warned warning risk propose proposes proposed consider "
                    "considers considering considered possible possibility potential calls call called calling appeal "
                    "appealed asks asked ask request requested seek seeks sought seeking suggest suggested "
                    "hypothetical likely intention ability capable promise promised promises eventually "
                    "prevent avert avoid discourage against necessary need needs ready wish "
                    "future feared allow allows allowed allowing authorise authorises authorize authorizes enable enables empower "
                    "empowers permits forbid ability".split())  # fmt: skip
_PLANNED = frozenset("will would plan plans planned planning scheduled set expected due intends intend preparing prepares "
                     "prepare prepared preparation preparations upcoming shall going announced 'll".split())  # fmt: skip
_BACKGROUND = frozenset("after following amid since despite before over due because about previous earlier recent "
                        "during regarding concerning alleged like such former".split())  # fmt: skip
_SPLIT = frozenset("while but whereas although though meanwhile".split())
_DEPENDENT = frozenset(
    "where who whose after before because following amid despite".split()
)  # open a clause by themselves
_CONFLICT = frozenset({"armed_conflict", "unrest", "security_operation"})
_STANDING = re.compile(
    r"\b(?:(?:has|have) since\b|over the (?:past |last )?(?:years|decades)|for (?:many |several |\w+ )?(?:years|decades|months)\b|"
    r"in recent (?:years|months|decades)|(?:two|three|four|five|six|seven|eight|nine|ten|\d+)[- ](?:year|month)s?(?:[- ]long)?\s+"
    r"(?:civil )?(?:war|conflict|insurgency|rebellion)|(?:is|are) (?:a )?(?:known|home|notorious)|there has been|historically|"
    r"decades[- ]long|years? ago|last year|in the past|traditionally|often|regularly|routinely|every (?:year|day|week)|"
    r"(?:19[0-9]{2}|20[0-9]{2})s\b)",
    re.IGNORECASE,
)  # what has long been so, not news
_RELATIVE = frozenset("who which that whose where when".split())
_TOLL = frozenset("toll total so far tally figures overall altogether".split())
_LOOSE = frozenset("fighting violence protests unrest clashes conflict war riots demonstrations rioting".split())


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


def tellings(
    words: Words, start: int, end: int, lean: Callable[[str], Mapping[str, float]] | None = None
) -> list[Telling]:
    """The events that the sentence ``text[start:end]`` reports, in text order, each with a score of 0–1.

    Where its words tell several types, ``lean`` (text ─► how well each type fits, 0–1) helps to choose among them.
    """
    if words.text[start:end].rstrip("\"”'’)").endswith("?"):
        return []
    clauses = _clauses(words)
    best: dict[tuple[str, int], tuple[float, Hit]] = {}
    hits = list(lexicon().find(words))
    standing = 0.5 if hits and _STANDING.search(words.text, start, end) else 1.0
    for hit in hits:
        score = hit.trigger.weight * standing * _reality(hit, words, clauses)
        key = (hit.trigger.event_type, clauses[hit.head])
        if score > best.get(key, (0.0, hit))[0] and score > 0.2:
            best[key] = (score, hit)
    leaning: Mapping[str, float] = {}
    if lean is not None and _rivals(best):
        leaning = lean(words.text[start:end])
    kept = _separate([(score, hit) for score, hit in best.values()], words, clauses, leaning)
    spans = _clause_spans(words, clauses, start, end)
    return [
        Telling(hit.trigger.event_type, hit.trigger.sub, score, words.starts[hit.head], start, end,
                *spans[clauses[hit.head]])
        for score, hit in sorted(kept, key=lambda pair: pair[1].head)
    ]  # fmt: skip


def _clauses(words: Words) -> list[int]:
    """The clause each word stands in, counted from 0: clauses end at ``;`` and before a conjunction after a comma."""
    numbers, number = [], 0
    for index, word in enumerate(words.lower):
        if index:
            previous = words.lower[index - 1]
            if (
                words.starts[index] - words.ends[index - 1] == 1
                and word not in _SPLIT | _DEPENDENT
                and previous != "and"
            ):
                numbers.append(number)
                continue
            between = words.text[words.ends[index - 1] : words.starts[index]]
            opens = (
                word in _SPLIT
                or word in _DEPENDENT
                or (previous == "and" and word.endswith("ed") and len(word) > 4)
                or (
                    "," in between
                    and (word in _JOINS or word in _RELATIVE or word.endswith("ing") or word in _SUBORDINATE)
                )
            )
            if opens or any(mark in between for mark in (";", ":", "—", "–", "(", " - ")):
                number += 1
        numbers.append(number)
    return numbers


_JOINS = frozenset("and but as with or so".split())
_SUBORDINATE = frozenset("after before because since following amid despite during saying".split())


def _clause_spans(words: Words, clauses: list[int], start: int, end: int) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for index, number in enumerate(clauses):
        first = spans[number][0] if number in spans else words.starts[index]
        spans[number] = (first, words.ends[index])
    if spans:
        spans[0] = (start, spans[0][1])
        last = max(spans)
        spans[last] = (spans[last][0], end)
    return spans


def _reality(hit: Hit, words: Words, clauses: list[int]) -> float:
    """How far the hit is told as something that happened or is planned: a factor of 0–1."""
    lower, head = words.lower, hit.head
    left = [i for i in range(max(0, head - 7), head) if clauses[i] == clauses[head]]
    near = {lower[i] for i in left[-4:]}
    if near & _NEGATION:
        return 0.2
    before = {lower[i] for i in left}
    factor = 0.5 if before & _NEGATION else 1.0
    if before & _UNREAL or "to prevent" in " ".join(lower[i] for i in left):
        factor *= 0.4
    elif before & _PLANNED:
        factor *= 0.85
    if hit.first and lower[hit.first - 1] == "to" and not before & _PLANNED:
        factor *= 0.75
    opening = {lower[i] for i in range(max(0, hit.first - 4), hit.first)}
    if hit.trigger.noun or _nominal(lower, hit):
        if opening & _BACKGROUND:
            factor *= 0.5
    opener = next(i for i in range(head + 1) if clauses[i] == clauses[head])
    if opener and lower[opener].endswith("ing") and opener <= head:
        factor *= 0.75  # "forcing a retreat" only goes on with what was told
    if hit.verb and _noun_form(lower, head):
        factor *= 0.5
    if _restrictive(words, head, clauses):
        factor *= 0.5
    if _quoted(words, head):
        factor *= 0.5
    return factor


def _noun_form(lower: tuple[str, ...], head: int) -> bool:
    """Whether a word that may be a verb stands as a noun: "a ban", "the arrest report"."""
    return head > 0 and lower[head - 1] in _ARTICLES and not lower[head].endswith(("ed", "ing"))


_ARTICLES = frozenset("a an the no any this that its his her their our every each another of".split())


def _restrictive(words: Words, head: int, clauses: list[int]) -> bool:
    """Whether the word stands in a relative clause that only says who is meant ("all fighters who surrender")."""
    opener = next(i for i in range(head + 1) if clauses[i] == clauses[head])
    if not opener or words.lower[opener] not in ("who", "whose", "whom"):
        return False
    return "," not in words.text[words.ends[opener - 1] : words.starts[opener]]


def _nominal(lower: tuple[str, ...], hit: Hit) -> bool:
    """Whether the hit is a noun phrase: it opens behind a preposition and an article, or an article."""
    at = hit.first - 1
    return at >= 0 and lower[at] in _DETERMINERS | _BACKGROUND


_DETERMINERS = frozenset("the a an this that these those its their his her recent ongoing any".split())


def _quoted(words: Words, head: int) -> bool:
    """Whether the word stands inside a quotation of a sentence's length, which is someone's opinion or wish."""
    text, at = words.text, words.starts[head]
    first = max(0, words.starts[0] - 2)
    opened = max(text.rfind("“", first, at), text.rfind("«", first, at))
    if opened < 0:
        count = text.count('"', first, at)
        if count % 2 == 0:
            return False
        opened = text.rfind('"', first, at)
        closed = text.find('"', at)
    else:
        if text.find("”", opened, at) >= 0 or text.find("»", opened, at) >= 0:
            return False
        closed = text.find("”", at)
    closed = closed if closed >= 0 else words.ends[-1]
    return text.count(" ", opened, closed) > 7


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
    caused = [pair for pair in found if group_of(pair[1].trigger.event_type) in _CONFLICT]
    tolls = [pair for pair in found if pair[1].trigger.event_type == "casualties"]
    if tolls and caused:
        if _counts_only(words, caused):
            found = [pair for pair in found if pair not in caused]
        else:
            found = [pair for pair in found if pair not in tolls]
            toll = max(score for score, _ in tolls)
            found = [(max(score, toll), hit) if (score, hit) in caused else (score, hit) for score, hit in found]
    kept: list[tuple[float, Hit]] = []

    def order(pair: tuple[float, Hit]) -> tuple[float, int]:
        fit = leaning.get(pair[1].trigger.event_type, UNKNOWN_FIT) if leaning else 0.0
        return (-pair[0] - LEANING * fit + LATER_CLAUSE * min(2, clauses[pair[1].head]), pair[1].head)

    for score, hit in sorted(found, key=order):
        kind, clause = hit.trigger.event_type, clauses[hit.head]
        if any(clauses[other.head] == clause or other.trigger.event_type == kind for _, other in kept):
            continue
        groups = {group_of(other.trigger.event_type) for _, other in kept}
        apart = any(words.lower[i] in _SPLIT for i in range(len(clauses)) if clauses[i] == clause)
        if kept and (score < 0.7 or ("armed_conflict" in groups & {group_of(kind)} and not apart)):
            continue
        kept.append((score, hit))
    return kept


def _counts_only(words: Words, caused: list[tuple[float, Hit]]) -> bool:
    """Whether the sentence counts victims of a wider conflict ("killed in clashes") rather than telling one attack."""
    lower = words.lower
    if _TOLL & set(lower) and {"toll", "total"} & set(lower):
        return True
    pairs = {b for a, b in pairwise(lower) if a in ("in", "during", "the")}
    heads = {lower[hit.head] for _, hit in caused}
    return bool(heads) and heads <= (_LOOSE & pairs)
