"""What a name may mean, with what the ranking asks of each meaning worked out once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.index import people
from mapgen.model import GazetteerEntry

MOST = 40  # meanings of one name that are weighed, most prominent first
_KEPT = 50_000  # names remembered per gazetteer
CELL = 1.5  # degrees: the width of a cell of the grid by which nearness is told


@dataclass(slots=True)
class Sense:
    """One meaning of a name; ``kind`` is a coarse feature class."""

    entry: GazetteerEntry
    name_type: str
    kind: str
    size: float  # log10 of the population
    country: str
    admin1: str
    local: bool  # lies somewhere in its country, rather than being or meaning all of it
    cell: int  # of the grid, in which it is looked for
    cells: tuple[int, ...]  # of the grid, for which it speaks: its own and the nearest three; none for a region


def kind_of(entry: GazetteerEntry) -> str:
    """country, admin1, admin2, capital, seat, town, site, water, land, world or area, from GeoNames' feature code."""
    letter, _, code = entry.feature.partition(".")
    if letter == "A":
        if entry.granularity == "country" or code.startswith("PCL") or code == "TERR":
            return "country"
        return {"ADM1": "admin1", "ADM2": "admin2"}.get(code, "area")
    if letter == "P":
        return {"PPLC": "capital", "PPLA": "seat"}.get(code, "town")
    if letter == "L" and not entry.country:
        return "world"
    return {"S": "site", "H": "water", "T": "land", "V": "land"}.get(letter, "area")


def cells(lat: float, lon: float) -> tuple[int, int, int, int]:
    """The numbers of the grid's cells nearest to a point, the one that holds it first; rows are 1,000 apart."""
    y, x = (lat + 90) / CELL, (lon + 180) / CELL
    row, column = math.floor(y), math.floor(x)
    up, side = (1000 if y - row >= 0.5 else -1000), (1 if x - column >= 0.5 else -1)
    own = row * 1000 + column
    return own, own + up, own + side, own + up + side


def sense_of(entry: GazetteerEntry, name_type: str) -> Sense:
    """``entry`` under a name of ``name_type``, made ready for ranking."""
    kind = "demonym" if name_type == "demonym" else kind_of(entry)
    around = cells(entry.lat, entry.lon)
    size = entry.population if kind == "world" else people(entry)
    return Sense(
        entry, name_type, kind, math.log10(size + 10), entry.country or "", entry.admin1 or "",
        kind not in ("country", "demonym"), around[0], () if kind in ("admin1", "country", "demonym") else around,
    )  # fmt: skip


class Meanings(tuple[Sense, ...]):
    """The senses of one name, most prominent first."""

    natural: bool  # a river, a mountain or a county is among them, so that the words beside the name matter
    # What a ranking (``ranking``) has worked out before any text is read: the scores of the senses, and for each
    # spelling those that are not ruled out, with their scores and shares.
    ranking: object = None
    scores: list[float]
    by_surface: dict[str, tuple[list[Sense], list[float], list[float]]]

    @classmethod
    def of(cls, senses: Iterable[Sense]) -> Meanings:
        """``senses`` with what is worked out once."""
        made = cls(senses)
        made.natural = any(sense.kind in ("water", "land", "admin2") for sense in made)
        return made


class Senses:
    """The meanings of folded names in one gazetteer, remembered within bounds."""

    _of: ClassVar[WeakKeyDictionary[Gazetteer, Senses]] = WeakKeyDictionary()

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._names: dict[str, Meanings] = {}
        self.readings: dict[str, Any] = {}  # what evidence.candidates knows of runs by their letters ...
        self.looks: dict[tuple[str, str], Any] = {}  # ... and of names

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Senses:
        """The one instance for ``gazetteer``."""
        found = cls._of.get(gazetteer)
        if found is None:
            found = cls._of[gazetteer] = cls(gazetteer)
        return found

    def __call__(self, key: str) -> Meanings:
        """The meanings of ``key``, most prominent first; empty where it is unknown."""
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= _KEPT:
                self._names.clear()
            candidates = self.gazetteer.candidates(key, limit=MOST)
            found = self._names[key] = Meanings.of(sense_of(c.entry, c.name_type) for c in candidates)
        return found
