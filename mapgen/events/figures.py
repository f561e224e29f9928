"""How many were killed, hurt, arrested, sent: the counts that a sentence tells, with what they count.

A quantity is found first ("at least eight", "dozens", "another 317", "a woman"); then the words around it decide what
became of those it counts: a verb before it ("killing 12"), a predicate after it ("12 people were killed"), a toll, or
the noun itself ("50 trucks", "3,000 paratroopers").  What is no count (ages, dates, distances, money, shares, ranks in
a series) is passed over.  Only bounded stretches around a quantity are looked at, so that cost is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from mapgen.events.counted import (
    ACTIVE,
    BEFORE,
    COMBATANTS,
    FATE_AFTER,
    FATE_WORD,
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
from mapgen.events.numbers import NUMBER, WORDED, read_number
from mapgen.model import Figure

REACH = 140  # characters around a quantity that may say what it counts
MOST = 60  # quantities in a sentence; one with more is a table, which tells no figures of an event


@dataclass(frozen=True, slots=True)
class FigureMention:
    """``text[start:end]`` is a quantity that counts ``kind`` (one of model.FIGURES).

    ``party`` is whom it counts: police, protesters, soldiers, militants, civilians or None.  ``is_part``: it is included
    in, or added to, another figure of the sentence ("including two children").  ``is_total``: a running toll.
    """

    start: int
    end: int
    kind: str
    figure: Figure
    party: str | None = None
    is_part: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    figure: Figure
    noun_end: int  # where the noun phrase ends, or ``end``
    noun: str | None  # the counted noun, lower-cased
    more: bool  # "another", "additional"
    single: bool  # "a woman"
    of: bool  # "one of the shops"


# value, min, max; narrow, so that a reader's own idea of the word holds them
_VAGUE = {
    "dozen": (24, 99), "score": (40, 99), "hundred": (200, 999), "thousand": (2_000, 9_999),
    "million": (2_000_000, 9_999_999), "several": (3, 9), "few": (3, 5), "couple": (2, 2), "handful": (3, 5),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (20_000_000, 99_999_999), "several dozen": (36, 99), "several hundred": (300, 999),
    "several thousand": (3_000, 9_999), "few hundred": (200, 500), "few dozen": (24, 60), "few thousand": (2_000, 5_000),
}  # fmt: skip
_OVER = r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|not\s+less\s+than|in\s+excess\s+of|exceeding|above"
_ABOUT = (
    r"about|around|roughly|some|approximately|nearly|almost|close\s+to|as\s+many\s+as|up\s+to|an?\s+estimated|estimated|"
    r"fewer\s+than|less\s+than|under|just\s+(?:over|under)|well\s+over|an?\s+(?:average|maximum)\s+of|approx\.?|circa|just"
)
_MORE = r"another|an\s+additional|additional|a\s+further|further|an\s+extra"
_WORDS = (
    r"(?:tens|hundreds)\s+of\s+(?:thousands|millions)|(?:several|a\s+few|few)\s+(?:dozens?|hundreds?|thousands?)|"
    r"dozens|scores|hundreds|thousands|millions|several|a\s+few|a\s+couple\s+of|a\s+handful\s+of"
)
_EXACT = rf"half\s+a\s+dozen|(?:a|one|two|three|four|five|six)\s+dozen|a\s+(?:hundred|thousand|million)|{NUMBER}"
_QUANTITY = re.compile(
    rf"(?<![\w$€£¥#.,:/–-])(?:"
    rf"(?:between\s+(?P<low>{NUMBER})\s+and\s+(?P<high>{NUMBER})|"
    rf"(?:from\s+|(?:{_ABOUT})\s+)?(?P<low2>{NUMBER})(?:(?<=\d)\s*[-–—]\s*(?=\d)|\s+(?:to|or)\s+)(?P<high2>{NUMBER}))(?![\w/:.-]*\d)|"
    rf"(?P<more>(?:at\s+least\s+)?(?:{_MORE})\s+)?(?:(?:(?P<over>{_OVER})|(?P<about>{_ABOUT}))\s+)?(?:(?:{_MORE})\s+)?"
    rf"(?:(?P<vague>{_WORDS})|(?P<exact>{_EXACT}))|"
    r"(?P<none>no(?:\s+one|body)?|none)|(?P<one>an?(?=\s)|another)"
    r")(?![\w%°]|[-–]\w|[.,:]\d)",
    re.IGNORECASE,
)
_OPENER = re.compile(  # the words that a quantity may open with
    r"(?<![\w$€£¥#.,:/–-])(?:\d|(?:an?|another|additional|further|no|none|nobody|at|more|over|up|upwards?|not|in|exceeding|above|about|"
    r"around|roughly|some|approx\w*|nearly|almost|close|as|estimated|fewer|less|under|just|well|circa|between|from|tens|"
    r"hundreds?|several|few|dozens|scores|thousands?|millions?|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\s+((?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w’'.-]*\w)?)")
_OF = re.compile(
    r"(?:\s+(?:or\s+more|or\s+so|more|others?)\b)?(?:\s+of\b(?:\s+(?:the|its|his|her|their|those|them|our)\b)?)?"
)
_ONE_OF = re.compile(r"one\s+of\b", re.IGNORECASE)
_STOP = frozenset(
    "whose whom where why how and or but in on at to by for with from of as than then who whom which that while when where after before since "
    "were was is are be been being has have had will would did do does not also the a an his her its their this these "
    "those said says told killed injured wounded dead missing hurt arrested detained died displaced homeless rescued "
    "hospitalised hospitalized into over under during amid against including between because so if under out up down "
    "fled took gathered marched protested rallied joined died said more".split()
)


def find_figures(text: str, start: int, end: int) -> list[FigureMention]:
    """The figures of ``text[start:end]`` (a sentence), in text order.

    Parties joined by "and" under one verb ("three policemen and two civilians were killed") give one figure with their
    sum, and each party as a part of it.
    """
    quantities = list(islice(_quantities(text, start, end), MOST + 1))
    if len(quantities) > MOST:
        return []
    found: list[FigureMention] = []
    open_: list[_Quantity] = []  # joined to what follows, not yet told what became of them
    previous: tuple[_Quantity, FigureMention] | None = None
    for index, quantity in enumerate(quantities):
        stop = quantities[index + 1].start if index + 1 < len(quantities) else end
        told = _told(text, start, end, stop, quantity)
        joined = previous is not None and _JOINED.fullmatch(text, previous[0].noun_end, quantity.start) is not None
        if not told and joined and previous and quantity.noun and previous[1].kind in PEOPLE and quantity.noun in NOUNS:
            mention = _mention(quantity, previous[1].kind, text, start)
            found.append(replace(mention, is_part=previous[1].is_part))
            previous = (quantity, mention)
            continue
        if not told:
            linked = index + 1 < len(quantities) and _JOINED.fullmatch(text, quantity.noun_end, stop) is not None
            open_ = [*open_, quantity] if linked and quantity.noun in NOUNS else []
            continue
        for kind in told:
            if kind in PEOPLE:
                found += [_mention(each, kind, text, start) for each in open_]
            mention = _mention(quantity, kind, text, start)
            found.append(mention)
            previous = (quantity, mention)
        open_ = []
    return _summed(_marked(found, text, end), text)


_JOINED = re.compile(r"(?:,?\s+(?:and|as\s+well\s+as|plus|along\s+with)\s+|,\s+)")
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


def _told(text: str, start: int, end: int, stop: int, quantity: _Quantity) -> tuple[str, ...]:
    """What ``quantity`` counts: no, one or (for "no casualties") two of the kinds."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    right = text[quantity.noun_end : min(end, quantity.noun_end + REACH)]
    after = text[quantity.end : min(end, quantity.end + REACH)]
    if quantity.figure.value == 0:
        return _none(after)
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
    rf"\s+(?:(?:\w+\s+){{0,2}}(?:people|civilians)|\d|{_OVER}|{_ABOUT}|an?|the|their|his|{WORDED}|dozens|scores|hundreds|"
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
    """What the last words before a quantity say became of those it counts; words like "at least a total of" are passed."""
    left = text[max(start, at - 60) : at]
    words = [match.group().lower() for match in _BACK.finditer(left[max(left.rfind(mark) for mark in ".;:()") + 1 :])]
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


def _material(group: str, left: str, right: str, quantity: _Quantity) -> tuple[str, ...]:
    """Vehicles and aircraft count wherever they act or are hit; buildings only where they are hit."""
    hit = ACTIVE["destroyed"].search(left) or ACTIVE["was destroyed"].match(right)
    if quantity.single or quantity.of:
        return (group,) if hit and group == "aircraft" else ()
    if hit or group in ("vehicles", "aircraft"):
        return (group,)
    return ()


def _gathered(group: str | None, left: str, right: str, quantity: _Quantity) -> tuple[str, ...]:
    """Those who came: soldiers sent, people who protest."""
    if quantity.single or quantity.of or (quantity.figure.max or 99) < 10 and quantity.figure.qualifier == "vague":
        return ()
    if group == PROTESTERS:
        return ("participants",)
    if group in (COMBATANTS, POLICE) and (ACTIVE["sent"].search(left) or ACTIVE["was sent"].match(right)):
        return ("soldiers",)
    if group == COMBATANTS and quantity.noun in SINGULAR["forces"]:
        return ("soldiers",)
    if ACTIVE["gathered"].match(right) or ACTIVE["gather"].search(left):
        return ("participants",) if group not in (COMBATANTS, POLICE) else ()
    return ()


_NONE = re.compile(
    r"\s+(?:(?:immediate|other|further|serious|major|civilian|human|known|more)\s+)*(?P<what>casualties|injuries|deaths|"
    r"fatalities|victims|arrests|loss\s+of\s+life)\b(?P<then>(?:\s+(?:or|and)\s+(?P<also>casualties|injuries|deaths|damage|fatalities|arrests))?[^.;]{0,40})",
    re.IGNORECASE,
)
_NONE_VERB = re.compile(
    r"(?:\s+(?:people|civilians|person|soldiers|officers|passengers|crew\s+members))?\s+(?:was|were|is|has\s+been|had\s+been|have\s+been|got)\s+"
    r"(?:reported\s+|immediately\s+|seriously\s+)*(?P<what>killed|injured|wounded|hurt|harmed|arrested|detained|or)\b(?:\s+or\s+(?P<also>killed|injured|wounded|hurt))?",
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


def _quantities(text: str, start: int, end: int) -> Iterator[_Quantity]:
    at = start
    for opener in _OPENER.finditer(text, start, end):
        if opener.start() < at:
            continue
        match = _QUANTITY.match(text, opener.start(), end)
        if match is None:
            continue
        at = match.end()
        figure = _figure(match)
        if figure is None:
            continue
        single = bool(match.group("one"))
        noun, noun_end = _noun(text, match.end(), end)
        if match.group("none"):
            noun, noun_end = None, match.end()
        if single and (noun is None or noun not in NOUNS) and not _another(text, start, match):
            continue
        figure = _with_named(figure, text, start, match.start(), match.end())
        more = bool(match.group("more")) or (match.group("one") or "").lower() == "another"
        of = _ONE_OF.match(text, match.start()) is not None
        yield _Quantity(match.start(), match.end(), figure, noun_end, noun, more, single, of)


def _another(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether "another" stands for a person by itself: "killing one and injuring another"."""
    return match.group().lower() == "another" and _before(text, start, match.start()) in PEOPLE


_NAMED_AND = re.compile(r"(?:^|[.,;]\s+|\bthat\s+)[Tt]he\s+(?:[\w-]+\s+){0,2}[\w-]*[^\Ws]\s+and\s+\Z")
_OTHER = re.compile(r"\s+others?\b")


def _with_named(figure: Figure, text: str, start: int, at: int, end: int) -> Figure:
    """ "The ambassador and three others": the one named counts too."""
    if figure.qualifier != "exact" or not figure.value or not _OTHER.match(text, end):
        return figure
    if not _NAMED_AND.search(text[max(start, at - 60) : at]):
        return figure
    value = figure.value + 1
    return replace(figure, value=value, min=value, max=value)


def _figure(match: re.Match[str]) -> Figure | None:
    told = " ".join(match.group().split())
    if match.group("none"):
        return Figure(0, 0, 0, "exact", told)
    if match.group("one"):
        return Figure(1, 1, 1, "exact", told)
    if match.group("low") or match.group("low2"):
        low = read_number(match.group("low") or match.group("low2"))
        high = read_number(match.group("high") or match.group("high2"))
        if low is None or high is None or low >= high:
            return None
        return Figure(None, low, high, "about", told)
    if match.group("vague"):
        words = re.sub(r"^a\s+", "", " ".join(match.group("vague").lower().split()))
        key = words if words in _VAGUE else re.sub(r"s\b(?!everal)", "", words).replace(" of", "")
        low, high = _VAGUE.get(key) or _VAGUE.get(words.replace("dozens", "dozen")) or _VAGUE["several"]
        return Figure(None, low, high, "vague", told)
    value = _exact(match.group("exact"))
    if value is None:
        return None
    if match.group("over"):
        return Figure(value, value, None, "over", told)
    if match.group("about"):
        how = match.group("about").lower()
        if re.search(r"over", how):
            return Figure(value, value, None, "over", told)
        upper = value if re.search(r"nearly|almost|up\s+to|as\s+many|fewer|less|under", how) else None
        return Figure(value, None, upper, "about" if how != "just" else "exact", told)
    return Figure(value, value, value, "exact", told)


def _exact(words: str) -> int | None:
    words = words.lower()
    if words.endswith("dozen"):
        first = words.split()[0]
        return 6 if first == "half" else 12 * (read_number(first) or 1)
    return read_number(words)


def _noun(text: str, at: int, end: int) -> tuple[str | None, int]:
    """The noun that a quantity counts and where it ends: the first counted noun among the next six words, or the last
    word before one that ends the phrase."""
    opened = _OF.match(text, at, end)
    position = opened.end() if opened else at
    noun: str | None = None
    noun_end = position
    for _ in range(6):
        word = _WORD.match(text, position, end)
        if word is None:
            break
        lower = word.group(1).lower().removesuffix("’s").removesuffix("'s")
        if lower in _STOP:
            break
        noun, noun_end = lower, word.end()
        if lower in NOUNS or lower in GENERIC:
            following = _WORD.match(text, word.end(), end)
            if following and following.group(1).lower() in NOUNS:
                noun, noun_end = following.group(1).lower(), following.end()
            return noun, noun_end
        position = word.end()
    return noun, noun_end


def _mention(quantity: _Quantity, kind: str, text: str, start: int) -> FigureMention:
    group = NOUNS.get(quantity.noun or "")
    left = text[max(start, quantity.start - 40) : quantity.start]
    part = bool(_PART.search(left) or _PART_AFTER.match(text, quantity.end))
    party = group if group in (POLICE, PROTESTERS, COMBATANTS, "militants", "civilians") else None
    total = bool(_TOTAL.search(text, max(start, quantity.start - 60), quantity.end + 10))
    return FigureMention(quantity.start, quantity.end, kind, quantity.figure, party, part, total)


def _marked(found: list[FigureMention], text: str, end: int) -> list[FigureMention]:
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
        and bool(re.search(r"(?:\band\b|,|\bas\s+well\s+as\b)\s*$", between))
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
