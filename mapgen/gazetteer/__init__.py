"""The compiled place-name index: open it, ask it.

gazetteer = Gazetteer()
for start, end, key in gazetteer.find(text): ...
gazetteer.candidates("Tripoli")[0].entry
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mapgen.gazetteer import search
from mapgen.gazetteer.display import display_name
from mapgen.gazetteer.extra import UserNames
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import NAME_TYPES, Index, Row, people, prominence, score
from mapgen.gazetteer.nearest import distance_km
from mapgen.gazetteer.scan import Match, Scanner, Together
from mapgen.model import GazetteerEntry

__all__ = ["NAME_TYPES", "PACKAGED", "Candidate", "Gazetteer", "Match", "fold"]

_REGION_CODE = re.compile(r"[A-Za-z]{2}\.\w+")
_FARTHEST = 10_000  # places looked through for the nearest of a country or region
PACKAGED = Path(__file__).parent.parent / "data" / "gazetteer.bin"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and what the name is to it.

    ``name_type`` is ``main`` (the gazetteer's own name), ``official`` (the name of a country or region in some
    language), ``alternate`` (any other name or spelling), ``historic``, ``derived`` (a shorter form, made by us:
    "Donetsk" for "Donetsk Oblast"), ``abbreviation`` ("Calif."), ``code`` (ISO, IATA), ``demonym`` ("Russian") or
    ``romanised`` (a transliteration that GeoNames made by rule).
    """

    entry: GazetteerEntry
    name_type: str


class Gazetteer:
    """The packaged index (or the one at ``path``), with files of names of the user's own served beside it.

    ``extra`` files are CSV or GeoJSON (see :mod:`mapgen.gazetteer.extra`) or compiled indexes (``.bin``).  Raises
    GazetteerError where an index is missing, damaged or of another version, InputError where a file cannot be used.
    """

    def __init__(self, path: str | Path | None = None, extra: Iterable[str | Path] = ()) -> None:
        self._index = Index(Path(path) if path else PACKAGED)
        others = [Path(name) for name in extra]
        self._sources: list[Index | UserNames] = [
            self._index,
            *(_checked(other) if other.suffix == ".bin" else UserNames(other) for other in others),
        ]
        self._scanner = Scanner(self._index if len(self._sources) == 1 else Together(self._sources))
        self._of_key = lru_cache(maxsize=20_000)(self._candidates)

    def find(self, text: str, capitalised_only: bool = True) -> Iterator[Match]:
        """Every known name in ``text``: (start, end, key), by start, longest first; offsets in code points.

        With ``capitalised_only``, names start with a capital or with a letter of a script without case.
        """
        return self._scanner.find(text, capitalised_only)

    def read(self, run: str) -> tuple[list[Match], list[tuple[int, str]]]:
        """The known names in a run of capitalised words, as :meth:`find`, and its openings: where in it a name may
        begin that goes on behind it, to be handed to :meth:`beyond`."""
        return self._scanner.read(run)

    def beyond(self, text: str, start: int, end: int, openings: Sequence[tuple[int, str]]) -> list[Match]:
        """The known names that begin in ``text[start:end]``, whose ``openings`` are given, and end behind it."""
        return self._scanner.beyond(text, start, end, openings)

    def candidates(
        self, name: str, country: str | None = None, admin1: str | None = None, limit: int | None = None
    ) -> list[Candidate]:
        """The places that ``name`` may mean, exactly or folded, most prominent first.

        ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` a code with country ("US.IL"); both narrow the list.
        """
        found: Iterable[Candidate] = self._of_key(name) or self._of_key(fold(name))
        if country:
            found = [c for c in found if c.entry.country == country.upper()]
        if admin1:
            found = [c for c in found if c.entry.admin1 == admin1.upper()]
        return list(found)[:limit]

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        if len(self._sources) == 1:
            return tuple(Candidate(entry, kind) for entry, kind in self._index.named(key))
        found: dict[str, Candidate] = {}
        for source in self._sources:
            for entry, kind in source.named(key):
                known = found.setdefault(entry.id, Candidate(entry, kind))  # a place of two sources as the first has it
                if NAME_TYPES.index(kind) < NAME_TYPES.index(known.name_type):
                    found[entry.id] = Candidate(known.entry, kind)
        return tuple(sorted(found.values(), key=lambda c: (-score(prominence(c.entry), c.name_type), c.entry.id)))

    def rows(self, key: str, limit: int) -> Iterable[Row]:
        """What the folded name ``key`` may mean, as :meth:`candidates`, but without making an entry of each place."""
        if len(self._sources) == 1:
            return self._index.rows(key, limit)
        return [_row(c.entry, c.name_type) for c in self._of_key(key)[:limit]]

    def entry_of(self, row: int | GazetteerEntry) -> GazetteerEntry:
        """The entry of a row of :meth:`rows`."""
        return self._index.entry(row)

    def lookup(
        self, query: str, country: str | None = None, region: str | None = None, limit: int = 10, exact: bool = False
    ) -> list[GazetteerEntry]:
        """Places for what someone typed, best first: the name itself, names that begin with it, names like it.

        "Springfield, Illinois" asks for places in an area; ``country`` is an ISO code, ``region`` a code as "US.IL" or
        a name.  With ``exact``, only the name itself counts.
        """
        name, areas = search.parts(query)
        code = region if region and _REGION_CODE.fullmatch(region) else None
        if region and not code:
            areas = [*areas, fold(region)]
        found = {c.entry.id: c.entry for c in self.candidates(name)}
        if exact:
            return [entry for entry in found.values() if self._lies_in(entry, country, code, areas)][:limit]
        completed = self._by_prominence(search.completions(self._sources, name)) if len(found) < limit else []
        for entry in completed:
            found.setdefault(entry.id, entry)
        kept = [entry for entry in found.values() if self._lies_in(entry, country, code, areas)]
        if not kept:
            alike = search.similar(self._sources, name)
            for slips in sorted({slips for slips, _ in alike}):
                entries = self._by_prominence([key for n, key in alike if n == slips])
                kept += [e for e in entries if e not in kept and self._lies_in(e, country, code, areas)]
        return kept[:limit]

    def _by_prominence(self, keys: Iterable[str]) -> list[GazetteerEntry]:
        found = [c for key in keys for c in self._of_key(key)]
        ranked = sorted(found, key=lambda c: (-score(prominence(c.entry), c.name_type), c.entry.id))
        return list({c.entry.id: c.entry for c in ranked}.values())

    def _lies_in(self, entry: GazetteerEntry, country: str | None, region: str | None, areas: Iterable[str]) -> bool:
        if (country and entry.country != country.upper()) or (region and entry.admin1 != region.upper()):
            return False
        return all(any(_contains(c.entry, entry) for c in self._of_key(area)) for area in areas)

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """The entry of an id such as "geonames:703448"; None where there is none."""
        return next((entry for source in self._sources if (entry := source.get(entry_id))), None)

    def country(self, iso2: str) -> GazetteerEntry | None:
        """The country of an ISO 3166-1 alpha-2 code; None where there is none."""
        return self._index.get("country:" + iso2.upper())

    def region(self, code: str) -> GazetteerEntry | None:
        """The region of a GeoNames code, "US.IL", or a US county, "US.IL.031"; None where there is none."""
        return self._index.get("region:" + code.upper())

    def nearest(
        self, lat: float, lon: float, limit: int = 1, country: str | None = None, region: str | None = None
    ) -> list[GazetteerEntry]:
        """The ``limit`` populated places nearest to a point in degrees, nearest first.

        ``country`` and ``region`` narrow the list as in :meth:`lookup`; of the nearest 10,000 places at most.
        """
        if not (country or region):
            return self._nearest(lat, lon, limit)
        code = region if region and _REGION_CODE.fullmatch(region) else None
        areas = [fold(region)] if region and not code else []
        asked, found = limit, list[GazetteerEntry]()
        while len(found) < limit and asked < _FARTHEST:
            asked = min(_FARTHEST, asked * 8)
            found = [e for e in self._nearest(lat, lon, asked) if self._lies_in(e, country, code, areas)]
        return found[:limit]

    def _nearest(self, lat: float, lon: float, limit: int) -> list[GazetteerEntry]:
        found: dict[str, GazetteerEntry] = {}
        for source in self._sources:
            for entry in source.nearest(lat, lon, limit):
                found.setdefault(entry.id, entry)
        return sorted(found.values(), key=lambda entry: distance_km(lat, lon, entry.lat, entry.lon))[:limit]

    def display_name(self, entry: GazetteerEntry, lang: str | None) -> str:
        """The entry's name in a language (ISO 639: "ru") where known, or else its own."""
        return display_name(entry, lang)

    @property
    def sources(self) -> str:
        """Whose data this is, as it must be credited on a map."""
        told = [source.sources for source in self._sources if isinstance(source, Index)]
        return ", ".join(dict.fromkeys(part for sources in told for part in sources.split(", ")))

    def __len__(self) -> int:
        return len(self._index)


def _checked(path: Path) -> Index:
    index = Index(path)
    index.check()
    return index


def _row(e: GazetteerEntry, name_type: str) -> Row:
    return (
        e, name_type, e.name, e.lat, e.lon, e.country or "", e.admin1 or "", e.feature, e.granularity, e.population,
        people(e),
    )  # fmt: skip


def _contains(area: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """Whether ``entry`` lies in ``area``: by code in a country or first-level region, by distance in another area."""
    if area.id == entry.id or area.granularity not in ("region", "country"):
        return False
    if area.granularity == "country":
        return entry.country == area.country
    if area.feature == "A.ADM1":
        return entry.admin1 == area.admin1
    return distance_km(area.lat, area.lon, entry.lat, entry.lon) <= area.radius_km
