"""Where an event takes place: its places with their roles, and what is carried over from the text before.

An event's own clause locates it, then its sentence, then what was last spoken of ("the city", "there", "the
country"): the sentence before, the paragraph, the dateline, the country the document is about.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from mapgen.events.attachment import attached
from mapgen.events.carrying import CUTS, NATIONAL, carried, definite, is_home, may_be_home
from mapgen.events.focus import SAME_PLACE_KM, Focus
from mapgen.events.lowered import caseless, lowered
from mapgen.events.movement import movement
from mapgen.events.roles import RANK, Located, contains, distance_km
from mapgen.events.selection import distinct, pick, within, without_doubles
from mapgen.events.telling import Telling
from mapgen.model import Place

_MOVING = frozenset({"troop_movement"})
_OWN_GROUND = frozenset({"security_operation", "arrests"})  # what a state does at home unless told otherwise
_WIDE = CUTS | {"strike_blockade", "troop_movement", "casualties"}  # of a country rather than of its dateline
_SITED = ("at", "object", "to", "from", "of")
_NO_SITE = ("people", "source", "speaker", "topic", "aside", "dateline", "possessive")
_IN_CAPITAL = caseless(
    r"\b(?:in the \w+|(?:roads?|streets?|squares?|suburbs?|districts?|outskirts|centre|center|heart|parts?) of) "
    r"the capital\b|"
    r"(?<!of )(?<!from )\bthe (?:\w+ )?capital\b(?! of|[’']s (?:mayor|police|governor|residents|officials))"
)
_MANY_PLACES = caseless(
    r"\b(?:in|across|throughout) (?:\d+|several|many|dozens of|a number of|other|most|two|three|four|five|six|seven|"
    r"eight|nine|ten|twelve) (?:\w+ )?(?:other )?(?:cities|towns|provinces|regions|states|counties|districts|places)\b"
)
_COUNTRY_WORDS = caseless(
    r"\b(?:nationwide|countrywide|country-wide|the (?:whole |entire )?(?:country|nation|republic|kingdom)\b"
    r"(?![’']s (?:north|south|east|west|capital|largest|second))|across the (?:country|nation))",
)
_CAME = caseless(
    r"\b(?:return\w*|c[ao]m(?:e|es|ing)|arriv\w+|fl(?:ew|own|ying)|travel\w*|back|hail\w*|messages?|letters?|statements?)\s+"
    r"(?:\w+\s+){0,2}(?:from|out of)\s[^,;]{0,40}\Z"
)  # "after he returned from Vienna"
_HARMS = frozenset({"casualties", "attack_explosion", "armed_clash", "shelling_airstrike", "riot"})
_TAKEN = caseless(
    r"\b(?:fle[ed]\w*|escap\w+|cross\w*|evacuat\w+|transferred|taken|flown|airlifted|moved|deported|returned|rushed)\s+"
    r"(?:\w+\s+){0,3}(?:to|into)\s[^,;]{0,40}\Z"
)  # "and 6,000 have fled to the neighbouring country": not where it happened
_THE_BUILDING = caseless(
    r"\bthe (?P<noun>airport|port|bridge|crossing|station|prison|jail|hospital|camp|square|stadium|base|refinery|"
    r"plant|university|mosque|church|cathedral|embassy|palace)\b(?! (?:of|in|at|near)\b)"
)
_NEXT_CLAUSE = re.compile(r"\A.?,?\s*(?:and|but|while)\s[^,;]{3,60}\b(?:is|are|was|were|has|have|had)\s[^;]*\Z")
_AMONG_THEM = caseless(
    r"\b(?:including|such as|among them|especially|notably|mainly|cent(?:ered|red)|concentrated|worst)\b"
)
_CITYS = re.compile(r"(?:(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)\s)?(?:city|town|village)(?:['’]s)?\s|[Cc]ity [Hh]all")
_EVERYWHERE = caseless(
    r"\b(?:nationwide|countrywide|country-wide|islandwide|"
    r"(?:across|throughout|all over|around) (?:the|this) (?:whole |entire )?"
    r"(?:country|nation|island|kingdom))\b",
)


def locate(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    """The places of ``telling`` with their roles; empty where nothing in the text locates it."""
    links = [_anchored(link, text, focus) for link in attached(telling, links, text)]
    on_alert = telling.event_type == "alert_readiness"
    if telling.event_type in _MOVING or (on_alert and _has(links, "to", "from") and not _has(links, "at")):
        moving = movement(telling, links, text, focus)
        if moving:
            return moving
    return _site(telling, links, text, focus)


def _anchored(link: Located, text: str, focus: Focus) -> Located:
    """``link``, with "the city's airport" that was taken for another town's put to the town last spoken of."""
    town = focus.town or focus.main
    place = link.place
    if place.kind != "facility" or town is None or not _CITYS.match(text, place.start or 0):
        return link
    if distance_km(place, town) <= SAME_PLACE_KM:
        return link
    moved = dataclasses.replace(town, mention=place.mention, start=place.start, end=place.end, geo_precision=2)
    return dataclasses.replace(link, place=moved)


def _has(links: Sequence[Located], *wanted: str) -> bool:
    return any(link.link in wanted for link in links)


def _site(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    small = lowered(text)
    links = [x for x in links if x.link != "from" or not _CAME.search(small, telling.start, x.place.start or 0)]
    if telling.event_type in _HARMS:
        links = [x for x in links if x.link != "to" or not _TAKEN.search(small, telling.start, x.place.start or 0)]
        if _has(links, "from") and _has(links, "to") and not _has(links, "at", "object"):
            links = [x for x in links if x.link not in ("from", "to")]  # hit on the way, no one knows where
    clause = [link for link in links if within(link, telling)]
    return _sited(
        _same_building(telling, clause, small, focus)
        or _acting(telling, clause, focus)
        or _everywhere(telling, clause, small, focus)
        or (_on_the_way(links) and definite(text[telling.start : telling.end], focus))
        or _named(telling, clause, _without_later(telling, links, text) if focus.spoken else links)
        or _country_named(telling, clause, links, small, focus)
        or carried(telling, links, text, focus)
    )


def _same_building(telling: Telling, clause: Sequence[Located], small: str, focus: Focus) -> list[Place]:
    """The airport, bridge or prison of the last event, where the clause goes on about "the airport" and names none."""
    if any(link.link in ("at", "to", "from") for link in clause):
        return []
    for match in _THE_BUILDING.finditer(small, telling.clause_start, telling.clause_end):
        for place in focus.paragraph:
            if place.granularity == "site" and match.group("noun") in f"{place.name} {place.mention}".lower():
                return [place]
    return []


def _everywhere(telling: Telling, clause: Sequence[Located], small: str, focus: Focus) -> list[Place]:
    """The country, where the clause says "across the country" or, without naming any, "in several cities"."""
    spread = [link for link in clause if link.preposition in ("across", "throughout") and _mere_area(link)]
    if spread and not _AMONG_THEM.search(small, telling.start, telling.end):
        return [spread[0].place]
    whole = _EVERYWHERE.search(small, telling.clause_start, telling.clause_end)
    if not whole and not (
        _MANY_PLACES.search(small, telling.clause_start, telling.clause_end)
        and all(_mere_country(link) or link.link in _NO_SITE for link in clause)
    ):
        return []
    told = [link.place for link in clause if link.link == "at" and link.place.granularity == "country"]
    home = focus.country or (focus.country_of(focus.paragraph[0]) if focus.paragraph else None)
    return told[:1] or ([home] if home else [])


def _without_later(telling: Telling, links: Sequence[Located], text: str) -> list[Located]:
    """``links`` but those of a later main clause with a verb of its own: "..., and marches were held in Kisumu"."""
    return [
        link for link in links
        if (link.place.start or 0) < telling.clause_end
        or not _NEXT_CLAUSE.search(text, max(telling.head, telling.clause_end - 1), link.place.start or 0)
    ]  # fmt: skip


def _on_the_way(links: Sequence[Located]) -> bool:
    """Whether a sentence names no place but one that something comes from: "reached the town from Kisumu"."""
    return _has(links, "from") and not _has(links, "at", "object", "to")


def _named(telling: Telling, clause: Sequence[Located], links: Sequence[Located]) -> list[Place]:
    """What the clause, or else the sentence, names as the place: in or at it, done to it, on the way to or from it."""
    for pool in (clause, links):
        for wanted in ("at", "object", "to", "from"):
            chosen = pick([link for link in pool if link.link == wanted and not _mere_country(link)], telling)
            if chosen:
                return _narrowed(chosen, links, telling)
    return []


def _country_named(
    telling: Telling, clause: Sequence[Located], links: Sequence[Located], small: str, focus: Focus
) -> list[Place]:
    """The capital, the dateline or the country that the sentence stands under."""
    national = telling.event_type in NATIONAL
    headed = next((link.place for link in links if link.link == "dateline" and may_be_home(link.place, focus)), None)
    capital = focus.capital or headed or focus.dateline or focus.town
    if capital is not None and _IN_CAPITAL.search(small, telling.clause_start, telling.clause_end):
        return [capital]
    acting = [link.place for link in clause if link.link == "people" and link.place.granularity == "country"]
    if acting and not any(link.link in ("at", "to") for link in clause) and is_home(acting[0], focus):
        links = [link for link in links if link.link not in ("at", "to") or RANK.get(link.place.granularity, 1) < 3]
    abroad = pick([link for link in links if link.link in ("at", "to")], telling)
    if abroad:
        return abroad
    loose = [link for link in links if link.link in ("object", "possessive", "of")]
    loose += [link for link in clause if link.link == "from" and link.place.granularity != "country"]
    if not national and (focus.spoken or focus.sites):
        loose = [
            link for link in loose
            if link.place.granularity != "country" or (is_home(link.place, focus) and within(link, telling))
        ]  # fmt: skip
    if headed is not None and not national:
        own = [link.place for link in loose if link.place.granularity == "country" and is_home(link.place, focus)]
        return own[:1] if own and telling.event_type in _WIDE else [headed]
    country_told = _COUNTRY_WORDS.search(small, telling.start, telling.end)
    if loose and (national or not country_told):
        fine = [link for link in loose if RANK.get(link.place.granularity, 1) < 3]
        if fine or national or not focus.spoken:
            return pick(fine or loose, telling)
    return [focus.country] if country_told and focus.country is not None else []


def _acting(telling: Telling, clause: Sequence[Located], focus: Focus) -> list[Place]:
    """The states that order, pledge or agree, where the telling's own clause names no place at which they do so."""
    cuts = telling.event_type in CUTS
    own_ground = telling.event_type in _OWN_GROUND and _opens(clause, telling)
    if not (cuts or own_ground or telling.event_type in NATIONAL) or _has(
        clause, "at", "dateline", *(("to", "from") if cuts else ())
    ):
        return []
    if any(link.link in ("object", "of", "from") and link.place.granularity != "country" for link in clause):
        return []
    acting = [
        link for link in clause
        if link.link in ("object", "possessive", "people", "source") and link.place.granularity == "country"
        and not (cuts and link.link == "source" and not is_home(link.place, focus))
        and ((link.place.start or 0) < telling.head or (link.link == "possessive" and is_home(link.place, focus)))
    ]  # fmt: skip
    if acting:
        return distinct(acting)
    seats = [link.place for link in clause if link.link == "people" and (link.place.start or 0) < telling.head]
    if seats and seats[0].feature != "P.PPLC" and seats[0].granularity == "city":
        return seats[:1]  # "the ministry in Hanover", of a region
    governed = focus.country_of(seats[0]) if seats else None
    return [governed] if governed else [seat for seat in seats[:1] if seat.granularity == "city"]


def _opens(clause: Sequence[Located], telling: Telling) -> bool:
    """Whether a clause begins with a country as its subject: "Estonia detained two sailors"."""
    first = clause[0] if clause else None
    return first is not None and first.link == "object" and (first.place.start or 0) - telling.clause_start < 6


def _narrowed(chosen: list[Place], links: Sequence[Located], telling: Telling) -> list[Place]:
    """``chosen``, or a place inside one of its countries or regions that the sentence names as well."""
    inside = [link for link in links if link.link in _SITED and any(contains(place, link.place) for place in chosen)]
    return pick(inside, telling) or chosen


def _mere_area(link: Located) -> bool:
    return link.place.granularity in ("country", "region")


def _mere_country(link: Located) -> bool:
    """A country that acts or suffers ("Mali said", "invaded Mali") rather than one that something happens in."""
    return link.place.granularity == "country" and link.link != "at"


def _sited(places: Sequence[Place]) -> tuple[Place, ...]:
    return without_doubles([place.at("area" if place.granularity == "country" else "site") for place in places])
