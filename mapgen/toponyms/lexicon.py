"""The words beside a name that tell what it is: lists from ``lexicon.toml`` and ``names.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The word list ``name`` of ``lexicon.toml`` or ``names.toml``, lower case."""
    return _lists()[name]


@cache
def word_classes() -> dict[str, str]:
    """Each listed word's class letter; where a word stands in several lists the first of this order wins."""
    order = {
        "calendar": "C", "direction": "D", "feature": "F", "road": "R", "office": "O", "body": "B", "title": "T",
        "given": "G", "surname": "S",
    }  # fmt: skip
    found: dict[str, str] = {}
    for name, letter in order.items():
        for word in words(name):
            found.setdefault(word, letter)
    return found


@cache
def neighbour_classes() -> dict[str, str]:
    """The class letter of a word in lower case beside a name: what it is in a sentence."""
    order = {
        "article": "a", "joining": "j", "locative": "l", "motion": "m", "speech": "s", "calendar": "C", "title": "T",
        "office": "O", "feature": "F", "road": "R", "body": "B", "opener": "o", "given": "G", "surname": "S",
    }  # fmt: skip
    found: dict[str, str] = {}
    for name, letter in order.items():
        for word in words(name):
            found.setdefault(word, letter)
    return found


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for file in ("lexicon.toml", "names.toml"):
        table = tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))
        lists.update({name: frozenset(text.split()) for name, text in table.items()})
    return lists
