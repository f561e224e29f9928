"""The rows of a table ─► events; columns are settled as a whole, and an Event is made when it is asked for.

So a million rows take the room of their cells, and the order of day and month, the geocoder's answers and the meaning
of codes are found once for each text, not once a row.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, overload

from mapgen.errors import InputError
from mapgen.model import STATUSES, Event, EventCollection, Figure, Place, Skipped, Source, When
from mapgen.readers.cells import Cells, Table
from mapgen.readers.columns import Geocode, Meaning
from mapgen.readers.dates import Span
from mapgen.readers.labels import type_labels
from mapgen.readers.placing import Gazetteering
from mapgen.readers.settling import Settling
from mapgen.taxonomy import TYPES

_FIGURES = ("killed", "injured", "arrested", "participants")
_TOLD = frozenset((  # the fields whose cells an event holds as they are
    *"date_start date_end lat lon lat_lon geometry place admin1 country title notes actor1 actor2".split(),
    *"attribution source url event_id geo_precision time_precision status".split(),
    *_FIGURES,
))  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_FIGURE = re.compile(r"(?P<low>\d{1,9})(?:\.0+)?\s*(?:(?P<over>\+)|[-–]\s*(?P<high>\d{1,9}))?\Z")


def events_of(table: Table, meaning: Meaning, geocode: Geocode | None) -> EventCollection:
    """The events of a table; rows that make none are listed as skipped.  Raises InputError where no row makes one."""
    settling = Settling(Cells(table, meaning), Gazetteering(geocode))
    told = [(row, reason) for row, reason in settling.unpinned.items() if row not in settling.wrong]
    skipped = [Skipped(table.named(row), reason) for row, reason in [*settling.wrong.items(), *told]]
    skipped = sorted([*table.skipped, *skipped], key=lambda row: _number(row.where))
    if not settling.kept:
        first = (
            f"; the first: {skipped[0].where.removeprefix(table.where).strip()} {skipped[0].reason}" if skipped else ""
        )
        raise InputError(f"{table.where}: none of its {len(skipped)} {table.unit}s makes an event{first}")
    notes = tuple(f"{table.where}: {note}" for note in (*table.notes, *meaning.notes, *settling.notes))
    return EventCollection(TableEvents(settling), skipped=tuple(skipped), notes=notes)


def _number(where: str) -> int:
    found = re.search(r"(\d+)\Z", where)
    return int(found[1]) if found else 0


class TableEvents(Sequence[Event]):
    """The events of a table: a sequence that makes each Event when it is asked for."""

    def __init__(self, settling: Settling) -> None:
        self._settled = settling
        self._cells = settling.cells
        self._types: dict[tuple[str, str], tuple[str, str]] = {}
        self._known_figures: dict[str, Figure | None] = {}
        self._whens: dict[tuple[str, str, str], When] = {}
        self._others = self._cells.others(_TOLD)
        self._not_understood = self._odd_texts()

    @property
    def located(self) -> int:
        """How many of the events have a place."""
        return len(self) - sum(row not in self._settled.wrong for row in self._settled.unpinned)

    def __len__(self) -> int:
        return len(self._settled.kept)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self._event(row) for row in self._settled.kept[index])
        return self._event(self._settled.kept[index])

    def __iter__(self) -> Iterator[Event]:
        return map(self._event, self._settled.kept)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Event.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def _event(self, row: int) -> Event:
        cell = self._cells.text
        kind, shown = self._type(cell("sub_event_type", row), cell("event_type", row))
        notes, actors = cell("notes", row), tuple(a for a in (cell("actor1", row), cell("actor2", row)) if a)
        places = self._settled.places(row)
        status, source = cell("status", row), cell("source", row)
        event = Event(
            event_type=kind,
            title=self._title(row, notes, shown, actors, places),
            status=status if status in STATUSES else "reported",
            attribution=cell("attribution", row) or source or None,
            when=self._when(row),
            actors=actors,
            figures=self._figures(row),
            places=places,
            quote=notes or None,
            source=Source(title=source or None, url=cell("url", row) or None),
            extra=self._extra(row, kind, shown),
            event_id=cell("event_id", row),
        ).identified()
        nth = self._settled.repeated.get(row)
        return dataclasses.replace(event, event_id=f"{event.event_id}-{nth}") if nth else event

    def _when(self, row: int) -> When:
        cells = self._cells
        told = cells.text("date_start", row), cells.text("date_end", row), cells.value("time_precision", row)
        if told not in self._whens:
            self._whens[told] = self._told_when(*told)
        return self._whens[told]

    def _told_when(self, text: str, until: str, told: str) -> When:
        start, end = self._settled.spans.get(text), self._settled.spans.get(until)
        if not isinstance(start, Span):
            return When()
        precision = int(told) if told in ("1", "2", "3") else start.precision
        last = end.end if isinstance(end, Span) else start.end
        return When(start.start, last, precision, text)

    def _type(self, sub: str, main: str) -> tuple[str, str]:
        if (sub, main) not in self._types:
            self._types[sub, main] = self._told_type(sub, main)
        return self._types[sub, main]

    def _told_type(self, sub: str, main: str) -> tuple[str, str]:
        """Our type and its words, for what the columns of types say; else what they say, as a type of its own."""
        label = self._cells.form.labels.get(main, "") if self._cells.form else ""
        for key, text in (("sub_event_type", sub), ("event_type", main)):
            separator = self._cells.form.listed.get(key) if self._cells.form else None
            codes = self._cells.codes.get(key)
            if codes and separator:
                told = set(text.split(separator))
                found = next((kind for code, kind in codes.items() if code in told), None)
            else:
                found = codes.get(text) if codes else type_labels().get(text.casefold())
            if found:
                return found, label or TYPES[found].label
        if self._cells.form and (self._cells.form.labels or self._cells.form.listed):
            return "other", label or "Event"
        own = main or sub
        return (own[:60], own[:60]) if own else ("other", "Event")

    def _title(self, row: int, notes: str, kind: str, actors: tuple[str, ...], places: tuple[Place, ...]) -> str:
        told = self._cells.text("title", row)
        if self._cells.form and (pattern := self._cells.form.patterns.get("title")):
            match = re.search(pattern, told)
            told = match[1] if match else ""
        if told:
            return told[:200]
        end = _SENTENCE_END.search(notes)
        first = (notes[: end.start()] if end else notes).rstrip(".")
        if first and (self._cells.form is None or self._cells.form.told_title):
            return first if len(first) <= 120 else f"{first[:117].rsplit(' ', 1)[0]}…"
        kind = f"{kind}: {' – '.join(actors)}" if actors else kind
        return f"{kind}, {places[0].name}" if places else kind

    def _figures(self, row: int) -> dict[str, Figure]:
        found = {}
        for key in _FIGURES:
            if key in self._cells.columns and (text := self._cells.text(key, row)):
                figure = self._figure(text)
                if figure and "killed_min" in self._cells.columns and key == "killed":
                    low, high = (
                        self._figure(self._cells.text("killed_min", row)),
                        self._figure(self._cells.text("killed_max", row)),
                    )
                    figure = dataclasses.replace(
                        figure, min=low.value if low else figure.min, max=high.value if high else figure.max
                    )
                if figure and (figure.value or figure.max):
                    found[key] = figure
        return found

    def _figure(self, text: str) -> Figure | None:
        if text not in self._known_figures:
            match = _FIGURE.match(unicodedata.normalize("NFKC", text))
            if not match:
                self._known_figures[text] = None
            else:
                low, high = int(match["low"]), int(match["high"] or match["low"])
                value = None if high != low else low
                kind = "over" if match["over"] else "exact" if value is not None else "about"
                self._known_figures[text] = Figure(value, low, None if match["over"] else high, kind, text)
        return self._known_figures[text]

    def _extra(self, row: int, kind: str, shown: str) -> dict[str, Any]:
        """The cells that no field of an event holds, under their column's name."""
        told = (None, "") if self._cells.form else (None, "", kind, shown)  # a project's own codes are kept
        found = {name: value for name, column in self._others if (value := column[row]) not in told}
        for key, odd in self._not_understood.items():
            if (text := self._cells.columns[key][row]) in odd:
                found[self._cells.headings[key]] = text
        return found

    def _odd_texts(self) -> dict[str, set[str]]:
        """The texts of countries, statuses and figures that mean nothing to us, and so are kept as they are."""
        settled, found = self._settled, {}
        for key in ("country", "status", *_FIGURES):
            texts = set(self._cells.columns.get(key, ())) - {""}
            if key == "country":
                found[key] = {text for text in texts if settled.country_code(text) is None}
            elif key == "status":
                found[key] = texts.difference(STATUSES)
            else:
                found[key] = {text for text in texts if self._figure(text) is None}
        return {key: texts for key, texts in found.items() if texts}
