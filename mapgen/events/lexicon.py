"""The trigger lexicon: ``lexicon.toml`` compiled once, and the matching of its patterns against a sentence's words.

Patterns are looked up by their head word, so that a sentence pays only for the few patterns its words open:
linear in the sentence's length for a lexicon of any size.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from mapgen.taxonomy import group_of

_NO_NAME = frozenset(
    "the a an in on at for from by with after before as but and this that these those some all".split()
)
NAME, NUMBER = "{Name}", "{quantity}"
_SUBJECTS = ("{fighters}", "{troops}", "{armed}", "{police}", "{people}", "{protesters}", "{aircraft}")
_DONE = frozenset(("armed_conflict", "unrest", "security_operation"))  # groups whose verbs do something to somebody
_BE = frozenset("is are was were been being be get got gets".split())
_HARMED = frozenset("killed injured wounded shot arrested detained captured".split())
_CAUSE = frozenset("in by during when while".split())
_GAPS = {"..": 2, "...": 6, "....": 18}
_WORD = re.compile(r"[^\W_]+(?:[’'](?!s\b)[^\W_]+)*")
_PARTICIPLE = ("ed", "held", "led", "backed", "run", "born", "torn")  # "rebel-held" is no telling of holding
_EVERYWHERE = frozenset(
    "of in on to at by for with from into out after is was are were be been being have has had will would all more new "
    "no some one two three people state police".split()
)  # words of every other sentence
_BARRIER = re.compile(r"[;:()\[\]—–]|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``text[start:end]``: lower-cased, with offsets into ``text``.

    ``named`` tells a capitalised word that does not open the sentence; ``barrier`` a word that stands behind a mark
    no pattern reaches across.
    """

    text: str
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    named: tuple[bool, ...]
    barrier: tuple[bool, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Words:
        lower, starts, ends, named, barrier = [], [], [], [], []
        at = start
        for match in _WORD.finditer(text, start, end):
            first, last = match.span()
            word, gap = text[first:last], first - at
            told = word.lower()
            if gap != 1 or text[at] != " ":
                before = text[first - 1] if first else ""
                if word == "s" and before in "’'":
                    continue
                if before == "(" and text[last : last + 1] == ")" and word.isupper():
                    at = last + 1  # "(FARDC)": the short form of the name before it
                    continue
                if before == "-" and word.endswith(_PARTICIPLE) and first > start:
                    told = "-" + told
            lower.append(told.replace("’", "'"))
            starts.append(first)
            ends.append(last)
            named.append(word[0].isupper())
            barrier.append(gap > 1 and _BARRIER.search(text, at, first) is not None)
            at = last
        if named:  # the first word is a name only where the next goes on with it: "Ana Roe", not "The army"
            named[0] = len(named) > 1 and named[0] and named[1] and lower[0] not in _NO_NAME
        return cls(text, tuple(lower), tuple(starts), tuple(ends), tuple(named), tuple(barrier))


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the lexicon; ``weight`` (0–1) is how surely its patterns tell an event of ``event_type``.

    The type of an idiom is empty: its words tell nothing.
    """

    event_type: str
    sub: str | None
    weight: float
    noun: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found: word indices of its first, last (inclusive) and head word, which is a verb, a noun or either."""

    trigger: Trigger
    first: int
    last: int
    head: int
    verb: bool
    noun: bool


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    name: bool
    number: bool
    gap: int  # how many words may stand before it


@dataclass(frozen=True, slots=True)
class _Pattern:
    trigger: Trigger
    left: tuple[_Element, ...]  # nearest to the head first
    right: tuple[_Element, ...]
    verb: bool
    noun: bool
    active: bool  # its subject stands before it: no "gunmen were killed" for "gunmen kill"
    needs: tuple[frozenset[str], ...]  # what it has beside its head, a word of each; the rarest first

    def lacks(self, present: set[str]) -> bool:
        """Whether a sentence of the words ``present`` cannot hold the pattern: a cheap look before the search."""
        for words in self.needs:  # noqa: SIM110  (half as fast with any())
            if words.isdisjoint(present):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes and patterns, ready to match."""

    classes: dict[str, frozenset[str]]
    contexts: dict[str, frozenset[str]]
    patterns: dict[str, list[_Pattern]] = field(repr=False)  # by head word
    forms: dict[str, frozenset[str]] = field(repr=False)
    openers: dict[str, set[tuple[frozenset[str], ...]]] = field(repr=False, default_factory=dict)

    def opens(self, present: Set[str]) -> bool:
        """Whether a sentence of the words ``present`` may hold a pattern: most do not, and need no closer reading."""
        for word in self.openers.keys() & present:
            for needs in self.openers[word]:
                for words in needs:
                    if words.isdisjoint(present):
                        break
                else:
                    return True
        return False

    def find(self, words: Words) -> Iterator[Hit]:
        """Every pattern found in ``words``, in the order of the head words, but those that stand in an idiom."""
        hits = list(self._matches(words))
        idioms = [(hit.first, hit.last) for hit in hits if not hit.trigger.event_type]
        for hit in hits:
            if hit.trigger.event_type and not any(first <= hit.head <= last for first, last in idioms):
                yield hit

    def _matches(self, words: Words) -> Iterator[Hit]:
        present = set(words.lower)
        for head, word in enumerate(words.lower):
            for pattern in self.patterns.get(word, ()):
                if pattern.lacks(present) or (pattern.active and _passive(words.lower, head)):
                    continue
                first = _reach(pattern.left, words, head, -1)
                if first is None:
                    continue
                last = _reach(pattern.right, words, head, 1)
                if last is not None:
                    yield Hit(pattern.trigger, first, last, head, pattern.verb, pattern.noun)


def words_in(text: str, start: int, end: int) -> set[str]:
    """The words that ``text[start:end]`` holds, lower-cased."""
    return set(_WORD.findall(text[start:end].lower().replace("’", "'")))


def _passive(lower: tuple[str, ...], head: int) -> bool:
    """Whether the verb at ``head`` is done to its subject: "were killed", "gunmen killed in a raid"."""
    if not lower[head].endswith(("ed", "en", "t", "d")):
        return False
    if not _BE.isdisjoint(lower[max(0, head - 2) : head]):
        return True
    return lower[head] in _HARMED and head + 1 < len(lower) and lower[head + 1] in _CAUSE


def _reach(elements: tuple[_Element, ...], words: Words, at: int, step: int, index: int = 0) -> int | None:
    """The word at which ``elements[index:]`` end when read from ``at`` in direction ``step``; None where they fail."""
    if index == len(elements):
        return at
    element = elements[index]
    for _ in range(element.gap + 1):
        if step > 0:
            at += 1
            if at >= len(words.lower) or words.barrier[at]:
                return None
        else:
            if words.barrier[at]:
                return None
            at -= 1
            if at < 0:
                return None
        word = words.lower[at]
        if word in element.words or (element.name and words.named[at]) or (element.number and word.isdigit()):
            end = _reach(elements, words, at, step, index + 1)
            if end is not None:
                return end
    return None


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    data = tomllib.loads(resources.files("mapgen.events").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    irregular = {verb: frozenset([verb, *forms.split()]) for verb, forms in data["irregular"].items()}
    classes: dict[str, frozenset[str]] = {}
    for name, members in data["classes"].items():
        words: set[str] = set()
        for member in members.split():
            words |= classes[member[1:]] if member.startswith("@") else {member}
        classes[name] = frozenset(words)
    contexts = {name: frozenset(words.split()) for name, words in data["contexts"].items()}
    found = Lexicon(classes, contexts, {}, irregular)
    for row in data["idioms"]["patterns"]:
        _add(found, Trigger("", None, 0.0, False), row)
    for entry in data["trigger"]:
        trigger = Trigger(entry["type"], entry.get("sub"), entry.get("weight", 0.9), entry.get("noun", False))
        for row in entry["patterns"]:
            _add(found, trigger, row)
    return found


@cache
def word_classes() -> dict[str, tuple[str, ...]]:
    """The classes of the lexicon that each of their words belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for name, members in lexicon().classes.items():
        for member in members:
            found[member] = (*found.get(member, ()), name)
    return found


def verb_forms(verb: str) -> frozenset[str]:
    """Every form a regular English verb may take: "storm" gives storms, stormed, storming."""
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y"):
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    elif verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(verb + "es")
    if re.search(r"[aeiou][bdglmnprt]$", verb):
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms)


def _add(found: Lexicon, trigger: Trigger, row: str) -> None:
    parts, elements, heads, gap = row.split(), [], [], 0
    for part in parts:
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        elements.append(_Element(_spread(found, part), NAME in part, NUMBER in part, gap))
        heads.append(_rank(part))
        gap = 0
    head = heads.index(min(heads))
    left = tuple(dataclasses.replace(elements[i], gap=elements[i + 1].gap) for i in range(head - 1, -1, -1))
    right = tuple(elements[head + 1 :])
    needs = sorted((each.words for each in (*left, *right) if not (each.name or each.number)), key=len)
    words = _parts(row)
    part = words[head].replace("!", "")
    subject = any(name in word for word in words[:head] for name in _SUBJECTS) and "be~" not in words[:head]
    active = part.endswith("~") and subject and bool(trigger.event_type) and group_of(trigger.event_type) in _DONE
    pattern = _Pattern(trigger, left, right, part.endswith("~"), "+" in part, active, tuple(needs))
    for word in sorted(elements[head].words):
        found.patterns.setdefault(word, []).append(pattern)
        if trigger.event_type:
            _open(found, word, pattern.needs)


def _open(found: Lexicon, word: str, needs: tuple[frozenset[str], ...]) -> None:
    """Note that a pattern may stand where ``word`` does: by the head, or by a rarer word where that is everywhere."""
    rarer = next((words for words in needs if words.isdisjoint(_EVERYWHERE)), None)
    if word not in _EVERYWHERE or rarer is None:
        found.openers.setdefault(word, set()).add(needs)
        return
    others = (frozenset((word,)), *(words for words in needs if words is not rarer))
    for opener in rarer:
        found.openers.setdefault(opener, set()).add(others)


def _parts(row: str) -> list[str]:
    return [part for part in row.split() if part not in _GAPS]


def _rank(part: str) -> int:
    """How well a part serves as the head of its pattern, best first."""
    if "!" in part:
        return 0
    if "{" in part:
        return 5
    if "~" in part:
        return 1 if part != "be~" else 4
    return 2 if "+" in part else 3


def _spread(found: Lexicon, part: str) -> frozenset[str]:
    words: set[str] = set()
    for word in part.replace("!", "").split("|"):
        if word == NAME:
            continue
        if word.startswith("{"):
            words |= found.classes[word[1:-1]]
        elif word.endswith("~"):
            words |= found.forms.get(word[:-1]) or verb_forms(word[:-1])
        elif word.endswith("+"):
            noun = word[:-1]
            words |= {noun, noun + "s", noun + "es"}
        else:
            words.add(word)
    return frozenset(words)
