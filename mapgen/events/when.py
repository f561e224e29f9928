"""From the words of a time expression to dates: one reader a kind, each taking the match of its own pattern.

A reader gets the named groups of its pattern in ``timewords.py`` and the frame to read them against; it gives the first
and the last day and ACLED's precision, or None where the expression cannot be resolved.
"""

from __future__ import annotations

import datetime as dt
import re

from mapgen.events.calendar import (
    MONTH,
    add_months,
    feast,
    month_number,
    month_span,
    nearest_year,
    weekday_number,
)
from mapgen.events.frame import Frame, Reader, Span, counted, one_day
from mapgen.events.numbers import read_ordinal
from mapgen.events.periods import PERIODS


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
    return one_day(day)


_OPENS = frozenset(("from", "starting", "beginning", "as of", "until", "till"))


def _weekday(match: re.Match[str], frame: Frame) -> Span | None:
    which = (match.group("which") or "").lower()
    week = (match.group("week") or "").lower()
    opens = (match.group("bound") or "").lower() in _OPENS and not week
    opens = opens and match.string[match.end() : match.end() + 1] not in ("’", "'")  # "the toll from Sunday's fire"
    if opens and not which and not frame.ahead:
        frame = Frame(frame.reference, frame.anchor, frame.story, True)  # "a strike from Monday" is one to come
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
    if frame.reference and (frame.ahead or frame.reference.weekday() == first):
        begin = frame.reference if frame.reference.weekday() == first else _weekday_day(first, "", frame)
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
    return one_day(frame.reference) if frame.reference else None


def _shifted(match: re.Match[str], frame: Frame) -> Span | None:
    if frame.reference is None:
        return None
    told = match.group().lower()
    days = -2 if "before yesterday" in told else 2 if "after tomorrow" in told else 1 if "tomorrow" in told else -1
    return one_day(frame.reference + dt.timedelta(days))


def _overnight(match: re.Match[str], frame: Frame) -> Span | None:
    """The night that ends with the publication's day, by which editors date it; a story further back has its own."""
    named = match.groupdict().get("weekday")
    if named:
        day = _weekday_day(weekday_number(named), "", frame)
        return one_day(day) if day else None
    if frame.story and frame.reference and (frame.reference - frame.story).days > 1:
        return one_day(frame.story)
    return one_day(frame.reference) if frame.reference else None


def _ago(match: re.Match[str], frame: Frame) -> Span | None:
    today = frame.reference
    if today is None:
        return None
    return counted(today, match.group("count"), match.group("unit"), -1)


def _later(match: re.Match[str], frame: Frame) -> Span | None:
    """ "two days later", "a week earlier", against the narrative."""
    if frame.anchor is None:
        return None
    direction = -1 if match.group("way").lower() in ("earlier", "before", "previously", "prior") else 1
    return counted(frame.anchor, match.group("count"), match.group("unit"), direction)


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
    return one_day(day + dt.timedelta(step))


def _run(match: re.Match[str], frame: Frame) -> Span | None:
    """ "for the third consecutive day", "a second night of": the day itself, which is the publication's."""
    day = frame.reference
    if day is None or read_ordinal(match.group("nth")) is None:
        return None
    return one_day(day)


def _feast(match: re.Match[str], frame: Frame) -> Span | None:
    told = match.group("year")
    day = feast(match.group("feast"), int(told) if told else None, frame.reference, frame.ahead)
    return one_day(day) if day else None


def _part(match: re.Match[str], frame: Frame) -> Span | None:
    """A part of the day that the narrative stands at; what lies ahead is not before the publication."""
    if frame.anchor is None:
        return None
    return one_day(max(frame.anchor, frame.reference) if frame.ahead and frame.reference else frame.anchor)


READERS: dict[str, Reader] = {
    **PERIODS,
    "span_dates": _day_range,
    "span_weekdays": _weekday_range,
    "date": _calendar_date,
    "weekday": _weekday,
    "feast": _feast,
    "shifted": _shifted,
    "overnight": _overnight,
    "today": _today,
    "ago": _ago,
    "later": _later,
    "adjacent": _adjacent,
    "day_before": _adjacent,
    "earlier": _adjacent,
    "run": _run,
    "clock": _part,
    "part": _part,
}
