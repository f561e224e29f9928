"""Whom a pronoun means: the actor that the sentences before it named last, so far as the lexicon's classes tell."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from mapgen.events.lexicon import Words, lexicon

REACH = 3  # sentences that a pronoun may reach back over
PRONOUN = re.compile(r"\b(?:[Tt]hey|[Hh]e|[Ss]he)\b|\A\W*It\b")
_PLURAL = ("troops", "fighters", "police", "protesters", "people", "aircraft")
_SINGLE = ("official", "fighters", "victims")
_SAYS = frozenset("said says say told added adds wrote explained insisted warned".split())
_NO_ACTORS = frozenset("dead bodies others victims aid guards".split())
_BODIES = frozenset("army military navy government militia police junta group rebels union party".split())


def with_actors(words: Words, before: Iterable[Words]) -> Words:
    """``words`` with "they", "he", "she" and an opening "It" replaced by the actor of the nearest sentence before."""
    told = list(words.lower)
    for index, word in enumerate(told):
        says = index + 1 < len(told) and told[index + 1] in _SAYS
        if not says and (word in ("they", "he", "she") or (word == "it" and index == 0)):
            actor = next((found for earlier in before if (found := _actor(earlier, word))), None)
            told[index] = actor or word
    return dataclasses.replace(words, lower=tuple(told))


def _actor(words: Words, pronoun: str) -> str | None:
    """The first word of a sentence that names whom ``pronoun`` may mean: many, one, or a body."""
    classes = lexicon().classes
    for index, word in enumerate(words.lower):
        if word in _NO_ACTORS:
            continue
        many = word.endswith(("s", "men", "people", "police")) or word in ("troops", "police")
        if pronoun == "it":
            if word in _BODIES:
                return word
        elif pronoun == "they":
            if many and any(word in classes[name] for name in _PLURAL) and not _modifies(words, index):
                return word
        elif not many and any(word in classes[name] for name in _SINGLE):
            return word
    return None


def _modifies(words: Words, index: int) -> bool:
    """Whether a noun only describes the next one: "police station", "army base"."""
    following = words.lower[index + 1 : index + 2]
    return bool(following) and following[0] in ("station", "base", "camp", "post", "officer", "chief", "buses", "cars")
