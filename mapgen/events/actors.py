"""Who acts and who is acted upon: forces, units, organisations, authorities and crowds, as a text names them.

Organisations come from a table (``actors.toml``); the rest from what news English builds such names with: an ordinal
and a unit ("5th Tank Brigade"), a nationality or place and a force ("Sudanese army"), an office and a name
("President X"), and plain nouns for people who act ("protesters", "gunmen").  Names are built
around one head word, found by lookup, so that cost is linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mapgen.events.numbers import read_ordinal
from mapgen.model import Place


@dataclass(frozen=True, slots=True)
class ActorMention:
    """``text[start:end]`` names an actor.

    ``canonical`` is the table's name where it knows the actor, else the name as told.  ``role``: subject (it does),
    object (it is done to) or None.  ``is_force``: armed, in uniform or not.
    """

    start: int
    end: int
    name: str
    canonical: str
    role: str | None = None
    is_force: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one stretch: as written, lower-cased, and where they stand."""

    text: str
    told: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Words:
        found = list(_WORD.finditer(text, start, end))
        told = [match.group() for match in found]
        return cls(text, told, [w.lower() for w in told], [m.start() for m in found], [m.end() for m in found])

    def together(self, left: int, right: int) -> bool:
        """Whether only one space or hyphen stands between two neighbouring words."""
        return self.starts[right] - self.ends[left] == 1 and self.text[self.ends[left]] in " -\u00a0\n"

    def named(self, at: int) -> bool:
        """Whether a word is written as a name: a capital that is not only a sentence's opening."""
        return self.told[at][0].isupper() and self.lower[at] not in _OPENERS


_WORD = re.compile(r"[^\W_](?:[\w’'&]*[^\W_])?(?:(?<=\b\w)\.(?:\w\.)+)?")
_NUMERAL = re.compile(r"\d{1,3}|[IVXL]{1,6}")


@dataclass(frozen=True, slots=True)
class _Table:
    """``actors.toml`` ready for lookup: organisations by first word, and the word classes."""

    names: dict[
        str, list[tuple[tuple[str, ...], str, bool]]
    ]  # first word ─► (all words, canonical name, armed), long first
    words: dict[str, frozenset[str]]


def find_actors(text: str, start: int, end: int, places: Sequence[Place] = ()) -> list[ActorMention]:
    """The actors named in ``text[start:end]``, in text order, without overlaps; subjects and objects marked.

    ``places`` are resolved places of the stretch; one that stands for its government ("Moscow") or a country that does
    something counts as an actor.
    """
    words = _Words.of(text, start, end)
    spans: list[tuple[int, int, str | None, bool]] = []  # first word, last word, canonical, armed
    heads = _heads()
    for at, word in enumerate(words.lower):
        if word not in heads or (spans and at <= spans[-1][1]):
            continue
        found = _known(words, at) or _unit(words, at) or _office(words, at) or _group(words, at)
        if found:
            while spans and spans[-1][1] >= found[0]:
                swallowed = spans.pop()
                found = (min(found[0], swallowed[0]), found[1], found[2] or swallowed[2], found[3] or swallowed[3])
            spans.append(found)
    mentions = [_mention(words, span, start, end) for span in spans]
    for place in places:
        if place.start is None or place.end is None or not start <= place.start < place.end <= end:
            continue
        located = _LOCATED.search(text, max(start, place.start - 12), place.start)
        does = place.granularity == "country" and not located and _DOES.match(text, place.end, end)
        acts = place.kind == "metonym" or does
        if acts and not any(m.start < place.end and place.start < m.end for m in mentions):
            role = _role(text, start, end, place.start, place.end)
            mentions.append(ActorMention(place.start, place.end, text[place.start : place.end], place.name, role))
    return sorted(mentions, key=lambda mention: mention.start)


def _mention(words: _Words, span: tuple[int, int, str | None, bool], start: int, end: int) -> ActorMention:
    at, to = words.starts[span[0]], words.ends[span[1]]
    if words.lower[span[1]].endswith(("'s", "’s")):
        to -= 2
    name = " ".join(words.text[at:to].split())
    return ActorMention(at, to, name, span[2] or name, _role(words.text, start, end, at, to), span[3])


def _known(words: _Words, at: int) -> tuple[int, int, str | None, bool] | None:
    """An organisation of the table, with a force noun that follows it: "NATO forces", "Hamas militants"."""
    table = actor_table()
    for name, canonical, armed in table.names.get(words.lower[at], ()):
        last = at + len(name) - 1
        if tuple(words.lower[at : last + 1]) != name or not _cased(words, at, last, canonical):
            continue
        if all(
            words.text[words.ends[i] : words.starts[i + 1]].strip("'’") in (" ", "-", "\n") for i in range(at, last)
        ):
            while last + 1 < len(words.told) and words.together(last, last + 1):
                following = words.lower[last + 1]
                if following in table.words["forces"] or following in table.words["people"]:
                    return at, last + 1, canonical, True
                if following not in table.words["adjectives"]:
                    break
                last += 1
            return at, at + len(name) - 1, canonical, armed
    return None


def _cased(words: _Words, at: int, last: int, canonical: str) -> bool:
    """Whether the words are written as the table writes them; long names may differ in their small words."""
    told = " ".join(words.told[at : last + 1])
    if last - at >= 2 or len(told) > 12:
        return words.told[at][0].isupper() or words.told[last][0].isupper()
    return (told, canonical) in _exact_surfaces()


def _unit(words: _Words, at: int) -> tuple[int, int, str | None, bool] | None:
    """ "11th Guards Tank Brigade": a unit noun behind an ordinal or number, with what kind of unit between."""
    classes = actor_table().words
    if words.lower[at] not in classes["units"]:
        return None
    first = at
    for back in range(at - 1, max(-1, at - 7), -1):
        if not words.together(back, back + 1):
            break
        if read_ordinal(words.lower[back]) is not None or _NUMERAL.fullmatch(words.told[back]):
            first = back
            if back and words.told[back - 1][0].isupper() and words.lower[back - 1].endswith(("'s", "’s")):
                first = back - 1
            last = (
                at + 1
                if at + 1 < len(words.told) and words.lower[at + 1] == "unit" and words.together(at, at + 1)
                else at
            )
            return first, last, None, True
        if words.lower[back] not in classes["unit_kinds"] and not words.named(back):
            break
    return None


def _office(words: _Words, at: int) -> tuple[int, int, str | None, bool] | None:
    """ "Interior Minister Jane Roe": an office written with a capital and the name behind it."""
    classes = actor_table().words
    if words.lower[at].rstrip(".") not in classes["offices"] or not words.told[at][0].isupper():
        return None
    last = at
    for ahead in range(at + 1, min(len(words.told), at + 6)):
        gap = words.text[words.ends[ahead - 1] : words.starts[ahead]]
        if gap not in (" ", ". ", "-", "\u00a0"):
            break
        if words.named(ahead) and words.lower[ahead] not in classes["not_names"]:
            last = ahead
        elif words.lower[ahead] not in classes["particles"]:
            break
    if last == at:
        return None
    first = at
    while first and at - first < 3 and words.named(first - 1) and words.together(first - 1, first):
        first -= 1
    return first, last, None, False


def _group(words: _Words, at: int) -> tuple[int, int, str | None, bool] | None:
    """A force, crowd or authority: its noun, with the names and adjectives before it."""
    classes = actor_table().words
    lower = words.lower[at].removesuffix("'s").removesuffix("’s")
    kind = next((k for k in ("forces", "people", "authorities", "bodies") if lower in classes[k]), None)
    if kind is None or (
        kind == "bodies" and (not words.told[at][0].isupper() or words.lower[at - 1 : at + 1] == ["west", "bank"])
    ):
        return None
    after = words.lower[at + 1] if at + 1 < len(words.told) and words.together(at, at + 1) else ""
    if lower in classes["qualifying"] and after in classes["qualified"]:
        return None
    if lower == "guard" and at and words.lower[at - 1] in _BEFORE_A_VERB:
        return None
    first = at
    while first and at - first < 4 and words.together(first - 1, first):
        if not (words.named(first - 1) or words.lower[first - 1] in classes["adjectives"]):
            break
        first -= 1
    if first == at and (kind == "bodies" or (kind == "authorities" and lower not in classes["standing"])):
        return None
    last = at
    if kind == "bodies" and after == "of":
        ahead = at + 2
        ahead += ahead < len(words.told) and words.lower[ahead] == "the"
        while ahead < min(len(words.told), at + 5) and words.named(ahead) and words.together(ahead - 1, ahead):
            last, ahead = ahead, ahead + 1
    return first, last, None, kind == "forces"


_BEFORE_A_VERB = frozenset("to will would can could must should may might shall help helped helps".split())
_LOCATED = re.compile(r"\b(?:in|across|throughout|inside|near|around|into|to|from|within)\s+\Z")
_DOES = re.compile(
    r"(?:\s*,[^,]{0,60},)?\s+(?:(?:also|then|have|has|had|later|reportedly|allegedly|will|are|is|were|was|"
    r"on\s+\w+day)\s+){0,3}"
    r"(?:kill|storm|attack|seiz|captur|arrest|detain|fir|open|launch|shell|bomb|struck|strik|deploy|send|sent|drove|"
    r"driv|clash|"
    r"march|gather|protest|block|burn|loot|ambush|advance|retreat|withdr|destroy|shot|shoot|raid|declar|impos|order|"
    r"ban|"
    r"evacuat|pull|mov|enter|left|took|tak|disable|suspend|use|intercept|regain|retook|retak|push|conduct|carr|set|"
    r"hurl|"
    r"throw|threw|fought|fight|abduct|kidnap|battl|mann|guard|surround|occup|releas|free)\w*"
)
_DONE_BY = re.compile(r"\bby\s+(?:\w+\s+){0,2}\Z")
_DONE_TO = re.compile(
    r"\b(?:kill|attack|arrest|detain|ambush|shell|bomb|target|against|disperse|hit|strike|struck|fired?\s+(?:on|at)|"
    r"attacks?\s+on|"
    r"raids?\s+on|drove|driv|captur|abduct|kidnap|wound|injur|fight|fought|battl)(?:s|ed|ing|es|led|t)?\s+"
    r"(?:(?:the|a|an|\d+|of|some|dozens|hundreds|scores|several|at\s+least|two|three|four|five|six|seven|eight|nine|"
    r"ten)\s+){0,4}\Z"
)
_SUFFERS = re.compile(
    r"\s+(?:who\s+)?(?:was|were|had\s+been|have\s+been|has\s+been|are|is)\s+(?:\w+ly\s+)?(?:killed|injured|wounded|"
    r"arrested|"
    r"detained|attacked|ambushed|shot|abducted|kidnapped|captured|dispersed|hit|targeted|removed|beaten)\b"
)
_OPENERS = frozenset(
    "a an all some many most several in on at by for from the this that these those their his her its as after "
    "before when "
    "while but and two three four five six seven eight nine ten no any other thousands hundreds dozens scores of to "
    "with "
    "meanwhile also if it he she they we i both another more january february march april june july august september "
    "october "
    "november december monday tuesday wednesday thursday friday saturday sunday according there what who where "
    "about around at-least nearly over during since until despite amid following former".split()
)


def _role(text: str, start: int, end: int, at: int, to: int) -> str | None:
    left = text[max(start, at - 50) : at]
    if _SUFFERS.match(text, to, end) or _DONE_TO.search(left):
        return "object"
    if _DOES.match(text, to, end) or _DONE_BY.search(left):
        return "subject"
    return None


@cache
def actor_table() -> _Table:
    """The packaged table of organisations and word classes."""
    rows = _rows()
    names: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for section, armed in (("armed", True), ("civil", False)):
        for canonical, others in rows[section].items():
            for surface in (canonical, *others):
                key = tuple(match.group().lower() for match in _WORD.finditer(surface))
                names.setdefault(key[0], []).append((key, canonical, armed))
    for known in names.values():
        known.sort(key=lambda row: (-len(row[0]), row[1]))
    return _Table(names, {key: frozenset(value.split()) for key, value in rows["words"].items()})


@cache
def _heads() -> frozenset[str]:
    """The words at which an actor's name may be found; all others are passed over."""
    table = actor_table()
    nouns = [noun for kind in ("forces", "people", "authorities", "bodies") for noun in table.words[kind]]
    offices = [office + end for office in table.words["offices"] for end in ("", ".")]
    return frozenset(
        [*table.names, *table.words["units"], *offices, *(noun + end for noun in nouns for end in ("", "'s", "’s"))]
    )


@cache
def _exact_surfaces() -> frozenset[tuple[str, str]]:
    rows = _rows()
    return frozenset(
        (" ".join(match.group() for match in _WORD.finditer(surface)), canonical)
        for section in ("armed", "civil")
        for canonical, others in rows[section].items()
        for surface in (canonical, *others)
    )


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("mapgen.events").joinpath("actors.toml").read_text(encoding="utf-8"))
