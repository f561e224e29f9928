"""Which of its meanings a name has here: all names of a document decided together by a learned linear ranking.

A name's score for a meaning is the weighted sum of the features in ``FEATURES``; the softmax of the scores is the
probability of each.  Names lend each other weight: the likelier a meaning is, the more it speaks for its country, its
first-level region and its surroundings (cells of a grid), and this is repeated ``TURNS`` times.  What stands at the
beginning of a document, its dateline and headline, says most about where it plays and counts for more.  Linear in the
number of names, for a grid cell is looked up and not searched.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

from mapgen.toponyms.senses import Meanings

TURNS = 2
EARLY = 300  # characters: a dateline and a first sentence
_EARLY_WEIGHT = 1.5
_LEAST_SHARE = 0.04  # of a meaning, to speak for its surroundings
KINDS = ("country", "admin1", "admin2", "capital", "seat", "town", "site", "water", "land", "world", "area", "demonym")
NAME_TYPES = ("main", "official", "alternate", "historic", "derived", "abbreviation", "code", "romanised")
# Known before the text is read.
OF_SENSE = (
    *(f"kind {kind}" for kind in KINDS),
    *(f"name {name_type}" for name_type in NAME_TYPES),
    "population",  # log10 of the population, of a town
    "population of an area",
    "behind the greatest",  # how many orders of magnitude fewer people than the greatest meaning has
    "most prominent",
    "bears a town's name",  # a region or county with a town of its name in it, or in a country with such a capital
)
# Told by the words around the name.
SAID = (
    "spelt so",  # the name is spelt as the gazetteer spells it
    "inside",  # what follows the name contains this place: "Springfield, Illinois"
    "inside region",  # ... and is a first-level region
    "not inside",  # ... contains another place of the name, not this one
    "feature word",  # "river" beside a river
    "feature word missing",
    "county word",
)
# Told by the other names of the document.
AROUND = (
    "country evidence", "region evidence", "near evidence", "share of country", "share of region", "share of near",
    "near and only", "none near",
)  # fmt: skip
FEATURES = (*OF_SENSE, *SAID, *AROUND)
_AREAS = frozenset(("country", "admin1", "admin2", "demonym", "world", "area"))
_TOWNS = frozenset(("town", "seat", "capital"))
_TOWN_SIZE = 4.3  # log10 of the population
_WATER = frozenset(
    "river lake creek bay gulf sea ocean strait channel canal falls springs reservoir pond rivers lakes".split()
)
_LAND = frozenset("mountain mountains mount hills valley canyon desert forest island islands peninsula cape".split())
_COUNTY = frozenset("county counties parish co".split())
_CELLS = tuple((1000 * i + j, 0.7 if i or j else 1.0) for i in (-1, 0, 1) for j in (-1, 0, 1))


class Ranking:
    """The weights of the features, ready for use; a feature without a weight counts for nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)
        self.of_sense, self.said, self.around = (
            tuple(weights.get(f, 0.0) for f in part) for part in (OF_SENSE, SAID, AROUND)
        )

    def fixed(self, name: Name) -> list[float]:
        """The score of each sense by itself and by the words around the name."""
        known = name.senses.scores
        if known is None or known[0] is not self:
            known = name.senses.scores = (self, [_dot(self.of_sense, row) for row in sense_features(name.senses)])
        if not (name.inside or name.senses.natural):
            spelt = self.said[0]
            return [
                s + spelt if n.entry.name == name.surface else s for s, n in zip(known[1], name.senses, strict=True)
            ]
        return [s + _dot(self.said, told) for s, told in zip(known[1], said_features(name), strict=True)]


@dataclass(frozen=True, slots=True)
class Said:
    """One occurrence of a name: where it starts, what it may mean, what stands beside it, how surely it is a place."""

    start: int
    surface: str
    key: str
    senses: Meanings
    inside: frozenset[str]
    beside: frozenset[str]
    probability: float = 1.0


@dataclass(slots=True)
class Evidence:
    """How much speaks for each country, first-level region and cell of the one-degree grid."""

    country: dict[str, float] = field(default_factory=dict)
    region: dict[str, float] = field(default_factory=dict)
    cell: dict[int, float] = field(default_factory=dict)

    def add(self, other: Evidence) -> None:
        """Count what ``other`` says."""
        for code, amount in other.country.items():
            self.country[code] = self.country.get(code, 0.0) + amount
        for code, amount in other.region.items():
            self.region[code] = self.region.get(code, 0.0) + amount
        for cell, amount in other.cell.items():
            self.cell[cell] = self.cell.get(cell, 0.0) + amount


@dataclass(slots=True)
class Name:
    """One name of a document, with all the places in the text where it stands."""

    key: str
    senses: Meanings
    surface: str
    weight: float = 0.0  # how surely it is a place at all, summed over its mentions and damped
    inside: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()  # words beside it
    early: bool = False  # stands at the beginning of the document
    shares: list[float] = field(default_factory=list)  # probability of each sense
    contexts: list[tuple[float, ...]] = field(default_factory=list)  # the AROUND features of each sense
    fixed: list[float] = field(default_factory=list)  # score of each sense without them
    own: Evidence = field(default_factory=Evidence)  # what the name itself speaks for


def names(said: Sequence[Said]) -> tuple[list[Name], list[Name]]:
    """The distinct names of ``said``, and the name of each occurrence: a name has one sense in a document.

    Where the text itself tells two apart ("Paris, Texas" and "Paris, France"), they are two names.
    """
    apart = _told_apart(said)
    found: dict[tuple[str, frozenset[str]], Name] = {}
    of_each = []
    for one in said:
        inside = apart[one.key].get(one.inside) or one.inside if one.key in apart else frozenset[str]()
        name = found.get((one.key, inside))
        if name is None:
            name = found[one.key, inside] = Name(one.key, one.senses, one.surface)
        name.weight += one.probability
        if one.inside:
            name.inside |= one.inside
        name.beside |= one.beside
        name.early = name.early or one.start < EARLY
        of_each.append(name)
    for name in found.values():
        name.weight = min(name.weight, 1.0) + math.log1p(max(name.weight - 1.0, 0.0))
        if name.early:
            name.weight *= _EARLY_WEIGHT
    return list(found.values()), of_each


def _told_apart(said: Sequence[Said]) -> dict[str, dict[frozenset[str], frozenset[str]]]:
    """The names that stand before two different containers; a mention without any goes with the first."""
    containers: dict[str, frozenset[str]] = {}
    apart: dict[str, dict[frozenset[str], frozenset[str]]] = {}
    for one in said:
        if one.inside:
            known = containers.setdefault(one.key, one.inside)
            if not known & one.inside:
                apart[one.key] = {frozenset(): known}
    return apart


def decide(names: Sequence[Name], ranking: Ranking, turns: int = TURNS) -> None:
    """Set ``shares`` of every name: the probability of each of its senses."""
    for name in names:
        name.fixed = ranking.fixed(name)
        name.shares = softmax(name.fixed)
    weights = ranking.around
    for _ in range(turns):
        evidence = Evidence()
        for name in names:
            name.own = spoken_for(name)
            evidence.add(name.own)
        for name in names:
            name.contexts = around_features(name, evidence)
            if len(name.senses) > 1:
                name.shares = softmax([s + _dot(weights, c) for s, c in zip(name.fixed, name.contexts, strict=True)])


def features(name: Name) -> list[list[float]]:
    """All features of each sense of a decided name, in the order of ``FEATURES``."""
    parts = zip(sense_features(name.senses), said_features(name), name.contexts, strict=True)
    return [[*row, *told, *around] for row, told, around in parts]


def sense_features(senses: Meanings) -> list[tuple[float, ...]]:
    """The ``OF_SENSE`` features of each sense."""
    greatest = max(sense.size for sense in senses)
    towns = {s.admin1 for s in senses if s.kind in _TOWNS and s.name_type == "main" and s.size > _TOWN_SIZE}
    capitals = {s.country for s in senses if s.kind == "capital" and s.name_type == "main"}
    rows = []
    for position, sense in enumerate(senses):
        area = sense.kind in _AREAS
        rows.append(
            (
                *_KIND_ROWS[sense.kind], *_TYPE_ROWS[sense.name_type], 0.0 if area else sense.size,
                sense.size if area else 0.0, greatest - sense.size, float(position == 0),
                float(sense.kind in ("admin1", "admin2") and (sense.admin1 in towns or sense.country in capitals)),
            )
        )  # fmt: skip
    return rows


_KIND_ROWS = {kind: tuple(float(kind == k) for k in KINDS) for kind in KINDS}
_TYPE_ROWS = {kind: tuple(float(kind == k) for k in NAME_TYPES) for kind in (*NAME_TYPES, "demonym")}


def said_features(name: Name) -> list[tuple[float, ...]]:
    """The ``SAID`` features of each sense."""
    rows: list[tuple[float, ...]] = []
    inside, near = name.inside, name.beside
    water, land, county = bool(near & _WATER), bool(near & _LAND), bool(near & _COUNTY)
    for sense in name.senses:
        natural = sense.kind == "water" or sense.kind == "land"
        held = region = False
        if inside and sense.kind not in ("country", "demonym"):
            region = sense.admin1 in inside and sense.kind != "admin1"
            held = region or sense.country in inside
        rows.append(
            (
                float(sense.entry.name == name.surface), float(held), float(region), float(bool(inside) and not held),
                float((sense.kind == "water" and water) or (sense.kind == "land" and land)),
                float(natural and not (water or land)), float(county and sense.kind == "admin2"),
            )
        )  # fmt: skip
    return rows


def spoken_for(name: Name) -> Evidence:
    """What a name says about where the document plays, by the shares of its senses."""
    own = Evidence()
    country, region, cell = own.country, own.region, own.cell
    for sense, share in zip(name.senses, name.shares, strict=True):
        if share < _LEAST_SHARE:
            continue
        amount = share * name.weight
        country[sense.country] = country.get(sense.country, 0.0) + amount
        if sense.kind == "country" or sense.kind == "demonym":
            continue
        if sense.admin1:
            region[sense.admin1] = region.get(sense.admin1, 0.0) + amount
        if sense.kind != "admin1":
            for step, part in _CELLS:
                at = sense.cell + step
                cell[at] = cell.get(at, 0.0) + amount * part
    return own


def around_features(name: Name, evidence: Evidence) -> list[tuple[float, ...]]:
    """The ``AROUND`` features of each sense: what the other names speak for."""
    countries, regions, cells = evidence.country, evidence.region, evidence.cell
    own_countries, own_regions, own_cells = name.own.country, name.own.region, name.own.cell
    found: list[tuple[float, float, float] | None] = []
    most_country = most_region = most_near = 0.0
    for sense in name.senses:
        country = countries.get(sense.country, 0.0) - own_countries.get(sense.country, 0.0)
        if country < 1e-9:
            found.append(None)
            continue
        region = near = 0.0
        if sense.kind != "country" and sense.kind != "demonym":
            if sense.admin1 in regions:
                region = max(0.0, regions[sense.admin1] - own_regions.get(sense.admin1, 0.0))
            if sense.cell in cells:
                near = max(0.0, cells[sense.cell] - own_cells.get(sense.cell, 0.0))
        found.append((country, region, near))
        if country > most_country:
            most_country = country
        if region > most_region:
            most_region = region
        if near > most_near:
            most_near = near
    log1p = math.log1p
    return [
        _ALONE
        if amounts is None
        else (
            log1p(amounts[0]), log1p(amounts[1]), log1p(amounts[2]),
            amounts[0] / (most_country + 0.5), amounts[1] / (most_region + 0.5), amounts[2] / (most_near + 0.5),
            1.0 if amounts[2] > 0.3 and amounts[2] >= most_near else 0.0, 1.0 if amounts[2] < 0.05 else 0.0,
        )
        for amounts in found
    ]  # fmt: skip


_ALONE = (*(0.0,) * (len(AROUND) - 1), 1.0)


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in proportion to the exponentials of ``scores``."""
    if len(scores) == 1:
        return [1.0]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return float(sum(map(mul, a, b)))
