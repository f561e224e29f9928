"""Runs of capitalised words: where a name can stand, with the words around it.

A run is "Alameda County Medical Center" in "of Alameda County Medical Center."; linear in the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mapgen.toponyms.lexicon import word_classes, words

_CASED_TO = 0x590  # Latin, Greek, Cyrillic, Armenian: the scripts with capitals
_UP = "A-Z" + "".join(chr(i) for i in range(0x80, _CASED_TO) if chr(i).isupper())
_DOTTED = "|".join(sorted((w.capitalize() for w in words("dotted")), key=len, reverse=True))
_LONGEST = 16  # words; what goes on is another run
_ARTICLE = r"(?:al-|el-|d['’])?"
_WORD = rf"(?:(?:[{_UP}][a-z]?\.){{2,}}|(?:{_DOTTED})\.|[{_UP}]\.(?=[ \-][{_UP}])|[{_UP}]\w*(?:['’](?!s\b|S\b)\w+)*)"
RUN = re.compile(rf"(?<!\w){_ARTICLE}{_WORD}(?:[ \-–\n]{_ARTICLE}{_WORD}){{0,{_LONGEST - 1}}}")
WORD = re.compile(rf"{_ARTICLE}{_WORD}|\w+")
_AFTER = re.compile(r"(['’]s?\b|[^\w\s]*)\s*([^\W_][\w'’-]*)?[^\w\s]*\s*([^\W_][\w'’-]*)?")
_STOPS = ".!?:;…•|"
_QUOTES = "\"'“”‘’«»([—–-*"
_LOOK_BACK = 24  # characters before a run in which its neighbour is sought
_LOOK_AHEAD = 60


@dataclass(slots=True)
class Run:
    """Consecutive capitalised words ``text[start:end]`` and what stands on either side (lower case)."""

    start: int
    end: int
    spans: list[tuple[int, int]]  # of the words
    lower: list[str]
    classes: list[str]  # of the words: a letter of lexicon.word_classes, "I" initial, "A" all capitals, "x" unknown
    before: str = ""
    mark_before: str = ""  # punctuation between before and the run
    opens: bool = False  # the run begins a sentence
    after: str = ""
    after2: str = ""
    mark_after: str = ""


def runs(text: str, starts: Sequence[int]) -> list[Run]:
    """The runs of ``text`` in which one of ``starts`` (ascending) lies, in order.

    An opener, capitalised only because a sentence begins, is left out.
    """
    found = []
    for match in RUN.finditer(text):
        start, end = match.span()
        at = bisect_left(starts, start)
        if at == len(starts):
            break
        if starts[at] < end:
            found.append(_run(text, start, end))
    return [run for run in found if run.spans]


def _run(text: str, start: int, end: int) -> Run:
    spans, lower, classes = _words(text[start:end])
    run = Run(start, end, [(start + a, start + b) for a, b in spans], lower[:], classes[:])
    run.before, run.mark_before, run.opens = _left(text, start)
    _drop_openers(run)
    run.after, run.mark_after, run.after2 = right(text, end)
    return run


@lru_cache(maxsize=20_000)
def _words(surface: str) -> tuple[list[tuple[int, int]], list[str], list[str]]:
    """The words of a run: where they stand in it, in lower case, and their classes."""
    spans = [m.span() for m in WORD.finditer(surface)]
    lower = [surface[a:b].lower() for a, b in spans]
    return spans, lower, [_class(surface[a:b], word) for (a, b), word in zip(spans, lower, strict=True)]


def _class(word: str, lower: str) -> str:
    if len(word) <= 2 and (len(word) == 1 or word[1] == "."):
        return "I"
    found = word_classes().get(lower.rstrip("."))
    if found:
        return found
    return "A" if len(word) > 1 and word.isupper() else "x"


def _left(text: str, start: int) -> tuple[str, str, bool]:
    """The word before ``start``, the punctuation after that word, and whether a sentence begins at ``start``."""
    window = text[max(0, start - _LOOK_BACK) : start]
    told = window.rstrip()
    if not told or "\n" in window[len(told) :]:
        return "", "", True
    parts = told.rsplit(None, 1)
    last = parts[-1]
    word = last.rstrip("\"'“”‘’«»()[]—–-*,.;:!?…•|")
    mark = last[len(word) :]
    if not word:
        return "", mark, len(parts) == 1 or parts[0][-1] in _STOPS
    word = word.lstrip(_QUOTES).lower()
    opens = mark != "" and mark[0] in _STOPS and not (mark == "." and (word in words("dotted") or len(word) == 1))
    return word, mark, opens


def right(text: str, end: int) -> tuple[str, str, str]:
    """The word after ``end``, the punctuation before that word, and the word after it."""
    match = _AFTER.match(text, end, end + _LOOK_AHEAD)
    if not match:
        return "", "", ""
    mark, word, word2 = match.groups()
    return (word or "").lower(), mark, (word2 or "").lower()


def _drop_openers(run: Run) -> None:
    """ "The", "In" … at the run's start are not part of a name."""
    opener, lower = words("opener"), run.lower
    k = 0
    while k < len(lower) and lower[k] in opener:
        if lower[k] == "new" and k + 1 < len(lower):
            break
        run.before, run.mark_before = lower[k], ""
        k += 1
    if k:
        del run.spans[:k], run.lower[:k], run.classes[:k]
        if run.spans:
            run.start = run.spans[0][0]
