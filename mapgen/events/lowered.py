"""Text in small letters with its offsets kept: patterns that do not care for case are read on it, at half the cost.

``re.IGNORECASE`` keeps the engine from rejecting a branch by its first letter, which is most of the work on prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """``text`` in small letters, of the same length: a letter that would grow ("\u0130") stays as it is."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def caseless(pattern: str) -> re.Pattern[str]:
    """``pattern`` compiled for text that went through :func:`lowered`; raises ValueError where it holds capitals."""
    if re.search(r"(?<!\\)[A-Z]", re.sub(r"\(\?P<\w+>", "(", pattern)):
        raise ValueError(f"no capital can match in lowered text: {pattern}")
    return re.compile(pattern)


def any_of(patterns: Iterable[str], either_case: bool = False) -> str:
    """An alternation of ``patterns``, grouped by first letter, so that the engine rejects most of them at once.

    Of one letter the earlier ones are tried first.  ``either_case``: the first letter may be small or capital.
    """
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        groups.setdefault(pattern[0], []).append(pattern[1:])
    opened = (f"[{first.upper()}{first}]" if either_case else first for first in groups)
    return "|".join(first + f"(?:{'|'.join(rest)})" for first, rest in zip(opened, groups.values(), strict=True))
