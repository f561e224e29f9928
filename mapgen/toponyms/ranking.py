"""Which of its meanings a name has here: all names of a document decided together by a learned linear ranking.

A name's score for a meaning is the weighted sum of the features in ``FEATURES``; the softmax of the scores is the
probability of each.  Names lend each other weight: the likelier a meaning is, the more it speaks for its country, its
first-level region and its surroundings (see :mod:`mapgen.toponyms.document`), and this is repeated ``TURNS`` times.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import mul

from mapgen.toponyms.document import Amounts, Evidence, Name, others_say
from mapgen.toponyms.senses import Meanings

TURNS = 2
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
# Told by the other names of the document: how much speaks for the country, the region and the surroundings of a
# meaning, and which share that is of what speaks for the best supported meaning.
AROUND = ("country evidence", "region evidence", "near evidence", "share of country", "share of region", "none near")
FEATURES = (*OF_SENSE, *SAID, *AROUND)
_AREAS = frozenset(("country", "admin1", "admin2", "demonym", "world", "area"))
_TOWNS = frozenset(("town", "seat", "capital"))
_TOWN_SIZE = 4.3  # log10 of the population
_WATER = frozenset(
    "river lake creek bay gulf sea ocean strait channel canal falls springs reservoir pond rivers lakes".split()
)
_LAND = frozenset("mountain mountains mount hills valley canyon desert forest island islands peninsula cape".split())
_COUNTY = frozenset("county counties parish co".split())
_TELLING = _WATER | _LAND | _COUNTY


class Ranking:
    """The weights of the features, ready for use; a feature without a weight counts for nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)
        self.of_sense, self.said, self.around = (
            tuple(weights.get(f, 0.0) for f in part) for part in (OF_SENSE, SAID, AROUND)
        )

    def begin(self, name: Name) -> None:
        """Set the senses of ``name`` that the text does not rule out, with their scores and shares, the other names
        left aside."""
        meanings = name.meanings
        if meanings.ranking is not self:
            meanings.ranking, meanings.by_surface = self, {}
            meanings.scores = [_dot(self.of_sense, row) for row in sense_features(meanings)]
        told = bool(name.inside) or not name.beside.isdisjoint(_TELLING)
        known = None if told else meanings.by_surface.get(name.surface)
        if known is None:
            said = [_dot(self.said, row) for row in said_features(name)]
            scores = [s + t for s, t in zip(meanings.scores, said, strict=True)]
            least = max(scores) - _HOPELESS
            kept = [(m, s) for m, s in zip(meanings, scores, strict=True) if s > least]
            fixed = [s for _, s in kept]
            known = [m for m, _ in kept], fixed, softmax(fixed)
            if not told:
                if len(meanings.by_surface) > _SPELLINGS:
                    meanings.by_surface.clear()
                meanings.by_surface[name.surface] = known
        name.senses, name.fixed, name.shares = known


_SPELLINGS = 20  # of one name that are remembered
_HOPELESS = 9.0  # log odds behind the best meaning from which on no other name can help


def decide(names: Sequence[Name], ranking: Ranking, turns: int = TURNS) -> Evidence:
    """Set ``shares`` of every name: the probability of each of its senses; returns what the names speak for."""
    for name in names:
        if not name.shares:
            ranking.begin(name)
    evidence = Evidence()
    for _ in range(turns):
        for name in names:
            name.own = Evidence.of(name)
        evidence = Evidence.sum([name.own for name in names if name.own])
        for name in names:
            if len(name.senses) > 1:
                name.amounts = others_say(name, evidence)
                name.shares = _shares(name, ranking)
    return evidence


def _shares(name: Name, ranking: Ranking) -> list[float]:
    a, b, c, d, e, f = ranking.around
    rows = zip(name.fixed, around_features(name.amounts), strict=True)
    return softmax([s + a * r + b * t + c * u + d * v + e * w + f * x for s, (r, t, u, v, w, x) in rows])


def around_features(amounts: Sequence[Amounts]) -> list[tuple[float, ...]]:
    """The ``AROUND`` features of each sense, by what the other names say for it."""
    most_country = max(amount[0] for amount in amounts) + 0.5
    most_region = max(amount[1] for amount in amounts) + 0.5
    log1p = math.log1p
    rows = {
        amount: (
            log1p(amount[0]), log1p(amount[1]), log1p(amount[2]), amount[0] / most_country, amount[1] / most_region,
            1.0 if amount[2] < 0.05 else 0.0,
        )
        for amount in set(amounts)
    }  # fmt: skip
    return [rows[amount] for amount in amounts]


def features(name: Name) -> list[list[float]]:
    """All features of each sense of a decided name with several, in the order of ``FEATURES``."""
    known = {id(m): (*row, *told) for m, row, told in
             zip(name.meanings, sense_features(name.meanings), said_features(name), strict=True)}  # fmt: skip
    return [[*known[id(s)], *around] for s, around in zip(name.senses, around_features(name.amounts), strict=True)]


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
    """The ``SAID`` features of each meaning."""
    rows: list[tuple[float, ...]] = []
    inside, near = name.inside, name.beside
    water, land, county = bool(near & _WATER), bool(near & _LAND), bool(near & _COUNTY)
    for sense in name.meanings:
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


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in proportion to the exponentials of ``scores``."""
    if len(scores) == 1:
        return [1.0]
    top, exp = max(scores), math.exp
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return float(sum(map(mul, a, b)))
