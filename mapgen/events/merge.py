"""The same event told twice, in one text or in several, becomes one event with further claims.

Tellings are taken in the order of their publication, whatever the order they are given in; each joins the event that
it is most like, where every telling of that event may be of the same one and the likeness is over the threshold
(``likeness.py``), or opens a new one.  Only tellings near in place and time are compared, and of those at most
``MOST_COMPARED``, the ones that share most of their rarer words, so that the work grows with the number of tellings.

What the merged event shows, and from which telling:

- title, quote, places, attribution and status: the *fullest* telling, which is one that does not deny; located finely,
  dated to the day, with figures; among equals the one published first;
- the date: the fullest telling's, or where that is only approximate the first one told to the day;
- each figure: what was published last, exact before vague; so a toll that grew is shown as it stands;
- actors: those of all tellings, the fullest one's first;
- claims: all further tellings in the order of publication, each with its own words, status, source and figures.  Where
  a figure that the event shows is not the fullest telling's own, that telling is among the claims as well, so that the
  claims hold the whole dated series.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from math import cos, floor, radians

from mapgen.events.likeness import NEAR_KM, Account, judgement, likeness, may_be_one
from mapgen.model import Claim, Event, Figure, Place, When

FEW = 100  # tellings that are all compared with each other; more are first sought by place and day
MOST_COMPARED = 24  # events that a telling is compared with
MOST_TELLINGS = 8  # tellings of an event that a further one is compared with: the first and the last ones
MOST_ACTORS = 6
STRETCH_DAYS = 4
_DEGREES = 0.5  # of latitude, a cell of the index: about 55 km
_KM_PER_DEGREE = 111.2
_FINE = ("site", "city")
_EXACTNESS = {"exact": 2, "over": 1, "about": 1, "vague": 0}
_Key = tuple[object, ...]


def merge(events: Sequence[Event]) -> list[Event]:
    """``events`` with the tellings of one event made one, each in the place of its first telling.

    The result holds the same events in whatever order they are given.  Events that were not read from a text (rows of
    a table) are left as they are.
    """
    told = [index for index, event in enumerate(events) if event.quote_start is not None]
    told.sort(key=lambda index: _order(events[index]))
    if len(told) < 2:
        return list(events)
    groups = _Groups(indexed=len(told) > FEW)
    for index in told:
        groups.add(index, events[index])
    first: dict[int, list[int]] = {min(group): group for group in groups.members}
    inner = {index for group in groups.members for index in group if index != min(group)}
    return [fold([events[i] for i in first.get(index, [index])]) for index in range(len(events)) if index not in inner]


class _Groups:
    """Tellings grouped by event, with an index of where, when and in which words each group was told.

    Not ``indexed``, every group is compared, which a few tellings bear.
    """

    def __init__(self, indexed: bool) -> None:
        self.indexed = indexed
        self.members: list[list[int]] = []
        self.accounts: list[list[Account]] = []
        self.spots: dict[_Key, dict[int, None]] = defaultdict(dict)  # groups by place and stretch of days, in order
        self.words: dict[_Key, dict[int, None]] = defaultdict(dict)  # groups by word and stretch of days

    def add(self, index: int, event: Event) -> None:
        told = Account(event)
        best, score = len(self.members), judgement().threshold
        for group in self._near(told):
            found = self._likeness(group, told)
            if found is not None and found > score:
                best, score = group, found
        if best == len(self.members):
            self.members.append([])
            self.accounts.append([])
        self.members[best].append(index)
        kept = self.accounts[best]
        kept.append(told)
        if len(kept) > MOST_TELLINGS:
            del kept[MOST_TELLINGS // 2]
        for stretch in _stretches(told, 0) if self.indexed else ():
            for spot in _spots(event):
                self.spots[(stretch, *spot)][best] = None
            for word in told.contents.words:
                self.words[(stretch, word)][best] = None

    def _near(self, told: Account) -> list[int]:
        """The groups told near by: all where they are few, else those that share most of its rarer words."""
        if not self.indexed:
            kind = told.event.event_type
            return [group for group, kept in enumerate(self.accounts) if may_be_one(kept[0].event.event_type, kind)]
        stretches = _stretches(told, 1)
        near: set[int] = set()
        for stretch in stretches:
            for spot in _spots_around(told.event):
                near.update(islice(reversed(self.spots.get((stretch, *spot), {})), MOST_COMPARED + 1))
        if len(near) <= MOST_COMPARED:
            return sorted(near)
        shared: Counter[int] = Counter()
        for stretch in stretches:
            for word in told.contents.words:
                groups = self.words.get((stretch, word), {})
                if len(groups) <= 4 * MOST_COMPARED:
                    shared.update(groups.keys())
        return sorted(sorted(shared, key=lambda group: (-shared[group], group))[:MOST_COMPARED])

    def _likeness(self, group: int, told: Account) -> float | None:
        """How like the group's likest telling; None where one of its tellings cannot be of the same event."""
        best = None
        for other in self.accounts[group]:
            found = likeness(other, told)
            if found is None:
                return None
            best = found if best is None else max(best, found)
        return best


def _stretches(told: Account, slack: int) -> Sequence[int | None]:
    """The stretches of days that a telling may lie in, give or take ``slack`` days; a year of them at most."""
    if told.days is None:
        return [None]
    first, last = (day.toordinal() for day in told.days)
    return range((first - slack) // STRETCH_DAYS, (last + slack) // STRETCH_DAYS + 1)[: 365 // STRETCH_DAYS]


def _spots(event: Event) -> Iterator[_Key]:
    """Where a telling is found by others: by each place's cell and country, and as told anywhere or nowhere."""
    for place in event.places:
        if place.granularity in _FINE:
            yield from _cells(place, 0.0)
        else:
            yield ("wide", place.country)
        yield ("land", place.country)
    yield ("anywhere",) if event.places else ("nowhere",)


def _spots_around(event: Event) -> Iterator[_Key]:
    """Where a telling looks for others: in the cells around each place, or in all of a country or region."""
    for place in event.places:
        yield ("wide", place.country)
        if place.granularity in _FINE:
            yield from _cells(place, NEAR_KM)
        else:
            yield ("land", place.country)
    yield ("nowhere",)
    if not event.places:
        yield ("anywhere",)


def _cells(place: Place, reach_km: float) -> Iterator[_Key]:
    """The cells of half a degree of latitude, and about as wide, that ``reach_km`` around ``place`` touches."""
    reach = reach_km / _KM_PER_DEGREE
    for row in range(floor((place.lat - reach) / _DEGREES), floor((place.lat + reach) / _DEGREES) + 1):
        across = max(0.02, cos(radians(min(90.0, abs(row * _DEGREES)))))  # how much shorter a degree of longitude is
        columns = floor(360 * across / _DEGREES)
        west, east = ((place.lon + side * reach / across) / 360 * columns for side in (-1, 1))
        for column in range(floor(west), floor(east) + 1):
            yield ("cell", row, column % columns)


def _order(event: Event) -> tuple[str, str, int, str, str]:
    published = event.source.published.isoformat() if event.source.published else "~"
    return published, event.source.doc_id or "", event.quote_start or 0, event.event_type, event.title


def fold(tellings: Sequence[Event]) -> Event:
    """The one event that ``tellings`` tell, as the module's docstring says; a single one is left as it is."""
    if len(tellings) == 1:
        return tellings[0]
    ordered = sorted(tellings, key=_order)
    main = max(ordered, key=_fullness)
    own = _own_claim(main)
    claims = [claim for event in ordered if event is not main for claim in (_own_claim(event), *event.claims)]
    claims = _each_once([*claims, *main.claims], own)
    figures = _latest([own, *claims])
    if any(figures.get(kind) != figure for kind, figure in own.figures.items()):
        claims = [own, *claims]
    actors = dict.fromkeys(actor for event in (main, *ordered) for actor in event.actors)
    return dataclasses.replace(
        main,
        when=_best_dated(main, ordered),
        actors=tuple(actors)[:MOST_ACTORS],
        figures=figures,
        claims=tuple(sorted(claims, key=_told_on)),
        confidence=max((event.confidence for event in tellings if event.confidence is not None), default=None),
    )


def _fullness(event: Event) -> tuple[bool, int]:
    """How much a telling says of its event: that it was, where exactly, on which day, how many, by whom."""
    towns = sum(place.granularity in _FINE for place in event.places)
    dated = event.when.start is not None and event.when.precision == 1
    exact = sum(figure.qualifier == "exact" for figure in event.figures.values())
    sure = event.status == "confirmed"
    return event.status != "denied", 2 * bool(towns) + 2 * dated + min(2, exact) + bool(event.figures) + sure


def _own_claim(event: Event) -> Claim:
    """What the event's own quote claims: kept among its claims where the event shows other figures."""
    kept = (c for c in event.claims if (c.quote_start, c.source) == (event.quote_start, event.source))
    return next(kept, None) or Claim(
        event.quote or event.title, event.quote_start or 0, event.quote_end or 0, event.status, event.attribution,
        event.source, event.figures,
    )  # fmt: skip


def _each_once(claims: Sequence[Claim], own: Claim) -> list[Claim]:
    """``claims`` without the main telling's ``own`` and without one that stands there twice."""
    found = {(claim.source.doc_id, claim.quote_start, claim.quote): claim for claim in claims}
    found.pop((own.source.doc_id, own.quote_start, own.quote), None)
    return list(found.values())


def _told_on(claim: Claim) -> tuple[str, str, int]:
    published = claim.source.published.isoformat() if claim.source.published else "~"
    return published, claim.source.doc_id or "", claim.quote_start


def _latest(claims: Sequence[Claim]) -> dict[str, Figure]:
    """For each kind the figure that was published last; of one day the exact one, then the one of the first claim."""
    best: dict[str, tuple[tuple[dt.date, int, int], Figure]] = {}
    for rank, claim in enumerate(claims):
        if claim.status == "denied":
            continue
        for kind, figure in claim.figures.items():
            key = (claim.source.published or dt.date.min, _EXACTNESS.get(figure.qualifier, 0), -rank)
            if kind not in best or key > best[kind][0]:
                best[kind] = (key, figure)
    return {kind: figure for kind, (_, figure) in best.items()}


def _best_dated(main: Event, ordered: Sequence[Event]) -> When:
    """The main telling's date, or where that is only approximate the first one that is told to the day."""
    if main.when.start is not None and main.when.precision == 1:
        return main.when
    return next((e.when for e in ordered if e.when.start is not None and e.when.precision == 1), main.when)
