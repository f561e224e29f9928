"""From the words of a time expression to dates: one reader a kind, each taking the match of its own pattern.

A reader gets the named groups of its pattern in ``timewords.py`` and the frame to read them against; it gives the first
and the last day and ACLED's precision, or None where the expression cannot be resolved.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from mapgen.events.calendar import (
    MONTH,
    add_months,
    feast,
    month_number,
    month_span,
    nearest_year,
    season_span,
    weekday_number,
)
from mapgen.events.numbers import read_number, read_ordinal


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against; ``ahead`` where its sentence speaks of the future."""

    reference: dt.date | None
    anchor: dt.date | None  # the date the narrative stands at, never None where the reference is known
    story: dt.date | None  # the narrative's own date, where it has told one
    ahead: bool


Span = tuple[dt.date, dt.date, int]  # first day, last day, precision
Reader = Callable[[re.Match[str], Frame], Span | None]


def _day(day: dt.date, precision: int = 1) -> Span:
    return day, day, precision


def _calendar_date(match: re.Match[str], frame: Frame) -> Span | None:
    return _bounded(match, _day_of(match.group("date"), frame), frame)


def _day_of(told: str, frame: Frame) -> dt.date | None:
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


def _bounded(match: re.Match[str], day: dt.date | None, frame: Frame) -> Span | None:
    """``day``, or the stretch that "since", "until" and "from" open or close with it."""
    if day is None:
        return None
    bound = (match.groupdict().get("bound") or "").lower()
    today = frame.reference
    if today and bound == "since" and day <= today:
        return day, today, 1
    if today and bound in ("until", "till", "before", "by") and day > today:
        return today, day, 2
    return _day(day)


def _weekday(match: re.Match[str], frame: Frame) -> Span | None:
    which = (match.group("which") or "").lower()
    week = (match.group("week") or "").lower()
    day = _weekday_day(weekday_number(match.group("weekday")), which, frame, week)
    return _bounded(match, day, frame)


def _weekday_day(target: int | None, which: str, frame: Frame, week: str = "") -> dt.date | None:
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


def _weekday_range(match: re.Match[str], frame: Frame) -> Span | None:
    first, last = (weekday_number(match.group(g)) for g in ("a", "b"))
    end = _weekday_day(last, "", frame)
    if end is None or first is None:
        return None
    if frame.ahead and frame.reference:
        begin = _weekday_day(first, "", frame)
        assert begin is not None
        return begin, begin + dt.timedelta(((last or 0) - first) % 7), 1
    return end - dt.timedelta(((last or 0) - first) % 7), end, 1


def _day_range(match: re.Match[str], frame: Frame) -> Span | None:
    """ "3–5 May", "May 3-5, 2020", "between 30 April and 2 May"."""
    told = match.group("dates")
    months = re.findall(MONTH, told)
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
    return begin, end, 1


def _today(match: re.Match[str], frame: Frame) -> Span | None:
    return _day(frame.reference) if frame.reference else None


def _shifted(match: re.Match[str], frame: Frame) -> Span | None:
    if frame.reference is None:
        return None
    told = match.group().lower()
    days = -2 if "before yesterday" in told else 2 if "after tomorrow" in told else 1 if "tomorrow" in told else -1
    return _day(frame.reference + dt.timedelta(days))


def _overnight(match: re.Match[str], frame: Frame) -> Span | None:
    """The night that ends with the publication's day, by which editors date it; a story further back has its own."""
    named = match.groupdict().get("weekday")
    if named:
        day = _weekday_day(weekday_number(named), "", frame)
        return _day(day) if day else None
    if frame.story and frame.reference and (frame.reference - frame.story).days > 1:
        return _day(frame.story)
    return _day(frame.reference) if frame.reference else None


def _period(match: re.Match[str], frame: Frame) -> Span | None:
    """ "last week", "this month", "next year", "earlier this week", "over the weekend"."""
    today = frame.reference
    if today is None:
        return None
    which = (match.group("which") or "").lower().split()
    step = (
        -1
        if which and which[-1] in ("last", "past", "previous")
        else 1
        if which and which[-1] in ("next", "coming")
        else 0
    )
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
        if ("late" in narrowed and "later" in narrowed) or frame.ahead:
            first = min(today, last)
        else:
            last = max(first, today - dt.timedelta(1)) if "earl" in narrowed else today
    return first, max(first, last), precision


def _weekend(today: dt.date, step: int, ahead: bool) -> Span:
    saturday = today - dt.timedelta((today.weekday() - 5) % 7)
    if step < 0 and today.weekday() >= 5:
        saturday -= dt.timedelta(7)
    elif step > 0 or (ahead and today.weekday() < 5):
        saturday += dt.timedelta(7)
    return saturday, saturday + dt.timedelta(1), 2


def _month(match: re.Match[str], frame: Frame) -> Span | None:
    """ "in March", "last March", "March 2019", "since May", "early June"."""
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


def _month_range(match: re.Match[str], frame: Frame) -> Span | None:
    """ "from January to March": the last such stretch that has begun."""
    first, last = (month_number(match.group(g)) for g in ("a", "b"))
    today = frame.reference or frame.story
    told = match.group("year")
    if first is None or last is None or (told is None and today is None):
        return None
    year = int(told) if told else today.year  # type: ignore[union-attr]
    if not told and today and (year, last) > (today.year, today.month) and not frame.ahead:
        year -= 1
    begin = month_span(year - (first > last), first)[0]
    return begin, month_span(year, last)[1], 3


def _narrowed(first: dt.date, last: dt.date, how: str | None) -> tuple[dt.date, dt.date]:
    """The early, middle or late third of a stretch of days."""
    third = ((last - first).days + 1) // 3
    how = (how or "").lower()
    week = re.search(r"(first|second|third|last) week", how)
    if week:
        nth = ("first", "second", "third", "last").index(week.group(1))
        begin = first + dt.timedelta(7 * nth) if nth < 3 else last - dt.timedelta(6)
        return begin, begin + dt.timedelta(6)
    if re.search(r"early|start|beginning|earlier", how):
        return first, first + dt.timedelta(third - 1)
    if re.search(r"mid", how):
        return first + dt.timedelta(third), last - dt.timedelta(third)
    if re.search(r"late|end", how):
        return last - dt.timedelta(third - 1), last
    return first, last


def _season(match: re.Match[str], frame: Frame) -> Span | None:
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


def _year(match: re.Match[str], frame: Frame) -> Span | None:
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


def _ago(match: re.Match[str], frame: Frame) -> Span | None:
    today = frame.reference
    if today is None:
        return None
    return _counted(today, match.group("count"), match.group("unit"), -1)


def _later(match: re.Match[str], frame: Frame) -> Span | None:
    """ "two days later", "a week earlier", against the narrative."""
    if frame.anchor is None:
        return None
    direction = -1 if match.group("way").lower() in ("earlier", "before", "previously", "prior") else 1
    return _counted(frame.anchor, match.group("count"), match.group("unit"), direction)


_VAGUE_COUNTS = {"couple": 2, "few": 3, "several": 4, "some": 4, "many": 5, "number": 5, "": 3}


def _counted(day: dt.date, told: str | None, unit: str, direction: int) -> Span | None:
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


def _adjacent(match: re.Match[str], frame: Frame) -> Span | None:
    """ "the next morning", "the previous night", "the day before", "the same day", "that evening"."""
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


def _recent(match: re.Match[str], frame: Frame) -> Span | None:
    """ "over the past 24 hours", "in recent weeks", "in the last three days", "in the coming days"."""
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


def _run(match: re.Match[str], frame: Frame) -> Span | None:
    """ "for the third consecutive day", "a second night of": the day itself, which is the publication's."""
    day = frame.reference
    if day is None or read_ordinal(match.group("nth")) is None:
        return None
    return _day(day)


def _feast(match: re.Match[str], frame: Frame) -> Span | None:
    told = match.group("year")
    day = feast(match.group("feast"), int(told) if told else None, frame.reference, frame.ahead)
    return _day(day) if day else None


def _part(match: re.Match[str], frame: Frame) -> Span | None:
    """A part of the day that the narrative stands at; what lies ahead is not before the publication."""
    if frame.anchor is None:
        return None
    return _day(max(frame.anchor, frame.reference) if frame.ahead and frame.reference else frame.anchor)


READERS: dict[str, Reader] = {
    "span_dates": _day_range,
    "span_months": _month_range,
    "span_weekdays": _weekday_range,
    "date": _calendar_date,
    "weekday": _weekday,
    "month": _month,
    "season": _season,
    "year": _year,
    "feast": _feast,
    "shifted": _shifted,
    "overnight": _overnight,
    "today": _today,
    "recent": _recent,
    "period": _period,
    "weekend": _period,
    "ago": _ago,
    "later": _later,
    "adjacent": _adjacent,
    "day_before": _adjacent,
    "earlier": _adjacent,
    "run": _run,
    "clock": _part,
    "part": _part,
}
