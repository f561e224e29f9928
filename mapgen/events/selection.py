"""Which of several places that a sentence names locate an event: the finest, the nearest, each once."""

from __future__ import annotations

from collections.abc import Sequence

from mapgen.events.focus import SAME_PLACE_KM
from mapgen.events.roles import RANK, Located, contains, distance_km
from mapgen.events.telling import Telling
from mapgen.model import Place


def within(link: Located, telling: Telling) -> bool:
    return telling.clause_start <= (link.place.start or 0) < telling.clause_end


def pick(pool: Sequence[Located], telling: Telling) -> list[Place]:
    """The series of coordinated places that locates best: the finest, then the nearest to the head."""
    if not pool:
        return []
    rank = min(RANK.get(link.place.granularity, 1) for link in pool)
    rank = max(rank, 1)
    fine = [link for link in pool if RANK.get(link.place.granularity, 1) <= rank]
    best = min(fine, key=lambda link: abs((link.place.start or 0) - telling.head))
    return finest([link for link in pool if link.series == best.series and _of_a_kind(link, best)])


def _of_a_kind(link: Located, best: Located) -> bool:
    """Whether coordinated places may be of one event: a town and a region, but no country beside a town."""
    return (link.place.granularity == "country") == (best.place.granularity == "country")


def finest(links: Sequence[Located]) -> list[Place]:
    """The places of ``links`` without those that only contain another of them, each once."""
    places = distinct(links)
    return [place for place in places if not any(contains(place, other) for other in places)]


def distinct(links: Sequence[Located]) -> list[Place]:
    found: list[Place] = []
    for link in links:
        if not any((link.place.lat, link.place.lon) == (place.lat, place.lon) for place in found):
            found.append(link.place)
    return found


def without_doubles(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places of one role once each, and no town beside the building in it that is named too."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: RANK.get(place.granularity, 1)):
        inner = place.granularity == "city" and any(
            p.role == place.role and p.granularity == "site" and distance_km(p, place) < SAME_PLACE_KM for p in kept
        )
        if not inner and not any((p.lat, p.lon) == (place.lat, place.lon) for p in kept):
            kept.append(place)
    return tuple(sorted(kept, key=lambda place: places.index(place)))
