"""The names of a document together: what each may mean, and what all of them speak for.

A name speaks for the country, the first-level region and the surroundings (cells of a grid) of its likely meanings.
What stands at the beginning of a document, its dateline and headline, says most about where it plays and counts for
more.  Linear in the number of names, for a grid cell is looked up and not searched.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mapgen.toponyms.senses import Meanings, Sense

EARLY = 300  # characters: a dateline and a first sentence
_EARLY_WEIGHT = 1.5
_LEAST_SHARE = 0.04  # of a meaning, to speak for its surroundings
_SURE = 0.98  # share from which on a meaning speaks alone
Amounts = tuple[float, float, float]  # what speaks for a sense: for its country, its region, its surroundings


@dataclass(slots=True)
class Said:
    """One occurrence of a name: where it starts, what it may mean, what stands beside it, how surely it is a place."""

    start: int
    surface: str
    key: str
    senses: Meanings
    inside: frozenset[str]
    beside: frozenset[str]
    probability: float = 1.0
    name: Name | None = None  # the same name decided with less knowledge, to go on from


@dataclass(slots=True)
class Name:
    """One name of a document, with all the places in the text where it stands."""

    key: str
    meanings: Meanings
    surface: str
    weight: float = 0.0  # how surely it is a place at all, summed over its mentions and damped
    inside: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()  # words beside it
    early: bool = False  # stands at the beginning of the document
    senses: Sequence[Sense] = ()  # the meanings that are not ruled out
    shares: list[float] = field(default_factory=list)  # probability of each sense
    fixed: list[float] = field(default_factory=list)  # score of each sense without what the other names say
    own: Evidence | None = None  # what the name itself speaks for
    amounts: list[Amounts] = field(default_factory=list)  # what the other names say for each sense


@dataclass(slots=True)
class Evidence:
    """How much speaks for each country, first-level region and cell of the grid (see ``senses.cells``)."""

    country: dict[str, float] = field(default_factory=dict)
    region: dict[str, float] = field(default_factory=dict)
    cell: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, name: Name) -> Evidence:
        """What a name speaks for, by the shares of its senses."""
        senses, shares, weight = name.senses, name.shares, name.weight
        sure = max(shares)
        if sure > _SURE:
            sense = senses[shares.index(sure)] if len(senses) > 1 else senses[0]
            code = sense.admin1
            region = {code: weight} if code and sense.local else {}
            return cls({sense.country: weight}, region, dict.fromkeys(sense.cells, weight))
        country: defaultdict[str, float] = defaultdict(float)
        regions: defaultdict[str, float] = defaultdict(float)
        cell: defaultdict[int, float] = defaultdict(float)
        for sense, share in zip(senses, shares, strict=True):
            if share >= _LEAST_SHARE:
                amount = share * weight
                country[sense.country] += amount
                if sense.local and sense.admin1:
                    regions[sense.admin1] += amount
                for at in sense.cells:
                    cell[at] += amount
        return cls(country, regions, cell)

    @classmethod
    def sum(cls, parts: Iterable[Evidence]) -> Evidence:
        """What ``parts`` say together."""
        country: defaultdict[str, float] = defaultdict(float)
        region: defaultdict[str, float] = defaultdict(float)
        cell: defaultdict[int, float] = defaultdict(float)
        for part in parts:
            for code, amount in part.country.items():
                country[code] += amount
            for code, amount in part.region.items():
                region[code] += amount
            for at, amount in part.cell.items():
                cell[at] += amount
        return cls(country, region, cell)

    def beyond(self, own: Evidence, senses: Sequence[Sense]) -> list[Amounts]:
        """What speaks for each of ``senses``, ``own`` left out."""
        countries, regions, cells = self.country.get, self.region.get, self.cell.get
        own_country, own_region, own_cell = own.country.get, own.region.get, own.cell.get
        found = []
        for sense in senses:
            code = sense.country
            country = countries(code, 0.0)
            if country:
                country -= own_country(code, 0.0)
            if country < _NOTHING:
                found.append(_NONE)
                continue
            region = near = 0.0
            if sense.local:
                if region := regions(sense.admin1, 0.0):
                    region = max(0.0, region - own_region(sense.admin1, 0.0))
                if near := cells(sense.cell, 0.0):
                    near = max(0.0, near - own_cell(sense.cell, 0.0))
            found.append((country, region, near))
        return found


_NOTHING = 1e-9
_NONE = (0.0, 0.0, 0.0)


def others_say(name: Name, evidence: Evidence) -> list[Amounts]:
    """What the other names of the document say for each sense of ``name``."""
    return evidence.beyond(name.own or Evidence(), name.senses)


def names(said: Sequence[Said]) -> tuple[list[Name], list[Name]]:
    """The distinct names of ``said``, and the name of each occurrence: a name has one sense in a document.

    Where the text itself tells two apart ("Paris, Texas" and "Paris, France"), they are two names.
    """
    apart = _told_apart(said)
    found: dict[tuple[str, frozenset[str]], Name] = {}
    of_each = []
    for one in said:
        inside = apart[one.key].get(one.inside) or one.inside if one.key in apart else _NOWHERE
        name = found.get((one.key, inside))
        if name is None:
            name = found[one.key, inside] = Name(one.key, one.senses, one.surface)
            if one.name:
                name.senses, name.fixed, name.shares = one.name.senses, one.name.fixed, one.name.shares
        name.weight += one.probability
        if one.inside:
            name.inside |= one.inside
        if one.beside:
            name.beside |= one.beside
        if one.start < EARLY:
            name.early = True
        of_each.append(name)
    for name in found.values():
        if name.weight > 1.0:
            name.weight = 1.0 + math.log(name.weight)
        if name.early:
            name.weight *= _EARLY_WEIGHT
    return list(found.values()), of_each


_NOWHERE: frozenset[str] = frozenset()


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
