"""Which of its meanings a name has here: all names of a document decided together by a learned linear ranking.

A name's score for a meaning is the weighted sum of the features in ``FEATURES``; the softmax of the scores is the
probability of each.  Names lend each other weight: the likelier a meaning is, the more it speaks for its country, its
first-level region and its surroundings (cells of a grid), and this is repeated ``TURNS`` times.  Linear in the number
of names, for a grid cell is looked up and not searched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mapgen.toponyms.senses import Sense

TURNS = 3
EARLY = 300  # characters: a dateline and a first sentence
KINDS = ("country", "admin1", "admin2", "capital", "seat", "town", "site", "water", "land", "area", "demonym")
NAME_TYPES = ("main", "official", "alternate", "historic", "derived", "abbreviation", "code", "romanised")
FEATURES = (
    *(f"kind {kind}" for kind in KINDS),
    *(f"name {name_type}" for name_type in NAME_TYPES),
    "population",  # log10 of the population, of a town
    "population of an area",
    "spelt so",  # the name is spelt as the gazetteer spells it
    "most prominent",
    "inside",  # what follows the name contains this place: "Springfield, Illinois"
    "not inside",  # ... contains another place of the name, not this one
    "country evidence",
    "region evidence",
    "near evidence",
    "far evidence",
    "share of country",
    "share of region",
    "share of near",
    "near and only",
    "feature word",  # "river" beside a river
    "feature word missing",
    "county word",
    "country is home",
    "region is home",
)
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_WATER = frozenset("river lake creek bay gulf sea ocean strait channel canal falls springs reservoir pond rivers lakes".split())
_LAND = frozenset("mountain mountains mount hills valley canyon desert forest island islands peninsula cape".split())
_COUNTY = frozenset("county counties parish co".split())


@dataclass(frozen=True, slots=True)
class Said:
    """One occurrence of a name: where it starts, what it may mean, what stands beside it, how surely it is a place."""

    start: int
    surface: str
    key: str
    senses: Sequence[Sense]
    inside: frozenset[str]
    beside: frozenset[str]
    probability: float = 1.0


@dataclass(slots=True)
class Name:
    """One name of a document, with all the places in the text where it stands."""

    key: str
    senses: Sequence[Sense]
    weight: float = 0.0  # how surely it is a place at all, summed over its mentions and damped
    surface: str = ""
    inside: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()  # words beside it
    early: bool = False  # stands at the beginning of the document
    shares: list[float] = field(default_factory=list)  # probability of each sense
    contexts: list[tuple[float, float, float]] = field(default_factory=list)


def names(said: Sequence[Said]) -> tuple[list[Name], list[Name]]:
    """The distinct names of ``said``, and the name of each occurrence: a name has one sense in a document.

    Where the text itself tells two apart ("Paris, Texas" and "Paris, France"), they are two names.
    """
    apart = _told_apart(said)
    found: dict[tuple[str, frozenset[str]], Name] = {}
    of_each = []
    for one in said:
        inside = one.inside if one.key in apart else frozenset[str]()
        name = found.get((one.key, inside))
        if name is None:
            name = found[one.key, inside] = Name(one.key, one.senses, surface=one.surface)
        name.weight += one.probability
        name.inside |= one.inside
        name.beside |= one.beside
        name.early |= one.start < EARLY
        of_each.append(name)
    for name in found.values():
        name.weight = min(name.weight, 1.0) + math.log1p(max(name.weight - 1.0, 0.0))
    return list(found.values()), of_each


def _told_apart(said: Sequence[Said]) -> set[str]:
    """The names that stand before two different containers."""
    containers: dict[str, frozenset[str]] = {}
    apart = set()
    for one in said:
        if one.inside:
            known = containers.setdefault(one.key, one.inside)
            if not known & one.inside:
                apart.add(one.key)
    return apart


class Evidence:
    """What the names of a document say about where it plays."""

    def __init__(self) -> None:
        self.country: dict[str, float] = {}
        self.region: dict[str, float] = {}
        self.cell: dict[int, float] = {}
        self.block: dict[int, float] = {}

    def add(self, name: Name, least: float = 0.05) -> None:
        """Count each sense of ``name`` that is likely enough."""
        for sense, share in zip(name.senses, name.shares, strict=True):
            amount = share * name.weight
            if amount < least * 0.2 or share < least:
                continue
            if sense.country:
                self.country[sense.country] = self.country.get(sense.country, 0.0) + amount
            if sense.kind in ("country", "demonym"):
                continue
            if sense.admin1:
                self.region[sense.admin1] = self.region.get(sense.admin1, 0.0) + amount
            if sense.kind == "admin1":
                continue
            for d, w in _AROUND:
                cell = sense.cell + d
                self.cell[cell] = self.cell.get(cell, 0.0) + amount * w
                block = sense.block + d
                self.block[block] = self.block.get(block, 0.0) + amount * w

_AROUND = tuple((1000 * i + j, 1.0 if not (i or j) else 0.7) for i in (-1, 0, 1) for j in (-1, 0, 1))


def prior(name: Name) -> list[list[float]]:
    """The features of each sense that do not depend on the other names."""
    rows = []
    kinds, types = KINDS, NAME_TYPES
    contained = name.inside
    for position, sense in enumerate(name.senses):
        row = [0.0] * len(FEATURES)
        row[kinds.index(sense.kind)] = 1.0
        if sense.name_type in types:
            row[len(kinds) + types.index(sense.name_type)] = 1.0
        area = sense.kind in ("country", "admin1", "admin2", "demonym", "area")
        row[_INDEX["population of an area" if area else "population"]] = sense.size
        row[_INDEX["spelt so"]] = float(sense.entry.name == name.surface)
        row[_INDEX["most prominent"]] = float(position == 0)
        if contained:
            hit = sense.admin1 in contained or (sense.country in contained)
            exact = sense.admin1 in contained
            row[_INDEX["inside"]] = 1.0 + exact if hit and sense.kind != "country" else 0.0
            row[_INDEX["not inside"]] = float(not hit)
        beside = name.beside
        if beside:
            fits = sense.kind == "water" and beside & _WATER or sense.kind == "land" and beside & _LAND
            row[_INDEX["feature word"]] = float(bool(fits))
            row[_INDEX["county word"]] = float(sense.kind == "admin2" and bool(beside & _COUNTY))
        row[_INDEX["feature word missing"]] = float(sense.kind in ("water", "land") and not beside & (_WATER | _LAND))
        rows.append(row)
    return rows


def contextual(name: Name, rows: list[list[float]], evidence: Evidence, home: Evidence) -> None:
    """Fill in the features that depend on the other names of the document."""
    own = Evidence()
    own.add(name)
    at = _INDEX["country evidence"]
    found = []
    for sense in name.senses:
        country = evidence.country.get(sense.country, 0.0) - own.country.get(sense.country, 0.0)
        region = evidence.region.get(sense.admin1, 0.0) - own.region.get(sense.admin1, 0.0)
        near = evidence.cell.get(sense.cell, 0.0) - own.cell.get(sense.cell, 0.0)
        far = evidence.block.get(sense.block, 0.0) - own.block.get(sense.block, 0.0)
        if sense.kind in ("country", "demonym"):
            region = near = far = 0.0
        found.append((max(country, 0.0), max(region, 0.0), max(near, 0.0), max(far, 0.0)))
    most_country = max(f[0] for f in found) + 0.5
    most_region = max(f[1] for f in found) + 0.5
    most_near = max(f[2] for f in found) + 0.5
    for row, sense, (country, region, near, far) in zip(rows, name.senses, found, strict=True):
        row[at : at + 8] = (
            math.log1p(country), math.log1p(region), math.log1p(near), math.log1p(far),
            country / most_country, region / most_region, near / most_near,
            float(near > 0.3 and near >= most_near - 0.5),
        )  # fmt: skip
        h = _INDEX["country is home"]
        row[h] = home.country.get(sense.country, 0.0) if sense.kind not in ("country", "demonym") else 0.0
        row[h + 1] = home.region.get(sense.admin1, 0.0) if sense.kind not in ("country", "demonym") else 0.0
    name.contexts = [(math.log1p(r), math.log1p(n), math.log1p(c)) for c, r, n, _ in found]


def homes(names: Iterable[Name]) -> Evidence:
    """Where the publication may be at home: shares of country and region among the names, early ones counted twice."""
    found = Evidence()
    for name in names:
        weight = name.weight
        if name.early:
            name.weight *= 2
        found.add(name)
        name.weight = weight
    for table in (found.country, found.region):
        total = sum(table.values()) or 1.0
        for code in table:
            table[code] /= total
    return found


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in proportion to the exponentials of ``scores``."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def decide(names: Sequence[Name], weights: Mapping[str, float], turns: int = TURNS) -> list[list[list[float]]]:
    """Set ``shares`` of every name; returns the features that led to the last turn's scores, for training."""
    vector = [weights.get(f, 0.0) for f in FEATURES]
    table = [prior(name) for name in names]
    for turn in range(turns + 1):
        if turn:
            evidence = Evidence()
            for name in names:
                evidence.add(name)
            home = homes(names)
            for name, rows in zip(names, table, strict=True):
                contextual(name, rows, evidence, home)
        for name, rows in zip(names, table, strict=True):
            name.shares = softmax([_dot(vector, row) for row in rows])
    return table


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True) if y)
