"""What a user can set for a map, from the command line or a ``map.toml``; corrections survive a new extraction.

::

    title = "…"                      # over the map; default: the document's own
    published = 2022-01-06           # the articles' publication date, where they do not say
    publisher = "…"                  # and who published them
    url = "https://…"                # where they stand
    basemap = "offline"              # or the xyzservices name of a keyless tile provider, or a .pmtiles file or address
    lang = "en"                      # ISO 639-1 code of the page's interface
    geocoder = "nominatim"           # a geopy service for names of tables that the gazetteer does not know
    service_first = false            # true: ask that service before the gazetteer
    with_text = false                # true: show the articles' text beside the map, where that may be done
    inputs = ["report.txt"]          # relative to the map.toml
    gazetteers = ["villages.csv"]    # names of one's own, beside the packaged ones; relative to the map.toml
    overlays = ["roads.geojson"]     # GeoJSON of one's own under the events; relative to the map.toml
    dates = "month first"            # how 03/04/2022 is meant in tables, where their columns do not tell

    [columns]                        # the columns of tables whose names do not tell: field = "column"
    place = "Город"

    [types.riot]                     # rename, recolour or merge an event type, or add one (then group is needed)
    label = "Clashes"
    color = "#aa3377"
    into = "protest"

    [places."Springfield"]           # where this surface form (or gazetteer id) lies in these inputs; or drop = true
    lat = 39.8
    lon = -89.64

    [events.3f9a12cc01de]            # by event_id: any of title, status, attribution, event_type, note, date
    title = "…"
    quote = "…"                      # its words: finds the event again where the text around it has changed
    review = "accepted"

    [[exclude]]
    event = "77aa12cc01de"
    reason = "told by the publisher as an example"

    # [[preset]] and [[story]]: see mapgen/views.py
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mapgen.errors import OptionsError
from mapgen.model import REVIEWS, STATUSES, Document, Event, EventCollection, Place, Skipped, When
from mapgen.taxonomy import GROUPS, TYPES, EventType
from mapgen.views import View, views

_TEXT_KEYS = ("title", "publisher", "url", "basemap", "lang", "geocoder", "dates")
_FLAGS = ("service_first", "with_text")
_DATE_ORDERS = ("day first", "month first")
_TABLES = ("types", "places", "events")
_EVENT_KEYS = ("title", "status", "attribution", "event_type", "note", "review", "date", "quote")
_TYPE_KEYS = ("label", "color", "into", "group", "icon")
_PLACE_KEYS = ("lat", "lon", "name", "drop")


@dataclass(frozen=True, slots=True)
class Options:
    """All options of a map, with their defaults."""

    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    basemap: str = "offline"
    lang: str = "en"
    geocoder: str | None = None
    service_first: bool = False
    with_text: bool = False
    inputs: tuple[str, ...] = ()
    gazetteers: tuple[str, ...] = ()  # files of names: CSV, GeoJSON or a compiled index
    overlays: tuple[str, ...] = ()  # GeoJSON files that are drawn under the events
    ner: str | None = None  # a spaCy pipeline that recognises the places
    extractor: str | None = None  # of the command line alone: a map.toml from elsewhere runs and asks nothing
    columns: Mapping[str, str] = field(default_factory=dict)  # field of a table ─► its column
    dates: str | None = None  # "day first" or "month first"
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    exclude: Mapping[str, str] = field(default_factory=dict)  # event_id ─► reason
    quotes: Mapping[str, str] = field(default_factory=dict)  # event_id ─► words that find the event again
    presets: tuple[View, ...] = ()
    story: tuple[View, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Options:
        """The options in a ``map.toml``; raises OptionsError naming the file and the key that is wrong."""
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise OptionsError(f"{path}: cannot be read ({error.strerror}); give the path of a map.toml") from error
        except RecursionError as error:
            raise OptionsError(f"{path}: is nested too deeply to be a map.toml") from error
        except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
            raise OptionsError(f"{path}: is not valid TOML: {error}") from error
        try:
            return _checked(raw, path.parent)
        except OptionsError as error:
            raise OptionsError(f"{path}: {error}") from error

    def event_types(self) -> Mapping[str, EventType]:
        """mapgen's types with the renamed and added ones; the ones merged into another are left out."""
        table = dict(TYPES)
        for key, spec in self.types.items():
            base = table.get(key) or dataclasses.replace(TYPES["casualties"], key=key, group=spec["group"], label=key)
            table[key] = dataclasses.replace(
                base,
                label=spec.get("label", base.label),
                color=spec.get("color", base.color),
                icon=spec.get("icon", base.icon),
                group=spec.get("group", base.group),
            )
        return {key: kind for key, kind in table.items() if "into" not in self.types.get(key, {})}

    def described(self, document: Document) -> Document:
        """The document with what the options say of its source, where it does not say so itself."""
        return dataclasses.replace(
            document,
            published=document.published or self.published,
            publisher=document.publisher or self.publisher,
            url=document.url or self.url,
        )

    def drops(self, place: Place) -> bool:
        """Whether the user said that this mention is no place."""
        return bool(self._spec(place).get("drop"))

    def corrected(self, place: Place) -> Place:
        """The place where the user put its surface form, with full confidence; else as it was."""
        spec = self._spec(place)
        if not spec or spec.get("drop"):
            return place
        return dataclasses.replace(
            place, name=spec.get("name", place.name), lat=spec["lat"], lon=spec["lon"], confidence=1.0, gazetteer=None
        )

    def _spec(self, place: Place) -> Mapping[str, Any]:
        """What the user said of a place: by its words in the text, its name or its gazetteer id."""
        keys = (key for key in (place.mention, place.name, place.gazetteer) if key is not None)
        return next((self.places[key] for key in keys if key in self.places), {})

    def edited(self, collection: EventCollection) -> EventCollection:
        """The collection with the user's merges of types, edits and exclusions; ids that name no event are listed."""
        into = any("into" in spec for spec in self.types.values())
        if not (self.events or self.exclude or self.places or self.story or into):
            return collection  # and a large table need not be gone through
        known = {event.event_id for event in collection.events}
        again = self._found_again(collection.events, known)
        if again:
            events = {again.get(key, key): spec for key, spec in self.events.items()}
            exclude = {again.get(key, key): reason for key, reason in self.exclude.items()}
            return dataclasses.replace(self, events=events, exclude=exclude, quotes={}).edited(collection)
        lost = [Skipped(event_id, "no event has this id any more; its edit in the map.toml was left out")
                for event_id in sorted({*self.events, *self.exclude} - known)]  # fmt: skip
        lost += [Skipped(step.event, f"no event has this id any more; the story's step “{step.title}” opens none")
                 for step in self.story if step.event and step.event not in known - set(self.exclude)]  # fmt: skip
        left_out = [Skipped(event_id, f"excluded: {reason}") for event_id, reason in self.exclude.items()
                    if event_id in known]  # fmt: skip
        kept = tuple(self._edit(event) for event in collection.events if event.event_id not in self.exclude)
        return dataclasses.replace(collection, events=kept, skipped=(*collection.skipped, *left_out, *lost))

    def _found_again(self, events: Iterable[Event], known: set[str]) -> dict[str, str]:
        """Ids that no event has any more ─► the id of the one event that now tells their quote."""
        lost = {key: quote for key, quote in self.quotes.items() if key not in known}
        found: dict[str, set[str]] = {key: set() for key in lost}
        for event in events if lost else ():
            for key, quote in lost.items():
                if event.quote and (quote in event.quote or event.quote in quote):
                    found[key].add(event.event_id)
        return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}

    def _edit(self, event: Event) -> Event:
        changes = dict(self.events.get(event.event_id, {}))
        if self.places:
            places = tuple(self.corrected(place) for place in event.places if not self.drops(place))
            event = event if places == event.places else dataclasses.replace(event, places=places)
        if "date" in changes:
            day = changes.pop("date")
            changes["when"] = When(day, day, 1, event.when.text)
        if changes:
            changes.setdefault("review", "edited")
        kind = changes.get("event_type", event.event_type)
        into = self.types.get(kind, {}).get("into")
        if into:
            changes["event_type"] = into
        return dataclasses.replace(event, **changes) if changes else event


def _checked(raw: dict[str, Any], folder: Path) -> Options:
    known = {
        *_TEXT_KEYS,
        *_FLAGS,
        *_TABLES,
        "columns",
        "published",
        "inputs",
        "overlays",
        "gazetteers",
        "exclude",
        "preset",
        "story",
    }
    _only(raw, known, "the file")
    for key in _TEXT_KEYS:
        if key in raw and not isinstance(raw[key], str):
            raise OptionsError(f"{key} must be text, not {raw[key]!r}")
    for key in _FLAGS:
        if not isinstance(raw.get(key, False), bool):
            raise OptionsError(f"{key} must be true or false, not {raw[key]!r}")
    if raw.get("dates", _DATE_ORDERS[0]) not in _DATE_ORDERS:
        raise OptionsError(f"dates must be {' or '.join(map(repr, _DATE_ORDERS))}, not {raw['dates']!r}")
    columns = raw.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        raise OptionsError('[columns] must hold field = "column", like place = "Город"')
    for table in _TABLES:
        rows = raw.get(table, {})
        if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
            raise OptionsError(f"[{table}] must hold one table for each name, like [{table}.name]")
    published = raw.get("published")
    if published is not None and (not isinstance(published, dt.date) or isinstance(published, dt.datetime)):
        raise OptionsError("published must be a bare date like 2022-01-06, without quotation marks")
    for key, spec in raw.get("types", {}).items():
        _check_type(key, spec, raw["types"])
    for name, spec in raw.get("places", {}).items():
        _check_place(name, spec)
    for event_id, spec in raw.get("events", {}).items():
        _check_event(event_id, spec, {*TYPES, *raw.get("types", {})})
    kinds = {*TYPES, *raw.get("types", {})} - {key for key, spec in raw.get("types", {}).items() if "into" in spec}
    presets, story = (views(raw, key, sorted(kinds)) for key in ("preset", "story"))
    values = {key: raw[key] for key in (*_TEXT_KEYS, *_FLAGS, *_TABLES, "columns", "published") if key in raw}
    if raw.get("basemap", "").endswith(".pmtiles"):
        values["basemap"] = _path(raw["basemap"], folder)
    quotes = {key: spec["quote"] for key, spec in raw.get("events", {}).items() if "quote" in spec}
    quotes |= {str(row["event"]): row["quote"] for row in raw.get("exclude", []) if "quote" in row}
    values["events"] = {
        key: {name: value for name, value in spec.items() if name != "quote"}
        for key, spec in raw.get("events", {}).items()
    }
    return Options(
        **values,
        inputs=_paths(raw, "inputs", folder),
        gazetteers=_paths(raw, "gazetteers", folder),
        overlays=_paths(raw, "overlays", folder),
        exclude=_exclusions(raw),
        quotes=quotes,
        presets=presets,
        story=story,
    )


def _only(spec: Mapping[str, Any], known: set[str] | tuple[str, ...], where: str) -> None:
    unknown = sorted(set(spec) - set(known))
    if unknown:
        raise OptionsError(f"{where} has no option {', '.join(unknown)}; there are {', '.join(sorted(known))}")


def _texts(spec: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    for key in keys:
        if not isinstance(spec.get(key, ""), str):
            raise OptionsError(f"{where} {key} must be text, not {spec[key]!r}")


def _check_type(key: str, spec: Mapping[str, Any], types: Mapping[str, Any]) -> None:
    _only(spec, _TYPE_KEYS, f"[types.{key}]")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", key):
        raise OptionsError(f"[types.{key}]: a type's key is made of small letters, digits and _")
    _texts(spec, ("label", "into", "group", "icon"), f"[types.{key}]")
    if key not in TYPES and spec.get("group") not in GROUPS:
        raise OptionsError(f"[types.{key}] is a new type and needs a group, one of {', '.join(GROUPS)}")
    if "group" in spec and spec["group"] not in GROUPS:
        raise OptionsError(f"[types.{key}] names no group {spec['group']!r}; there are {', '.join(GROUPS)}")
    if "into" in spec and (spec["into"] not in {*TYPES, *types} or spec["into"] == key):
        raise OptionsError(f"[types.{key}] cannot be merged into {spec['into']!r}, which is no other type")
    if "color" in spec and not re.fullmatch(r"#[0-9a-fA-F]{6}", str(spec["color"])):
        raise OptionsError(f"[types.{key}] color must look like #aa3377, not {spec['color']!r}")


def _check_place(name: str, spec: Mapping[str, Any]) -> None:
    _only(spec, _PLACE_KEYS, f'[places."{name}"]')
    _texts(spec, ("name",), f'[places."{name}"]')
    if spec.get("drop"):
        return
    for key, limit in (("lat", 90), ("lon", 180)):
        if not isinstance(spec.get(key), int | float) or not abs(spec[key]) <= limit:
            raise OptionsError(f'[places."{name}"] needs {key} between -{limit} and {limit} degrees, or drop = true')


def _check_event(event_id: str, spec: Mapping[str, Any], types: set[str]) -> None:
    _only(spec, _EVENT_KEYS, f"[events.{event_id}]")
    for key, allowed in (("status", STATUSES), ("review", REVIEWS), ("event_type", sorted(types))):
        if key in spec and spec[key] not in allowed:
            raise OptionsError(f"[events.{event_id}] {key} must be one of {', '.join(allowed)}, not {spec[key]!r}")
    _texts(spec, ("title", "attribution", "note", "quote"), f"[events.{event_id}]")
    if "date" in spec and not isinstance(spec["date"], dt.date):
        raise OptionsError(f"[events.{event_id}] date must be a bare date like 2022-01-06")


def _paths(raw: Mapping[str, Any], key: str, folder: Path) -> tuple[str, ...]:
    paths = raw.get(key, [])
    if not isinstance(paths, list) or not all(isinstance(item, str) for item in paths):
        raise OptionsError(f"{key} must be a list of paths{' or URLs' if key == 'inputs' else ''}")
    return tuple(_path(item, folder) for item in paths)


def _path(item: str, folder: Path) -> str:
    """A path as it is meant: relative to the map.toml; an address stays one."""
    return item if "://" in item else str(folder / item)


def _exclusions(raw: Mapping[str, Any]) -> dict[str, str]:
    rows = raw.get("exclude", [])
    keys = ({"event", "reason"}, {"event", "reason", "quote"})
    if not isinstance(rows, list) or not all(isinstance(r, dict) and set(r) in keys for r in rows):
        raise OptionsError("each [[exclude]] needs event (its id) and reason, may have quote, and has nothing else")
    if not all(isinstance(row.get("quote", ""), str) for row in rows):
        raise OptionsError("the quote of an [[exclude]] must be text")
    return {str(row["event"]): str(row["reason"]) for row in rows}
