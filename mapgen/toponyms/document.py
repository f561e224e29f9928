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
    shares: Sequence[float] = ()  # probability of each sense
    fixed: Sequence[float] = ()  # score of each sense without what the other names say
    own: Evidence | None = None  # what the name itself speaks for, where it has several senses
    amounts: Sequence[Amounts] = ()  # what the other names say for each sense


@dataclass(slots=True)
class Evidence:
    """How much speaks for each country, first-level region and cell of the grid (see ``senses.cells``)."""

    country: dict[str, float] = field(default_factory=dict)
    region: dict[str, float] = field(default_factory=dict)
    cell: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, named: Iterable[Name]) -> Evidence:
        """What names speak for together; notes for those with several senses what each says itself (``Name.own``)."""
        country: defaultdict[str, float] = defaultdict(float)
        region: defaultdict[str, float] = defaultdict(float)
        cell: defaultdict[int, float] = defaultdict(float)
        for name in named:
            senses, weight = name.senses, name.weight
            if len(senses) > 1:
                shares = name.shares
                sure = max(shares)
                if sure <= _SURE:
                    own = name.own = cls.divided(senses, shares, weight)
                    for code, amount in own.country.items():
                        country[code] += amount
                    for code, amount in own.region.items():
                        region[code] += amount
                    for at, amount in own.cell.items():
                        cell[at] += amount
                    continue
                sense = senses[shares.index(sure)]
                code = sense.admin1 if sense.local else ""
                name.own = cls({sense.country: weight}, {code: weight}, dict.fromkeys(sense.cells, weight))
            else:
                sense = senses[0]
                code = sense.admin1 if sense.local else ""
            country[sense.country] += weight
            if code:
                region[code] += weight
            for at in sense.cells:
                cell[at] += weight
        return cls(country, region, cell)

    @classmethod
    def divided(cls, senses: Sequence[Sense], shares: Sequence[float], weight: float) -> Evidence:
        """What a name speaks for whose meaning is open, by the shares of its senses."""
        country: dict[str, float] = {}
        region: dict[str, float] = {}
        cell: dict[int, float] = {}
        for sense, share in zip(senses, shares, strict=True):
            if share >= _LEAST_SHARE:
                amount = share * math.sqrt(share) * weight  # unlikely meanings together outweigh no likely one
                code = sense.country
                country[code] = country.get(code, 0.0) + amount
                if sense.local and (code := sense.admin1):
                    region[code] = region.get(code, 0.0) + amount
                for at in sense.cells:
                    cell[at] = cell.get(at, 0.0) + amount
        return cls(country, region, cell)

    def beyond(self, name: Name) -> list[Amounts]:
        """What speaks for each sense of ``name``, itself left out."""
        own = name.own or self.divided(name.senses, name.shares, name.weight)
        countries, regions, cells = self.country.get, self.region.get, self.cell.get
        own_country, own_region, own_cell = own.country.get, own.region.get, own.cell.get
        found = []
        for sense in name.senses:
            country = countries(sense.country, 0.0)
            if country:
                country -= own_country(sense.country, 0.0)
            if country < _NOTHING:
                found.append(_NONE)
                continue
            region = near = 0.0
            if sense.local:
                if (region := regions(sense.admin1, 0.0)) and (region := region - own_region(sense.admin1, 0.0)) < 0.0:
                    region = 0.0
                if (near := cells(sense.cell, 0.0)) and (near := near - own_cell(sense.cell, 0.0)) < 0.0:
                    near = 0.0
            found.append((country, region, near))
        return found


_NOTHING = 1e-9
_NONE = (0.0, 0.0, 0.0)


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
