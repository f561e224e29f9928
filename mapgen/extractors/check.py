"""What an extractor says, held against the text: nothing gets on a map that the document does not tell.

An event is dropped where its quote does not stand in the text, or stands there more than once and its offsets do not
say which; where its type or status is not one of mapgen's; where its dates are no dates.  Of an event that holds, a
place without a position, a figure of an unknown kind or not told in the quote, an actor, an attribution, a title or
a time that the text does not name are left out alone.  Every reason is listed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence

from mapgen.events.figures import find_figures
from mapgen.events.quantities import find_quantities
from mapgen.events.telling import Telling
from mapgen.events.titles import compose
from mapgen.gazetteer import Gazetteer
from mapgen.model import (
    FIGURES,
    GRANULARITIES,
    QUALIFIERS,
    ROLES,
    STATUSES,
    Claim,
    Document,
    Event,
    Figure,
    Mention,
    Place,
    Source,
    When,
)
from mapgen.taxonomy import EventType
from mapgen.toponyms import resolve

LONGEST_QUOTE, LONGEST_TITLE = 2000, 160  # characters
MOST_OF_A_KIND = 40  # places, actors or claims of one event
_WORD = re.compile(r"[^\W_]+")
_EARLIEST = dt.date(1000, 1, 1)


class Unfit(ValueError):
    """An event that does not hold; says why."""


class Checker:
    """Holds the events that an extractor found in ``document`` against its text.

    ``places`` are the document's resolved mentions, from which a place known only by its mention gets its position.
    """

    def __init__(
        self, document: Document, places: Sequence[Place], gazetteer: Gazetteer, types: Mapping[str, EventType]
    ) -> None:
        self.document, self.text, self.gazetteer, self.types = document, document.text, gazetteer, types
        self.places = [place for place in places if place.start is not None and place.end is not None]
        self.words = frozenset(_WORD.findall(self.text.lower()))
        self.source = Source(document.title, document.url, document.publisher, document.published, document.doc_id)

    def checked(self, told: object) -> tuple[Event | None, list[str]]:
        """The event as far as it holds, or None; and a reason for each thing that was left out."""
        reasons: list[str] = []
        try:
            return self._event(told, reasons), reasons
        except Unfit as error:
            return None, [f"an event of the extractor was dropped: {error}"]
        except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as error:
            return None, [
                f"an event of the extractor was dropped: its values are not of the kind they must be ({error})"
            ]

    def _event(self, told: object, reasons: list[str]) -> Event:
        if not isinstance(told, Event):
            raise Unfit(f"it is no mapgen Event but {type(told).__name__}")
        if told.event_type not in self.types:
            raise Unfit(f"{_short(told.event_type)} is no event type; there are {', '.join(self.types)}")
        if told.status not in STATUSES:
            raise Unfit(f"{_short(told.status)} is no status; there are {', '.join(STATUSES)}")
        start, end = self._found(told.quote, told.quote_start, told.quote_end)
        when = self._when(told.when)
        places = self._places(told.places, start, end, reasons)
        return Event(
            event_type=told.event_type,
            title=self._title(told, start, end, places),
            status=told.status,
            attribution=self._named(told.attribution, "attribution", reasons),
            when=when,
            actors=self._actors(told.actors, reasons),
            figures=self._figures(told.figures, start, end, reasons),
            places=places,
            quote=self.text[start:end],
            quote_start=start,
            quote_end=end,
            source=self.source,
            claims=self._claims(told.claims, reasons),
            confidence=_share(told.confidence),
            extra={key: value for key, value in told.extra.items() if isinstance(value, str | int | float | bool)},
        )

    def _found(self, quote: object, start: object, end: object) -> tuple[int, int]:
        """Where ``quote`` stands in the text."""
        if not isinstance(quote, str) or not quote.strip():
            raise Unfit("it has no quote")
        if len(quote) > LONGEST_QUOTE:
            raise Unfit(f"its quote of {len(quote)} characters is longer than {LONGEST_QUOTE}")
        if start is not None or end is not None:
            if not isinstance(start, int) or not isinstance(end, int) or not self._stands(quote, start, end):
                raise Unfit(f"its offsets {start}–{end} are not those of its quote {_short(quote)}")
            return start, end
        at = self.text.find(quote)
        if at < 0:
            raise Unfit(f"its quote {_short(quote)} does not stand in the text")
        if self.text.find(quote, at + 1) >= 0:
            raise Unfit(f"its quote {_short(quote)} stands in the text more than once; its offsets must say which")
        return at, at + len(quote)

    def _stands(self, words: str, start: int, end: int) -> bool:
        return start >= 0 and self.text[start:end] == words

    def _when(self, when: When) -> When:
        for day in (when.start, when.end):
            if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime) or day < _EARLIEST):
                raise Unfit(f"{_short(day)} is no date")
        start, end = when.start or when.end, when.end or when.start
        if start and end and end < start:
            raise Unfit(f"it ends on {end}, before it begins on {start}")
        if when.precision not in (None, 1, 2, 3):
            raise Unfit(f"{_short(when.precision)} is no precision of a date; there are 1, 2 and 3")
        text = when.text if isinstance(when.text, str) and when.text and when.text in self.text else None
        return When(start, end, (when.precision or 1) if start else None, text)

    def _title(self, told: Event, start: int, end: int, places: Sequence[Place]) -> str:
        """The extractor's title where it is made of the text's words, else one made of the quote."""
        title = " ".join(told.title.split()) if isinstance(told.title, str) else ""
        if 3 < len(title) <= LONGEST_TITLE and self._tells(title):
            return title
        return compose(self.text, Telling(told.event_type, None, 1.0, start, start, end, start, end), places)

    def _tells(self, phrase: str) -> bool:
        """Whether every word of ``phrase`` stands in the text ("citing" may join two sources)."""
        words = _WORD.findall(phrase.lower())
        return bool(words) and all(word in self.words or word == "citing" for word in words)

    def _named(self, name: object, what: str, reasons: list[str]) -> str | None:
        if name is None or name == "":
            return None
        if isinstance(name, str) and len(name) <= LONGEST_TITLE and self._tells(name):
            return " ".join(name.split())
        reasons.append(f"the {what} {_short(name)} was left out: the text does not name it")
        return None

    def _actors(self, actors: Sequence[object], reasons: list[str]) -> tuple[str, ...]:
        named = [self._named(actor, "actor", reasons) for actor in list(actors)[:MOST_OF_A_KIND]]
        return tuple(dict.fromkeys(actor for actor in named if actor))

    def _figures(self, figures: Mapping[str, Figure], start: int, end: int, reasons: list[str]) -> dict[str, Figure]:
        kept = {}
        for kind, figure in figures.items():
            if kind not in FIGURES:
                reasons.append(f"a figure was left out: there is no kind {_short(kind)}, but {', '.join(FIGURES)}")
            elif not isinstance(figure, Figure) or not self._counts(figure, start, end):
                reasons.append(f"the figure {kind} was left out: its quote does not tell {_short(_told(figure))}")
            else:
                kept[kind] = figure
        return kept

    def _counts(self, figure: Figure, start: int, end: int) -> bool:
        """Whether ``figure`` is what mapgen reads in the words that it gives, and these stand in the quote."""
        if not figure.text or self.text.find(figure.text, start, end) < 0 or figure.qualifier not in QUALIFIERS:
            return False
        read = [quantity.figure for quantity in find_quantities(figure.text, 0, len(figure.text))]
        read += [m.figure for m in find_figures(self.text, start, end) if m.figure.text == figure.text]
        return any((f.value, f.min, f.max) == (figure.value, figure.min, figure.max) for f in read)

    def _claims(self, claims: Sequence[Claim], reasons: list[str]) -> tuple[Claim, ...]:
        kept = []
        for claim in list(claims)[:MOST_OF_A_KIND]:
            try:
                if claim.status not in STATUSES:
                    raise Unfit(f"{_short(claim.status)} is no status")
                start, end = self._found(claim.quote, claim.quote_start, claim.quote_end)
            except Unfit as error:
                reasons.append(f"a claim of the extractor was dropped: {error}")
                continue
            figures = self._figures(claim.figures, start, end, reasons)
            who = self._named(claim.attribution, "attribution", reasons)
            kept.append(Claim(self.text[start:end], start, end, claim.status, who, self.source, figures))
        return tuple(kept)

    def _places(self, places: Sequence[Place], start: int, end: int, reasons: list[str]) -> tuple[Place, ...]:
        kept = []
        for place in list(places)[:MOST_OF_A_KIND]:
            name = place.mention or place.name
            if place.role not in (None, *ROLES):
                reasons.append(f"the place {_short(name)} was left out: {_short(place.role)} is no role")
            elif math.isnan(place.lat) and math.isnan(place.lon):
                found = self._located(name, start, end)
                if found is None:
                    reasons.append(f"the place {_short(name)} was left out: no place of this name is told in the text")
                else:
                    kept.append(found.at(place.role or "site"))
            elif not _on_earth(place):
                reasons.append(f"the place {_short(name)} was left out: {place.lat}, {place.lon} is no place on Earth")
            else:
                kept.append(self._own(place, name))
        return tuple(kept)

    def _own(self, place: Place, name: str) -> Place:
        """A place with the extractor's own coordinates; the offsets only where they are those of its mention."""
        start, end = place.start, place.end
        if start is None or end is None or place.mention is None or not self._stands(place.mention, start, end):
            start = end = None
        return dataclasses.replace(
            place,
            name=" ".join(str(place.name or name).split())[:LONGEST_TITLE],
            start=start,
            end=end,
            role=place.role or "site",
            geo_precision=place.geo_precision if place.geo_precision in (1, 2, 3) else 2,
            granularity=place.granularity if place.granularity in GRANULARITIES else "city",
            radius_km=min(max(float(place.radius_km), 0.0), 20_000.0) if math.isfinite(place.radius_km) else 10.0,
            confidence=_share(place.confidence) or 0.5,
            alternatives=(),
        )

    def _located(self, name: str, start: int, end: int) -> Place | None:
        """Where the document's mention ``name`` is: the one in the quote, or else the nearest to it."""
        folded = name.casefold()
        known = [p for p in self.places if folded in ((p.mention or "").casefold(), p.name.casefold())]
        if known:
            return min(known, key=lambda place: _away(place.start or 0, start, end))
        told = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.text)] if name else []
        if not told:
            return None
        first, last = min(told, key=lambda span: _away(span[0], start, end))
        mention = Mention.of(self.text, first, last)
        beside = [Mention.of(self.text, p.start or 0, p.end or 0, p.kind) for p in self.places]
        mentions = sorted([*beside, mention], key=lambda m: (m.start, m.end))
        return resolve(self.text, mentions, self.gazetteer)[mentions.index(mention)]


def _away(at: int, start: int, end: int) -> int:
    return 0 if start <= at < end else min(abs(at - start), abs(at - end))


def _on_earth(place: Place) -> bool:
    lat, lon = float(place.lat), float(place.lon)
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)


def _share(value: object) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if good else None  # type: ignore[arg-type]


def _told(figure: object) -> object:
    return figure.text or figure.value if isinstance(figure, Figure) else figure


def _short(value: object) -> str:
    told = " ".join(str(value).split())
    return f"“{told[:80]}{'…' if len(told) > 80 else ''}”"
