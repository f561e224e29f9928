"""Where an event is whose sentence names no place: what the text has last spoken of, or is about.

"The city" is the town of the last event; "the territory" the region last named; a sentence without any such word is
of the place that its paragraph speaks of.  Across paragraphs the town that the text is about carries over, else the
single place of the last event, else the region or country of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapgen.events.focus import SAME_PLACE_KM, Focus, counts_from_the_start, sums_up
from mapgen.events.lowered import caseless, lowered
from mapgen.events.roles import Located, contains, distance_km
from mapgen.events.selection import finest
from mapgen.events.telling import Telling
from mapgen.model import Place

NATIONAL = frozenset({"state_order", "political_change", "agreement_talks", "alert_readiness"})
CUTS = frozenset({"comms_shutdown", "service_closure"})
_SUMS = frozenset({"casualties", "arrests"})
_LOCAL = frozenset({"attack_explosion", "security_operation", "riot", "looting_arson"})
_AT_SEATS = _LOCAL | {"protest"}
_CITY_WORDS = re.compile(
    r"\b(?:[Tt]h(?:e|is|at) (?:[a-z-]+ )?(?P<kind>city|town|village|neighbou?rhood)\b(?! of\b)|[Tt]here\b)"
)  # what stands between is no name: "the Kisumu region" is that region
_REGION_WORDS = re.compile(
    r"\b[Tt]h(?:e|is|at) (?:[a-z-]+ )?"
    r"(?:region|province|territory|state|islands?|archipelago|enclave|peninsula|county)\b(?! of\b)"
)
_SAME_AREA = caseless(r"\bthe (?:(?:same|surrounding) )?(?:area|scene|spot)\b(?! (?:of|around|near|between|where))")
_STATE_SEATS = caseless(
    r"\b(?:presidential palace|(?:president|prime minister)[’']s (?:palace|office|residence|house|home)|parliament|"
    r"national assembly|supreme court)\b"
)  # they stand in the capital
_SITE_WORDS = caseless(
    r"\bthe (?:\w+ )?(?:square|airport|building|station|camp|hospital|port|site|base|area|scene|spot|premises|"
    r"compound)\b|\bthere\b",
)
_STATE_ACTS = caseless(
    r"\b(?:president|government|prime minister|parliament|cabinet|ministry|minister|junta|king|central bank|senate|"
    r"lawmakers|congress|national|supreme court|electoral|constitution\w*|general)\b|\Aauthorities\b"
)


def carried(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> list[Place]:
    """The places that ``telling`` takes from the text before it."""
    small = lowered(text)
    national = telling.event_type in NATIONAL
    people = [
        link.place for link in links
        if (link.link == "people" or (link.link == "source" and not (focus.spoken or focus.paragraph)))
        and link.place.granularity == "country"
        and (national or focus.alone or is_home(link.place, focus))
    ]  # fmt: skip
    if national and people:
        return people[:1]
    sentence = small[telling.start : telling.end]
    meant = definite(text[telling.start : telling.end], focus)
    if telling.event_type in _SUMS and sums_up(small, telling.start, telling.end) and not focus.alone:
        whole = focus.country if counts_from_the_start(small, telling.start, telling.end) else None
        return (people or meant or _one(whole or focus.main or focus.country))[:1]
    if meant:
        return meant
    told = focus.paragraph if national or telling.event_type == "casualties" else focus.spoken
    clause = small[telling.clause_start : telling.clause_end]
    state = telling.event_type in CUTS and _STATE_ACTS.search(clause) is not None
    if len(told) > 1 and (not focus.paragraph or national or telling.event_type in CUTS):
        told = ()  # a list of towns that tells no event, or each of which has its own
    if told and not state and not (national and _STATE_ACTS.search(sentence)):
        return list(told)
    if focus.capital is not None and telling.event_type in _AT_SEATS and _STATE_SEATS.search(sentence):
        return [focus.capital]
    voices = [link for link in links if link.link == "speaker" and link.place.granularity != "country"]
    if voices and not national:
        return finest(voices)[:1]
    if focus.alone:
        about = [link.place for link in links if link.link == "topic"]
        if national and not people and told:
            return _one(focus.country_of(told[0]))
        return _one(focus.topic if not national else None) or people[:1] or about or _one(focus.topic or focus.country)
    about = [link.place for link in links if link.link == "topic"]
    return people[:1] or _of_the_text(telling, focus, national or state) or about[:1]


def definite(sentence: str, focus: Focus) -> list[Place]:
    """What "the city", "there", "the province", "the area" of a sentence means; empty without any."""
    said = _CITY_WORDS.search(sentence)
    small = said is not None and said.group("kind") in ("town", "village")  # no word for a capital
    single = focus.sites if len(focus.sites) == 1 else ()
    towns = [town for town in (focus.town, *single, focus.main, _one_town(focus.dateline)) if town is not None]
    towns = [town for town in towns if not (small and town.feature == "P.PPLC")]
    if towns and said:
        return towns[:1]
    left = _left_site(towns, focus, sentence.lower())
    if left is not None:
        return [left]
    if _REGION_WORDS.search(sentence):
        last = focus.sites[0] if len(focus.sites) == 1 else None
        within = last is None or (focus.area is not None and contains(focus.area, last))
        return _one(focus.region or (focus.area if within else last))
    return list(focus.sites) if _SAME_AREA.search(sentence.lower()) else []


def may_be_home(place: Place, focus: Focus) -> bool:
    """Whether a dateline may be where it happened: reporters also write from abroad."""
    return focus.country is None or place.country == focus.country.country


def is_home(place: Place, focus: Focus) -> bool:
    """Whether a place is of the country that the document is about."""
    return focus.country is not None and place.country == focus.country.country


def _of_the_text(telling: Telling, focus: Focus, wide: bool) -> list[Place]:
    """What a new paragraph that names nothing is of; ``wide`` where that is no single town."""
    if wide:
        return _one(focus.country or focus.dateline or focus.main)
    last = focus.sites[0] if len(focus.sites) == 1 else None
    if last is not None and focus.town is not None and telling.event_type in _LOCAL and contains(last, focus.town):
        last = focus.town
    if focus.main is not None:
        finer = last is not None and telling.event_type != "troop_movement" and contains(last, focus.main)
        return [focus.main if last is None or finer else last]
    near = last is not None and may_be_home(last, focus)
    return _one(last if near else focus.area or focus.country or focus.dateline)


def _left_site(towns: Sequence[Place], focus: Focus, sentence: str) -> Place | None:
    """The town of the last event's building or square, where a sentence in small letters does not speak of it again."""
    last = focus.spoken[0] if len(focus.spoken) == 1 else None
    if last is None or last.granularity != "site" or _SITE_WORDS.search(sentence):
        return None
    nearest = min(towns, key=lambda town: distance_km(last, town), default=None)
    return nearest if nearest is not None and distance_km(last, nearest) < SAME_PLACE_KM else None


def _one(place: Place | None) -> list[Place]:
    return [] if place is None else [place]


def _one_town(place: Place | None) -> Place | None:
    return place if place is not None and place.granularity in ("site", "city") else None
