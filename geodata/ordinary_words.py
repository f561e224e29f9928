"""Words and given names that places also bear: there the word is nearly always meant, and not the place."""

from __future__ import annotations

from mapgen.gazetteer.folding import fold
from mapgen.toponyms.lexicon import words


def ordinary(name: str) -> bool:
    """Whether ``name`` is one common English word or a given name (mapgen/toponyms/names.toml)."""
    word = name.lower()
    return word in words("common") or word in words("given")


def misleading(name: str, main: str) -> bool:
    """Whether ``name``, another than the place's ``main`` one, would be read in English as a word or a given name:
    "Shine" for China, "Sam" for Damascus; not where it begins the main one, as "León" in "León de los Aldama"."""
    return ordinary(name) and not name.isupper() and not (fold(main) + " ").startswith(fold(name) + " ")
