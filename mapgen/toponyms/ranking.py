"""Which of its meanings a name has here: all names of a document decided together by a learned linear ranking.

A name's score for a meaning is the weighted sum of the features in ``FEATURES``; the softmax of the scores is the
probability of each.  Names lend each other weight: the likelier a meaning is, the more it speaks for its country, its
first-level region and its surroundings (see :mod:`mapgen.toponyms.document`), and this is repeated ``TURNS`` times.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set

from mapgen.toponyms.document import Amounts, Evidence, Name
from mapgen.toponyms.senses import Meanings, spelt_for
from mapgen.toponyms.weights import Sums

TURNS = 2
KINDS = ("country", "admin1", "admin2", "capital", "seat", "town", "site", "water", "land", "world", "area", "demonym")
NAME_TYPES = ("main", "official", "alternate", "historic", "derived", "abbreviation", "code", "romanised")
# Known before the text is read.
AMOUNTS = (
    "population",  # log10 of the population, of a town
    "population of an area",
    "behind the greatest",  # how many orders of magnitude fewer people than the greatest meaning has
)
OF_SENSE = (
    *(f"kind {kind}" for kind in KINDS),
    *(f"name {name_type}" for name_type in NAME_TYPES),
    *AMOUNTS,
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
NATURAL = frozenset(("water", "land"))
_AREAS = frozenset(("country", "admin1", "admin2", "demonym", "world", "area"))
TOWNS = frozenset(("town", "seat", "capital"))
_OWN_NAMES = ("main", "official", "alternate")  # in other alphabets a town's name is an alternate one
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
        self.around = tuple(weights.get(f, 0.0) for f in AROUND)
        self._of_sense, self._said = Sums(weights, sense_marks), Sums(weights, said_marks)
        self._amounts = tuple(weights.get(f, 0.0) for f in AMOUNTS)
        self._spelt, self._missing = weights.get("spelt so", 0.0), weights.get("feature word missing", 0.0)

    def begin(self, name: Name) -> None:
        """Set the senses of ``name`` that the text does not rule out, with their scores and shares, the other names
        left aside."""
        meanings, surface = name.meanings, name.surface
        if meanings.ranking is not self:
            meanings.ranking, meanings.by_surface = self, {}
            meanings.scores = self._scores(meanings)
        told = bool(name.inside) or not name.beside.isdisjoint(_TELLING)
        known = None if told else meanings.by_surface.get(surface)
        if known is None:
            if told:
                said = self._said
                scores = [s + said[marks] for s, marks in zip(meanings.scores, told_of(name), strict=True)]
            else:
                spelt, missing = self._spelt, self._missing
                scores = [
                    s + (spelt if m.name == surface else 0.0) + (missing if m.kind in NATURAL else 0.0)
                    for s, m in zip(meanings.scores, meanings, strict=True)
                ]
            least = max(scores) - _HOPELESS
            kept = [i for i, s in enumerate(scores) if s > least and spelt_for(surface, meanings[i])]
            kept = kept or list(range(len(scores)))
            fixed = [scores[i] for i in kept]
            known = [meanings[i] for i in kept], fixed, softmax(fixed)
            if not told:
                if len(meanings.by_surface) > _SPELLINGS:
                    meanings.by_surface.clear()
                meanings.by_surface[surface] = known
        name.senses, name.fixed, name.shares = known

    def _scores(self, meanings: Meanings) -> list[float]:
        """The sum of the weights of what is known of each meaning before the text is read."""
        marks, (town, area, behind) = self._of_sense, self._amounts
        return [marks[m] + town * a + area * b + behind * c for m, (a, b, c) in of_senses(meanings)]


_SPELLINGS = 20  # of one name that are remembered
_HOPELESS = 9.0  # log odds behind the best meaning from which on no other name can help


def decide(names: Sequence[Name], ranking: Ranking, turns: int = TURNS) -> Evidence:
    """Set ``shares`` of every name: the probability of each of its senses; returns what the names speak for."""
    for name in names:
        if not name.shares:
            ranking.begin(name)
    evidence = Evidence()
    open_names = [name for name in names if len(name.senses) > 1]
    for _ in range(turns):
        evidence = Evidence.of(names)
        for name in open_names:
            name.amounts = evidence.beyond(name)
            name.shares = _shares(name, ranking)
    return evidence


def _shares(name: Name, ranking: Ranking) -> list[float]:
    a, b, c, d, e, f = ranking.around
    rows = around_features(name.amounts)
    told = {amount: a * r + b * t + c * u + d * v + e * w + f * x for amount, (r, t, u, v, w, x) in rows.items()}
    return softmax([s + told[amount] for s, amount in zip(name.fixed, name.amounts, strict=True)])


def around_features(amounts: Sequence[Amounts]) -> dict[Amounts, tuple[float, ...]]:
    """The ``AROUND`` features of a sense, by what the other names say for it, of which ``amounts`` are all."""
    distinct = set(amounts)
    most_country = max([amount[0] for amount in distinct]) + 0.5
    most_region = max([amount[1] for amount in distinct]) + 0.5
    log1p = math.log1p
    return {
        (country, region, near): (
            log1p(country), log1p(region), log1p(near), country / most_country, region / most_region,
            1.0 if near < 0.05 else 0.0,
        )
        for country, region, near in distinct
    }  # fmt: skip


def features(name: Name) -> list[list[float]]:
    """All features of each sense of a decided name with several, in the order of ``FEATURES``."""
    told = zip(name.meanings, of_senses(name.meanings), told_of(name), strict=True)
    known = {id(m): (marks, amounts, said) for m, (marks, amounts), said in told}
    rows = []
    around = around_features(name.amounts)
    for sense, others in zip(name.senses, name.amounts, strict=True):
        marks, amounts, said = known[id(sense)]
        found = dict.fromkeys((*sense_marks(*marks), *said_marks(*said)), 1.0)
        found.update(zip((*AMOUNTS, *AROUND), (*amounts, *around[others]), strict=True))
        rows.append([found.get(feature, 0.0) for feature in FEATURES])
    return rows


def of_senses(senses: Meanings) -> Iterator[tuple[tuple[str, str, bool, bool], tuple[float, float, float]]]:
    """What is known of each sense before the text is read: the case that holds, for ``sense_marks``, and the
    ``AMOUNTS``."""
    greatest = max([sense.size for sense in senses])
    towns, capitals = _NONE, _NONE
    if any(sense.kind in _BEARERS for sense in senses):
        main = [s for s in senses if s.name_type in _OWN_NAMES and s.kind in TOWNS]
        towns = {s.admin1 for s in main if s.size > _TOWN_SIZE}
        capitals = {s.country for s in main if s.kind == "capital"}
    first = True
    for sense in senses:
        kind, size = sense.kind, sense.size
        bears = kind in _BEARERS and (sense.admin1 in towns or sense.country in capitals)
        area = kind in _AREAS
        amounts = (0.0, size, greatest - size) if area else (size, 0.0, greatest - size)
        yield (kind, sense.name_type, first, bears), amounts
        first = False


def sense_marks(kind: str, name_type: str, first: bool, bears: bool) -> Sequence[str]:
    """The kind of place, what the name is to it, whether it is the most prominent, and whether it is a region or
    county with a town of its name in it, or in a country with such a capital."""
    told = [f"kind {kind}", f"name {name_type}"]
    if first:
        told.append("most prominent")
    if bears:
        told.append("bears a town's name")
    return told


_BEARERS = frozenset(("admin1", "admin2"))
_NONE: Set[str] = frozenset()


def told_of(name: Name) -> Iterator[tuple[bool, ...]]:
    """Which of the ``SAID`` features each meaning has."""
    inside, near, surface = name.inside, name.beside, name.surface
    water, land, county = not near.isdisjoint(_WATER), not near.isdisjoint(_LAND), not near.isdisjoint(_COUNTY)
    neither = not (water or land)
    for sense in name.meanings:
        kind = sense.kind
        held = region = False
        if inside and kind not in ("country", "demonym"):
            region = sense.admin1 in inside and kind != "admin1"
            held = region or sense.country in inside
        yield (
            sense.name == surface, held, region, bool(inside) and not held,
            (kind == "water" and water) or (kind == "land" and land), kind in NATURAL and neither,
            county and kind == "admin2",
        )  # fmt: skip


def said_marks(*told: bool) -> Sequence[str]:
    """The ``SAID`` features that hold."""
    return [feature for feature, holds in zip(SAID, told, strict=True) if holds]


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in proportion to the exponentials of ``scores``."""
    if len(scores) == 1:
        return [1.0]
    top, exp = max(scores), math.exp
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
