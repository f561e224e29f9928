"""Where an event takes place: its places with their roles, and what is carried over from the text before.

An event's own clause locates it, then its sentence, then what was last spoken of ("the city", "there", "the
country"): the sentence before, the paragraph, the dateline, the country the document is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.events.lowered import caseless, lowered
from mapgen.events.roles import RANK, Located, contains, distance_km
from mapgen.events.telling import Telling
from mapgen.model import Place

SAME_PLACE_KM = 50.0
_MOVING = frozenset({"troop_movement"})
_NATIONAL = frozenset({"state_order", "political_change", "agreement_talks", "alert_readiness"})
_COUNTRY_WORDS = caseless(
    r"\b(?:nationwide|countrywide|country-wide|the (?:whole |entire )?(?:country|nation|republic|kingdom)\b"
    r"(?![’']s (?:north|south|east|west|capital|largest|second))|across the (?:country|nation))",
)
_ARRIVES = re.compile(r"(?:arriv|land|enter|return)\w*|reinforcements", re.IGNORECASE)
_SENDS = re.compile(r"(?:deploy|sen[dt]|dispatch|fl[eiy]|airlift|ship|station|post)\w*", re.IGNORECASE)
_KEEPS = re.compile(r"(?:patrol|guard|station|protect)\w*", re.IGNORECASE)
_EVERYWHERE = caseless(
    r"\b(?:nationwide|countrywide|country-wide|islandwide|"
    r"(?:across|throughout|all over|around) (?:the|this) (?:whole |entire )?"
    r"(?:country|nation|island|kingdom))\b",
)
_SITE_WORDS = caseless(
    r"\bthe (?:\w+ )?(?:square|airport|building|station|camp|hospital|port|site|base)\b|\bthere\b",
)
_CITY_WORDS = caseless(
    r"\b(?:th(?:e|is|at) (?:\w+ )?(?:city|town|village|neighbou?rhood)|there)\b",
)


@dataclass
class Focus:
    """What the text has last spoken of, as the reading goes on."""

    country: Place | None = None  # the country the document is about
    dateline: Place | None = None
    sites: tuple[Place, ...] = ()  # of the event told last
    paragraph: tuple[Place, ...] = ()  # of the last event of this paragraph
    spoken: tuple[Place, ...] = ()  # the place last spoken of in this paragraph, with or without an event
    town: Place | None = None  # the last town or site named as a place
    goal: Place | None = None  # destination of the movement told last
    number: int = -1  # paragraph
    topic: Place | None = None  # what the topic line above an item of a digest names
    alone: bool = False  # the paragraph is an item of a list, which leans on nothing before it

    def enter(self, paragraph: int, alone: bool) -> None:
        """``paragraph`` begins; ``alone`` where it is an item of a list.

        A paragraph that the reading passed over is a heading: what comes below it is of somewhere else.
        """
        headed = self.number >= 0 and paragraph > self.number + 1
        self.number, self.goal, self.alone = paragraph, None, alone
        self.paragraph = self.spoken = ()
        if alone or headed:
            self.sites, self.town = (), None

    def leave(self, links: Sequence[Located], places: Sequence[Place]) -> None:
        """A sentence ends that named ``links`` and told events at ``places``."""
        named = [link.place for link in links if link.link in ("at", "object", "to", "possessive")]
        for place in named:
            if place.granularity == "city":
                self.town = place
        sites = tuple(place for place in places if place.role in ("site", "area", "destination"))
        located = [link.place for link in links if link.link == "at"]
        if sites:
            self.sites = self.paragraph = self.spoken = sites
        elif located:
            self.spoken = (min(located, key=lambda place: RANK.get(place.granularity, 1)),)
        headed = [link.place for link in links if link.link == "dateline"]
        if headed:
            self.dateline = headed[0]
        goals = [place for place in places if place.role == "destination"]
        if places:
            goals += [link.place.at("destination") for link in links if link.link == "to"]
        self.goal = goals[0] if goals else self.goal


def main_country(places: Sequence[Place]) -> Place | None:
    """The country most spoken of, where a document opens above all: its own mention, if there is one, in any kind."""
    weights: dict[str, float] = defaultdict(float)
    spoken = [place for place in places if place.country and place.kind != "embedded"]
    for index, place in enumerate(spoken):
        weights[place.country or ""] += (2 if place.kind in ("toponym", "facility") else 1.5) * (1 + 2 / (1 + index))
    for code, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        own = [place for place in spoken if place.granularity == "country" and place.country == code]
        if own:
            return next((place for place in own if place.kind == "toponym"), own[0])
    return None


def locate(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    """The places of ``telling`` with their roles; empty where nothing in the text locates it."""
    on_alert = telling.event_type == "alert_readiness"
    if telling.event_type in _MOVING or (on_alert and _has(links, "to", "from") and not _has(links, "at")):
        moving = _movement(telling, links, text, focus)
        if moving:
            return moving
    return _site(telling, links, text, focus)


def _has(links: Sequence[Located], *wanted: str) -> bool:
    return any(link.link in wanted for link in links)


def _movement(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    origins = [link for link in links if link.link == "from"]
    goals = [link for link in links if link.link == "to"]
    held = [link for link in links if link.link == "at"]
    objects = [link for link in links if link.link == "object" and (link.place.start or 0) > telling.head]
    subjects = [
        link for link in links
        if (link.link in ("object", "source") or link.place.kind == "metonym")
        and link.place.granularity == "country" and (link.place.start or 0) < telling.head
    ]  # fmt: skip
    if telling.event_type == "troop_movement" and not goals and not _KEEPS.match(text, telling.head):
        goals, objects = objects, []
    found: list[Place] = []
    if len(_distinct(origins)) > 1:
        found += [place.at("contingent-origin") for place in _distinct(origins)]
    elif origins:
        found += [place.at("origin") for place in _finest(origins)[:1]]
    elif subjects and (goals or _sent_abroad(subjects[0], held, text, telling)):
        found += [subjects[0].place.at("origin")]
    if goals:
        found += [place.at("destination") for place in _finest(goals)]
    elif held:
        arriving = found or origins or _ARRIVES.match(text, telling.head)
        for place in _finest(held):
            site = "area" if place.granularity == "country" else "site"
            found.append(place.at("destination" if arriving and telling.event_type == "troop_movement" else site))
    elif origins and focus.goal is not None and telling.event_type == "troop_movement":
        found += [focus.goal]
    return _without_doubles(found)


def _sent_abroad(subject: Located, held: Sequence[Located], text: str, telling: Telling) -> bool:
    """Whether a country sends forces to where they are told to be: "Ghana deployed 200 troops in Mali"."""
    sends = telling.event_type == "troop_movement" and _SENDS.match(text, telling.head)
    return bool(sends and held) and all(link.place.country != subject.place.country for link in held)


def _site(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    clause = [link for link in links if _within(link, telling)]
    sentence, small = text[telling.start : telling.end], lowered(text)
    if _EVERYWHERE.search(small, telling.clause_start, telling.clause_end):
        everywhere = [link.place for link in clause if link.link == "at" and link.place.granularity == "country"]
        everywhere += [focus.country] if focus.country is not None else []
        if everywhere:
            return (everywhere[0].at("area"),)
    national = telling.event_type in _NATIONAL
    for pool in (clause, links):
        for wanted in ("at", "object", "to", "from"):
            chosen = _pick([link for link in pool if link.link == wanted and not _mere_country(link)], telling)
            if chosen:
                return _sited(_narrowed(chosen, links, telling))
        own = [link for link in clause if _acts_at_home(link, telling)] if national else []
        if own:
            return _sited([link.place for link in own if link.series == own[0].series])
    headed = next((link.place for link in links if link.link == "dateline" and _may_be_home(link.place, focus)), None)
    acting = [link.place for link in clause if link.link == "people" and link.place.granularity == "country"]
    if acting and not any(link.link in ("at", "to") for link in clause) and _is_home(acting[0], focus):
        links = [link for link in links if link.link not in ("at", "to") or RANK.get(link.place.granularity, 1) < 3]
    abroad = _pick([link for link in links if link.link in ("at", "to")], telling)
    if abroad:
        return _sited(abroad)
    country_told = _COUNTRY_WORDS.search(small, telling.start, telling.end)
    loose = [link for link in links if link.link in ("object", "possessive", "of") or _fine_origin(link)]
    if not national and (focus.spoken or focus.sites):
        loose = [link for link in loose if link.place.granularity != "country" or _is_home(link.place, focus)]
    capital = headed or focus.town or focus.dateline
    if capital is not None and "the capital" in sentence:
        return (capital.at("site"),)
    if headed is not None and not national:
        return (headed.at("site"),)
    if loose and (national or not country_told):
        fine = [link for link in loose if RANK.get(link.place.granularity, 1) < 3]
        if fine or national or not focus.spoken:
            return _sited(_pick(fine or loose, telling))
    if country_told and focus.country is not None:
        return (focus.country.at("area"),)
    carries = bool(focus.spoken or focus.paragraph)
    people = [
        link for link in links
        if (link.link == "people" or (link.link == "source" and not carries))
        and link.place.granularity == "country"
        and (national or focus.alone or _is_home(link.place, focus))
    ]  # fmt: skip
    if national and people:
        return (people[0].place.at("area"),)
    if focus.town is not None and (
        _CITY_WORDS.search(small, telling.start, telling.end) or _leaves_site(focus, small[telling.start : telling.end])
    ):
        return (focus.town.at("site"),)
    counted = telling.event_type == "casualties"
    told = focus.paragraph if national or counted else focus.spoken
    if told:
        return _sited(told)
    if people:
        return (people[0].place.at("area"),)
    if focus.alone:
        return _sited([focus.topic]) if focus.topic is not None else ()
    home = focus.dateline if focus.dateline is not None and _may_be_home(focus.dateline, focus) else None
    carried = focus.sites[0] if len(focus.sites) == 1 else home or focus.country
    if national or carried is None:
        carried = focus.country or carried
    return _sited([carried]) if carried is not None else ()


def _acts_at_home(link: Located, telling: Telling) -> bool:
    """Whether a country is told as the one that acts: "Sri Lanka declared", "Thailand's army", "Peru announced"."""
    acts = link.link in ("object", "possessive", "people", "source") and link.place.granularity == "country"
    return acts and (link.place.start or 0) < telling.head


def _fine_origin(link: Located) -> bool:
    return link.link == "from" and link.place.granularity != "country"


def _may_be_home(place: Place, focus: Focus) -> bool:
    """Whether a dateline may be where it happened: reporters also write from abroad."""
    return focus.country is None or place.country == focus.country.country


def _is_home(place: Place, focus: Focus) -> bool:
    return focus.country is not None and place.country == focus.country.country


def _leaves_site(focus: Focus, sentence: str) -> bool:
    """Whether the last event's building or square is not spoken of again, so that only its town carries over."""
    last = focus.spoken[0] if len(focus.spoken) == 1 else None
    near = last is not None and focus.town is not None and distance_km(last, focus.town) < SAME_PLACE_KM
    return near and last is not None and last.granularity == "site" and not _SITE_WORDS.search(sentence)


def _narrowed(chosen: list[Place], links: Sequence[Located], telling: Telling) -> list[Place]:
    """``chosen``, or a place inside one of its countries or regions that the sentence names as well."""
    inside = [link for link in links if link.link == "at" and any(contains(place, link.place) for place in chosen)]
    return _pick(inside, telling) or chosen


def _mere_country(link: Located) -> bool:
    """A country that acts or suffers ("Mali said", "invaded Mali") rather than one that something happens in."""
    return link.place.granularity == "country" and link.link != "at"


def _within(link: Located, telling: Telling) -> bool:
    return telling.clause_start <= (link.place.start or 0) < telling.clause_end


def _pick(pool: Sequence[Located], telling: Telling) -> list[Place]:
    """The series of coordinated places that locates best: the finest, then the nearest to the head."""
    if not pool:
        return []
    rank = min(RANK.get(link.place.granularity, 1) for link in pool)
    rank = max(rank, 1)
    fine = [link for link in pool if RANK.get(link.place.granularity, 1) <= rank]
    best = min(fine, key=lambda link: abs((link.place.start or 0) - telling.head))
    return _finest([link for link in fine if link.series == best.series])


def _finest(links: Sequence[Located]) -> list[Place]:
    """The places of ``links`` without those that only contain another of them, each once."""
    places = _distinct(links)
    return [place for place in places if not any(contains(place, other) for other in places)]


def _distinct(links: Sequence[Located]) -> list[Place]:
    found: list[Place] = []
    for link in links:
        if not any((link.place.lat, link.place.lon) == (place.lat, place.lon) for place in found):
            found.append(link.place)
    return found


def _sited(places: Sequence[Place]) -> tuple[Place, ...]:
    return _without_doubles([place.at("area" if place.granularity == "country" else "site") for place in places])


def _without_doubles(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places of one role within 50 km of another are told once, by the finer name."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: RANK.get(place.granularity, 1)):
        fine = RANK.get(place.granularity, 1) < 2
        if not any(p.role == place.role and fine and distance_km(p, place) < SAME_PLACE_KM for p in kept) and not any(
            (p.lat, p.lon) == (place.lat, place.lon) for p in kept
        ):
            kept.append(place)
    return tuple(sorted(kept, key=lambda place: places.index(place)))
