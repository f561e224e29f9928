"""The door for other extractors: a function ``Document`` ─► events, given or installed, whose answer is checked.

An extractor is any callable that takes a :class:`mapgen.model.Document` and returns or yields
:class:`mapgen.model.Event` values; a package offers one by an entry point::

    [project.entry-points."mapgen.extractors"]
    mine = "my_package:extract"

It runs only where it is named (``mapgen map --extractor mine``, ``mapgen.extract(document, extractor="mine")``), in
place of mapgen's own reading.  It may leave to mapgen what mapgen knows better: offsets of a quote that stands once in
the text, a place told only by its mention (:meth:`mapgen.model.Place.told`), the source.  What it says itself is held
against the text (``check.py``); what fails is dropped and listed.  It may yield ``Skipped`` values for what it left
out itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from itertools import islice
from typing import cast

from mapgen.errors import ExtractorError, MapgenError, MissingExtraError, OptionsError
from mapgen.extractors.check import Checker
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Event, Place, Skipped
from mapgen.taxonomy import TYPES, EventType

GROUP = "mapgen.extractors"
MOST_EVENTS = 5000  # of one document; an extractor that yields more is stopped
_PACKAGED = {"llm": "mapgen.extractors.llm"}

Extractor = Callable[[Document], Iterable[Event | Skipped]]


def extractor_names() -> list[str]:
    """The extractors that can be named: those of mapgen and those that installed packages offer."""
    return sorted({*_PACKAGED, *(point.name for point in entry_points(group=GROUP))})


def named_extractor(name: str) -> Extractor:
    """The extractor called ``name``; raises OptionsError where there is none or it cannot be loaded."""
    if name in _PACKAGED:
        return cast(Extractor, import_module(_PACKAGED[name]).extract)
    point = next(iter(entry_points(group=GROUP, name=name)), None)
    if point is None:
        raise OptionsError(f"there is no extractor {name!r}; there are {', '.join(extractor_names())}")
    try:
        found = point.load()
    except Exception as error:
        raise OptionsError(f"the extractor {name!r} cannot be loaded ({_sentence(error)})") from error
    if not callable(found):
        raise OptionsError(f"the extractor {name!r} is no function; its package must name one as {point.value}")
    return cast(Extractor, found)


def run(
    extractor: Extractor,
    document: Document,
    places: Sequence[Place],
    gazetteer: Gazetteer,
    types: Mapping[str, EventType] = TYPES,
) -> tuple[list[Event], list[Skipped]]:
    """The events of ``document`` that ``extractor`` finds and that hold, in text order, and what was left out and why.

    ``places`` are the document's resolved mentions; ``types`` the event types that are known.  A failure of the
    extractor is among what was left out, with the events found until then kept.  Raises OptionsError or
    MissingExtraError where the extractor says that it is not set up, ExtractorError where it says that trying on is of
    no use.
    """
    where = document.title or document.doc_id
    checker = Checker(document, places, gazetteer, types)
    kept: list[Event] = []
    skipped: list[Skipped] = []
    try:
        for told in islice(_told(extractor(document)), MOST_EVENTS):
            if isinstance(told, Skipped):
                skipped.append(told)
                continue
            event, reasons = checker.checked(told)
            skipped += [Skipped(where, reason) for reason in reasons]
            kept += [event] if event else []
    except (OptionsError, MissingExtraError):
        raise
    except Exception as error:  # whatever a stranger's code raises is one sentence of the report
        if isinstance(error, ExtractorError) and error.final:
            raise
        skipped.append(Skipped(where, f"the extractor failed ({_sentence(error)}); what it found before is kept"))
    return sorted(kept, key=lambda event: (event.quote_start or 0, event.event_type)), skipped


def _told(answer: object) -> Iterable[object]:
    if answer is None or isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        raise TypeError(f"it must return events, not {type(answer).__name__}")
    return answer


def _sentence(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    return said if isinstance(error, MapgenError) else f"{type(error).__name__}: {said}".rstrip(": ")
