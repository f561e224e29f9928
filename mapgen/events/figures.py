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

from mapgen.events.counted import COMBATANTS, NOUNS, PEOPLE, POLICE, PROTESTERS
from mapgen.events.fates import counts_people, told_of
from mapgen.events.quantities import Quantity, find_quantities
from mapgen.model import Figure

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
    quantities = list(islice(filter(_may_count, find_quantities(text, start, end)), MOST + 1))
    if len(quantities) > MOST:
        return []
    found: list[FigureMention] = []
    open_: list[Quantity] = []  # joined to what follows, not yet told what became of them
    previous: tuple[Quantity, FigureMention] | None = None
    stops = [*(quantity.start for quantity in quantities[1:]), end][: len(quantities)]
    kinds = [told_of(text, start, end, stop, each) for each, stop in zip(quantities, stops, strict=True)]
    kinds = _sharing_fate(
        kinds, [_JOINED.fullmatch(text, q.noun_end, at) is not None for q, at in zip(quantities, stops, strict=True)]
    )
    for index, (quantity, stop, told) in enumerate(zip(quantities, stops, kinds, strict=True)):
        linked = index + 1 < len(quantities) and _JOINED.fullmatch(text, quantity.noun_end, stop) is not None
        joined = previous is not None and _JOINED.fullmatch(text, previous[0].noun_end, quantity.start) is not None
        if not told and joined and previous and previous[1].kind in PEOPLE and counts_people(quantity):
            mention = _mention(quantity, previous[1].kind, text, start)
            found.append(replace(mention, is_part=previous[1].is_part))
            previous = (quantity, mention)
            continue
        if not told:
            linked = linked and _PART_AFTER.match(text, quantity.end) is None
            open_ = [*open_, quantity] if linked and counts_people(quantity) else []
            continue
        for kind in told:
            if kind in PEOPLE:
                found += [_mention(each, kind, text, start) for each in open_]
            mention = _mention(quantity, kind, text, start)
            found.append(mention)
            previous = (quantity, mention)
        open_ = []
    return _summed(_marked(_with_plain(found, text, start, end)), text)


def _may_count(quantity: Quantity) -> bool:
    """Whether a quantity may be a figure: one thing ("a hospital") never is."""
    return not quantity.single or NOUNS.get(quantity.noun or "") not in ("other", "vehicles", "buildings")


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
_ONE = re.compile(
    r"\b(?P<one>[Tt]he\s+(?:[\w’'-]+\s+){0,2}?(?:man|woman|gunman|suspect|assailant|attacker|driver|shooter|"
    r"perpetrator|"
    r"student|teenager|boy|girl|journalist|activist|leader|officer|soldier|hijacker|bomber|captain|owner|pilot|guard|"
    r"teacher|priest|worker|minister|mayor))"
    r"(?:\s+(?:who|that)\b[^,.;]{0,60}?)?\s+(?:is|was|has\s+been|had\s+been)\s+(?:(?:later|also|then|since|slightly|"
    r"seriously|badly|lightly)\s+)?"
    r"(?:(?P<arrested>(?:re)?arrested|detained|apprehended|(?:re)?captured|taken\s+into\s+custody)|"
    r"(?P<injured>injured|hurt|wounded)|(?P<killed>killed))\b"
)


_WITHOUT = re.compile(r"\bwithout\s+(?P<what>injuring|hurting|wounding|harming|killing)\s+any(?:one|body)\b")


def _with_plain(found: list[FigureMention], text: str, start: int, end: int) -> list[FigureMention]:
    """``found`` with what is told without a quantity: "the gunman was arrested", "without injuring anyone"."""
    plain = list(islice(map(_one, _ONE.finditer(text, start, end)), 1))
    for match in _WITHOUT.finditer(text, start, end):
        kind = "killed" if match.group("what").startswith("kill") else "injured"
        plain.append(FigureMention(match.start(), match.end(), kind, Figure(0, 0, 0, "exact", match.group())))
    return [*found, *(one for one in plain if all(mention.kind != one.kind for mention in found))]


def _one(match: re.Match[str]) -> FigureMention:
    """ "The gunman was arrested": one."""
    told = " ".join(match.group("one").split())
    return FigureMention(match.start("one"), match.end("one"), match.lastgroup or "", Figure(1, 1, 1, "exact", told))


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
