"""The compiled place-name index: open it, ask it.

gazetteer = Gazetteer()
for start, end, key in gazetteer.find(text): ...
gazetteer.candidates("Tripoli")[0].entry
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import NAME_TYPES, Index
from mapgen.gazetteer.nearest import nearest
from mapgen.gazetteer.scan import Match, Scanner
from mapgen.model import GazetteerEntry

__all__ = ["NAME_TYPES", "PACKAGED", "Candidate", "Gazetteer", "Match", "fold"]

PACKAGED = Path(__file__).parent.parent / "data" / "gazetteer.bin"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and what the name is to it.

    ``name_type`` is ``main`` (the gazetteer's own name), ``official`` (the place's own or another language's name of a
    country or region), ``alternate`` (any other name or spelling), ``historic``, ``derived`` (a shorter form, made by
    us: "Donetsk" for "Donetsk Oblast"), ``abbreviation`` ("Calif."), ``code`` (ISO, IATA), ``demonym`` ("Russian") or
    ``romanised`` (a transliteration that GeoNames made by rule).
    """

    entry: GazetteerEntry
    name_type: str


class Gazetteer:
    """The packaged index (or the one at ``path``), with the user's own files of names served at once.

    Raises :class:`mapgen.errors.GazetteerError` where the index is missing, damaged or of another version.
    """

    def __init__(self, path: str | Path | None = None, extra: Iterable[str | Path] = ()) -> None:
        self._index = Index(Path(path) if path else PACKAGED)
        self._scanner = Scanner([self._index])
        self._entry = lru_cache(maxsize=50_000)(self._index.entry)
        self._of_key = lru_cache(maxsize=20_000)(self._candidates)

    def find(self, text: str, capitalised_only: bool = True) -> Iterator[Match]:
        """Every known name in ``text``: (start, end, key), by start, longest first; offsets in code points.

        With ``capitalised_only``, names start with a capital or with a letter of a script without case.
        """
        return self._scanner.find(text, capitalised_only)

    def candidates(
        self, name: str, country: str | None = None, admin1: str | None = None, limit: int | None = None
    ) -> list[Candidate]:
        """The places that ``name`` may mean, exactly or folded, most prominent first.

        ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` a code with country ("US.IL"); both narrow the list.
        """
        key = name if self._index.trie.get(name) is not None else fold(name)
        found: Iterable[Candidate] = self._of_key(key)
        if country:
            found = [c for c in found if c.entry.country == country]
        if admin1:
            found = [c for c in found if c.entry.admin1 == admin1]
        return list(found)[:limit]

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        return tuple(Candidate(self._entry(row), NAME_TYPES[kind]) for row, kind in self._index.of_name(key))

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """The entry of an id such as "geonames:703448"; None where there is none."""
        row = self._index.row_of(entry_id)
        return None if row is None else self._entry(row)

    def country(self, iso2: str) -> GazetteerEntry | None:
        """The country of an ISO 3166-1 alpha-2 code; None where there is none."""
        return self.entry("country:" + iso2.upper())

    def region(self, code: str) -> GazetteerEntry | None:
        """The region of a GeoNames code, "US.IL", or a US county, "US.IL.031"; None where there is none."""
        return self.entry("region:" + code.upper())

    def nearest(self, lat: float, lon: float, limit: int = 1) -> list[GazetteerEntry]:
        """The ``limit`` populated places nearest to a point in degrees, nearest first."""
        return [self._entry(row) for row in nearest(self._index.tree, self._index.point, lat, lon, limit)]

    @property
    def sources(self) -> str:
        """Whose data this is, as it must be credited on a map."""
        return self._index.sources

    def __len__(self) -> int:
        return len(self._index)
