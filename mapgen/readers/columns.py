"""What the columns of a table mean: by a known form, by what the user says, by their usual names, by their content."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mapgen.errors import InputError, OptionsError
from mapgen.model import Place
from mapgen.readers.dates import spans_of
from mapgen.readers.degrees import coordinate, pair
from mapgen.readers.forms import Form, form_of
from mapgen.readers.labels import type_labels

Geocode = Callable[[str, str | None], Place | None]  # (name, country) ─► where it is, or None
Column = Sequence[object]

_SAMPLE = 200  # cells looked at to find out what a column holds
_MOST = 0.8  # share of the cells that must agree
_NAMED = 0.6  # share of the texts that must be names of places, or of types
_INSIDE = ("lat", "lon", "lat_lon", "date_start", "place")  # fields whose name may stand among other words
MAX_LOOKED_UP = 40  # names asked of the geocoder to tell a column of places


@dataclass(frozen=True, slots=True)
class Meaning:
    """Field ─► the index of its column, the form that says so, and what is worth telling the user."""

    fields: Mapping[str, int]
    form: Form | None = None
    notes: tuple[str, ...] = ()
    order: str | None = None  # of day and month, where the user or the form says it


@lru_cache(maxsize=1)
def names() -> Mapping[str, Sequence[str]]:
    """Field ─► the folded names that a column with it goes by, the likeliest first."""
    table = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
    return {key: [_folded(name) for name in row] for key, row in table.items()}


def recognised(header: Sequence[str]) -> dict[str, int]:
    """Field ─► the column of ``header`` that holds it, by its name, for the fields that are there."""
    folded = [_folded(name) for name in header]
    columns = {name: index for index, name in reversed(list(enumerate(folded)))}
    found: dict[str, int] = {}
    for key, row in names().items():
        index = next((columns[name] for name in row if name in columns and columns[name] not in found.values()), None)
        if index is not None:
            found[key] = index
    for key in _INSIDE:
        if key not in found and not (key == "lat_lon" and {"lat", "lon"} <= set(found)):
            _find_inside(key, folded, found)
    return found


def _find_inside(key: str, folded: Sequence[str], found: dict[str, int]) -> None:
    """Look for a column whose name holds one of the field's names as a word: "incident_latitude"."""
    words = {name for name in names()[key] if len(name) > 2 and "_" not in name}
    for index, name in enumerate(folded):
        if index not in found.values() and not words.isdisjoint(name.split("_")):
            found[key] = index
            return


def is_placed(fields: Iterable[str]) -> bool:
    """Whether a table with these fields can be put on a map at all."""
    told = set(fields)
    return {"lat", "lon"} <= told or not told.isdisjoint(("place", "geometry", "lat_lon", "places"))


def meaning_of(
    header: Sequence[str],
    columns: Sequence[Column],
    given: Mapping[str, str] | None = None,
    geocode: Geocode | None = None,
    located: bool = False,
) -> Meaning:
    """What the columns mean; ``given`` is the user's field ─► column name, ``located`` that rows bring a geometry.

    Raises OptionsError where ``given`` names a field or a column that there is not.
    """
    chosen = _given(header, given or {})
    form, notes = form_of(header), list[str]()
    if form:
        place_of = {name.strip().lower(): index for index, name in enumerate(header)}
        told = {key: place_of[name.lower()] for key, name in form.fields.items() if name.lower() in place_of}
        notes.append(f"read as {form.name}")
    else:
        told = recognised(header)
    fields = {key: index for key, index in told.items() if index not in chosen.values()} | chosen
    for key in ("lat", "lon", "lat_lon", "geometry") if located else ():
        fields.pop(key, None)
    guessed = {} if form else _guessed(columns, fields, geocode, located)
    if guessed:
        shown = ", ".join(f"{key} from {header[index]!r}" for key, index in guessed.items())
        notes.append(f"told by their content: {shown}")
    return Meaning({**fields, **guessed}, form, tuple(notes), form.dates if form else None)


def _given(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    unknown = sorted(set(given) - set(names()))
    if unknown:
        raise OptionsError(f"there is no field {', '.join(unknown)} to give a column; there are {', '.join(names())}")
    absent = [name for name in given.values() if name not in header]
    if absent:
        raise OptionsError(f"there is no column {', '.join(map(repr, absent))}; there are {', '.join(header[:40])}")
    return {key: header.index(name) for key, name in given.items()}


def _guessed(
    columns: Sequence[Column], fields: Mapping[str, int], geocode: Geocode | None, located: bool
) -> dict[str, int]:
    """The fields that the columns left over hold by their content, where no name says so."""
    free = {i: _sample(column) for i, column in enumerate(columns) if i not in fields.values()}
    free = {index: cells for index, cells in free.items() if cells}
    found: dict[str, int] = {}

    def take(key: str, matches: Callable[[list[str]], bool]) -> None:
        if key not in fields:
            index = next((i for i, cells in free.items() if matches(cells)), None)
            if index is not None:
                found[key] = index
                del free[index]

    if not located and not is_placed(fields):
        take("lat_lon", _holds_pairs)
        if "lat_lon" not in found:
            _find_coordinates(free, found)
    take("date_start", _holds_dates)
    if not located and not is_placed({*fields, *found}) and geocode:
        take("place", lambda cells: _holds_places(cells, geocode))
    take("event_type", lambda cells: _share(cells, lambda cell: cell.casefold() in type_labels()) >= _NAMED)
    if "title" not in fields:
        take("notes", lambda cells: sum(map(len, cells)) / len(cells) > 40)
    return found


def _find_coordinates(free: dict[int, list[str]], found: dict[str, int]) -> None:
    """Two neighbouring columns of degrees: the one that goes beyond 90 is the longitude, else the second is."""
    degrees = {i: values for i, cells in free.items() if (values := _degrees(cells))}
    for first, second in zip(degrees, list(degrees)[1:], strict=False):
        if second - first > 2:
            continue
        lat, lon = (second, first) if max(map(abs, degrees[first])) > 90 else (first, second)
        if max(map(abs, degrees[lat])) <= 90:
            found |= {"lat": lat, "lon": lon}
            del free[lat], free[lon]
            return


def _degrees(cells: list[str]) -> list[float]:
    """The numbers of a column of degrees, which has decimals and stays in the range; else none."""
    values = []
    for cell in cells:
        try:
            values.append(coordinate(cell, 180))
        except InputError:
            return []
    with_decimals = _share(cells, lambda cell: bool(re.search(r"[.,]\d\d|[°′']", cell)))
    return values if with_decimals >= 0.5 else []


def _holds_pairs(cells: list[str]) -> bool:
    def is_pair(cell: str) -> bool:
        try:
            return bool(pair(cell)) and bool(re.search(r"\d[.,]\d|°", cell))
        except InputError:
            return False

    return _share(cells, is_pair) >= _MOST


def _holds_dates(cells: list[str]) -> bool:
    if _share(cells, str.isdigit) > 1 - _MOST and not all(re.fullmatch(r"(19|20)\d{6}", cell) for cell in cells):
        return False
    found, _ = spans_of(cells)
    return _share(cells, lambda cell: not isinstance(found[cell], str)) >= _MOST


def _holds_places(cells: list[str], geocode: Geocode) -> bool:
    asked = list(dict.fromkeys(cells))[:MAX_LOOKED_UP]
    if not all(any(map(str.isalpha, name)) and len(name) <= 80 for name in asked):
        return False
    return _share(asked, lambda name: geocode(name, None) is not None) >= _NAMED


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _sample(column: Column) -> list[str]:
    cells = (str(cell).strip() for cell in column[: _SAMPLE * 5] if cell is not None)
    return [cell for cell in cells if cell][:_SAMPLE]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).lower().replace("ё", "е")
    return re.sub(r"[\W_]+", "_", re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", plain)).strip("_")
