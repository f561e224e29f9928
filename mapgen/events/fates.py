"""What a quantity counts: the dead, the hurt, those held or sent, by the words around it.

A toll before it, a verb before it ("killing 12"), a predicate after it ("12 people were killed"), or the noun itself
("50 trucks", "3,000 paratroopers").  Only bounded stretches around a quantity are looked at.
"""

from __future__ import annotations

import re

from mapgen.events.counted import (
    ACTIVE,
    BEFORE,
    COMBATANTS,
    FATE_AFTER,
    FATE_WORD,
    GATHER_WORD,
    GENERIC,
    NO_COUNT,
    NOUNS,
    POLICE,
    PROTESTERS,
    SINGULAR,
    SKIPPED,
    TOLL,
    TOLL_WORD,
)
from mapgen.events.numbers import WORDED
from mapgen.events.quantities import ABOUT, OVER, Quantity

REACH = 140  # characters around a quantity that may say what it counts


def counts_people(quantity: Quantity) -> bool:
    return quantity.proper or NOUNS.get(quantity.noun or "", "other") not in (
        "other",
        "vehicles",
        "aircraft",
        "buildings",
    )


def told_of(text: str, start: int, end: int, stop: int, quantity: Quantity) -> tuple[str, ...]:
    """What ``quantity`` counts: no, one or (for "no casualties") two of the kinds."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    right = text[quantity.noun_end : min(end, quantity.noun_end + REACH)]
    after = text[quantity.end : min(end, quantity.end + REACH)]
    if quantity.figure.value == 0:
        return _none(after)
    if quantity.of and quantity.noun not in NOUNS:
        return ()  # "one of the strongest storms killed"
    if NO_COUNT.match(after) or _FREED.search(left[-30:]):
        return ()
    group = NOUNS.get(quantity.noun or "")
    for kind, pattern in TOLL if TOLL_WORD.search(left) else ():
        if pattern.search(left) and (group is None or group not in ("vehicles", "aircraft", "buildings")):
            return (kind,)
    if _BROUGHT.search(left) and _TO_NUMBER.match(right):
        return ("killed",)
    noun_kind = GENERIC.get(quantity.noun or "")
    if noun_kind:
        return (noun_kind,) if noun_kind != "casualties" else ()
    cut = stop - quantity.noun_end if stop > quantity.noun_end else 0
    near = right[:cut] if 0 < cut < len(right) and not _ASIDE.search(right[:cut]) else right
    if quantity.noun in _WARPLANES and (ACTIVE["destroyed"].search(left) or ACTIVE["was destroyed"].match(near)):
        return ("aircraft",)
    if group in ("vehicles", "aircraft", "buildings"):
        return _material(group, left, near, quantity)
    if quantity.single and group is None:
        before = _before(text, start, quantity.start)
        return (before,) if before else ()
    if group == "other":
        return ()
    before = _before(text, start, quantity.start)
    if before:
        return (before,)
    fate = FATE_AFTER.match(near) if FATE_WORD.search(near) else None
    if fate and not _shared(fate, near):
        return (fate.lastgroup or "",)
    return _gathered(group, left, right, quantity)


_BROUGHT = re.compile(r"\b(?:bring|push|rais|tak)(?:s|es|ing)\s+to\s+\Z")  # "brings to 46 the number of dead"
_TO_NUMBER = re.compile(
    r"\s*the\s+(?:(?:number|toll|total)\b[^.;]{0,30}\b(?:dead|deaths|killed|fatalities)|death\s+toll)\b"
)
_WARPLANES = frozenset(("bomber", "bombers", "fighter", "fighters"))
_ASIDE = re.compile(r",?\s+(?:including|among|with|at\s+least|most|many)\b[^,.;]*\Z")
_FREED = re.compile(
    r"\b(?:releas(?:e|ed|es|ing)(?:\s+of)?|freed|freeing|swap(?:ped)?(?:\s+of)?|exchanged?(?:\s+of)?)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    rf"\s+(?:(?:\w+\s+){{0,2}}(?:people|civilians)|\d|{OVER}|{ABOUT}|an?|the|their|his|{WORDED}|dozens|scores|"
    rf"hundreds|"
    r"thousands|several)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s+(?:and|or)\s+(?:injured|wounded|arrested|killed|missing|hurt)\b", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\s+(?:persons?|people|camps?|civilians|families)\b")


def _shared(fate: re.Match[str], near: str) -> bool:
    """Whether the predicate is not theirs alone: "two gunmen killed 12 people", "dozens were killed or injured"."""
    if _BOTH.match(near, fate.end()) or (fate.lastgroup == "displaced" and _ADJECTIVE.match(near, fate.end())):
        return True
    active = len(fate.group().split()) == 1 and fate.lastgroup in (
        "killed",
        "injured",
        "arrested",
        "displaced",
        "rescued",
    )
    return active and _OBJECT.match(near, fate.end()) is not None


_BACK = re.compile(r"[\w’'-]+")


def _before(text: str, start: int, at: int) -> str | None:
    """What the last words before a quantity say of those it counts; words like "at least a total of" are passed."""
    left = text[max(start, at - 60) : at]
    words = [match.group().lower() for match in _BACK.finditer(left[max(left.rfind(mark) for mark in ".;:(),") + 1 :])]
    for passed in range(5):
        tail = words[: len(words) - passed]
        for size in (2, 1):
            kind = BEFORE.get(tuple(tail[-size:])) if len(tail) >= size else None
            if kind:
                return None if _both_verbs(tail, size) else kind
        if not tail or tail[-1] not in SKIPPED:
            return None
    return None


def _both_verbs(words: list[str], size: int) -> bool:
    """Whether a verb is one of a pair ("killing and injuring several"), so that the count is of neither alone."""
    rest = words[: len(words) - size]
    return len(rest) > 1 and rest[-1] in ("and", "or") and (rest[-2],) in BEFORE


def _material(group: str, left: str, right: str, quantity: Quantity) -> tuple[str, ...]:
    """Vehicles and aircraft count wherever they act or are hit; buildings only where they are hit."""
    hit = ACTIVE["destroyed"].search(left) or ACTIVE["was destroyed"].match(right)
    if quantity.single or quantity.of:
        return (group,) if hit and group == "aircraft" else ()
    if hit or group in ("vehicles", "aircraft"):
        return (group,)
    return ()


# "helped 222 peacekeepers": they are not those who came
_LOST = re.compile(
    r"\s+(?:(?:have|has|had|were|was|are|been|who|also)\s+){0,3}(?:taken\s+(?:hostage|prisoner|captive)|captured|"
    r"abducted|kidnapped|"
    r"surrendered|defected|deserted|freed|released)\b"
)
_OF_VERB = re.compile(r"\b(?!need|hundred)\w{2,}(?:ed|ing)\s+\Z")


def _gathered(group: str | None, left: str, right: str, quantity: Quantity) -> tuple[str, ...]:
    """Those who came: soldiers sent, people who protest."""
    if quantity.single or quantity.of or ((quantity.figure.max or 99) < 10 and quantity.figure.qualifier == "vague"):
        return ()
    if group == PROTESTERS:
        return ("participants",)
    if (group in (COMBATANTS, POLICE) or quantity.noun == "men") and (
        ACTIVE["sent"].search(left) or ACTIVE["was sent"].match(right)
    ):
        return ("soldiers",)
    if (
        group == COMBATANTS
        and quantity.noun in SINGULAR["forces"]
        and not (_OF_VERB.search(left) or _LOST.match(right))
    ):
        return ("soldiers",)
    if (GATHER_WORD.search(right) and ACTIVE["gathered"].match(right)) or ACTIVE["gather"].search(left):
        return ("participants",) if group not in (COMBATANTS, POLICE) else ()
    return ()


_NONE = re.compile(
    r"\s+(?:(?:immediate|other|further|serious|major|civilian|human|known|more)\s+)*(?P<what>casualties|injuries|"
    r"deaths|"
    r"fatalities|victims|arrests|loss\s+of\s+life)\b(?P<then>(?:\s+(?:or|and)\s+(?P<also>casualties|injuries|deaths|"
    r"damage|fatalities|arrests))?[^.;]{0,40})",
    re.IGNORECASE,
)
_NONE_VERB = re.compile(
    r"(?:\s+(?:people|civilians|person|soldiers|officers|passengers|crew\s+members))?\s+(?:was|were|is|has\s+been|"
    r"had\s+been|have\s+been|got)\s+"
    r"(?:reported\s+|immediately\s+|seriously\s+)*(?P<what>killed|injured|wounded|hurt|harmed|arrested|detained|"
    r"or)\b(?:\s+or\s+(?P<also>killed|injured|wounded|hurt))?",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\b(?:confirm|immediate|known|available|announced|figures)", re.IGNORECASE)
_NONE_KINDS = {
    "casualties": ("killed", "injured"), "victims": ("killed",), "injuries": ("injured",), "deaths": ("killed",),
    "fatalities": ("killed",), "loss of life": ("killed",), "arrests": ("arrested",), "killed": ("killed",),
    "injured": ("injured",), "wounded": ("injured",), "hurt": ("injured",), "harmed": ("injured",),
    "arrested": ("arrested",), "detained": ("arrested",),
}  # fmt: skip


def _none(after: str) -> tuple[str, ...]:
    match = _NONE.match(after) or _NONE_VERB.match(after)
    if match is None or _UNKNOWN.search(match.group()):
        return ()
    kinds = [*_NONE_KINDS.get(" ".join(match.group("what").lower().split()), ())]
    kinds += _NONE_KINDS.get((match.group("also") or "").lower(), ())
    return tuple(dict.fromkeys(kinds))
