"""How many were killed, hurt, arrested, sent: the counts that a sentence tells, with what they count.

A quantity is found first ("at least eight", "dozens", "another 317", "a woman"); then the words around it decide what
became of those it counts: a verb before it ("killing 12"), a predicate after it ("12 people were killed"), a toll, or
the noun itself ("50 trucks", "3,000 paratroopers").  What is no count (ages, dates, distances, money, shares, ranks in
a series) is passed over.  Only bounded stretches around a quantity are looked at, so that cost is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

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
    PEOPLE,
    POLICE,
    PROTESTERS,
    SINGULAR,
    SKIPPED,
    TOLL,
    TOLL_WORD,
)
from mapgen.events.numbers import WORDED
from mapgen.events.quantities import ABOUT, OVER, Quantity, find_quantities
from mapgen.model import Figure

REACH = 140  # characters around a quantity that may say what it counts
MOST = 60  # quantities in a sentence; one with more is a table, which tells no figures of an event


@dataclass(frozen=True, slots=True)
class FigureMention:
    """``text[start:end]`` is a quantity that counts ``kind`` (one of model.FIGURES).

    ``party`` is whom it counts: police, protesters, soldiers, militants, civilians or None.  ``is_part``: it is
    included in, or added to, another figure of the sentence ("including two children").  ``is_total``: a running toll.
    """

    start: int
    end: int
    kind: str
    figure: Figure
    party: str | None = None
    is_part: bool = False
    is_total: bool = False


def find_figures(text: str, start: int, end: int) -> list[FigureMention]:
    """The figures of ``text[start:end]`` (a sentence), in text order.

    Parties joined by "and" under one verb ("three policemen and two civilians were killed") give one figure with their
    sum, and each party as a part of it.
    """
    quantities = list(islice(find_quantities(text, start, end), MOST + 1))
    if len(quantities) > MOST:
        return []
    found: list[FigureMention] = []
    open_: list[Quantity] = []  # joined to what follows, not yet told what became of them
    previous: tuple[Quantity, FigureMention] | None = None
    stops = [*(quantity.start for quantity in quantities[1:]), end][: len(quantities)]
    kinds = [_told(text, start, end, stop, each) for each, stop in zip(quantities, stops, strict=True)]
    kinds = _sharing_fate(
        kinds, [_JOINED.fullmatch(text, q.noun_end, at) is not None for q, at in zip(quantities, stops, strict=True)]
    )
    for index, (quantity, stop, told) in enumerate(zip(quantities, stops, kinds, strict=True)):
        linked = index + 1 < len(quantities) and _JOINED.fullmatch(text, quantity.noun_end, stop) is not None
        joined = previous is not None and _JOINED.fullmatch(text, previous[0].noun_end, quantity.start) is not None
        if not told and joined and previous and previous[1].kind in PEOPLE and _counts_people(quantity):
            mention = _mention(quantity, previous[1].kind, text, start)
            found.append(replace(mention, is_part=previous[1].is_part))
            previous = (quantity, mention)
            continue
        if not told:
            linked = linked and _PART_AFTER.match(text, quantity.end) is None
            open_ = [*open_, quantity] if linked and _counts_people(quantity) else []
            continue
        for kind in told:
            if kind in PEOPLE:
                found += [_mention(each, kind, text, start) for each in open_]
            mention = _mention(quantity, kind, text, start)
            found.append(mention)
            previous = (quantity, mention)
        open_ = []
    if not any(mention.kind == "arrested" for mention in found):
        found += [_one(match) for match in islice(_ONE_HELD.finditer(text, start, end), 1)]
    return _summed(_marked(found), text)


def _sharing_fate(kinds: Sequence[tuple[str, ...]], joined: Sequence[bool]) -> list[tuple[str, ...]]:
    """``kinds`` without what is told of parties joined to one whose fate is told of them all.

    "four soldiers, two policemen and a civilian were killed": what became of them stands behind the last.
    """
    result = list(kinds)
    shared = False  # by the party to the right
    for index in range(len(kinds) - 2, -1, -1):
        open_ = not kinds[index] or kinds[index] in _CAME
        shared = joined[index] and open_ and (shared or not _FATE.isdisjoint(kinds[index + 1]))
        if shared:
            result[index] = ()
    return result


_CAME = (("soldiers",), ("participants",))
_FATE = frozenset(("killed", "injured", "arrested", "missing", "rescued", "hospitalised"))
_ONE_HELD = re.compile(
    r"\b(?P<one>[Tt]he\s+(?:[\w’'-]+\s+){0,2}?(?:man|woman|gunman|suspect|assailant|attacker|driver|shooter|perpetrator|"
    r"student|teenager|boy|girl|journalist|activist|leader|officer|soldier|hijacker|bomber|captain|owner))"
    r"(?:\s+(?:who|that)\b[^,.;]{0,60}?)?\s+(?:is|was|has\s+been|had\s+been)\s+(?:(?:later|also|then|since)\s+)?"
    r"(?:arrested|detained|apprehended|captured|taken\s+into\s+custody)\b"
)


def _one(match: re.Match[str]) -> FigureMention:
    """ "The gunman was arrested": one."""
    told = " ".join(match.group("one").split())
    return FigureMention(match.start("one"), match.end("one"), "arrested", Figure(1, 1, 1, "exact", told))


_JOINED = re.compile(r"(?:,?\s+(?:and|as\s+well\s+as|plus|along\s+with)\s+(?:his\s+|her\s+|their\s+|the\s+)?|,\s+)")
_PART = re.compile(
    r"(?:\bincluding|\bamong\s+(?:them|whom)|\bof\s+(?:them|whom|which)|\bincludes?|\bcomprising)(?:\s+\w+)?[\s,]*\Z",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s+(?:of\s+(?:them|whom|those|these)|were\s+(?:children|women|civilians|police\w*))\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:toll|total|altogether|so\s+far|overall|number\s+of|tally|in\s+all|bringing|raising)\b", re.IGNORECASE
)


def _counts_people(quantity: Quantity) -> bool:
    return quantity.proper or NOUNS.get(quantity.noun or "", "other") not in (
        "other",
        "vehicles",
        "aircraft",
        "buildings",
    )


def _told(text: str, start: int, end: int, stop: int, quantity: Quantity) -> tuple[str, ...]:
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
    if group in (COMBATANTS, POLICE) and (ACTIVE["sent"].search(left) or ACTIVE["was sent"].match(right)):
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


def _mention(quantity: Quantity, kind: str, text: str, start: int) -> FigureMention:
    group = NOUNS.get(quantity.noun or "")
    left = text[max(start, quantity.start - 40) : quantity.start]
    part = bool(_PART.search(left) or _PART_AFTER.match(text, quantity.end))
    party = group if group in (POLICE, PROTESTERS, COMBATANTS, "militants", "civilians") else None
    total = bool(_TOTAL.search(text, max(start, quantity.start - 60), quantity.end + 10))
    return FigureMention(quantity.start, quantity.end, kind, quantity.figure, party, part, total)


def _marked(found: list[FigureMention]) -> list[FigureMention]:
    """``found`` in text order, once each; a part is one only behind its whole, and one death before a toll is in it."""
    unique = {(m.start, m.kind): m for m in reversed(found)}
    ordered = [unique[key] for key in sorted(unique)]
    seen: set[str] = set()
    tolls = {m.kind: m.start for m in ordered if m.is_total}
    marked = []
    for mention in ordered:
        part = mention.is_part and mention.kind in seen
        in_toll = mention.figure.value == 1 and not mention.is_total and tolls.get(mention.kind, -1) > mention.start
        marked.append(replace(mention, is_part=part or in_toll))
        seen.add(mention.kind)
    return marked


def _summed(found: list[FigureMention], text: str) -> list[FigureMention]:
    """``found`` with one figure before each run of parties that are joined by "and" under one verb."""
    result: list[FigureMention] = []
    run: list[FigureMention] = []
    for mention in [*found, None]:
        if (
            mention is not None
            and run
            and mention.kind == run[-1].kind
            and not mention.is_part
            and _near(run[-1], mention, text)
        ):
            run.append(mention)
            continue
        result += _sum(run, text)
        run = [mention] if mention is not None and not mention.is_part else []
        if mention is not None and mention.is_part:
            result.append(mention)
    return result


def _near(one: FigureMention, other: FigureMention, text: str) -> bool:
    between = text[one.end : other.start]
    return (
        len(between) < 60
        and not re.search(r"[.;:()]|\b(?:were|was|killing|killed|injur\w+|wound\w+|dead|died)\b", between)
        and bool(re.search(r"(?:\band\b(?:\s+(?:his|her|their|the))?|,|\bas\s+well\s+as\b)\s*$", between))
    )


def _sum(run: Iterable[FigureMention], text: str) -> list[FigureMention]:
    run = list(run)
    if len(run) < 2 or any(m.figure.value is None for m in run):
        return run
    first, last = run[0], run[-1]
    total = sum(m.figure.value or 0 for m in run)
    over = any(m.figure.qualifier == "over" for m in run)
    about = any(m.figure.qualifier == "about" for m in run)
    told = " ".join(text[first.start : last.end].split())
    figure = Figure(
        total,
        None if about else total,
        None if over or about else total,
        "over" if over else "about" if about else "exact",
        told,
    )
    whole = FigureMention(first.start, last.end, first.kind, figure, None, False, first.is_total)
    return [whole, *(replace(m, is_part=True) for m in run)]
