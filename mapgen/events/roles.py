"""The part each place plays in its sentence, read from the words around it.

A :class:`Located` is a place of the sentence with the preposition that governs it ("in", "from", "into", ...), where
coordinated names ("in Lviv, Odesa and Dnipro") share one, and the role a movement or an event at a site gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.events.lowered import lowered
from mapgen.events.prepositions import (
    ACCORDING,
    ACTS,
    AND_ELSEWHERE,
    AREA_AFTER,
    AREA_BEFORE,
    AREA_NOUN,
    ASIDE,
    AT,
    AT_SEAT,
    AWAY,
    BESIDE,
    CAPITAL,
    CAPITALS_DATELINE,
    COORDINATED,
    DATELINE,
    DESK,
    DIGIT,
    DISTANCE,
    ENVOY,
    FILLER,
    FROM,
    GOVERNED,
    HOME,
    IN_A_SENTENCE,
    INSIDE,
    INSTITUTION,
    ITS_LAND,
    LEFT,
    LINE,
    LISTED,
    NEAR,
    OFFICE,
    REQUEST,
    ROAD,
    SAID_IN,
    SEAT,
    SHIP,
    SHORT_COUNTRY,
    SPEAKS,
    TO,
    TRIBE,
)
from mapgen.events.relative import between, near, offset
from mapgen.model import GazetteerEntry, Mention, Place

LARGE_TOWN = 20_000  # people; a smaller one is not what its region's name means
METROPOLIS = 2_000_000
_SEATS = ("P.PPLC", "A.PCLI")  # the authorities in another town are its own
RANK = {"site": 0, "city": 1, "region": 2, "country": 3}


@dataclass(frozen=True, slots=True)
class Located:
    """A place of a sentence; ``link`` is how the words before it tie it to what is told.

    ``link`` is at, to, from, dateline ("GENEVA (AP) —"), object (no preposition),
    possessive ("Mali's army"), of (any other preposition), people
    (a demonym or metonym), source (who says so), speaker (where who says so is or holds office) or aside (a border,
    an affiliation).
    ``series`` numbers coordinated names alike.
    """

    place: Place
    link: str
    series: int
    preposition: str = ""


def read_links(text: str, start: int, places: Sequence[Place]) -> list[Located]:
    """The places of one sentence, which begins at ``start``, in text order, with the role their words give them."""
    found: list[Located] = []
    for place in places:
        if place.kind == "embedded" or place.start is None or place.end is None:
            continue
        before = found[-1] if found else None
        at, place = place.start, _namesake(place, lowered(text), before)
        if (
            before is not None
            and contains(before.place, place)
            and CAPITAL.fullmatch(lowered(text), before.place.end or 0, at)
        ):
            found[-1] = Located(before.place, "aside", before.series, before.preposition)
            link = _link(before.preposition, "") if before.link == "possessive" else before.link
            found.append(Located(place, link, before.series + 1, before.preposition))
            continue
        located = _read(text, start, place, at, before)
        if located.preposition == "between" and located.place.gazetteer is None and found:
            found.pop()
        found.append(located)
    return found


def _read(text: str, start: int, place: Place, at: int, before: Located | None) -> Located:
    series = before.series + 1 if before else 0
    small = lowered(text)
    if before is not None and before.place.end is not None and before.place.end <= at:
        gap = small[before.place.end : at]
        state = gap == ", " and before.place.admin1 == place.name  # "Xalapa, Veracruz", which is a town as well
        within = place.granularity == "region" and place.country == before.place.country and gap.startswith(", in ")
        if state or ((contains(place, before.place) or (within and _is_local(before.place))) and INSIDE.match(gap)):
            return Located(place, "aside", series, "in")  # "Goma, eastern Congo"
        if before.place.granularity != "country" and INSIDE.match(gap) and AREA_NOUN.match(small, place.end or at):
            return Located(place, "aside", series, "in")  # "Bakhmut, in the Donetsk region"
        if before.link != "aside" and BESIDE.match(gap) and not contains(before.place, place):
            return Located(place, "aside", series, "near")  # "a village outside the capital"
        if before.preposition == "between" and re.fullmatch(r"\s*and\s+" + FILLER, gap):
            if LINE.search(small, max(start, (before.place.start or 0) - 110), before.place.start or 0):
                return Located(place, before.link, before.series, before.preposition)
            return Located(between(before.place, place), before.link, before.series, "between")
        if before.link == "at" and AND_ELSEWHERE.fullmatch(gap):
            return Located(place, before.link, before.series, before.preposition)
        possessive = text[place.end or at : (place.end or at) + 2] in ("'s", "’s")
        listed = text[before.place.end] == "," and LISTED.fullmatch(text, before.place.end, at)
        if (
            (COORDINATED.fullmatch(gap) or listed)
            and before.link != "aside"
            and not (possessive and gap.strip() == ",")
        ):
            return Located(place, before.link, before.series, before.preposition)
    if place.kind in ("demonym", "metonym"):
        own = place.kind == "demonym" and ITS_LAND.match(small, place.end or at)
        governed = GOVERNED.search(small[max(start, at - 110) : at]) if own else None
        if governed and governed.group(1) in AT:
            return Located(place, "at", series, governed.group(1))
        if place.kind == "metonym" and place.granularity != "country" and OFFICE.search(small, max(start, at - 60), at):
            return Located(place, "of", series, "of")  # "the mayor of Kisumu announced"
        compound = text[place.end or at : (place.end or at) + 1] == "-"  # "the Ruritanian-backed government"
        return Located(place, "aside" if compound else "people", series)
    if (
        at - start < 60
        and not IN_A_SENTENCE.search(text, start, at)
        and (
            DATELINE.match(text, place.end or at)
            or ((place.mention or "").isupper() and CAPITALS_DATELINE.match(text, place.end or at))
        )
    ):
        return Located(place, "dateline", series)
    lead = small[max(start, at - 110) : at]
    distant = DISTANCE.search(lead) if "of" in lead else None
    if distant:
        return Located(offset(place, distant.group(1), distant.group(2), distant.group(3)), "at", series, "of")
    away = AWAY.search(lead) if DIGIT.search(lead) else None
    if away:
        return Located(offset(place, away.group(1), away.group(2), None), "at", series, "from")
    if (
        ACCORDING.search(lead)
        or SAID_IN.search(lead)
        or (place.granularity == "country" and SPEAKS.match(text, place.end or at))
    ):
        return Located(place, "source", series)
    governed = GOVERNED.search(lead)
    preposition = governed.group(1) if governed else ""
    after = text[place.end or at : (place.end or at) + 12]
    if preposition in NEAR:
        place = near(place)
    if SHIP.search(lead):
        return Located(place, "aside", series, preposition)
    if preposition == "from" and ROAD.search(lead):
        return Located(place, "at", series, "from")
    if preposition == "to" and before is not None and before.link == "at" and before.preposition == "from":
        return Located(place, "at", before.series, "to")  # "the road from Kisumu to Nairobi"
    if DESK.match(small, place.end or at):
        return Located(place, "aside", series, preposition)
    if _stands_for_people(text, place, preposition):
        return Located(place, "people", series, preposition)
    if INSTITUTION.match(small, place.end or at) or (
        preposition == "in" and place.feature in _SEATS and SEAT.search(lead) and not AT_SEAT.search(lead)
    ):
        return Located(place, "people", series, preposition)
    if preposition == "of" and place.granularity == "country" and OFFICE.search(lead):
        return Located(place, "people", series, preposition)
    abroad = preposition in ("near", "outside", "beyond") and place.granularity == "country"
    aside = abroad or (preposition == "to" and ENVOY.search(lead)) or REQUEST.match(text, place.end or at)
    link = "aside" if aside else _link(preposition, after)
    if (link == "object" or preposition in ("in", "at")) and LEFT.search(lead):
        link = "from"
    if link == "object" and place.granularity != "country" and ACTS.match(text, place.end or at):
        link = "people"  # "Moscow accused", a capital for its government
    return Located(place, link, series, preposition)


def _is_local(place: Place) -> bool:
    return place.granularity in ("site", "city")


def _namesake(place: Place, small: str, before: Located | None) -> Place:
    """``place``, or the town that shares its name with the region around it where no word speaks of the region."""
    if place.granularity != "region" or not (place.feature or "").startswith("A.ADM") or not place.alternatives:
        return place
    at, end = place.start or 0, place.end or 0
    if AREA_BEFORE.search(small, max(0, at - 40), at) or AREA_AFTER.match(small, end):
        return place
    gap = small[before.place.end or 0 : at] if before is not None else ""
    if before is not None and before.place.granularity == "region" and COORDINATED.fullmatch(gap):
        return place
    if before is not None and gap == ", " and contains(place, before.place):
        return place  # "Xalapa, Veracruz"
    for entry in place.alternatives:
        if entry.granularity == "city" and entry.country == place.country and _bears(entry, place):
            mention = Mention(at, end, place.mention or place.name, kind=place.kind)
            return Place.of(mention, entry, place.confidence)
    return place


def _bears(town: GazetteerEntry, region: Place) -> bool:
    """Whether a town goes by its region's whole name, or by it with "City" behind and is far the better known."""
    said, name = (region.mention or region.name).lower(), town.name.lower()
    if name.startswith(said) and town.population >= METROPOLIS and town.feature != "P.PPLC":
        return True
    return name[:5] == said[:5] and abs(len(name) - len(said)) < 2 and town.population >= LARGE_TOWN


def _stands_for_people(text: str, place: Place, preposition: str) -> bool:
    """Whether a name stands for those who act: "the Ruritanian tribe", "U.S. imports"."""
    end = place.end or 0
    if TRIBE.match(lowered(text), end):
        return True
    if preposition in AT or preposition in TO or preposition in FROM:
        return False
    return (
        bool(SHORT_COUNTRY.fullmatch(place.mention or ""))
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isalpha()
    )


def _link(preposition: str, after: str) -> str:
    if HOME.match(after):
        return "possessive" if preposition not in AT or after[0] == "-" else "at"
    if preposition in ASIDE:
        return "aside"
    if preposition in FROM:
        return "from"
    if preposition in TO:
        return "to"
    if preposition in AT or preposition == "between":
        return "at"
    return "of" if preposition and preposition != "and" else "object"


def contains(outer: Place, inner: Place) -> bool:
    """Whether ``inner`` lies in ``outer``, a region or country: by country and first-level region, or by distance."""
    if inner.feature == "A.ADM2" and outer.feature == "A.ADM1" and inner.country == outer.country:
        return inner.admin1 in (outer.admin1, outer.name)
    if RANK.get(outer.granularity, 1) <= RANK.get(inner.granularity, 1) or RANK.get(outer.granularity, 1) < 2:
        return False
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.granularity == "country":
        return outer.country == inner.country and outer.country is not None
    return outer.admin1 == inner.admin1 or outer.name == inner.admin1 or distance_km(outer, inner) <= outer.radius_km


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres (haversine on a sphere of 6371 km)."""
    from math import asin, cos, radians, sin, sqrt

    lat_a, lat_b = radians(a.lat), radians(b.lat)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))
