"""Quantities in news English: "at least eight", "dozens of", "another 317", "a woman", "between 20 and 30".

Vague words have a range by convention (a dozen or more is "dozens", 24–99), narrow enough to hold in most readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapgen.events.counted import GENERIC, NOUNS
from mapgen.events.lowered import any_of, caseless, lowered
from mapgen.events.numbers import NUMBER, read_number
from mapgen.model import Figure


@dataclass(frozen=True, slots=True)
class Quantity:
    start: int
    end: int
    figure: Figure
    noun_end: int  # where the noun phrase ends, or ``end``
    noun: str | None  # the counted noun, lower-cased
    more: bool  # "another", "additional"
    single: bool  # "a woman"
    of: bool  # "one of the shops"
    proper: bool  # "two Ruritanians"


# value, min, max; narrow, so that a reader's own idea of the word holds them
_VAGUE = {
    "dozen": (24, 99), "score": (40, 99), "hundred": (200, 999), "thousand": (2_000, 9_999),
    "million": (2_000_000, 9_999_999), "several": (3, 9), "few": (3, 5), "couple": (2, 2), "handful": (3, 5),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (20_000_000, 99_999_999), "several dozen": (36, 99), "several hundred": (300, 999),
    "several thousand": (3_000, 9_999), "few hundred": (200, 500), "few dozen": (24, 60),
    "few thousand": (2_000, 5_000),
}  # fmt: skip
OVER = (
    r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|not\s+less\s+than|in\s+excess\s+of|"
    r"exceeding|"
    r"above"
)
ABOUT = (
    r"about|around|roughly|some|approximately|nearly|almost|close\s+to|as\s+many\s+as|up\s+to|an?\s+estimated|"
    r"estimated|"
    r"fewer\s+than|less\s+than|under|just\s+(?:over|under)|well\s+over|an?\s+(?:average|maximum)\s+of|approx\.?|"
    r"circa|just"
)
_MORE = r"another|an\s+additional|additional|a\s+further|further|an\s+extra"
_WORDS = (
    r"(?:tens|hundreds)\s+of\s+(?:thousands|millions)|(?:several|a\s+few|few)\s+(?:dozens?|hundreds?|thousands?)|"
    r"dozens|scores|hundreds|thousands|millions|several|a\s+few|a\s+couple\s+of|a\s+handful\s+of"
)
_EXACT = (
    r"half\s+a\s+(?:dozen|million)|a\s+score(?=\s+of\b)|(?:a|three)[\s-]quarters?\s+of\s+a\s+million|"
    rf"(?:a|one|two|three|four|five|six)\s+dozen|a\s+(?:hundred|thousand|million)|{NUMBER}"
)
_QUANTITY = re.compile(
    rf"(?<![\w$€£¥#.,:/–-])(?:"
    rf"(?:between\s+(?P<low>{NUMBER})\s+and\s+(?P<high>{NUMBER})|"
    rf"(?:from\s+|(?:{ABOUT})\s+)?(?P<low2>{NUMBER})(?:(?<=\d)\s*[-–—]\s*(?=\d)|\s+(?:to|"
    rf"or)\s+)(?P<high2>{NUMBER}))(?![\w/:.-]*\d)|"
    rf"(?P<more>(?:at\s+least\s+)?(?:{_MORE})\s+)?(?:(?:(?P<over>{OVER})|(?P<about>{ABOUT}))\s+)?(?:(?:{_MORE})\s+)?"
    rf"(?:(?P<vague>{_WORDS})|(?P<exact>{_EXACT})(?:-(?:strong|member|man)\b)?)|"
    r"(?P<none>no(?:\s+one|body)?|none)|(?P<one>a\s+(?:second|third|fourth|fifth)(?!\s+of\b)|an?(?=\s)|another)"
    r")(?![\w%°]|[-–]\w|[.,:]\d)",
    re.IGNORECASE,
)
_OPENER = caseless(  # the words that a quantity may open with
    r"(?<![\w$€£¥#.,:/–-])(?:\d|(?:\w+teen|"
    + any_of(
        "an? another additional at above about around almost approx\\w* as further few fewer forty four five fifty "
        "from no none nobody not nearly nine ninety more over one up upwards? under in exceeding estimated eight "
        "eleven eighty roughly some several scores seven seventy six sixty close circa less just well between tens "
        "ten two twelve twenty three thirty thousands? hundreds? half dozens millions?".split()
    )
    + r")\b)",
)
_WORD = re.compile(r"\s+(?:\d{1,3}-year-old\s+)?((?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w’'.-]*\w)?)")
_OF = re.compile(
    r"(?:\s+(?:or\s+more|or\s+so|more|others?)\b)?(?:\s+of\b(?:\s+(?:the|its|his|her|their|those|them|our)\b)?)?"
)
_OUT_OF = re.compile(rf"\s+(?:out\s+)?of\s+(?:the\s+)?(?:{NUMBER})(?=\s)", re.IGNORECASE)  # "32 of 40 drones"
_ONE_OF = re.compile(r"one\s+of\b", re.IGNORECASE)
_STOP = frozenset(
    "whose whom where why how and or but in on at to by for with from of as than then who whom which that while when "
    "where after before since "
    "were was is are be been being has have had will would did do does not also the a an his her its their this these "
    "those said says told killed injured wounded dead missing hurt arrested detained died displaced homeless rescued "
    "hospitalised hospitalized into over under during amid against including between because so if under out up down "
    "fled took gathered marched protested rallied joined died said more".split()
)


def find_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]`` with the nouns they count, in text order; most count nothing of note."""
    at = start
    for opener in _OPENER.finditer(lowered(text), start, end):
        if opener.start() < at:
            continue
        match = _QUANTITY.match(text, opener.start(), end)
        if match is None:
            continue
        at = match.end()
        figure = _figure(match)
        if figure is None or _is_year(text, match) or _AGED.search(text, max(start, match.start() - 8), match.start()):
            continue
        single = bool(match.group("one"))
        whole = _OUT_OF.match(text, match.end(), end)
        at = whole.end() if whole else match.end()
        noun, noun_end = _noun(text, at, end)
        if match.group("none"):
            noun, noun_end = None, match.end()
        if single and (noun is None or noun not in NOUNS) and match.group().lower() in ("a", "an"):
            continue
        if match.group("high2") and _ROSE.search(text, max(start, match.start() - 30), match.end()):
            high = figure.max
            figure = Figure(high, high, high, "exact", figure.text)
        figure = _with_named(figure, text, start, match.start(), match.end())
        more = bool(match.group("more")) or (match.group("one") or "").lower() == "another"
        proper = bool(noun) and text[noun_end - len(noun or "")].isupper()
        of = _ONE_OF.match(text, match.start()) is not None
        yield Quantity(match.start(), match.end(), figure, noun_end, noun, more, single, of, proper)


_ROSE = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|increased|increasing|grew|grown|jumped|went|gone|up|raised|"
    r"raising)\s+from\s+\S+\s+to\s+\S+\Z",
    re.IGNORECASE,
)  # "rose from 12 to 17": a new count, not a range
_YEAR = re.compile(r"(?:the|in|of|since|after|by|late|early|until|during|and|to)\s+(?:1[89]|20)\d\d\Z", re.IGNORECASE)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether a number is the year of something: "the 2004 disaster", "since 2011"."""
    told = match.group("exact") or ""
    return len(told) == 4 and told.isdigit() and _YEAR.search(text, max(0, match.start() - 8), match.end()) is not None


_AGED = re.compile(r"\baged?\s+\Z")
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
    if words.endswith("million") and words.startswith("half"):
        return 500_000
    if "quarter" in words:
        return 750_000 if words.startswith("three") else 250_000
    if words.endswith("score"):
        return 20
    if words.endswith("dozen"):
        first = words.split()[0]
        return 6 if first == "half" else 12 * (read_number(first) or 1)
    return read_number(words)


# "three B-52s", "two T-72s": what a machine's letters stand for (designations of the makers' and forces' own series)
_CRAFT = re.compile(
    r"(?:(?P<land>t|bmp|btr|brdm|m1a|mt)|ac|ah|an|b|c|ch|cn|e|ea|f|fa|h|il|j|ka|kc|mh|mi|mig|mq|p|rq|su|tu|u|uh|v)"
    r"-?\d{1,3}[a-z]?s?"
)


def _noun(text: str, at: int, end: int) -> tuple[str | None, int]:
    """The noun that a quantity counts and where it ends: the first counted noun among the next six words, or the last
    word before one that ends the phrase."""
    opened = _OF.match(text, at, end)
    position = opened.end() if opened else at
    noun: str | None = None
    noun_end = position
    last = text[at - 1] if position == at else ""
    for _ in range(6):
        word = _WORD.match(text, position, end)
        if word is None:
            break
        lower = word.group(1).lower().removesuffix("’s").removesuffix("'s")
        if lower in _STOP or (lower.endswith("ed") and (noun or last).endswith("s")):
            break  # "Iraqis demonstrated", "hundreds massed": a verb
        noun, noun_end = lower, word.end()
        craft = _CRAFT.fullmatch(lower)
        if craft:
            return ("tanks" if craft["land"] else "aircraft"), noun_end
        if lower in NOUNS or lower in GENERIC:
            following = _WORD.match(text, word.end(), end)
            if following and following.group(1).lower() in NOUNS:
                noun, noun_end = following.group(1).lower(), following.end()
            return noun, noun_end
        position = word.end()
    return noun, noun_end
