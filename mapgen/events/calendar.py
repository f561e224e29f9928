"""Months, weekdays, seasons and fixed feasts: their names in news English and the days they stand for."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Capitals are wanted: "may" and "march" are verbs.
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept?\b\.?|Oct\b\.?|Nov\b\.?|Dec\b\.?)"
)
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|"
    r"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\b\.?(?=,?\s+(?:\d|Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)))"
)
YEAR = r"(?:1[6-9]\d\d|20\d\d)(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%])"
DAY_MONTH = rf"(?:{MONTH}\s+{_DAY}(?:,?\s+{YEAR})?|{_DAY}(?:\s+(?:of\s+)?|-){MONTH}(?!\w)(?:,?\s+{YEAR}|-{YEAR})?)"
SEASONS = r"(?:spring|summer|autumn|winter|(?:(?<=last\s)|(?<=this\s)|(?<=the\s)|(?<=in\s))fall(?=\s+of\s+\d))"
FEASTS = (
    r"(?:New\s+Year[’']?s\s+(?:Eve|Day)|Christmas\s+(?:Eve|Day)|Boxing\s+Day|May\s+Day|Valentine[’']?s\s+Day|"
    r"Good\s+Friday(?!\s+[Aa]greement)|Easter\s+(?:Sunday|Monday))"
)

_FIXED = {
    "new year eve": (12, 31), "new year day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "may day": (5, 1), "valentine day": (2, 14),
}  # fmt: skip
_MOVABLE = {"good friday": -2, "easter sunday": 0, "easter monday": 1}
_SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_MONTH_IN = re.compile(MONTH)
_SLACK = 3  # days after the publication that an undirected date without a year may lie: time zones, late updates


def month_number(told: str) -> int | None:
    """The month that ``told`` names, 1–12, or None."""
    found = _MONTH_IN.search(told)
    return _MONTHS.index(found.group()[:3].lower()) + 1 if found else None


def weekday_number(told: str) -> int | None:
    """The weekday that ``told`` begins with, Monday 0, or None."""
    key = told[:3].lower()
    return _WEEKDAYS.index(key) if key in _WEEKDAYS else None


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """The first and last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), following - dt.timedelta(1)


def add_months(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month, so many months after ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def season_span(name: str, year: int) -> tuple[dt.date, dt.date]:
    """The meteorological season of the northern hemisphere that begins in ``year``."""
    begin = dt.date(year, _SEASON_MONTHS[name], 1)
    return begin, dt.date(*add_months(begin, 3), 1) - dt.timedelta(1)


def nearest_year(
    month: int, day: int, reference: dt.date | None, story: dt.date | None, ahead: bool, weekday: int | None
) -> dt.date | None:
    """The date of a day and month told without a year.

    The last one before ``reference``, or the next where the sentence looks ``ahead``; in a story that stands more than
    a year back, the one nearest to it.  A weekday told with it decides between years that fit.
    """
    near = reference or story
    if near is None:
        return None
    old = story is not None and (near - story).days > 365
    if old and story:
        near = story
    back = 4 if (month, day) == (2, 29) else 1
    choices = [d for y in range(near.year - back, near.year + 2) if (d := _date(y, month, day))]
    if weekday is not None:
        choices = [d for d in choices if d.weekday() == weekday] or choices
    if not choices:
        return None
    if old:
        return min(choices, key=lambda d: abs((d - near).days))
    past = [d for d in choices if (d - near).days <= _SLACK]
    coming = [d for d in choices if 0 <= (d - near).days <= 340]
    if ahead and coming:
        soon, just = coming[0], past[-1] if past else None
        return just if just and (near - just).days < 15 and (soon - near).days > 200 else soon
    if past and coming and (near - past[-1]).days > 300 and (coming[0] - near).days <= 31:
        return coming[0]  # in May, "on 16 May" is rather next week's than last year's
    return past[-1] if past else choices[0]


def feast(told: str, year: int | None, reference: dt.date | None, ahead: bool) -> dt.date | None:
    """The day of a feast of the Western calendar; without a year the last before ``reference``, or the next one."""
    name = " ".join(re.sub(r"[’']s?\b|(?<=year)s\b", "", told.lower()).split())
    if year is not None:
        return _feast_day(name, year)
    if reference is None:
        return None
    days = [d for y in range(reference.year - 1, reference.year + 2) if (d := _feast_day(name, y))]
    if ahead:
        return next((d for d in days if d >= reference), None)
    return next((d for d in reversed(days) if (d - reference).days <= _SLACK), None)


def _feast_day(name: str, year: int) -> dt.date | None:
    if name in _FIXED:
        return dt.date(year, *_FIXED[name])
    return _easter(year) + dt.timedelta(_MOVABLE[name]) if name in _MOVABLE else None


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar: Oudin's algorithm (U.S. Naval Observatory, "The Date of Easter")."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (century - (century - 17) // 25) // 3 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    offset = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (offset + 40) // 44
    return dt.date(year, month, offset + 28 - 31 * (month // 4))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
