"""What is settled for a table as a whole: the days of its dates, the places of its rows, the rows left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Place
from mapgen.readers.cells import Cells
from mapgen.readers.dates import Span, spans_of
from mapgen.readers.placing import (
    Gazetteering,
    listed,
    located,
    located_together,
    named,
    place_at,
    shaped,
    swapped,
    unknown,
)

_CHECKED = 40  # rows whose names are looked up to see whether coordinates are swapped
_TELLING = ("event_type", "sub_event_type", "title", "notes", "date_start", "place")  # with the place, an event


class Settling:
    """The places and days of all rows, found once for each text; ``wrong`` and ``unpinned`` say what rows lack."""

    def __init__(self, cells: Cells, gazetteer: Gazetteering) -> None:
        self.cells = cells
        self.gazetteer = gazetteer
        self.notes: list[str] = []
        self.wrong: dict[int, str] = {}  # row ─► why it makes no event
        self.unpinned: dict[int, str] = {}  # row ─► why it has no place, though it makes an event
        self.repeated: dict[int, int] = {}  # row ─► how many rows before it, and it, have the same id or tell the same
        self._countries: dict[str, str | None] = {"": None}
        self._by_name: dict[int, Place] = {}
        self._at: list[tuple[float, float] | None] = [None] * len(cells)
        self.spans = self._dates()
        self._locate()
        self._check_dates()
        rows = range(len(cells))
        self.kept: Sequence[int] = [row for row in rows if row not in self.wrong] if self.wrong else rows
        self._number_repeated()

    def places(self, row: int) -> tuple[Place, ...]:
        """Where the event of a row is."""
        if self.cells.table.places is not None and isinstance(known := self.cells.table.places[row], Place):
            return (known,)
        at = self._at[row]
        if at is None:
            if "places" in self.cells.columns and self.cells.form:
                codes = self.cells.codes.get("granularity", {})
                found = listed(self.cells.text("places", row), self.cells.form.places, codes, self.cells.form.countries)
                return tuple(self._shaped(place) for place in found)
            return (self._by_name[row],) if row in self._by_name else ()
        precision = self.cells.value("geo_precision", row)
        place = place_at(
            *at,
            self.cells.text("place", row),
            self.country_code(self.cells.text("country", row)),
            self.cells.text("admin1", row),
            int(precision) if precision in ("1", "2", "3") else 0,
            self.cells.value("granularity", row),
        )
        return (self._shaped(place) if "granularity" in self.cells.codes else place,)

    def _shaped(self, place: Place) -> Place:
        return place if place.granularity in ("city", "site") else shaped(place, self.gazetteer)

    def country_code(self, text: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a country of the table."""
        if text not in self._countries:
            form = self.cells.form
            self._countries[text] = self.gazetteer.country(text, form.countries if form else "")
        return self._countries[text]

    def _dates(self) -> dict[str, Span | str]:
        spans: dict[str, Span | str] = {}
        for key in ("date_start", "date_end"):
            found, note = spans_of(self.cells.columns.get(key, ()), self.cells.order)
            spans |= found
            if note and note not in self.notes:
                self.notes.append(note)
        return spans

    def _check_dates(self) -> None:
        """Mark the rows whose date is none, or ends before it starts."""
        no_dates = {text for text, span in self.spans.items() if isinstance(span, str)}
        if not no_dates and "date_end" not in self.cells.columns:
            return
        for row in range(len(self.cells)):
            start, end = (self.spans.get(self.cells.text(key, row)) for key in ("date_start", "date_end"))
            reason = next((span for span in (start, end) if isinstance(span, str)), None)
            if isinstance(start, Span) and isinstance(end, Span) and end.end < start.start:
                reason = f"ends on {end.end}, before it starts on {start.start}"
            if reason:
                self.wrong.setdefault(row, reason)

    def _locate(self) -> None:
        """Find where each row is, by its geometry, its coordinates or its names."""
        if self.cells.table.places is not None:
            self.wrong |= {row: place for row, place in enumerate(self.cells.table.places) if isinstance(place, str)}
        elif "lat" in self.cells.columns and "lon" in self.cells.columns:
            self._at, self.wrong = located(self.cells.columns["lat"], self.cells.columns["lon"])
            self._note_commas()
            self._note_swapped()
        elif together := self.cells.columns.get("lat_lon") or self.cells.columns.get("geometry"):
            self._at, self.wrong = located_together(together)
        listing = "places" in self.cells.columns
        for row, at in enumerate(self._at):
            if at is None and row not in self.wrong and not (self.cells.table.places and self.cells.table.places[row]):
                if listing:
                    if not self.places(row):
                        self.wrong[row] = "lists no place"
                else:
                    self._name_place(row)

    def _name_place(self, row: int) -> None:
        name, admin1, country = (self.cells.text(key, row) for key in ("place", "admin1", "country"))
        try:
            found = named(name, admin1, country, self.country_code(self.cells.text("country", row)), self.gazetteer)
        except InputError as error:
            self.wrong[row] = str(error)
            return
        if found is None:
            self.unpinned[row] = unknown(name or admin1 or country)
        else:
            self._by_name[row] = found

    def _note_commas(self) -> None:
        odd = (lat for lat, at in zip(self.cells.columns["lat"], self._at, strict=True) if at and "," in lat)
        if example := next(odd, None):
            self.notes.append(f"its coordinates have a decimal comma ({example})")

    def _note_swapped(self) -> None:
        if "place" not in self.cells.columns:
            return
        found: dict[str, tuple[str, str | None, float, float]] = {}
        for row, at in enumerate(self._at[: _CHECKED * 10]):
            name = self.cells.text("place", row)
            if at and name and name not in found and len(found) < _CHECKED and abs(at[1]) <= 90:
                found[name] = (name, self.country_code(self.cells.text("country", row)), *at)
        if swapped(list(found.values()), self.gazetteer):
            lat, lon = self.cells.headings["lat"], self.cells.headings["lon"]
            self.notes.append(f"latitude and longitude look swapped; if so, say --column lat={lon} --column lon={lat}")

    def _number_repeated(self) -> None:
        """Rows with the same id, or telling the same, get a number behind their id."""
        if "event_id" in self.cells.columns:
            keys: Iterator[Any] = (self.cells.text("event_id", row) for row in self.kept)
        else:
            told = [self.cells.columns[key] for key in _TELLING if key in self.cells.columns]
            keys = (hash((self._at[row], *(column[row] for column in told))) for row in self.kept)
        seen: Counter[Any] = Counter()
        for row, key in zip(self.kept, keys, strict=True):
            seen[key] += 1
            if seen[key] > 1:
                self.repeated[row] = seen[key]
        if self.repeated and "event_id" in self.cells.columns:
            self.notes.append(f"{len(self.repeated)} rows have an id of another row; a number was put behind it")
