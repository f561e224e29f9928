"""Runs of capitalised words: where a name can stand, with the words around it.

A run is "Alameda County Medical Center" in "of Alameda County Medical Center."; linear in the text's length.  What its
letters alone tell is its shape, worked out once for all runs of the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mapgen.toponyms.lexicon import neighbour_classes as _classes
from mapgen.toponyms.lexicon import word_classes, words

_CASED_TO = 0x590  # Latin, Greek, Cyrillic, Armenian: the scripts with capitals
_UP = "A-Z" + "".join(chr(i) for i in range(0x80, _CASED_TO) if chr(i).isupper())
_LONGEST = 16  # words; what goes on is another run
_ARTICLE = r"(?:al-|el-|d['’])?"


def _dotted() -> str:
    """What must stand before a dot for it to belong to the word: "St.", "Gov." (lookbehinds have a fixed width)."""
    by_length: dict[int, list[str]] = {}
    for word in sorted(words("dotted")):
        by_length.setdefault(len(word), []).append(word.capitalize())
    return "|".join(
        rf"(?<={'|'.join(rf'{word}[.]' for word in found)})(?<!\w.{{{length + 1}}})"
        for length, found in sorted(by_length.items())
    )


# What follows a capital: the rest of "U.S.", of an initial, or of a word that may end in a dot of its own.
_REST = (
    rf"(?:[a-z]?\.(?:[{_UP}][a-z]?\.)*[{_UP}][a-z]?(?!\w)\.?|\.(?=[ \-][{_UP}])"
    rf"|\w*(?:['’](?!s\b|S\b)\w+)*(?:\.(?:{_dotted()}))?)"
)
_RUN = re.compile(rf"[{_UP}](?<!\w.){_REST}(?:[ \-–\n]{_ARTICLE}[{_UP}]{_REST}){{0,{_LONGEST - 1}}}", re.DOTALL)
_WORD = re.compile(rf"{_ARTICLE}[{_UP}](?<!\w.){_REST}|\w+", re.DOTALL)
_BEFORE = re.compile(r"(?<!\w)(?:al-|el-|d['’])\Z")
_AFTER = re.compile(r"(['’]s?\b|[^\w\s]*)\s*([^\W_][\w'’-]*)?[^\w\s]*\s*([^\W_][\w'’-]*)?")
_STOPS = ".!?:;…•|"
_MARKS = "\"'“”‘’«»()[]—–-*,.;:!?…•|"
_QUOTES = "\"'“”‘’«»([—–-*"
_LOOK_BACK = 24  # characters before a run in which its neighbour is sought
_LOOK_AHEAD = 60
_LONGEST_WORD = 60  # characters of a word that are looked at


@dataclass(slots=True, eq=False)
class Shape:
    """What the letters of a run tell: its words (lower case), where they stand in it, and their classes.

    A class is a letter of ``lexicon.word_classes``, "I" an initial, "A" all capitals, "x" unknown.  An opener,
    capitalised only because a sentence begins, is left out: ``opener`` is the last of them.
    """

    spans: tuple[tuple[int, int], ...]
    lower: tuple[str, ...]
    classes: tuple[str, ...]
    opener: str = ""

    @classmethod
    def of(cls, surface: str) -> Shape:
        """The shape of a run of these letters."""
        spans = [match.span() for match in _WORD.finditer(surface)]
        told = [_word(surface[a:b][:_LONGEST_WORD]) for a, b in spans]
        openers = words("opener")
        k = 0
        while k < len(told) and (word := told[k][0]) in openers and (word != "new" or k + 1 == len(told)):
            k += 1
        opener = told[k - 1][0] if k else ""
        if k == len(told):
            return cls((), (), (), opener)
        lower, classes = zip(*told[k:], strict=True)
        return cls(tuple(spans[k:]), lower, classes, opener)


@dataclass(slots=True)
class Right:
    """What follows a run or a name, in lower case: the punctuation, the word after it, and the class of that and of the
    next (see ``lexicon.neighbour_classes``; "9" for digits, "-" where it is in no list)."""

    mark: str
    word: str
    word_class: str
    next_class: str


@dataclass(slots=True)
class Run:
    """A run ``text[start:end]`` with what stands on either side (lower case)."""

    start: int
    end: int
    shape: Shape
    before: str
    class_before: str  # of that word, as in Right
    mark_before: str  # punctuation between before and the run
    opens: bool  # the run begins a sentence
    right: Right


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the runs of ``text`` stand, in order."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start > 1 and text[start - 1] in "-'’" and (article := _BEFORE.search(text, max(0, start - 4), start)):
            start = article.start()
        yield start, end


def run_at(text: str, start: int, end: int, shape: Shape) -> Run:
    """The run ``text[start:end]``, which has ``shape``, with its neighbours."""
    before, mark, opens = _left(text, start)
    if shape.opener:
        before, mark = shape.opener, ""
    return Run(start, end, shape, before, _classes().get(before, "-"), mark, opens, right(text, end))


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[str, str]:
    """A word in lower case, and its class."""
    lower = word.lower()
    if len(word) <= 2 and (len(word) == 1 or word[1] == "."):
        return lower, "I"
    found = word_classes().get(lower.rstrip("."))
    return lower, found or ("A" if len(word) > 1 and word.isupper() else "x")


def _left(text: str, start: int) -> tuple[str, str, bool]:
    """The word before ``start``, the punctuation after that word, and whether a sentence begins at ``start``."""
    window = text[max(0, start - _LOOK_BACK) : start]
    told = window.rstrip()
    if not told or "\n" in window[len(told) :]:
        return "", "", True
    parts = told.rsplit(None, 1)
    last = parts[-1]
    if last.isalpha():
        return last.lower(), "", False
    word = last.rstrip(_MARKS)
    mark = last[len(word) :]
    if not word:
        return "", mark, len(parts) == 1 or parts[0][-1] in _STOPS
    word = word.lstrip(_QUOTES).lower()
    opens = mark != "" and mark[0] in _STOPS and not (mark == "." and (word in words("dotted") or len(word) == 1))
    return word, mark, opens


def right(text: str, end: int) -> Right:
    """What follows ``text[:end]``."""
    match = _AFTER.match(text, end, end + _LOOK_AHEAD)
    if not match:
        return Right("", "", "-", "-")
    mark, word, after = match.groups("")
    classes, word = _classes(), word.lower()
    told = classes.get(word) or ("9" if word.isdigit() else "-")
    return Right(mark, word, told, classes.get(after.lower(), "-"))
