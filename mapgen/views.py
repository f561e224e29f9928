"""Chosen views of a map, as a ``map.toml`` tells them: presets of the layers, and the steps of a story.

::

    [[preset]]
    label = "Violence, confirmed"
    layers = ["armed_conflict", "riot"]      # keys of groups and types; default: all
    status = ["confirmed"]                   # confirmed, reported, planned, denied
    actors = ["Border guards"]               # as the events name them
    sources = ["The Example Courier"]        # publishers, or titles of what has none
    confidence = ["high", "medium"]          # of the places: high, medium, low
    from = 2022-01-05                        # days, both included
    to = 2022-01-06
    query = "airport"                        # words to search for

    [[story]]
    title = "The square"
    text = "What an editor tells; an empty line begins a new paragraph."
    view = { lat = 43.24, lon = 76.94, zoom = 11 }    # default: all that the step shows
    event = "3f9a12cc01de"                   # by event_id: opened on the map
    # and everything that a preset may have
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mapgen.errors import OptionsError
from mapgen.model import STATUSES
from mapgen.taxonomy import GROUPS

CONFIDENCES = ("high", "medium", "low")
_LISTS = ("layers", "status", "actors", "sources", "confidence")
_CHOICES = {"status": STATUSES, "confidence": CONFIDENCES}
_FILTERS = (*_LISTS, "from", "to", "query")
_LIMITS = {"lat": (-85, 85), "lon": (-180, 180), "zoom": (1, 17)}  # Web Mercator's


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: a preset, or a step of a story.  None and empty leave a choice as it is: everything."""

    title: str
    text: str = ""
    layers: tuple[str, ...] = ()  # keys of groups and types
    status: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None  # included
    query: str = ""
    centre: tuple[float, float, float] | None = None  # zoom, lat, lon
    event: str | None = None  # event_id

    @classmethod
    def preset(cls, spec: Mapping[str, Any], where: str, types: Collection[str]) -> View:
        """A ``[[preset]]``; raises OptionsError naming ``where`` and the key that is wrong."""
        _only(spec, ("label", *_FILTERS), where)
        return cls(title=_text(spec, "label", where, needed=True), **_filters(spec, where, types))

    @classmethod
    def step(cls, spec: Mapping[str, Any], where: str, types: Collection[str]) -> View:
        """A ``[[story]]`` step; raises OptionsError naming ``where`` and the key that is wrong."""
        _only(spec, ("title", "text", "view", "event", *_FILTERS), where)
        return cls(
            title=_text(spec, "title", where, needed=True),
            text=_text(spec, "text", where),
            centre=_centre(spec["view"], where) if "view" in spec else None,
            event=_text(spec, "event", where) or None,
            **_filters(spec, where, types),
        )

    def record(self) -> dict[str, Any]:
        """The view as the page wants it: ``mapgen/web/views.js``; what is not chosen is left out."""
        chosen = {
            "title": self.title, "text": self.text, "layers": self.layers, "status": self.status,
            "actor": self.actors, "source": self.sources, "confidence": self.confidence,
            "from": self.start and self.start.isoformat(), "to": self.end and self.end.isoformat(),
            "query": self.query, "view": self.centre, "event": self.event,
        }  # fmt: skip
        return {key: list(value) if isinstance(value, tuple) else value for key, value in chosen.items() if value}


def views(raw: Mapping[str, Any], key: str, types: Collection[str]) -> tuple[View, ...]:
    """All ``[[preset]]`` or ``[[story]]`` tables of a ``map.toml``; ``types`` are the keys that there are."""
    rows = raw.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise OptionsError(f"{key} must be a list of tables, each under [[{key}]]")
    make = View.step if key == "story" else View.preset
    return tuple(make(row, f"[[{key}]] {n}", types) for n, row in enumerate(rows, 1))


def _only(spec: Mapping[str, Any], known: Collection[str], where: str) -> None:
    unknown = sorted(set(spec) - set(known))
    if unknown:
        raise OptionsError(f"{where} has no option {', '.join(unknown)}; there are {', '.join(sorted(known))}")


def _text(spec: Mapping[str, Any], key: str, where: str, needed: bool = False) -> str:
    value = spec.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise OptionsError(f"{where} needs {key}, a text" if needed else f"{where}: {key} must be text, not {value!r}")
    return value.strip()


def _filters(spec: Mapping[str, Any], where: str, types: Collection[str]) -> dict[str, Any]:
    choices = {**_CHOICES, "layers": (*GROUPS, *types)}
    found: dict[str, Any] = {"query": _text(spec, "query", where)}
    for key in _LISTS:
        values = spec.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise OptionsError(f"{where}: {key} must be a list of texts, not {values!r}")
        wrong = [value for value in values if key in choices and value not in choices[key]]
        if wrong:
            raise OptionsError(f"{where}: {key} has no {', '.join(wrong)}; there are {', '.join(choices[key])}")
        found[key] = tuple(values)
    for key, name in (("from", "start"), ("to", "end")):
        day = spec.get(key)
        if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
            raise OptionsError(f"{where}: {key} must be a bare date like 2022-01-06, not {day!r}")
        found[name] = day
    return found


def _centre(spec: Any, where: str) -> tuple[float, float, float]:
    if not isinstance(spec, dict) or set(spec) != set(_LIMITS):
        raise OptionsError(f"{where}: view must be a table like {{ lat = 43.2, lon = 76.9, zoom = 8 }}")
    for key, (low, high) in _LIMITS.items():
        value = spec[key]
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise OptionsError(f"{where}: view's {key} must be a number from {low} to {high}, not {value!r}")
    return float(spec["zoom"]), float(spec["lat"]), float(spec["lon"])
