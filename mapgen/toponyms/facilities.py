"""Facilities told by the town that the text is about: "the city's international airport", "the mayor's office".

A facility that the gazetteer does not know stands at its town, with ACLED's precision 2 (near); an airport stands where
the gazetteer has the town's airport.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Sequence

from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry, Mention, Place
from mapgen.sentences import paragraphs
from mapgen.toponyms.lexicon import words

AIRPORT_WITHIN_KM = 60.0  # of its town
_SURE = 0.8  # of the town's confidence, for a facility that is told and not named
_ADJECTIVES = r"(?:(?!and\b|or\b|of\b|in\b|to\b|by\b)[a-z-]+\s){0,3}?"
_BUILDING = (
    r"(?:air\s?port|air\s?field|air\s?base|administration|city\shall|town\shall|council|parliament|government|court|courthouse"
    r"|police\s(?:headquarters|station)|(?:railway|train|bus|metro|fire|power|television|tv)\sstation|(?:tv|television)\s(?:tower|centre|center)"
    r"|headquarters|(?:central|main)\s(?:square|market|mosque|station|prison|hospital|bank)|hospital|prison|jail|stadium|university"
    r"|cathedral|mosque|market|bazaar|port|harbour|harbor|seaport|barracks|arsenal|square|refinery|university|embassy)"
)
_TOLD = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)\s(?:city|town|capital|village|port|settlement)(?:['’]s\s|\s)"
    rf"{_ADJECTIVES}{_BUILDING}(?:\s(?:building|complex|headquarters))?\b"
    rf"|\b[Tt]he\s(?:local|city|town|regional|provincial)\s(?:administration|government|council|police)\s(?:building|headquarters)\b"
    rf"|\b[Tt]he\s(?:mayor|governor|president)['’]s\s(?:office|residence|palace)(?:\sbuilding)?\b"
    rf"|\b[Cc]ity\s[Hh]all\b"
)
_NAMED = re.compile(
    r"\b(?:[A-Z][\w’'-]{1,40}\s){1,3}(?:Square|Street|Avenue|Boulevard|Bridge|Stadium|Hospital|Airport|Station|Market|Prison|Palace"
    r"|Cathedral|Mosque|Barracks|Airfield)\b"
)
_AIRPORT = re.compile(r"air\s?(?:port|field|base)", re.I)
_ITS_AIRPORT = re.compile(r"\s(?:international\s)?air\s?port\b")  # small letters: no part of the name itself
_LEADING = re.compile(r"\A(?:The|In|At|On|From|Near|A|An|Outside|Inside|Around|To|Of|And|But|As|After|Before|When)\s")
_TOWN_WORDS = re.compile(
    r"\A(?:the|its|this|that)\s(?:(?:city|town|capital|village|port|settlement)(?:['’]s)?\s)?", re.I
)
_NEAR = re.compile(
    r"\b(?:outside|near|(?:not\sfar|away|kilomet(?:re|er)s?|km|miles?)\s(?:\w+\s)?(?:from|of)|(?:on\s)?the\s(?:outskirts|edge)\sof"
    r"|close\sto|suburbs?\sof)\s(?:the\s(?:city|town|village|settlement)\sof\s)?\Z",
    re.I,
)
_NEARING = ("outside", "near", "from", "of", "to")  # how all of them end


def near(text: str, place: Place) -> Place:
    """``place`` with precision 2 where the text says "outside", "near" or so many miles from it."""
    if place.start is None or place.granularity not in ("city", "site"):
        return place
    start = place.start
    if text[max(0, start - 9) : start].lower().rstrip().endswith(_NEARING) and _NEAR.search(
        text, max(0, start - 60), start
    ):
        return dataclasses.replace(place, geo_precision=2, radius_km=max(place.radius_km, 25.0))
    return place


def at_airport(text: str, place: Place, gazetteer: Gazetteer) -> Place:
    """The airport of ``place``, where the text says "Goma airport" and the gazetteer has it; else ``place`` itself."""
    if place.start is None or place.end is None or place.granularity != "city" or place.kind != "toponym":
        return place
    told = _ITS_AIRPORT.match(text, place.end)
    airport = _airport(place, gazetteer) if told else None
    if told is None or airport is None:
        return place
    found = Place.of(Mention.of(text, place.start, told.end(), "toponym"), airport, place.confidence)
    return dataclasses.replace(found, admin1=found.admin1 or place.admin1)


def facilities(text: str, places: Sequence[Place], gazetteer: Gazetteer) -> list[Place]:
    """The facilities that ``text`` tells of by way of the towns among ``places`` (in text order), in text order."""
    spans = [(p.start, p.end) for p in places if p.start is not None and p.end is not None]
    starts = [start for start, _ in spans]
    found: list[Place] = []
    parts = paragraphs(text)
    part_starts = [part.start for part in parts]
    towns = [p for p in places if p.granularity == "city" and p.kind in ("toponym", "metonym") and p.start is not None]
    town_starts = [p.start or 0 for p in towns]
    taken = -1
    for start, end, named in _told(text):
        at = bisect_right(starts, start) - 1
        overlaps = (at >= 0 and spans[at][1] > start) or (at + 1 < len(spans) and spans[at + 1][0] < end)
        if overlaps or start < taken:
            continue
        part = parts[bisect_right(part_starts, start) - 1]
        n = bisect_right(town_starts, start)
        town = _focus(towns[max(0, n - 1) : n + 1], start, part.start, part.end)
        if town is not None:
            found.append(_at(Mention.of(text, start, end, "facility"), town, gazetteer, named))
            taken = end
    return found


def _told(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, named) of all that reads as a facility, in order."""
    told = [(m.start(), m.end(), False) for m in _TOLD.finditer(text)]
    for match in _NAMED.finditer(text):
        start, end = match.span()
        while lead := _LEADING.match(text[start:end]):
            start += lead.end()
        names = text[start:end].lower().split()[:-1]
        if names and not all(word in words("office") or word in words("body") for word in names):
            told.append((start, end, True))
    return sorted(told)


def _focus(towns: Sequence[Place], start: int, low: int, high: int) -> Place | None:
    """The town told last before ``start`` in the paragraph ``low``–``high``, or else the one told next in it."""
    before = [t for t in towns if low <= (t.start or 0) < start]
    after = [t for t in towns if start <= (t.start or 0) < min(high, start + 80)]
    return before[-1] if before else after[0] if after else None


def _at(mention: Mention, town: Place, gazetteer: Gazetteer, named: bool) -> Place:
    airport = _airport(town, gazetteer) if _AIRPORT.search(mention.surface) else None
    if airport:
        place = Place.of(mention, airport, round(town.confidence * _SURE, 3))
        return dataclasses.replace(place, admin1=place.admin1 or town.admin1)
    name = mention.surface if named else _TOWN_WORDS.sub("", mention.surface)
    return dataclasses.replace(
        town, name=f"{name}, {town.name}", mention=mention.surface, start=mention.start, end=mention.end,
        kind="facility", granularity="site", geo_precision=2, confidence=round(town.confidence * _SURE, 3),
        alternatives=(),
    )  # fmt: skip


def _airport(town: Place, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """The airport of that name nearest to ``town``, international ones first."""
    for form in ("{} International Airport", "{} Airport"):
        for name in dict.fromkeys((town.name, town.mention or town.name)):
            known = [c.entry for c in gazetteer.candidates(form.format(name)) if c.entry.feature.startswith("S.AIR")]
            away = [(distance_km(town.lat, town.lon, e.lat, e.lon), e.id, e) for e in known]
            if away and min(away)[0] <= AIRPORT_WITHIN_KM:
                return min(away)[2]
    return None
