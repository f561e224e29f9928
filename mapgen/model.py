"""The values that flow through mapgen: frozen, standard library only.

    Document ─► Mention* ─► Place* ─► Event* ─► EventCollection

Offsets are Unicode code points into ``Document.text``, end exclusive.  Coordinates are ``lat`` and ``lon``
in decimal degrees, WGS 84; never a bare pair.  Distances are kilometres.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ROLES = ("site", "area", "origin", "destination", "contingent-origin")
GRANULARITIES = ("site", "city", "region", "country")
STATUSES = ("confirmed", "reported", "planned", "denied")
QUALIFIERS = ("exact", "over", "about", "vague")
REVIEWS = ("unreviewed", "accepted", "edited", "rejected")
FIGURES = (
    "killed", "injured", "hospitalised", "icu", "arrested", "missing", "displaced", "rescued",
    "soldiers", "participants", "vehicles", "aircraft", "buildings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was read, line ends included; every offset in mapgen refers to ``text``."""

    doc_id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    lang: str | None = None  # ISO 639-1
    author: str | None = None
    modified: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document that may name a place.

    ``kind`` is ``toponym`` (the place itself), ``demonym`` ("Russian"), ``metonym`` (the place's government or
    people: "Moscow said"), ``facility`` ("the city's airport") or ``embedded`` (inside another name:
    "University of Kansas").  Make one with :meth:`of`, which guards the offsets.
    """

    start: int
    end: int
    surface: str
    kind: str = "toponym"

    @classmethod
    def of(cls, text: str, start: int, end: int, kind: str = "toponym") -> Mention:
        """The mention ``text[start:end]``; raises ValueError where the offsets are not inside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"mention [{start}:{end}] is not inside a text of {len(text)} characters")
        return cls(start, end, text[start:end], kind)


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A place as a gazetteer knows it, with the gazetteer's own id."""

    id: str  # "geonames:1526384"; our own rows: "mapgen:baikonur-cosmodrome"; "iata:ALA"; "iso:KZ"
    name: str
    lat: float
    lon: float
    country: str | None = None  # ISO 3166-1 alpha-2
    admin1: str | None = None  # GeoNames code with country: "US.IL"
    admin1_name: str | None = None
    feature: str = "P.PPL"  # GeoNames feature class and code
    population: int = 0
    granularity: str = "city"
    radius_km: float = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """A mention that has been put somewhere; with ``role`` where it is a place of an event.

    ``geo_precision`` is ACLED's: 1 the exact place or town, 2 near it or a small region, 3 a region or country.
    Places from tables have no ``start`` and ``end``.
    """

    name: str
    lat: float
    lon: float
    mention: str | None = None
    start: int | None = None
    end: int | None = None
    role: str | None = None
    country: str | None = None
    admin1: str | None = None
    geo_precision: int = 1
    granularity: str = "city"
    radius_km: float = 10.0
    confidence: float = 1.0
    gazetteer: str | None = None
    kind: str = "toponym"
    feature: str | None = None  # GeoNames feature class and code, where a gazetteer told it
    alternatives: tuple[GazetteerEntry, ...] = ()

    @classmethod
    def of(
        cls, mention: Mention, entry: GazetteerEntry, confidence: float, alternatives: tuple[GazetteerEntry, ...] = ()
    ) -> Place:
        """``mention`` resolved to ``entry``; ACLED's precision follows from the entry's granularity."""
        return cls(
            name=entry.name,
            lat=entry.lat,
            lon=entry.lon,
            mention=mention.surface,
            start=mention.start,
            end=mention.end,
            country=entry.country,
            admin1=entry.admin1_name,
            geo_precision=3 if entry.granularity in ("region", "country") else 1,
            granularity=entry.granularity,
            radius_km=entry.radius_km,
            confidence=confidence,
            gazetteer=entry.id,
            kind=mention.kind,
            feature=entry.feature,
            alternatives=alternatives,
        )

    @classmethod
    def told(cls, mention: str, role: str = "site") -> Place:
        """A place known only by how a text names it: its coordinates are NaN until a gazetteer puts it somewhere."""
        return cls(name=mention, lat=math.nan, lon=math.nan, mention=mention, role=role)

    def at(self, role: str) -> Place:
        """The same place in ``role``."""
        return dataclasses.replace(self, role=role)


@dataclass(frozen=True, slots=True)
class When:
    """When something happened: inclusive dates, ACLED's precision (1 day, 2 week or approximate, 3 month)."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as told: "at least eight" is value 8, min 8, max None, qualifier "over"; "dozens" is 24–99, "vague"."""

    value: int | None
    min: int | None
    max: int | None
    qualifier: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event was told."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    doc_id: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A further telling of the same event: who says so, in which words, with which figures."""

    quote: str
    quote_start: int
    quote_end: int
    status: str
    attribution: str | None
    source: Source
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is happening, is planned or is denied, with its evidence."""

    event_type: str
    title: str
    status: str = "reported"
    attribution: str | None = None
    when: When = When()
    actors: tuple[str, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    quote: str | None = None
    quote_start: int | None = None
    quote_end: int | None = None
    source: Source = Source()
    claims: tuple[Claim, ...] = ()  # further tellings; its own too where it shows a later figure (events/merge.py)
    confidence: float | None = None  # 0–1: that this is an event of this type
    review: str = "unreviewed"
    note: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)  # columns of a table that mapgen does not know, kept
    event_id: str = ""

    def identified(self) -> Event:
        """The event with a stable id, derived from what it says; an id that it has already is kept."""
        if self.event_id:
            return self
        told = (self.source.doc_id, self.event_type, self.quote_start, self.quote_end, self.quote, self.title,
                self.when.start, [(p.role, p.name, p.lat, p.lon) for p in self.places])  # fmt: skip
        return dataclasses.replace(self, event_id=hashlib.blake2b(repr(told).encode(), digest_size=6).hexdigest())


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, and why: ``where`` is a file with its row or offsets."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class EventCollection:
    """Events with what they were read from: the content of one map.

    ``events`` is a tuple, or for a large table a sequence that makes each event when it is asked for.
    """

    events: Sequence[Event] = ()
    documents: tuple[Document, ...] = ()
    mentions: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)  # doc_id ─► resolved places, in text order
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()  # what was found out or assumed in reading, a sentence each

    @property
    def located(self) -> int:
        """How many of the events have a place; a large table knows it without making them."""
        known: int | None = getattr(self.events, "located", None)
        return sum(bool(event.places) for event in self.events) if known is None else known

    def __add__(self, other: EventCollection) -> EventCollection:
        both = (*self.events, *other.events) if self.events and other.events else self.events or other.events
        return EventCollection(
            both,
            self.documents + other.documents,
            {**self.mentions, **other.mentions},
            self.skipped + other.skipped,
            self.notes + other.notes,
        )


@dataclass(frozen=True, slots=True)
class Layer:
    """The events of one type, as GeoJSON features ready to be drawn (lon/lat order)."""

    key: str
    group: str
    label: str
    color: str
    icon: str
    features: tuple[Mapping[str, Any], ...] = ()
