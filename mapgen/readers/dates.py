"""The dates of a column: in the usual forms and languages, with the order of day and month settled for the column.

A date is a span of days with ACLED's precision: 1 the day, 2 a week or several days, 3 a month or more.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_TIME = (
    r"(?:[T ,]\s*([01]?\d|2[0-4])(:[0-5]\d){0,2}([.,]\d{1,9})?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|[+-](0\d|1[0-4]):?[0-5]\d)?)?"
)
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}\Z")
_TRIPLE = re.compile(rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}\Z")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(\d{6})?\Z")
_CJK = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(?:(\d{1,2})[日일])?")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})\Z")
_YEAR = re.compile(r"(1[5-9]|20|21)\d\d\Z")
_INTERVAL = re.compile(r"(\d{4}-\d\d-\d\d)\s?(?:/|–|—|\bto\b|\.\.)\s?(\d{4}-\d\d-\d\d)\Z")
_SERIAL = re.compile(r"\d{5}(\.\d+)?\Z")
_EPOCH = re.compile(r"\d{10}(\d{3})?\Z")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_SMALL_WORDS = frozenset(
    "st nd rd th er de del of the a den am г года году го й р року ж жылғы жылы y il i el le".split()
)
_EXCEL_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's 1900 date system, as ECMA-376 part 1, 18.17.4.1 counts
_LONGEST = 60


class Span(NamedTuple):
    """The inclusive days of a date, and ACLED's time precision."""

    start: dt.date
    end: dt.date
    precision: int


def spans_of(texts: Iterable[str], order: str | None = None) -> tuple[dict[str, Span | str], str | None]:
    """Each date text of a column ─► its days or why it is none; and what had to be assumed, in a sentence.

    ``order`` is DAY_FIRST or MONTH_FIRST where the user or the table's form says it.
    """
    distinct = [text for text in dict.fromkeys(texts) if text]
    if len(distinct) > 0 and all(_SERIAL.match(text) and 15_000 < float(text) < 75_000 for text in distinct):
        days = {text: _EXCEL_EPOCH + dt.timedelta(int(float(text))) for text in distinct}
        return {t: Span(d, d, 1) for t, d in days.items()}, "its dates are Excel's day numbers, counted from 1900"
    triples = {text: match for text in distinct if (match := _TRIPLE.match(_digits(text)))}
    order, note = (order, None) if order else _order(triples)
    return {text: _span(_digits(text), order == MONTH_FIRST) for text in distinct}, note


def _order(triples: Mapping[str, re.Match[str]]) -> tuple[str, str | None]:
    """Whether a column like 03/04/2022 has the day or the month first, and what was assumed where it does not say."""
    firsts = sum(int(m[1]) > 12 for m in triples.values())
    seconds = sum(int(m[3]) > 12 for m in triples.values())
    unclear = next((text for text, m in triples.items() if m[1] != m[3]), None)
    if unclear is None:
        return DAY_FIRST, None
    if firsts or seconds:
        order = MONTH_FIRST if seconds > firsts else DAY_FIRST
        mixed = f", though {min(firsts, seconds)} can only be read the other way" if firsts and seconds else ""
        return order, f"dates like {unclear} are read {order}, as other cells of the column tell{mixed}"
    if any(m[2] == "." for m in triples.values()):
        return DAY_FIRST, None
    if any(m[8] for m in triples.values()):
        return MONTH_FIRST, f"dates like {unclear} are read month first, as their AM and PM suggest"
    for order in (DAY_FIRST, MONTH_FIRST):
        if len(triples) > 2 and _is_sorted(triples.values(), order) and not _is_sorted(triples.values(), _other(order)):
            return order, f"dates like {unclear} are read {order}, since so they stand in order"
    return (
        DAY_FIRST,
        f"dates like {unclear} may be day or month first and are read day first; "
        'dates = "month first" in a map.toml changes it',
    )


def _other(order: str) -> str:
    return MONTH_FIRST if order == DAY_FIRST else DAY_FIRST


def _is_sorted(triples: Iterable[re.Match[str]], order: str) -> bool:
    keys = [(m[4], m[3], m[1]) if order == DAY_FIRST else (m[4], m[1], m[3]) for m in triples]
    numbers = [tuple(int(part) for part in key) for key in keys]
    steps = list(itertools.pairwise(numbers))
    return all(a <= b for a, b in steps) or all(a >= b for a, b in steps)


def _digits(text: str) -> str:
    """``text`` with the digits of other scripts as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def _span(text: str, month_first: bool) -> Span | str:
    try:
        found = _numeric(text, month_first) or _named(text) if len(text) <= _LONGEST else None
    except (ValueError, OverflowError):
        found = None
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}…"
    return found or f"{shown!r} is no date; write it like 2022-01-06"


def _numeric(text: str, month_first: bool) -> Span | None:
    if m := _ISO.match(text):
        return _one_day(int(m[1]), int(m[3]), int(m[4]))
    if m := _TRIPLE.match(text):
        day, month = (int(m[3]), int(m[1])) if month_first else (int(m[1]), int(m[3]))
        if month > 12 >= day:  # the cell itself tells
            day, month = month, day
        return _one_day(_full_year(m[4]), month, day)
    if m := _COMPACT.match(text):
        return _one_day(int(m[1]), int(m[2]), int(m[3]))
    if m := _INTERVAL.match(text):
        start, end = dt.date.fromisoformat(m[1]), dt.date.fromisoformat(m[2])
        return Span(start, end, 1 if start == end else 2 if (end - start).days < 8 else 3) if start <= end else None
    if m := _CJK.match(text):
        return _one_day(int(m[1]), int(m[2]), int(m[3])) if m[3] else _month(int(m[1]), int(m[2]))
    if m := _MONTH.match(text):
        return _month(int(m[1]), int(m[2]))
    if _YEAR.match(text):
        return Span(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31), 3)
    if m := _EPOCH.match(text):
        day_of = dt.datetime.fromtimestamp(int(text) / (1000 if m[1] else 1), dt.UTC).date()
        return Span(day_of, day_of, 1)
    return None


def _named(text: str) -> Span | None:
    """Days and months with the month's name, "5 января 2022 г."; one further word (a weekday) may stand by."""
    months = _months()
    words = [word.casefold() for word in _WORDS.findall(unicodedata.normalize("NFKC", text))]
    named = [months[word] for word in words if word in months]
    numbers = [word for word in words if word.isdigit()]
    others = [word for word in words if not word.isdigit() and word not in months and word not in _SMALL_WORDS]
    if len(set(named)) != 1 or not 1 <= len(numbers) <= 2 or len(others) > 1:
        return None
    years = [word for word in numbers if len(word) == 4]
    if not years and len(numbers) == 2:
        years = numbers[1:]
    if len(years) != 1:
        return None
    rest = [word for word in numbers if word not in years]
    year = _full_year(years[0])
    return _one_day(year, named[0], int(rest[0])) if rest else _month(year, named[0])


def _one_day(year: int, month: int, day: int) -> Span:
    found = dt.date(year, month, day)
    return Span(found, found, 1)


def _month(year: int, month: int) -> Span:
    return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), 3)


def _full_year(text: str) -> int:
    """A year of two digits lies from 1970 to 2069 (as POSIX's %y has it, one year aside)."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    table = tomllib.loads(Path(__file__).with_name("months.toml").read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for names in table.values():
        for number, group in enumerate(names.split(), 1):
            for name in group.split("|"):
                found.setdefault(name, number)
    return found
