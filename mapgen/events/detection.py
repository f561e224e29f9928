"""Events told by clauses in which no pattern of the lexicon fires: what the trained detector is sure enough of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapgen.events.detector import LEAST_WORDS, NONE, STOP, content, detector
from mapgen.events.lexicon import Hit, Trigger, Words, word_classes
from mapgen.events.reality import reality, standing
from mapgen.events.telling import VERBS, Telling, clause_numbers, clause_spans
from mapgen.taxonomy import group_of

LONE = 0.5  # how sure of the only telling of a sentence
FURTHER = 0.85  # how sure of one beside others, or of whom the text goes on to speak of
_GOES_ON = ("ing", "ed")  # of the first word of a clause that only goes on with the one before
_RELATIVE = frozenset("which who whose whom that where".split())  # open what only describes
_PRONOUNS = frozenset("he she it they this these those".split())
_STATES = re.compile(
    r"\b(?:lies?|lay|consists? of|(?:is|are|was|were) (?:\w+ )?(?:made up|located|situated|home|known|led by|"
    r"named|called|believed|thought|on (?:his|her|its|their) way)|belongs? to|numbers?|there (?:is|are|was|were))\b"
)  # how things stand, which is no event


def detected(words: Words, start: int, end: int, told: Sequence[Telling]) -> list[Telling]:
    """The events that the detector finds in the clauses of ``text[start:end]`` from which none of ``told`` was read."""
    text = words.text
    if text[start:end].rstrip("\"”'’)").endswith("?"):
        return []
    numbers = clause_numbers(words)
    spans = clause_spans(words, numbers, start, end)
    taken = {number for number, (low, high) in spans.items() if any(low <= each.head < high for each in told)}
    lasting = standing(text, start, end)
    found: list[Telling] = []
    for number, (low, high) in spans.items():
        within = [i for i, each in enumerate(numbers) if each == number]
        if number in taken or any(low <= at < high for at in lasting) or text[max(0, low - 1)] == "(":
            continue
        opener = words.lower[within[0]]
        if (number and (opener.endswith(_GOES_ON) or opener in _RELATIVE)) or _STATES.search(text, low, high):
            continue
        if _only_named(words, within):
            continue
        telling = _clause_telling(words, within, numbers)
        if telling is None:
            continue
        kind, score, head = telling
        if score < (FURTHER if told or found or opener in _PRONOUNS else LONE):
            continue
        groups = {group_of(each.event_type) for each in (*told, *found)}
        if group_of(kind) in groups or (kind == "casualties" and groups):
            continue
        found.append(Telling(kind, None, score, words.starts[head], start, end, low, high))
    return found


def _only_named(words: Words, within: list[int]) -> bool:
    """Whether a clause is but the one of whom the next clause goes on to speak: "The premier, who chairs the bloc"."""
    after = within[-1] + 1
    if after >= len(words.lower) or words.lower[after] not in _RELATIVE:
        return False
    return not any(words.lower[i].endswith(("ed", "ing")) or words.lower[i] in VERBS for i in within)


def _clause_telling(words: Words, within: list[int], numbers: list[int]) -> tuple[str, float, int] | None:
    """The likeliest type of a clause, how sure it is, and the word that tells it most; None where it tells nothing."""
    seen = content([words.lower[i] for i in within], [words.named[i] for i in within], word_classes())
    if len({word for word in seen if word not in STOP and len(word) > 1}) < LEAST_WORDS:
        return None
    model = detector()
    likely = model.likelihoods(seen)
    kind = max((label for label in likely if label != NONE), key=lambda label: likely[label])
    if likely[kind] < LONE:
        return None
    head = max(zip(seen, within, strict=True), key=lambda pair: model.weight(pair[0], kind))[1]
    verb = words.lower[head].endswith(("ed", "ing"))
    hit = Hit(Trigger(kind, None, likely[kind], False), head, head, head, verb, False)
    return kind, likely[kind] * reality(hit, words, numbers), head
