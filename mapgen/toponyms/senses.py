"""What a name may mean, with what the ranking asks of each meaning worked out once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple
from weakref import WeakKeyDictionary

from mapgen.gazetteer import Gazetteer
from mapgen.model import GazetteerEntry

MOST = 40  # meanings of one name that are weighed, most prominent first
_KEPT = 50_000  # names remembered per gazetteer
REMEMBERED = 50_000  # names in runs, and runs, that are kept
CELL = 1.5  # degrees: the width of a cell of the grid by which nearness is told


class Sense(NamedTuple):
    """One meaning of a name; ``kind`` is a coarse feature class."""

    row: int | GazetteerEntry
    entries: Callable[[int | GazetteerEntry], GazetteerEntry]
    lat: float
    lon: float
    name: str  # the entry's own
    name_type: str
    kind: str
    size: float  # log10 of the population
    country: str
    admin1: str
    local: bool  # lies somewhere in its country, rather than being or meaning all of it
    cell: int  # of the grid, in which it is looked for
    cells: tuple[int, ...]  # of the grid, for which it speaks: its own and the nearest three; none for a region

    @property
    def entry(self) -> GazetteerEntry:
        """What the gazetteer knows of the place."""
        return self.entries(self.row)


@lru_cache(maxsize=5_000)
def kind_of(feature: str, granularity: str, somewhere: bool) -> str:
    """country, admin1, admin2, capital, seat, town, site, water, land, world or area, from GeoNames' feature code;
    ``somewhere`` where the place lies in a country."""
    letter, _, code = feature.partition(".")
    if letter == "A":
        if granularity == "country" or code.startswith("PCL") or code == "TERR":
            return "country"
        return {"ADM1": "admin1", "ADM2": "admin2"}.get(code, "area")
    if letter == "P":
        return {"PPLC": "capital", "PPLA": "seat"}.get(code, "town")
    if letter == "L" and not somewhere:
        return "world"
    return {"S": "site", "H": "water", "T": "land", "V": "land"}.get(letter, "area")


def cells(lat: float, lon: float) -> tuple[int, int, int, int]:
    """The numbers of the grid's cells nearest to a point, the one that holds it first; rows are 1,000 apart."""
    y, x = (lat + 90) / CELL, (lon + 180) / CELL
    row, column = int(y), int(x)
    up, side = (1000 if y - row >= 0.5 else -1000), (1 if x - column >= 0.5 else -1)
    own = row * 1000 + column
    return own, own + up, own + side, own + up + side


_WHOLE = frozenset(("country", "demonym"))  # kinds that are or mean all of a country
_NOWHERE = frozenset(("admin1", "country", "demonym"))  # kinds that speak for no cell of the grid


def spelt_for(surface: str, sense: Sense) -> bool:
    """Whether ``surface`` is written as a code is, where the name is one: "TX" and "Tex.", not "TfL"; countries' codes
    have capitals only ("IND" may be India, "Ind." is Indiana)."""
    if sense.name_type != "code" or surface.isupper() or " " in surface:
        return True
    return surface[-1] == "." and sense.kind != "country"


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
        self.readings: dict[str, Any] = {}  # what candidates knows of runs by their letters ...
        self.looks: dict[tuple[str, str], Any] = {}  # ... and of names
        self.inflected: dict[str, tuple[str, Meanings] | None] = {}  # names behind words in any case
        self._room = REMEMBERED
        self._entries = gazetteer.entry_of

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
            found = self._names[key] = Meanings.of(self._senses(key))
        return found

    def remember(self, run: str, reading: Any, size: int) -> None:
        """Keep what is known of a run by its letters, which takes room for ``size`` names."""
        if self._room < size:
            self.readings.clear()
            self._room = REMEMBERED
        self._room -= size
        self.readings[run] = reading

    def _senses(self, key: str) -> Iterator[Sense]:
        entries = self._entries
        for row, name_type, name, lat, lon, country, admin1, feature, granularity, count, counts in self.gazetteer.rows(
            key, MOST
        ):
            kind = "demonym" if name_type == "demonym" else kind_of(feature, granularity, country != "")
            around = cells(lat, lon)
            size = math.log10((count if kind == "world" else counts) + 10)
            yield Sense(
                row, entries, lat, lon, name, name_type, kind, size, country, admin1, kind not in _WHOLE, around[0],
                () if kind in _NOWHERE else around,
            )  # fmt: skip
