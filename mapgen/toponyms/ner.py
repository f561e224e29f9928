"""Recognition by a spaCy pipeline of the user's (the extra ``mapgen[ner]``): its entities become our mentions.

Any pipeline with an entity recogniser serves: an installed package ("en_core_web_trf") or a folder
("./my-pipeline").  spaCy is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from mapgen.errors import MissingExtraError, OptionsError
from mapgen.model import Mention

# Labels of places: OntoNotes' GPE, LOC, FAC and NORP (nationalities), and what corpora of other languages call them.
LABELS = frozenset(
    "GPE LOC FAC FACILITY NORP LOCATION PLACE GPE_LOC GPE_ORG placeName geogName LC GEOPOLITICAL GEO STREET".split()
)
_DEMONYMS = frozenset(("NORP",))
_SPACE = " \t\r\n"
_STRETCH = 100_000  # characters handed to the pipeline at once; spaCy refuses more than a million


def recognise(text: str, pipeline: str) -> list[Mention]:
    """The entities of places that ``pipeline`` finds in ``text``, as mentions, in order and not overlapping.

    Raises MissingExtraError where spaCy is not installed, OptionsError for what is no pipeline.
    """
    found: list[Mention] = []
    for offset, part in _stretches(text):
        for entity in loaded(pipeline)(part).ents:
            if entity.label_ not in LABELS:
                continue
            start, end = offset + entity.start_char, offset + entity.end_char
            start += len(text[start:end]) - len(text[start:end].lstrip(_SPACE))
            end = start + len(text[start:end].rstrip(_SPACE))
            if start < end and (not found or start >= found[-1].end):
                kind = "demonym" if entity.label_ in _DEMONYMS else "toponym"
                found.append(Mention.of(text, start, end, kind))
    return found


@lru_cache(maxsize=2)
def loaded(pipeline: str) -> Any:
    """The pipeline, loaded once a process."""
    try:
        import spacy
    except ImportError as error:
        raise MissingExtraError("--ner needs spaCy: pip install 'mapgen[ner]'") from error
    try:
        language = spacy.load(pipeline)
    except (OSError, ValueError, ImportError) as error:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise OptionsError(
            f"{pipeline!r} is no spaCy pipeline that can be loaded; installed are: {installed}, or give a folder"
        ) from error
    if not {"ner", "entity_ruler", "span_finder", "transformer_ner"} & set(language.pipe_names):
        names = ", ".join(language.pipe_names) or "none"
        raise OptionsError(f"the pipeline {pipeline!r} has no entity recogniser (its components: {names})")
    return language


def _stretches(text: str) -> Iterable[tuple[int, str]]:
    """(offset, piece) of ``text``, cut at the ends of lines or words."""
    start = 0
    while len(text) - start > _STRETCH:
        cut = max(text.rfind("\n", start, start + _STRETCH), text.rfind(" ", start + _STRETCH // 2, start + _STRETCH))
        end = cut + 1 if cut > start else start + _STRETCH
        yield start, text[start:end]
        start = end
    yield start, text[start:]
