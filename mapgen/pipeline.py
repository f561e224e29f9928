"""The whole flow on one screen: inputs ─► documents and rows ─► places ─► events ─► one collection."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from mapgen.errors import GeocoderError, InputError
from mapgen.events import extract_events
from mapgen.events.merge import merge
from mapgen.events.time import dateline_date
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Event, EventCollection, Mention, Place, Skipped
from mapgen.options import Options
from mapgen.toponyms import find_places

Geocode = Callable[[str, str | None], Place | None]
Extractor = Callable[[Document], Iterable[Event | Skipped]]


@lru_cache(maxsize=4)
def gazetteer_with(extra: tuple[str | Path, ...] = ()) -> Gazetteer:
    """The gazetteer that ships with mapgen, with ``extra`` files of names beside it; each opened once a process."""
    return Gazetteer(extra=extra)


def read(
    source: str | Path,
    *,
    published: dt.date | str | None = None,
    geocoder: Geocode | None = None,
    columns: Mapping[str, str] | None = None,
    dates: str | None = None,
) -> Document | tuple[Document, ...] | EventCollection:
    """One input: a Document (article), several (feed, live blog), or an EventCollection (table, geocoded).

    ``source`` is a path, a URL or "-" for standard input; ``published`` is used where an article does not say it;
    ``geocoder`` (name, country ─► Place or None) takes the place of the packaged gazetteer; ``columns`` (field ─►
    column, like {"place": "Город"}) and ``dates`` ("day first" or "month first") are for tables that do not tell
    themselves.  Raises InputError, FetchError or OptionsError.
    """
    from mapgen.readers import Reading
    from mapgen.readers import read as read_input

    day = dt.date.fromisoformat(published) if isinstance(published, str) else published
    return read_input(source, published=day, reading=Reading(geocoder or geocode, columns or {}, dates))


def extract(
    document: Document,
    gazetteer: Gazetteer | None = None,
    options: Options | None = None,
    *,
    extractor: Extractor | str | None = None,
) -> EventCollection:
    """The events of one document, with all its resolved places; what could not be dated is listed as skipped.

    ``extractor`` (a function Document ─► events, or the name of one) reads the text in mapgen's place; what it says is
    held against the text, and what fails is listed as skipped (mapgen/extractors).  Raises OptionsError for a name
    that is none.
    """
    options = options or Options()
    asked = _extractor(extractor or options.extractor)
    gazetteer = gazetteer or gazetteer_with(options.gazetteers)
    document = _dated(document)
    mentions = _named_entities(document, options.ner)
    found = find_places(document, gazetteer, mentions)
    left_out = _unknown(document, mentions or (), found)
    places = tuple(options.corrected(place) for place in found if not options.drops(place))
    if asked:
        from mapgen.extractors import run

        told, refused = run(asked, document, places, gazetteer, options.event_types())
        left_out += refused
        events = tuple(event.identified() for event in merge(told))
    else:
        events = tuple(extract_events(document, places))
    if options.places:
        events = tuple(_identified(event, found, options) for event in events)
    return EventCollection(events, (document,), {document.doc_id: places}, (*left_out, *_undated(document, events)))


def collect(inputs: Iterable[str | Path], options: Options | None = None) -> EventCollection:
    """Read every input, extract the events of the articles among them, and put all into one collection.

    The order of the inputs does not change the result.  Raises InputError or FetchError for an input that cannot
    be used at all.
    """
    options = options or Options()
    geocoder, extractor = _geocoder(options), _extractor(options.extractor)
    parts = []
    for source in inputs:
        found = read(
            source,
            published=options.published,
            geocoder=geocoder,
            columns=options.columns,
            dates=options.dates,
        )
        if isinstance(found, EventCollection):
            parts.append(found)
            continue
        documents = (found,) if isinstance(found, Document) else found
        parts += [extract(options.described(d), options=options, extractor=extractor) for d in documents]
    articles, tables = EventCollection(), EventCollection()
    for part in sorted(parts, key=_first_document):
        if part.documents:
            articles += part
        else:
            tables += part
    articles = dataclasses.replace(articles, events=tuple(merge(articles.events)))
    return options.edited(articles + tables)  # only tellings are merged: the rows of a table are their maker's


def geocode(name: str, country: str | None = None, gazetteer: Gazetteer | None = None) -> Place | None:
    """Where the gazetteer puts a name of a table, or None; ``country`` is an ISO code or a name.

    Only the name itself counts, not one that is like it: a wrong pin is worse than a missing one.
    """
    gazetteer = gazetteer or gazetteer_with()
    countries = gazetteer.lookup(country, exact=True) if country else []
    codes = [country] if country and len(country) == 2 else [e.country for e in countries if e.granularity == "country"]
    best = gazetteer.lookup(name, country=codes[0] if codes else None, limit=1, exact=True)
    if not best or not any(map(str.isalpha, name)):
        return None
    entry = best[0]
    return Place(
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        mention=name,
        country=entry.country,
        admin1=entry.admin1_name,
        geo_precision=3 if entry.granularity in ("region", "country") else 1,
        granularity=entry.granularity,
        radius_km=entry.radius_km,
        confidence=0.8,
        gazetteer=entry.id,
    )


def _extractor(extractor: Extractor | str | None) -> Extractor | None:
    if not isinstance(extractor, str):
        return extractor
    from mapgen.extractors import named_extractor

    return named_extractor(extractor)


def _geocoder(options: Options) -> Geocode:
    """The gazetteer, and the service that the options name for what the gazetteer does not know, or before it."""
    known: Geocode = partial(geocode, gazetteer=gazetteer_with(options.gazetteers)) if options.gazetteers else geocode
    if not options.geocoder:
        return known
    from mapgen.geocoders import cache_path, named_geocoder

    service = named_geocoder(options.geocoder, cache_path())
    order = (service, known) if options.service_first else (known, service)

    def asked(name: str, country: str | None = None) -> Place | None:
        failed = None
        for ask in order:
            try:
                if found := ask(name, country):
                    return found
            except GeocoderError as error:
                failed = error
        if failed:
            raise InputError(str(failed)) from failed  # of this row; the next one may do better
        return None

    return asked


def _named_entities(document: Document, pipeline: str | None) -> list[Mention] | None:
    """The mentions that a spaCy pipeline finds; None where no pipeline is asked."""
    if not pipeline:
        return None
    from mapgen.toponyms.ner import recognise

    return recognise(document.text, pipeline)


def _unknown(document: Document, mentions: Iterable[Mention], places: Iterable[Place]) -> list[Skipped]:
    """The given mentions that no place was found for, as one line of the report."""
    known = {place.start for place in places}
    names = dict.fromkeys(mention.surface for mention in mentions if mention.start not in known)
    if not names:
        return []
    return [Skipped(document.title or document.doc_id, f"no gazetteer has {', '.join(map(repr, names))}, left out")]


def _identified(event: Event, found: Iterable[Place], options: Options) -> Event:
    """The event with the id that it has without the user's corrections of places, so that other edits keep to it."""
    plain, by_offset = [], {(place.start, place.end): place for place in found}
    for place in event.places:
        known = by_offset.get((place.start, place.end), place)
        plain.append(dataclasses.replace(known, role=place.role) if options.corrected(known) != known else place)
    if tuple(plain) == event.places:
        return event
    as_found = dataclasses.replace(event, places=tuple(plain), event_id="").identified()
    return dataclasses.replace(event, event_id=as_found.event_id)


def _dated(document: Document) -> Document:
    """The document with the date of its dateline, where nobody said when it was published."""
    if document.published:
        return document
    return dataclasses.replace(document, published=dateline_date(document.text))


def _undated(document: Document, events: Iterable[Event]) -> list[Skipped]:
    texts = {e.when.text for e in events if e.when.text and not e.when.start}
    if not texts or document.published:
        return []
    told = ", ".join(f"“{text}”" for text in sorted(texts))
    where = document.title or document.doc_id
    return [Skipped(where, f"no date to resolve {told} against, left undated; say --published YYYY-MM-DD")]


def _first_document(part: EventCollection) -> tuple[str, str]:
    return (part.documents[0].doc_id if part.documents else "", part.events[0].event_id if part.events else "")
