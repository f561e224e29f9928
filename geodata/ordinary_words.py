"""Words and given names that small places also bear: there the word is nearly always meant, and not the place."""

from __future__ import annotations

from mapgen.toponyms.lexicon import words


def ordinary(name: str) -> bool:
    """Whether ``name`` is one common English word or a given name (mapgen/toponyms/names.toml)."""
    word = name.lower()
    return word in words("common") or word in words("given")
