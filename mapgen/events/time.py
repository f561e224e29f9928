"""When a news text says that something happened: its time expressions, resolved to dates.

An expression is read against the publication date ("on Wednesday", "yesterday", "last month") or against the
narrative ("the next morning", "two days later", "at dawn"): the date told before it in the sentence, or the date the
story stands at.  Patterns are in ``timewords.py``, their readers in ``when.py`` and ``periods.py``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapgen.events.frame import Frame, Span
from mapgen.events.timewords import AHEAD, ANY, BEGAN, CORE, FULL_DATE, NAME_AFTER, NAME_BEFORE, RULES, TOLD, Rule
from mapgen.events.when import READERS
from mapgen.model import When

LOOK_AROUND = 90  # characters of the sentence on each side that decide whether an expression points forward
BEFORE_CORE, AFTER_CORE = 60, 50  # characters around a core word ("Wednesday") that an expression may reach over
DATELINE = 600  # characters at a document's head that may hold its date
LONGEST_MARK = 18  # characters beside the date in a heading: "(Saturday)", "=="
OLD_DAYS = 365  # what ended longer before the publication is background
LEANING = re.compile(
    r"\b(?:[Tt]he (?:same|next|following|previous) (?:day|night|morning|afternoon|evening)|"
    r"(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|\d+) (?:day|night)s? (?:later|earlier|before)|"
    r"[Tt]hat (?:day|night|evening|morning))\b"
)  # what a day told before resolves


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """``text[start:end]`` says ``when``.

    ``kind`` is one of date, weekday, relative, period (week, month, season, year), range, part (only a part of the day
    or a clock time) and run (how long it has gone on: "for the third day", "that began a week ago").
    ``anchored``: it was read against the narrative, not the calendar.  ``background``: it lies a year or more back.
    """

    start: int
    end: int
    when: When
    anchored: bool
    kind: str
    background: bool = False


def find_times(
    text: str, start: int, end: int, reference: dt.date | None, anchor: dt.date | None = None
) -> list[TimeExpression]:
    """The time expressions of ``text[start:end]`` (a sentence), in text order, without overlaps.

    ``reference`` is the publication date, ``anchor`` the date that the narrative has reached.  What cannot be resolved
    (no reference) is returned with an empty date, so that it can be counted.
    """
    hits = [match for match in _matches(text, start, end) if not _is_name(text, match)]
    spans: list[Span | None] = []
    for match in hits:
        frame = Frame(reference, anchor or reference, anchor, _ahead(text, start, match, end))
        spans.append(None if _rule(match).anchored else _read(match, frame))
    found: list[TimeExpression] = []
    for index, match in enumerate(hits):
        if _rule(match).anchored:
            near = _nearest_told(spans, hits, index) or anchor
            ahead = _rule(match).kind == "part" and _ahead(text, start, match, end)
            spans[index] = _read(match, Frame(reference, near or reference, near, ahead))
        found.append(_expression(match, spans[index], reference))
    return found


def dateline_date(text: str) -> dt.date | None:
    """The full date that stands at the head of ``text`` (its first 600 characters), where there is exactly one."""
    days = set()
    for match in FULL_DATE.finditer(text, 0, DATELINE):
        try:
            span = READERS["date"](match, Frame(None, None, None, False))
        except ValueError:
            continue
        if span:
            days.add(span[0])
    return days.pop() if len(days) == 1 else None


def day_headings(text: str) -> list[tuple[int, dt.date]]:
    """(offset, day) of the lines of ``text`` that hold nothing but a date, where they name several days; else none."""
    found, line_end, beside = [], -1, 0
    for match in FULL_DATE.finditer(text):
        if match.end() > line_end:  # another line than that of the date before
            line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            line_end = line_end if line_end >= 0 else len(text)
            beside = len(FULL_DATE.sub("", text[line_start:line_end]))
        if beside > LONGEST_MARK:
            continue
        try:
            span = READERS["date"](match, Frame(None, None, None, False))
        except ValueError:
            continue
        if span:
            found.append((match.start(), span[0]))
    return found if len({day for _, day in found}) > 1 else []


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The expressions around the core words of a stretch."""
    windows: list[tuple[int, int]] = []
    for core in CORE.finditer(text, start, end):
        low, high = max(start, core.start() - BEFORE_CORE), min(end, core.end() + AFTER_CORE)
        if windows and low <= windows[-1][1]:
            low = windows.pop()[0]
        windows.append((low, high))
    for low, high in windows:
        yield from ANY.finditer(text, low, high)


def _expression(match: re.Match[str], span: Span | None, reference: dt.date | None) -> TimeExpression:
    rule, told = _rule(match), " ".join(match.group().split())
    when = When(span[0], span[1], span[2], told) if span else When(text=told)
    old = bool(span and reference and (reference - span[1]).days > OLD_DAYS)
    if span and reference and rule.kind == "period" and span[0].year < reference.year - 1:
        old = True
    kind = "run" if match.lastgroup in ("recent", "ago") and _runs(match) else rule.kind
    return TimeExpression(match.start(), match.end(), when, rule.anchored, kind, old)


def _runs(match: re.Match[str]) -> bool:
    """Whether the words say how long something has gone on: "for the last three weeks", "that began a week ago"."""
    if match.lastgroup == "recent":
        return match.group()[:3].lower() == "for"
    return BEGAN.search(match.string, max(0, match.start() - 25), match.start()) is not None


def _rule(match: re.Match[str]) -> Rule:
    return RULES[match.lastgroup or ""]


def _is_name(text: str, match: re.Match[str]) -> bool:
    if match.lastgroup == "month" and match.group() in ("March", "May", "Jan", "Mar", "Dec"):
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(NAME_BEFORE.search(before) or NAME_AFTER.match(text, match.end()))


def _nearest_told(spans: list[Span | None], hits: list[re.Match[str]], index: int) -> dt.date | None:
    """The day told last before expression ``index`` in its sentence, or next after it where it is only a clock time."""
    for i in range(index - 1, -1, -1):
        span = spans[i]
        if span and span[2] == 1:
            return span[1] if (span[1] - span[0]).days <= 7 else None
    if _rule(hits[index]).kind == "part":
        for later in spans[index + 1 :]:
            if later and later[2] == 1:
                return later[0]
    return None


def _ahead(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the words around an expression speak of the future: the nearest telling word decides, before it first."""
    left = text[max(start, match.start() - LOOK_AROUND) : match.start()]
    left = left[max(left.rfind(mark) for mark in ";:—") + 1 :]
    future, told = _last(AHEAD, left), _last(TOLD, left)
    if future >= 0 and future >= told - 20:  # "was scheduled", "has planned": the future word carries the sense
        return future > told or future + 20 > told > future - 5
    if told >= 0:
        return False
    right = text[match.end() : min(end, match.end() + LOOK_AROUND)]
    first, past = AHEAD.search(right), TOLD.search(right)
    return first is not None and (past is None or first.start() < past.start())


def _last(pattern: re.Pattern[str], text: str) -> int:
    at = -1
    for found in pattern.finditer(text):
        at = found.start()
    return at


def _read(match: re.Match[str], frame: Frame) -> Span | None:
    name = match.lastgroup or ""
    inner = RULES[name].pattern.match(match.string, match.start(), match.end())
    if inner is None:
        return None
    try:
        return READERS[name](inner, frame)
    except (ValueError, OverflowError):  # 31 June, a date beyond the calendar
        return None
