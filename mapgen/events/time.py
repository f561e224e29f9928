"""When a news text says that something happened: its time expressions, resolved to dates.

An expression is read against the publication date ("on Wednesday", "yesterday", "last month") or against the
narrative ("the next morning", "two days later", "at dawn"): the date told before it in the sentence, or the date the
story stands at.  One compiled expression finds them all; each kind has its own reader.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from mapgen.events.calendar import (
    DAY_MONTH,
    FEASTS,
    MONTH,
    SEASONS,
    WEEKDAY,
    YEAR,
    add_months,
    feast,
    month_number,
    month_span,
    nearest_year,
    season_span,
    weekday_number,
)
from mapgen.events.numbers import NUMBER, ORDINAL, read_number, read_ordinal
from mapgen.model import When

LOOK_AROUND = 90  # characters of the sentence on each side that decide whether an expression points forward

_PART = (
    r"(?:(?:early|late|mid|pre)?-?\s?(?:morning|afternoon|evening|night|dawn|midnight|noon|midday|daybreak|dusk|sunrise|"
    r"sunset|nightfall|lunchtime|predawn|overnight)s?(?:\s+hours)?)"
)
_LEAD = (
    rf"(?:(?:(?:[Vv]ery\s+)?(?:[Ee]arly|[Ll]ate|[Ll]ater|[Ee]arlier|[Mm]id)(?:-|\s+)(?:on\s+)?(?:in\s+the\s+)?)?"
    rf"(?:(?:(?:[Ii]n|[Dd]uring|[Oo]n|[Bb]y|[Bb]efore|[Aa]t|[Uu]ntil)\s+)?(?:the\s+)?(?:(?:first|small|wee|early|late|pre-?dawn)\s+)?"
    rf"(?:hours|{_PART})\s+(?:(?:of|on|between|from)\s+)?)?(?:[Oo]n\s+)?(?:the\s+)?)"
)
_TAIL = rf"(?:,?\s+(?:{_PART})(?!\w))?"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?\s?m\b\.?|hours\b|GMT\b|UTC\b)|\d{1,2}:\d{2}(?!\d)|(?:noon|midnight)\b)"
_ZONE = r"(?:\s+(?:local\s+time|GMT|UTC|ET|EST|EDT|CET|BST|IST|Moscow\s+time|\(\d{4}\s?GMT\)))?"
_TO = r"(?:\s*[-–—/]\s*|\s+(?:to|and|through|until|till|or)\s+)"
_UNIT = r"(?:minute|hour|day|night|week|weekend|fortnight|month|year|decade)"
_VAGUE = r"(?:several|a\s+few|few|some|many|a\s+couple\s+of|a\s+number\s+of|couple\s+of|recent|coming)"
_COUNT = rf"(?:{NUMBER}|an?|{_VAGUE})"
_ISO = r"(?:\d{4}-\d{2}-\d{2})"
_DMY = r"(?:\d{1,2}\.\d{1,2}\.\d{4})"
_DATE = rf"(?:(?:{WEEKDAY},?\s+(?:the\s+)?)?{DAY_MONTH}|{_ISO}|{_DMY})"
_BOUND = r"(?:[Ss]ince|[Uu]ntil|[Tt]ill|[Ff]rom|[Aa]s\s+of|[Bb]y|[Bb]efore|[Aa]fter|[Ss]tarting|[Bb]eginning)"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """``text[start:end]`` says ``when``.

    ``kind`` is one of date, weekday, relative, period (week, month, season, year), range, part (only a part of the day
    or a clock time) and run ("for the third day").  ``anchored``: it was read against the narrative, not the calendar.
    ``background``: it lies a year or more before the publication.
    """

    start: int
    end: int
    when: When
    anchored: bool
    kind: str
    background: bool = False

    @property
    def relative(self) -> bool:
        return self.anchored


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an expression is read against; ``ahead`` where its sentence speaks of the future."""

    reference: dt.date | None
    anchor: dt.date | None  # the date the narrative stands at, never None where the reference is known
    story: dt.date | None  # the narrative's own date, where it has told one
    ahead: bool


_Span = tuple[dt.date, dt.date, int]  # first day, last day, precision
_Reader = Callable[[re.Match[str], _Frame], _Span | None]


def find_times(
    text: str, start: int, end: int, reference: dt.date | None, anchor: dt.date | None = None
) -> list[TimeExpression]:
    """The time expressions of ``text[start:end]`` (a sentence), in text order, without overlaps.

    ``reference`` is the publication date, ``anchor`` the date that the narrative has reached.  What cannot be resolved
    (no reference) is returned with an empty date, so that it can be counted.
    """
    hits = [match for match in _ANY.finditer(text, start, end) if not _NOT_TIME.match(text, match.start())]
    if not hits:
        return []
    spans: list[_Span | None] = []
    for match in hits:
        frame = _Frame(reference, anchor or reference, anchor, _ahead(text, start, match, end))
        spans.append(None if _RULES[match.lastgroup or ""].anchored else _read(match, frame))
    found = []
    for index, match in enumerate(hits):
        rule, span = _RULES[match.lastgroup or ""], spans[index]
        if rule.anchored:
            near = _nearest_told(spans, hits, index) or anchor
            span = spans[index] = _read(match, _Frame(reference, near or reference, near, False))
        told = " ".join(match.group().split())
        when = When(span[0], span[1], span[2], told) if span else When(text=told)
        old = bool(span and reference and (reference - span[1]).days > 365)
        found.append(TimeExpression(match.start(), match.end(), when, rule.anchored, rule.kind, old))
    return found


def dateline_date(text: str) -> dt.date | None:
    """The full date that stands at the head of ``text`` (its first 600 characters), where there is exactly one."""
    days = set()
    for match in _FULL_DATE.finditer(text, 0, 600):
        span = _read_date(match, _Frame(None, None, None, False))
        if span:
            days.add(span[0])
    return days.pop() if len(days) == 1 else None


def _nearest_told(spans: list[_Span | None], hits: list[re.Match[str]], index: int) -> dt.date | None:
    """The day told last before expression ``index`` in its sentence, or next after it where it is only a clock time."""
    for i in range(index - 1, -1, -1):
        span = spans[i]
        if span and span[2] == 1:
            return span[1] if (span[1] - span[0]).days <= 7 else None
    if _RULES[hits[index].lastgroup or ""].kind == "part":
        for later in spans[index + 1 :]:
            if later and later[2] == 1:
                return later[0]
    return None


_FUTURE = re.compile(
    r"\b(?:will|shall|would|won[’']t|[’']ll|scheduled|due\s+(?:to|on|in|by)|expected|(?:is|are|was|were)\s+set|planned|plans?\s+to|planning|going|intends?|upcoming|"
    r"prepar(?:es?|ing)|postponed|next|deadline|slated|hopes?|vowed|until|calls?\s+for|called\s+for|is\s+to|are\s+to|"
    r"ahead\s+of)\b"
)
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|added|confirmed|stated|wrote|tweeted|declared|was|were|had|has|have|"
    r"did|began|began|killed|took|went|came|made|left|held|hit|fell|broke|\w{3,}ed)\b"
)


def _ahead(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the words around an expression speak of the future: the nearest telling word decides, before it first."""
    left = text[max(start, match.start() - LOOK_AROUND) : match.start()]
    cut = max(left.rfind(mark) for mark in ";:—")
    left = left[cut + 1 :]
    future = _last(_FUTURE, left)
    told = _last(_TOLD, left)
    if future >= 0 and future >= told - 12:  # "was scheduled", "has planned": the future word carries the sense
        return future > told or _FUTURE.match(left, future) is not None and future + 12 > told > future - 5
    if told >= 0:
        return False
    right = text[match.end() : min(end, match.end() + LOOK_AROUND)]
    first, past = _FUTURE.search(right), _TOLD.search(right)
    return bool(first) and (past is None or first.start() < past.start())  # type: ignore[union-attr]


def _last(pattern: re.Pattern[str], text: str) -> int:
    at = -1
    for found in pattern.finditer(text):
        at = found.start()
    return at


def _read(match: re.Match[str], frame: _Frame) -> _Span | None:
    rule = _RULES[match.lastgroup or ""]
    inner = rule.pattern.fullmatch(match.group())
    if inner is None:
        return None
    try:
        return rule.reader(inner, frame)
    except (ValueError, OverflowError):  # 31 June, a date beyond the calendar
        return None


# --- readers -------------------------------------------------------------------------------------------------------


def _day(day: dt.date, precision: int = 1) -> _Span:
    return day, day, precision


def _read_date(match: re.Match[str], frame: _Frame) -> _Span | None:
    return _bounded(match, _day_of(match.group("date"), frame), frame)


def _day_of(told: str, frame: _Frame) -> dt.date | None:
    """The day of "5 January", "Jan. 5, 2022", "2022-01-05", "5.1.2022", with a weekday or without."""
    numbers = re.findall(r"\d+", told)
    month = month_number(told)
    if month is None:
        if len(numbers) != 3:
            return None
        year, second, third = map(int, numbers) if len(numbers[0]) == 4 else map(int, reversed(numbers))
        return dt.date(year, second, third)
    day = next(int(n) for n in numbers if len(n) < 3)
    year_told = next((int(n) for n in numbers if len(n) == 4), None)
    if year_told is not None:
        return dt.date(year_told, month, day)
    return nearest_year(month, day, frame.reference, frame.story, frame.ahead, weekday_number(told))


def _bounded(match: re.Match[str], day: dt.date | None, frame: _Frame) -> _Span | None:
    """``day``, or the stretch that "since", "until" and "from" open or close with it."""
    if day is None:
        return None
    bound = (match.groupdict().get("bound") or "").lower()
    today = frame.reference
    if today and bound == "since" and day <= today:
        return day, today, 1
    if today and bound in ("until", "till", "before", "by") and day > today:
        return (today, day, 2) if bound in ("until", "till") else (today, day, 2)
    return _day(day)


def _weekday(match: re.Match[str], frame: _Frame) -> _Span | None:
    which = (match.group("which") or "").lower()
    week = (match.group("week") or "").lower()
    day = _weekday_day(weekday_number(match.group("weekday")), which, frame, week)
    return _bounded(match, day, frame)


def _weekday_day(target: int | None, which: str, frame: _Frame, week: str = "") -> dt.date | None:
    today = frame.reference
    if target is None or today is None:
        return None
    monday = today - dt.timedelta(today.weekday())
    if week or which == "this":
        weeks = -1 if "last" in week or "previous" in week else 1 if "next" in week or "following" in week else 0
        return monday + dt.timedelta(7 * weeks + target)
    back = (today.weekday() - target) % 7
    if which in ("next", "coming", "upcoming", "following") or (frame.ahead and which not in ("last", "past")):
        forward = (target - today.weekday()) % 7
        return today + dt.timedelta(forward or (7 if which == "next" else 0))
    if which in ("last", "past", "previous"):
        return today - dt.timedelta(back or 7)
    return today - dt.timedelta(back)


def _weekday_range(match: re.Match[str], frame: _Frame) -> _Span | None:
    first, last = (weekday_number(match.group(g)) for g in ("a", "b"))
    end = _weekday_day(last, "", frame)
    if end is None or first is None:
        return None
    if frame.ahead and frame.reference:
        begin = _weekday_day(first, "", frame)
        assert begin is not None
        return begin, begin + dt.timedelta(((last or 0) - first) % 7), 1
    return end - dt.timedelta(((last or 0) - first) % 7), end, 1


def _day_range(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"3–5 May", "May 3-5, 2020", "between 30 April and 2 May"."""
    told = match.group("dates")
    months = [n for n in re.findall(MONTH, told)]
    days = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", told)]
    year = re.search(r"(?<!\d)\d{4}", told)
    if len(days) != 2 or not months:
        return None
    suffix = f" {year.group()}" if year else ""
    end = _day_of(f"{days[1]} {months[-1]}{suffix}", frame)
    begin = _day_of(f"{days[0]} {months[0]}{suffix}", frame)
    if begin is None or end is None:
        return None
    if begin > end:
        begin = begin.replace(year=end.year if (begin.month, begin.day) <= (end.month, end.day) else end.year - 1)
    if _NIGHT.search(match.group()) and (end - begin).days == 1:
        return begin, end, 1
    return begin, end, 1


def _today(match: re.Match[str], frame: _Frame) -> _Span | None:
    return _day(frame.reference) if frame.reference else None


def _shifted(match: re.Match[str], frame: _Frame) -> _Span | None:
    if frame.reference is None:
        return None
    told = match.group().lower()
    days = -2 if "before yesterday" in told else 2 if "after tomorrow" in told else 1 if "tomorrow" in told else -1
    return _day(frame.reference + dt.timedelta(days))


def _overnight(match: re.Match[str], frame: _Frame) -> _Span | None:
    """The night that ends with the publication's day, by which editors date it; a named weekday goes before."""
    named = match.groupdict().get("weekday")
    if named:
        day = _weekday_day(weekday_number(named), "", frame)
        return _day(day) if day else None
    if frame.story and frame.reference and not 0 <= (frame.reference - frame.story).days <= 6:
        return _day(frame.story)
    return _day(frame.reference) if frame.reference else None


def _period(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"last week", "this month", "next year", "earlier this week", "over the weekend"."""
    today = frame.reference
    if today is None:
        return None
    which = (match.group("which") or "").lower().split()
    step = -1 if which and which[-1] in ("last", "past", "previous") else 1 if which and which[-1] in ("next", "coming") else 0
    unit = match.group("unit").lower()
    narrowed = (match.group("narrow") or "").lower()
    if unit == "weekend":
        return _weekend(today, step, frame.ahead)
    if unit == "week":
        first = today - dt.timedelta(today.weekday() - 7 * step)
        last = first + dt.timedelta(6)
        precision = 2
    elif unit == "fortnight":
        first, last, precision = today - dt.timedelta(14), today, 2
    elif unit == "month":
        first, last = month_span(*add_months(today, step))
        precision = 3
    elif unit == "decade":
        return None
    else:
        first, last, precision = dt.date(today.year + step, 1, 1), dt.date(today.year + step, 12, 31), 3
    if step == 0:
        if "late" in narrowed and "later" in narrowed or frame.ahead:
            first = min(today, last)
        else:
            last = max(first, today - dt.timedelta(1)) if "earl" in narrowed else today
    return first, max(first, last), precision


def _weekend(today: dt.date, step: int, ahead: bool) -> _Span:
    saturday = today - dt.timedelta((today.weekday() - 5) % 7)
    if step < 0 and today.weekday() >= 5:
        saturday -= dt.timedelta(7)
    elif step > 0 or (ahead and today.weekday() < 5):
        saturday += dt.timedelta(7)
    return saturday, saturday + dt.timedelta(1), 2


def _month(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"in March", "last March", "March 2019", "since May", "early June"."""
    month = month_number(match.group("month"))
    assert month is not None
    told = match.group("year")
    if told:
        year = int(told)
    else:
        today = frame.reference or frame.story
        if today is None:
            return None
        year = today.year
        if frame.story and frame.reference and (frame.reference - frame.story).days > 330:
            year = frame.story.year
        elif (year, month) > (today.year, today.month) and not frame.ahead:
            year -= 1
        elif month < today.month and frame.ahead:
            year += 1
        which = (match.group("which") or "").lower()
        if which == "last" and (year, month) >= (today.year, today.month):
            year -= 1
    first, last = month_span(year, month)
    first, last = _narrowed(first, last, match.group("narrow"))
    if (match.group("bound") or "").lower() == "since" and frame.reference and first <= frame.reference:
        return first, frame.reference, 3
    return first, last, 3


def _narrowed(first: dt.date, last: dt.date, how: str | None) -> tuple[dt.date, dt.date]:
    """The early, middle or late third of a stretch of days."""
    third = ((last - first).days + 1) // 3
    how = (how or "").lower()
    if re.search(r"early|start|beginning|earlier", how):
        return first, first + dt.timedelta(third - 1)
    if re.search(r"mid", how):
        return first + dt.timedelta(third), last - dt.timedelta(third)
    if re.search(r"late|end", how):
        return last - dt.timedelta(third - 1), last
    return first, last


def _season(match: re.Match[str], frame: _Frame) -> _Span | None:
    told = match.group("year")
    today = frame.reference or frame.story
    if not told and today is None:
        return None
    name = match.group("season").lower()
    year = int(told) if told else today.year  # type: ignore[union-attr]
    first, last = season_span(name, year)
    which = (match.group("which") or "").lower()
    if not told and today:
        if (which == "last" and last >= today) or (which != "next" and first > today and not frame.ahead):
            first, last = season_span(name, year - 1)
        elif (which == "next" and first <= today) or (frame.ahead and last < today):
            first, last = season_span(name, year + 1)
    return first, last, 3


def _year(match: re.Match[str], frame: _Frame) -> _Span | None:
    year = int(match.group("year"))
    if frame.reference and not 1000 <= year <= frame.reference.year + 50:
        return None
    first, last = _narrowed(dt.date(year, 1, 1), dt.date(year, 12, 31), match.group("narrow"))
    bound = (match.group("bound") or "").lower()
    if match.group("until"):
        last = dt.date(int(match.group("until")), 12, 31)
    elif bound == "since" and frame.reference and first <= frame.reference:
        last = frame.reference
    return (first, last, 3) if first <= last else None


def _ago(match: re.Match[str], frame: _Frame) -> _Span | None:
    today = frame.reference
    if today is None:
        return None
    return _counted(today, match.group("count"), match.group("unit"), -1)


def _later(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"two days later", "a week earlier", against the narrative."""
    if frame.anchor is None:
        return None
    direction = -1 if match.group("way").lower() in ("earlier", "before", "previously", "prior") else 1
    return _counted(frame.anchor, match.group("count"), match.group("unit"), direction)


_VAGUE_COUNTS = {"couple": 2, "few": 3, "several": 4, "some": 4, "many": 5, "number": 5, "": 3}


def _counted(day: dt.date, told: str | None, unit: str, direction: int) -> _Span | None:
    told = (told or "").lower().strip()
    vague = next((n for word, n in _VAGUE_COUNTS.items() if word and word in told), None)
    if told == "":
        vague = 3
    count = vague if vague is not None else 1 if told in ("a", "an") else read_number(told)
    if count is None:
        return None
    unit = unit.lower()
    if unit.startswith(("minute", "hour")):
        return _day(day + dt.timedelta(direction * (count // 24)) if vague is None else day)
    if unit.startswith(("day", "night")):
        return _day(day + dt.timedelta(direction * count), 2 if vague is not None else 1)
    if unit.startswith(("week", "fortnight")):
        days = count * (14 if unit.startswith("fort") else 7)
        return _day(day + dt.timedelta(direction * days), 2)
    if unit.startswith("month"):
        return (*month_span(*add_months(day, direction * count)), 3)
    year = day.year + direction * count * (10 if unit.startswith("decade") else 1)
    return dt.date(year, 1, 1), dt.date(year, 12, 31), 3


def _adjacent(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"the next morning", "the following day", "the previous night", "the day before", "the same day", "that evening"."""
    if frame.anchor is None:
        return None
    told = match.group().lower()
    unit = match.group("unit").lower()
    if re.search(r"\b(?:same|that)\b", told) or "in the day" in told:
        step = 0
    else:
        step = -1 if re.search(r"previous|preceding|before|earlier|prior", told) else 1
    day = frame.anchor
    if unit == "week":
        return day + dt.timedelta(7 * step), day + dt.timedelta(7 * step), 2
    if unit == "month":
        return (*month_span(*add_months(day, step)), 3)
    if unit == "year":
        return dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31), 3
    return _day(day + dt.timedelta(step))


def _recent(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"over the past 24 hours", "in recent weeks", "in the last three days", "in the coming days"."""
    today = frame.reference
    if today is None:
        return None
    told, unit = match.group().lower(), match.group("unit").lower()
    ahead = bool(re.search(r"\b(?:next|coming)\b", told))
    counted = _counted(today, match.group("count"), unit, 1 if ahead else -1)
    if counted is None:
        return None
    precision = 3 if unit.startswith(("month", "year", "decade")) else 2
    if ahead:
        return today, max(counted[1], today), precision
    first = counted[0]
    if unit.startswith("hour") and match.group("count") and first == today:
        first = today if (read_number(match.group("count")) or 24) < 12 else today - dt.timedelta(1)
    if unit.startswith("month"):
        first = max(first, first.replace(day=min(today.day, (counted[1]).day)))
    return min(first, today), today, 1 if unit.startswith("hour") else precision


def _run(match: re.Match[str], frame: _Frame) -> _Span | None:
    """"for the third consecutive day", "a second night of": the day itself, which is the publication's."""
    day = frame.reference
    if day is None or read_ordinal(match.group("nth")) is None:
        return None
    return _day(day)


def _feast(match: re.Match[str], frame: _Frame) -> _Span | None:
    told = match.group("year")
    day = feast(match.group("feast"), int(told) if told else None, frame.reference, frame.ahead)
    return _day(day) if day else None


def _part(match: re.Match[str], frame: _Frame) -> _Span | None:
    return _day(frame.anchor) if frame.anchor else None


# --- rules, the longer reading first -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    reader: _Reader
    anchored: bool = False


_NIGHT = re.compile(r"\bnights?\b", re.IGNORECASE)
_NARROW = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater)(?:-|\s+)(?:in\s+)?|(?:the\s+)?(?:start|beginning|middle|end)\s+of\s+)"
_TABLE: list[tuple[str, str, str, _Reader, bool]] = [
    # name, kind, pattern, reader, read against the narrative
    ("span_dates", "range", rf"(?:[Bb]etween\s+|[Ff]rom\s+)?{_LEAD}(?:[Bb]etween\s+|[Ff]rom\s+)?(?P<dates>"
     rf"\d{{1,2}}(?:st|nd|rd|th)?{_TO}\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?|"
     rf"{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?{_TO}\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?:,?\s+{YEAR})?|"
     rf"{DAY_MONTH}{_TO}(?:the\s+)?{DAY_MONTH})", _day_range, False),
    ("span_weekdays", "range", rf"(?:(?:[Bb]etween|[Ff]rom|[Oo]n|[Oo]vernight|[Oo]vernight\s+from|[Oo]vernight\s+between)\s+)?"
     rf"{_LEAD}(?P<a>{WEEKDAY}){_TAIL}(?:{_TO}|\s+into\s+)(?:(?:on|early|late)\s+)?(?P<b>{WEEKDAY}){_TAIL}",
     _weekday_range, False),
    ("date", "date", rf"(?:(?P<bound>{_BOUND})\s+)?(?:(?:at|around|about|by)\s+{_CLOCK}{_ZONE},?\s+)?{_LEAD}(?:[Oo]vernight\s+)?"
     rf"(?P<date>{_DATE}){_TAIL}", _read_date, False),
    ("weekday", "weekday", rf"(?:(?P<bound>{_BOUND})\s+)?(?:(?:[Aa]t|around|about|by)\s+{_CLOCK}{_ZONE},?\s+)?{_LEAD}"
     rf"(?:[Oo]vernight\s+(?:on\s+|into\s+)?)?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]he\s+(?:following|previous)|[Pp]ast|coming|previous|following)\s+)?"
     rf"(?P<weekday>{WEEKDAY})(?:\s+of)?(?:\s+(?P<week>(?:last|next|this|the\s+(?:previous|following))\s+week))?{_TAIL}", _weekday, False),
    ("month", "period", rf"(?:(?P<bound>[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Ii]n|[Dd]uring|[Oo]f|[Bb]ack\s+in|[Tt]hrough)\s+)?(?P<narrow>{_NARROW})?"
     rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast)\s+)?(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?(?!\s+\d)", _month, False),
    ("season", "period", rf"(?:(?:[Ss]ince|[Ii]n|[Dd]uring|[Bb]y|[Oo]ver)\s+)?(?:the\s+)?(?P<narrow>{_NARROW})?"
     rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|the)\s+)?(?P<season>{SEASONS})(?:\s+(?:of\s+)?(?P<year>{YEAR}))?", _season, False),
    ("year", "period", rf"(?P<bound>[Ss]ince|[Ii]n|[Ff]rom|[Bb]y|[Dd]uring|[Uu]ntil|[Oo]f|[Bb]ack\s+in|[Ss]ummer\s+of)\s+(?:the\s+year\s+)?"
     rf"(?P<narrow>{_NARROW})?(?P<year>{YEAR})(?:(?:\s*[-–—]\s*|\s+(?:to|and|until|through)\s+)(?P<until>{YEAR}))?(?![\d,]|\s+(?:people|protesters|troops|soldiers|homes))",
     _year, False),
    ("feast", "date", rf"(?:[Oo]n\s+)?(?P<feast>{FEASTS})(?:,?\s+(?P<year>{YEAR}))?", _feast, False),
    ("shifted", "relative", rf"(?:[Ll]ate\s+|[Ee]arly\s+)?(?:[Tt]he\s+day\s+(?:before\s+[Yy]esterday|after\s+[Tt]omorrow)|"
     rf"(?:[Yy]esterday|[Tt]omorrow){_TAIL}|[Ll]ast\s+(?:night|evening))", _shifted, False),
    ("overnight", "relative", rf"[Oo]vernight(?!-)(?:\s+(?:on|into|to)?\s*(?P<weekday>{WEEKDAY}))?", _overnight, False),
    ("today", "relative", rf"(?:[Ll]ate(?:r)?\s+|[Ee]arl(?:y|ier)\s+|[Aa]s\s+of\s+|[Ss]ince\s+)?(?:[Tt]oday|[Tt]onight|[Tt]his\s+{_PART})", _today, False),
    ("recent", "period", rf"(?:[Oo]ver|[Ii]n|[Dd]uring|[Ww]ithin|[Ff]or|[Tt]hroughout)\s+(?:the\s+)?(?:past|last|previous|next|coming|recent)\s+"
     rf"(?:(?P<count>{_COUNT})\s+)?(?P<unit>{_UNIT}s?)", _recent, False),
    ("period", "period", rf"(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Aa]t|[Oo]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Tt]hroughout)\s+)?(?P<narrow>{_NARROW})?(?:the\s+)?"
     rf"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming|(?<=ver\s)the|(?<=at\sthe\s)|(?<=ver\sthe\s)|(?<=ring\sthe\s))\s*(?P<unit>week(?:end)?|month|year|fortnight)(?!\w|-)",
     _period, False),
    ("ago", "relative", rf"(?:(?P<count>{_COUNT})\s+)?(?P<unit>{_UNIT}s?)\s+ago", _ago, False),
    ("later", "relative", rf"(?:(?P<count>{_COUNT})\s+)?(?P<unit>{_UNIT}s?)\s+(?P<way>later|earlier|before(?=[,.;]|\s*\Z)|afterwards?|previously|prior(?=[,.;]))",
     _later, True),
    ("adjacent", "relative", r"(?:[Oo]n\s+|[Ll]ate\s+|[Ee]arly\s+|[Ll]ater\s+)?(?:[Tt]he\s+(?:very\s+)?(?:next|following|previous|preceding|same)|[Tt]hat(?:\s+same)?|[Nn]ext)\s+"
     r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)(?!s|-)", _adjacent, True),
    ("day_before", "relative", r"(?:[Oo]n\s+)?[Tt]he\s+(?P<unit>day|night|evening|week|month|year)\s+(?:before|after|earlier|prior)(?=[,.;]|\s*\Z|\s+(?:and|in|at|when|that)\b)",
     _adjacent, True),
    ("earlier", "relative", r"(?:[Ee]arlier|[Ll]ater)\s+(?:(?:in\s+the|that|the\s+same)\s+)(?P<unit>day|evening|night|morning|afternoon)", _adjacent, True),
    ("run", "run", rf"(?:[Ff]or|[Oo]n|[Ii]nto|[Aa]|[Ii]ts|[Tt]heir|[Tt]he)\s+(?:the\s+|a\s+|its\s+|their\s+)?(?P<nth>{ORDINAL})\s+(?:(?:consecutive|straight|successive)\s+)?"
     r"(?:day|night|week)(?:\s+(?:in\s+a\s+row|running))?(?!s)", _run, False),
    ("clock", "part", rf"(?:(?:[Aa]t|[Aa]round|[Aa]bout|[Ss]hortly\s+(?:before|after)|[Bb]y|[Bb]efore|[Aa]fter|[Ff]rom|[Ss]ince|just\s+(?:before|after))\s+)(?:about\s+|around\s+)?{_CLOCK}{_ZONE}", _part, True),
    ("part", "part", rf"(?:[Ii]n|[Dd]uring|[Bb]y|[Bb]efore|[Aa]t|[Aa]fter|[Aa]round|[Ss]ince|[Uu]ntil|[Tt]hrough|[Oo]n)\s+(?:the\s+)?"
     rf"(?:(?:early|late|pre-?dawn|small|wee|first)\s+)?(?:hours(?=\s+of\s+the|[,.;])|{_PART})(?!\w|-|\s+(?:market|club|school|shift))", _part, True),
]  # fmt: skip
_RULES = {
    name: _Rule(kind, re.compile(pattern), reader, anchored) for name, kind, pattern, reader, anchored in _TABLE
}
_ANY = re.compile(
    r"(?<![\w$€£#.-])(?:"
    + "|".join(f"(?P<{name}>{re.sub(r'[?]P<[a-z_]+>', '?:', row[0])})" for name, _, *row in _TABLE)
    + r")(?!\w)"
)
_FULL_DATE = re.compile(
    rf"(?<!\w)(?P<date>(?:{WEEKDAY},?\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{YEAR}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+{YEAR}|{_ISO}))(?!\w)"
)
_NOT_TIME = re.compile(
    r"(?:Bloody|Black|Super|Palm|Ash|Cyber)\s|(?:Sunday|Saturday|Friday|Monday)\s+(?:Times|Telegraph|Mail|Mirror|Express|"
    r"Herald|Night\s+Live|World|Star|Sun\b|School|Club|Movement)|(?:May|March|June|April|August)\s+(?:said|told|has|was|is|and\s+her)"
)
assert all(a != b for a, b in pairwise(sorted(_RULES)))
