"""What a text is about and has last spoken of: where an event lies that its own sentence does not locate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mapgen.events.lowered import caseless
from mapgen.events.roles import RANK, Located, distance_km
from mapgen.model import Place

SAME_PLACE_KM = 50.0
FAR_MORE = 1.6
_SINCE_BEGUN = caseless(r"\bsince (?:the )?[\w ]{1,30}(?:began|started|broke out|erupted)\b")
_SUMMED = caseless(
    _SINCE_BEGUN.pattern + r"|"
    r"\b(?:have|has|had) (?:been|died)\b[^.;]{0,80}\bsince\b|\bso far\b|\btoll\b|\bin total\b|\boverall\b"
)


@dataclass
class Focus:
    """What the text is about, and what it has last spoken of as the reading goes on."""

    country: Place | None = None  # the country the document is about
    capital: Place | None = None  # its capital, where the document names it
    main: Place | None = None  # the one town that the document is about
    countries: Mapping[str, Place] = field(default_factory=dict)  # the countries named, by their code
    dateline: Place | None = None
    sites: tuple[Place, ...] = ()  # of the event told last
    paragraph: tuple[Place, ...] = ()  # of the last event of this paragraph
    spoken: tuple[Place, ...] = ()  # the place last spoken of in this paragraph, with or without an event
    town: Place | None = None  # the last town or site named as a place
    region: Place | None = None  # the last region named
    area: Place | None = None  # the region or territory that the document is about
    goal: Place | None = None  # destination of the movement told last
    number: int = -1  # paragraph
    topic: Place | None = None  # what the topic line above an item of a digest names
    alone: bool = False  # the paragraph is an item of a list, which leans on nothing before it

    @classmethod
    def of(cls, places: Sequence[Place]) -> Focus:
        """The focus before the first sentence of a document that names ``places``."""
        country = main_country(places)
        weights = _weights(places)
        home = country.country if country else max(weights, key=lambda code: (weights[code], code), default=None)
        capital = next((p for p in places if p.feature == "P.PPLC" and p.country == home), None)
        area = main_area(places, country)
        return cls(country=country, capital=capital, main=main_town(places), area=area, countries=countries_of(places))

    def country_of(self, place: Place) -> Place | None:
        """The country that ``place`` lies in, where the document names it."""
        return self.countries.get(place.country) if place.country else None

    def enter(self, paragraph: int, alone: bool, apart: bool = False) -> None:
        """``paragraph`` begins; ``alone`` where it is an item of a list, ``apart`` where it is an entry of its own.

        A paragraph that the reading passed over is a heading: what comes below it is of somewhere else.
        """
        headed = apart or (self.number >= 0 and paragraph > self.number + 1)
        self.number, self.goal, self.alone = paragraph, None, alone
        self.paragraph = self.spoken = ()
        if alone or headed:
            self.sites, self.town = (), None

    def leave(self, links: Sequence[Located], places: Sequence[Place], sentence: str = "") -> None:
        """``sentence`` ends, which named ``links`` and told events at ``places``."""
        if not links and not places and "the capital" not in sentence:
            return
        named = [link for link in links if link.link in ("at", "object", "to", "possessive")]
        self.region = next((x.place for x in reversed(named) if x.place.granularity == "region"), self.region)
        self._enter_town([place for place in places if place.role != "origin"], named, sentence)
        sites = tuple(place for place in places if place.role in ("site", "area", "destination"))
        located = [link.place for link in links if link.link == "at"]
        if sites:
            self.sites = self.paragraph = self.spoken = sites
        elif located:
            finest = min(RANK.get(place.granularity, 1) for place in located)
            self.spoken = tuple(place for place in located if RANK.get(place.granularity, 1) == finest)
        headed = [link.place for link in links if link.link == "dateline"]
        if headed:
            self.dateline = headed[0]
        goals = [place for place in places if place.role == "destination"]
        if places:
            goals += [link.place.at("destination") for link in links if link.link == "to"]
        self.goal = goals[0] if goals else self.goal

    def _enter_town(self, places: Sequence[Place], named: Sequence[Located], sentence: str) -> None:
        """The town that "the city" will mean: where an event was, else the last named; none where several were."""
        towns = [place for place in places if place.granularity == "city"]
        towns = towns or [link.place for link in named if link.place.granularity == "city"][-1:]
        if not towns and self.capital is not None and "the capital" in sentence and "the capital of" not in sentence:
            towns = [self.capital]
        if towns:
            self.town = towns[0] if len(towns) == 1 else None


def countries_of(places: Sequence[Place]) -> dict[str, Place]:
    """The countries that a document names, by their code."""
    return {place.country: place for place in reversed(places) if place.granularity == "country" and place.country}


def main_country(places: Sequence[Place]) -> Place | None:
    """The country most spoken of, where a document opens above all: its own mention, if there is one, in any kind.

    None where a country of which only towns are named is spoken of far more.
    """
    weights = _weights(places)
    most = max(weights.values(), default=0.0)
    for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        own = [p for p in places if p.granularity == "country" and p.country == code and p.kind != "embedded"]
        if own and weight * FAR_MORE >= most:
            return next((place for place in own if place.kind == "toponym"), own[0])
    return None


def _weights(places: Sequence[Place]) -> dict[str, float]:
    """How much a document speaks of each country, by its code."""
    weights: dict[str, float] = defaultdict(float)
    spoken = [place for place in places if place.country and place.kind != "embedded"]
    for index, place in enumerate(spoken):
        weights[place.country or ""] += (2 if place.kind in ("toponym", "facility") else 1.5) * (1 + 2 / (1 + index))
    return weights


MOST_SPOTS = 200  # towns and sites of a text that is about one town


def main_town(places: Sequence[Place]) -> Place | None:
    """The town that at least half of the towns and sites named lie in or near, if it is named twice or more; a text
    that names hundreds is about none."""
    named = [p for p in places if p.granularity in ("site", "city") and p.kind in ("toponym", "facility")]
    towns = {(p.lat, p.lon): p for p in named if p.granularity == "city"}
    own = Counter((place.lat, place.lon) for place in named)
    if len(own) > MOST_SPOTS:
        return None
    spots = {(place.lat, place.lon): place for place in named}
    counts = {key: sum(count for spot, count in own.items() if _near(town, spots[spot])) for key, town in towns.items()}
    seat = {key: town.feature == "P.PPLC" for key, town in towns.items()}
    best = max(counts, key=lambda key: counts[key], default=None)
    if best is None or counts[best] < 2 or 2 * counts[best] < len(named):
        return None
    around = [key for key, town in towns.items() if _near(town, towns[best])]
    return towns[max(around, key=lambda key: (own[key], seat[key], towns[key].radius_km))]


def _near(a: Place, b: Place) -> bool:
    return abs(a.lat - b.lat) < 1 and distance_km(a, b) < SAME_PLACE_KM


def main_area(places: Sequence[Place], country: Place | None) -> Place | None:
    """The region named most often, twice or more, or at all where no country is; else the country."""
    named = Counter(place.name for place in places if place.granularity == "region" and place.kind == "toponym")
    name, count = next(iter(named.most_common(1)), ("", 0))
    return next(place for place in places if place.name == name) if count > (country is not None) else country


def counts_from_the_start(small: str, start: int, end: int) -> bool:
    """Whether ``small[start:end]`` counts since a movement began: for all the places it has come to."""
    return _SINCE_BEGUN.search(small, start, end) is not None


def sums_up(small: str, start: int, end: int) -> bool:
    """Whether ``small[start:end]``, in small letters, counts for the whole of a story: "since the unrest began"."""
    return _SUMMED.search(small, start, end) is not None
