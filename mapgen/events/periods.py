"""Readers of longer stretches: weeks, weekends, months, seasons, years, "the past three days"."""

from __future__ import annotations

import datetime as dt
import re

from mapgen.events.calendar import add_months, month_number, month_span, season_span
from mapgen.events.frame import Frame, Reader, Span, counted
from mapgen.events.numbers import read_number


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
    bound = (match.group("bound") or "").lower()
    ahead = frame.ahead or bound in ("until", "through")  # "closed until May": a month to come
    if told:
        year = int(told)
    else:
        today = frame.reference or frame.story
        if today is None:
            return None
        year = today.year
        if frame.story and frame.reference and (frame.reference - frame.story).days > 330:
            year = frame.story.year
        elif (year, month) > (today.year, today.month) and not ahead:
            year -= 1
        elif month < today.month and ahead:
            year += 1
        which = (match.group("which") or "").lower()
        if which == "last" and (year, month) >= (today.year, today.month):
            year -= 1
    first, last = month_span(year, month)
    first, last = _narrowed(first, last, match.group("narrow"))
    if bound == "since" and frame.reference and first <= frame.reference:
        return first, frame.reference, 3
    if bound == "until" and frame.reference and frame.reference < last:
        return frame.reference, last, 3
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


def _recent(match: re.Match[str], frame: Frame) -> Span | None:
    """ "over the past 24 hours", "in recent weeks", "in the last three days", "in the coming days"."""
    today = frame.reference
    if today is None:
        return None
    told, unit = match.group().lower(), match.group("unit").lower()
    ahead = bool(re.search(r"\b(?:next|coming)\b", told))
    shifted = counted(today, match.group("count"), unit, 1 if ahead else -1)
    if shifted is None:
        return None
    precision = 3 if unit.startswith(("month", "year", "decade")) else 2
    if ahead:
        return today, max(shifted[1], today), precision
    first = shifted[0]
    if unit.startswith("hour") and match.group("count") and first == today:
        first = today if (read_number(match.group("count")) or 24) < 12 else today - dt.timedelta(1)
    if unit.startswith("month"):
        first = max(first, first.replace(day=min(today.day, (shifted[1]).day)))
    return min(first, today), today, 1 if unit.startswith("hour") else precision


PERIODS: dict[str, Reader] = {
    "span_months": _month_range,
    "month": _month,
    "season": _season,
    "year": _year,
    "recent": _recent,
    "period": _period,
    "weekend": _period,
}
