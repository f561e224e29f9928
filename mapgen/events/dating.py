"""When an event took place: its own time expression, or the day that the narrative stands at.

The narrative stands at the last day told.  An event without a day of its own is of that day while it stays on the
scene, across paragraphs of the latest day told; what is told in the present, sums up or goes on is not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from mapgen.events.frame import counted
from mapgen.events.numbers import NUMBER
from mapgen.events.roles import contains, distance_km
from mapgen.events.telling import Telling
from mapgen.events.time import TimeExpression, day_headings
from mapgen.model import Place, When

ANCHOR_DAYS = 10  # an older day, or one to come, dates only its own sentence
LATELY_DAYS = 4  # one no older than this goes on dating what the next paragraphs tell
NEAR = 45  # characters behind the word that tells, in which a day's digest may give the event another day
LONG_DAYS = 14  # a stretch that is no single happening
_SCENE_KM = 60.0
_OF_ANOTHER = re.compile(
    r"\bthat\s+\w+(?:\s+\w+){0,3}\s*\Z|\b(?:which|who|where|whose|when)(?:\s+[^\s,;:]+){0,7}\s*\Z"
)  # "fighting, which began on May 3"
_DAYS_AFTER = re.compile(
    rf"\b(?<!for )(?:(?P<count>an?|{NUMBER})\s+(?P<unit>days?|weeks?)|(?:(?:\w+\s+)?hours?|minutes))\s+after\b",
    re.IGNORECASE,
)
_BACK_CLAUSE = re.compile(
    r"\b(?:after|following|since|before|because)\s+(?!(?:mid|noon|dawn|dark|\d))|,\s+(?:where|which|who|whose|with)\s"
)
_AIM = re.compile(
    r"\b(?:agreements?|deals?|pacts?|accords?|laws?|bills?|orders?|decrees?|plans?|decisions?)\s+to\s+[a-z]+\b[^,;]*\Z"
)  # "a deal to join in March": the day of what is agreed, not of the deal
_ASIDE_BEFORE = re.compile(r",\s+(?:which|who|whose|where)\s[^,;]*\Z")
_PRESENT = re.compile(r"\b(?:has|have|is|are)\b(?!\s+to\b)[^,.;]{0,30}\Z")
_PRESENT_AFTER = re.compile(r"(?:has|have|is|are)\b|\w+ (?:of [^,.;]{1,20})?\b(?:has|have|is|are)\b(?! to\b)")
_UNTIL = re.compile(r"\b(?:until|till|through)\s[^,;]{0,20}\Z")
_WILL = re.compile(r"\band\s(?:\w+\s)?(?:will|would)\s[^.;]*\Z")
_SAID = re.compile(
    r"\b(?:said|says|announced|reported|stated|added|confirmed|told (?:[\w’'-]+ ){1,3})\s*(?:\w+ )?\Z"
)  # "told reporters on Sunday": the day of what is said, not of what it tells
_ONGOING = re.compile(
    r"\b(?:(?:is|are) (?:now |currently |still )?(?:under ?way|ongoing|taking place)|"
    r"remain(?:s|ed)? (?:closed|shut|suspended|blocked|in force|cut off|offline)|currently|at the moment|right now)\b"
)
_LOOKS_BACK = re.compile(r"\bhad\b(?!\s+(?:to|an?|the|no|\d))")  # what had happened before the story
_SUMS = frozenset(("casualties", "arrests"))
_SUMMED = re.compile(
    r"\b(?:had|have|has)\s+(?:\w+\s+){0,2}(?:been|died|lost)\b|\bso far\b|\btoll\b|\btotal\b|\bsince\b"
)


class Story:
    """The days that one reading of ``text`` has come to."""

    def __init__(self, text: str, published: dt.date | None, digest: bool = False) -> None:
        self.text, self.published, self.digest = text, published, digest
        self.headings = day_headings(text)
        self.day: dt.date | None = None  # that the narrative stands at
        self.latest: dt.date | None = None  # the latest day told that lies so near that it outlasts its paragraph
        self.scene: tuple[Place, ...] = ()  # where the event was that set the day

    def enter(self, alone: bool) -> None:
        """A paragraph begins; ``alone`` where it leans on nothing before it."""
        self.day = None if alone else self.latest

    def forget(self) -> None:
        """What comes is of another story."""
        self.latest = None

    def date(self, telling: Telling, times: Sequence[TimeExpression], places: Sequence[Place], planned: bool) -> When:
        """When ``telling``, at ``places``, took place, by the ``times`` of its sentence; empty where nothing says."""
        dated = [time for time in times if time.when.start is not None and time.kind != "run"]
        inside = [time for time in dated if telling.clause_start <= time.start < telling.clause_end]
        dated = [time for time in inside or dated if not self._of_another(telling, time)]
        if self.digest:
            dated = [time for time in dated if time.start - telling.head < NEAR]
        if self.published and not planned:
            dated = [time for time in dated if not self._to_come(telling, time)]
        earlier = self._told_after(telling)
        if earlier and not any(time.start > earlier.start() for time in inside):
            return self._earlier(earlier, times)
        if dated:
            when = min(dated, key=lambda time: abs(time.start - telling.head)).when
            return self._running(when) if telling.event_type in _SUMS else when
        published = self.published
        if published and _ONGOING.search(self.text, telling.start, telling.end):
            return When(published, published, 1)
        headed = next((day for at, day in reversed(self.headings) if at < telling.start), None) or published
        present = _PRESENT.search(self.text, telling.clause_start, telling.head)
        if headed and (present or _PRESENT_AFTER.match(self.text, telling.head, telling.clause_end)):
            return When(headed, headed, 2)
        day = (self.day if not planned and self._goes_on(telling, places) else None) or headed
        if day is not None:
            return When(day, day, 2)
        return When(text=times[0].when.text) if times else When()  # "Wednesday", with no date to count from

    def tell(self, telling: Telling, when: When, times: Sequence[TimeExpression], places: tuple[Place, ...]) -> None:
        """The narrative goes on from the day and the scene of what was told, unless that was looked back at."""
        if when.start is None or not when.text or not self._is_recent(when.start):
            return
        if _LOOKS_BACK.search(self.text, telling.clause_start, telling.head):
            return
        own = next((time for time in times if time.when == when), None)
        if own is not None and _SAID.search(self.text, telling.start, own.start):
            return
        days = [time.when.start for time in times if time.when.start and time.when.precision == 1]
        self.day = max([when.start, *(day for day in days if self.published and day <= self.published)])
        self.scene = places
        leans = own is not None and own.anchored
        if not leans and (self.published is None or (self.published - when.start).days <= LATELY_DAYS):
            self.latest = max(self.latest or self.day, self.day)

    def _goes_on(self, telling: Telling, places: Sequence[Place]) -> bool:
        """Whether an event without a day of its own is of the narrative's: it has not left its scene, nor sums up."""
        if telling.event_type in _SUMS and _SUMMED.search(self.text, telling.start, telling.end):
            return False
        own = [place for place in places if place.start is not None and place.start >= telling.start]
        return not own or not self.scene or any(_same_scene(a, b) for a in own for b in self.scene)

    def _running(self, when: When) -> When:
        """A toll of the year or month that is running ("this year", "since May") stands at the publication."""
        published = self.published
        if published and when.start and when.end and (when.end - when.start).days > LONG_DAYS and when.end >= published:
            return When(published, published, 2, when.text)
        return when

    def _told_after(self, telling: Telling) -> re.Match[str] | None:
        """The "a day after" that opens what ``telling`` tells."""
        found = [*_DAYS_AFTER.finditer(self.text, telling.start, max(telling.head, telling.clause_start + 6))]
        return found[-1] if found and ", " not in self.text[found[-1].end() : telling.head] else None

    def _earlier(self, told: re.Match[str], times: Sequence[TimeExpression]) -> When:
        """The day of what "a day after" opens: that many days before what it is told after."""
        main = [time.when.start for time in times if time.when.start and time.when.precision == 1]
        day = (main[0] if main else None) or self.day or self.published
        span = counted(day, told.group("count"), told.group("unit"), -1) if day and told.group("count") else None
        if span:
            return When(span[0], span[1], span[2], " ".join(told.group().split()))
        return When(day, day, 2 if not main else 1)

    def _of_another(self, telling: Telling, time: TimeExpression) -> bool:
        """Whether a time outside the telling's clause dates something else: "fighting, which began on May 3"."""
        relative = _OF_ANOTHER.search(self.text, telling.start, time.start)
        if relative and not relative.start() < telling.head < time.start:
            return True
        if _ASIDE_BEFORE.search(self.text, telling.start, time.start) and "," in self.text[time.end : telling.head]:
            return True  # "the resort, which opened in May, has closed"
        if _AIM.search(self.text, telling.head, time.start):
            return True
        opened = [found.start() for found in _BACK_CLAUSE.finditer(self.text, telling.start, time.start)]
        return bool(opened) and telling.head < opened[-1]

    def _to_come(self, telling: Telling, time: TimeExpression) -> bool:
        """Whether a time is of what comes after: "flights were cancelled until Friday", "and it will stay closed"."""
        if self.published and time.when.start and time.when.start > self.published:
            return _UNTIL.search(self.text, telling.start, time.start) is not None
        return _WILL.search(self.text, telling.head, max(telling.head, time.start)) is not None

    def _is_recent(self, day: dt.date) -> bool:
        """Whether a day lies so near the publication that what is told next may be of it."""
        return self.published is None or dt.timedelta(0) <= self.published - day <= dt.timedelta(ANCHOR_DAYS)


def _same_scene(a: Place, b: Place) -> bool:
    if a.country and a.country == b.country:
        return True
    return contains(a, b) or contains(b, a) or distance_km(a, b) < _SCENE_KM
