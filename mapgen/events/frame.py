"""What a time expression is read against, and how far a count of days, weeks or months leads from a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from mapgen.events.calendar import add_months, month_span
from mapgen.events.numbers import read_number


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against; ``ahead`` where its sentence speaks of the future."""

    reference: dt.date | None
    anchor: dt.date | None  # the date the narrative stands at, never None where the reference is known
    story: dt.date | None  # the narrative's own date, where it has told one
    ahead: bool


Span = tuple[dt.date, dt.date, int]  # first day, last day, precision
Reader = Callable[[re.Match[str], Frame], Span | None]

_VAGUE_COUNTS = {"couple": 2, "few": 3, "several": 4, "some": 4, "many": 5, "number": 5, "": 3}


def counted(day: dt.date, told: str | None, unit: str, direction: int) -> Span | None:
    told = (told or "").lower().strip()
    vague = next((n for word, n in _VAGUE_COUNTS.items() if word and word in told), None)
    if told == "":
        vague = 3
    count = vague if vague is not None else 1 if told in ("a", "an") else read_number(told)
    if count is None:
        return None
    unit = unit.lower()
    if unit.startswith(("minute", "hour")):
        return one_day(day + dt.timedelta(direction * (count // 24)) if vague is None else day)
    if unit.startswith(("day", "night")):
        return one_day(day + dt.timedelta(direction * count), 2 if vague is not None else 1)
    if unit.startswith(("week", "fortnight")):
        days = count * (14 if unit.startswith("fort") else 7)
        return one_day(day + dt.timedelta(direction * days), 2)
    if unit.startswith("month"):
        return (*month_span(*add_months(day, direction * count)), 3)
    year = day.year + direction * count * (10 if unit.startswith("decade") else 1)
    return dt.date(year, 1, 1), dt.date(year, 12, 31), 3


def one_day(day: dt.date, precision: int = 1) -> Span:
    """The span of a single day."""
    return day, day, precision
