"""Runs of capitalised words: where a name can stand, with the words around it.

A run is "Alameda County Medical Center" in "of Alameda County Medical Center."; linear in the text's length.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from mapgen.toponyms.lexicon import word_classes, words

_CASED_TO = 0x590  # Latin, Greek, Cyrillic, Armenian: the scripts with capitals
_UPPER = "".join(chr(i) for i in range(0x80, _CASED_TO) if chr(i).isupper())
_UP = f"A-Z{_UPPER}"
_DOTTED_WORD = "|".join(sorted((w.capitalize() for w in words("dotted")), key=len, reverse=True))
_WORD = (
    rf"(?:(?:[{_UP}][a-z]?\.){{2,}}|(?:{_DOTTED_WORD}|[{_UP}])\.(?=[ \-][{_UP}])"
    rf"|(?:{_DOTTED_WORD})\.|[{_UP}]\w*(?:['’](?!s\b|S\b)\w+)*)"
)
RUN = re.compile(rf"(?<![\w])(?:al-|el-|d['’])?{_WORD}(?:(?: |-|–|\n(?!\n))(?:(?:al-|el-|d['’])?{_WORD}))*")
WORD = re.compile(rf"(?:al-|el-|d['’])?{_WORD}|\w+")
_BEFORE = re.compile(r"([\w'’.-]+)?([^\w\s]*)(\s*)\Z")
_STOPS = ".!?:;…\n\r•|"


@dataclass(slots=True)
class Run:
    """Consecutive capitalised words ``text[start:end]`` and what stands on either side (lower case)."""

    start: int
    end: int
    spans: list[tuple[int, int]]  # of the words
    lower: list[str]
    classes: list[str]  # of the words: a letter of lexicon.word_classes, "I" initial, "A" all capitals, "x" unknown
    before: str = ""
    before2: str = ""
    mark_before: str = ""  # punctuation between before and the run
    opens: bool = False  # the run begins a sentence
    after: str = ""
    after2: str = ""
    mark_after: str = ""


def runs(text: str) -> list[Run]:
    """The runs of ``text`` in order; an opener that is capitalised only because a sentence begins is left out."""
    found = []
    for match in RUN.finditer(text):
        start, end = match.span()
        if end - start < 2 or (end - start > 200):
            continue
        run = _shape(match.group(), start)
        before, mark, opens = _left(text, start)
        run.before, run.mark_before, run.opens = before, mark, opens
        _drop_openers(run)
        if run.spans:
            found.append(run)
    for run in found:
        run.after, run.mark_after, run.after2 = right(text, run.end)
    return found


_SHAPES: dict[str, tuple[list[tuple[int, int]], list[str], list[str]]] = {}


def _shape(surface: str, start: int) -> Run:
    spans = [m.span() for m in WORD.finditer(surface)]
    lower = [sys.intern(surface[a:b].lower()) for a, b in spans]
    classes = [_class(surface[a:b], word) for (a, b), word in zip(spans, lower, strict=True)]
    return Run(start, start + len(surface), [(start + a, start + b) for a, b in spans], lower, classes)


def _class(word: str, lower: str) -> str:
    if len(word) <= 2 and (len(word) == 1 or word[1] == "."):
        return "I"
    found = word_classes().get(lower.rstrip("."))
    if found:
        return found
    return "A" if len(word) > 1 and word.isupper() else "x"


def _left(text: str, start: int) -> tuple[str, str, bool]:
    window = text[max(0, start - 24) : start]
    match = _BEFORE.search(window)
    word, mark, gap = match.groups() if match else (None, "", "")
    if word is None:
        opens = start == 0 or not gap.strip(" ") or bool(mark.strip("\"'“‘(«[-—–")) or start < 3
        return "", mark, opens
    opens = "\n" in gap or word[-1] in ".!?" and word.rstrip(".").lower() not in words("dotted") or mark[:1] in _STOPS and mark != ""
    return word.lower().rstrip("."), mark, opens


_AFTER = re.compile(r"(['’]s?\b|[^\w\s]*)\s*([^\W_][\w'’-]*)?[^\w\s]*\s*([^\W_][\w'’-]*)?")


def right(text: str, end: int) -> tuple[str, str, str]:
    """The word after ``end``, the punctuation before that word, and the word after it."""
    match = _AFTER.match(text, end, end + 60)
    if not match:
        return "", "", ""
    mark, word, word2 = match.groups()
    return (word or "").lower(), mark, (word2 or "").lower()


def _drop_openers(run: Run) -> None:
    """"The", "In" … at the run's start are not part of a name; nor is a word of the calendar."""
    opener = words("opener")
    k = 0
    while k < len(run.lower) and run.lower[k] in opener and run.spans[k][1] - run.spans[k][0] > 0:
        if k + 1 < len(run.lower) and run.lower[k] in ("new", "los", "los") and not run.lower[k + 1] in opener:
            break
        run.before2, run.before = run.before, run.lower[k]
        run.mark_before = ""
        k += 1
    if k:
        del run.spans[:k], run.lower[:k], run.classes[:k]
        if run.spans:
            run.start = run.spans[0][0]
