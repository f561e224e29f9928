"""Where sentences and paragraphs begin and end, without changing a character.

Written for news text in any script that ends sentences with ``. ! ? … 。 ！ ？ ؟ ।``; linear in the text's length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

# Abbreviations that do not end a sentence when a capital follows: titles, months, military ranks, "No. 5".
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof st sen rep gov gen lt col maj capt cmdr adm sgt cpl pvt brig hon rev fr msgr pres amb supt insp "
    "det no nos vs fig ft mt approx ca cf al jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat "
    "e.g i.e g г гг ул им тыс млн млрд".split()
)
_END = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*")
_STARTER = re.compile(r"[\"'“‘«(\[—–-]*\s*[^\W_a-zа-яёәғқңөұүһіїєґ]")
_WORD_BEFORE = re.compile(r"[\w.]{1,12}\Z")
_HARD_BREAK = re.compile(r"(?:\r\n|\r(?!\n)|\n|\u2028|\u2029)(?:[ \t\f\v]*(?:\r\n|\r(?!\n)|\n|\u2028|\u2029))+|\u2029")
LONGEST = 3_000  # characters of a sentence: what costs more in a long one than in two stays bounded
_MARK_AND_SPACE = re.compile(r"[.!?;…]\s")
_SPACE = re.compile(r"\s")
_LINE_BREAK = re.compile(r"\r\n|\r|\n|\u2028")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``text[start:end]`` with no white space at its ends; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of ``text``: set apart by blank lines, or by line ends where lines are not wrapped by hand."""
    breaks = _hard_wrapped(text)
    spans: list[Span] = []
    for start, end in _pieces(text, _HARD_BREAK):
        if breaks:
            _add(spans, text, start, end, len(spans))
            continue
        for line_start, line_end in _pieces(text, _LINE_BREAK, start, end):
            _add(spans, text, line_start, line_end, len(spans))
    return spans


def sentences(text: str) -> list[Span]:
    """The sentences of ``text`` in order; each lies inside one paragraph, and none is much longer than ``LONGEST``
    characters unless it is one word."""
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for match in _END.finditer(text, paragraph.start, paragraph.end):
            if match.end() < paragraph.end and _ends_sentence(text, match, start):
                _add(spans, text, start, match.end(), paragraph.paragraph)
                start = match.end()
        _add(spans, text, start, paragraph.end, paragraph.paragraph)
    return [part for span in spans for part in (_cut(text, span) if span.end - span.start > LONGEST else (span,))]


def _cut(text: str, span: Span) -> list[Span]:
    """A stretch that is no sentence any more, in pieces of at most ``LONGEST`` characters, behind marks or words."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > LONGEST:
        low, high = start + LONGEST // 2, start + LONGEST
        found = list(_MARK_AND_SPACE.finditer(text, low, high)) or list(_SPACE.finditer(text, low, high))
        cut = found[-1] if found else _SPACE.search(text, high, span.end)
        if not cut:
            break
        _add(pieces, text, start, cut.end(), span.paragraph)
        start = cut.end()
    _add(pieces, text, start, span.end, span.paragraph)
    return pieces


def _ends_sentence(text: str, match: re.Match[str], start: int) -> bool:
    mark, after = match.group(), match.end()
    if mark[0] in "。！？":
        return True
    if not text[after].isspace():
        return False
    following = text[after : after + 40].lstrip()
    if not _STARTER.match(following):
        return False
    if mark != ".":
        return True
    found = _WORD_BEFORE.search(text, max(start, match.start() - 12), match.start())
    word = found.group().rpartition(" ")[2] if found else ""
    if word.lower().strip(".") in _NEVER_LAST:
        return False
    single_initial = len(word) == 1 and word.isupper()
    dotted = "." in word and all(len(part) <= 1 for part in word.split("."))
    return not single_initial and not (dotted and not _opens_clearly(following))


def _opens_clearly(following: str) -> bool:
    """After "U.S." or "a.m." only a common opener starts a new sentence: "U.S. Army" goes on."""
    opener = re.match(r"[\"'“‘«(\[]*(\w+)", following)
    return bool(opener) and opener.group(1) in _OPENERS  # type: ignore[union-attr]


_OPENERS = frozenset(
    "The A An In On At It He She They We This That These Those But And However Meanwhile Police Officials According "
    "After Before When While Local His Her Their There Some Several No Two Three Four Five".split()
)


def _hard_wrapped(text: str) -> bool:
    """Whether single line ends are only the wrapping of an editor: most lines nearly as long as the longest."""
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    if len(lengths) < 4 or max(lengths) > 120:
        return False
    return median(lengths) >= 0.75 * max(lengths) and median(lengths) >= 40


def _pieces(text: str, separator: re.Pattern[str], start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    end = len(text) if end is None else end
    pieces, at = [], start
    for match in separator.finditer(text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    return [*pieces, (at, end)]


def _add(spans: list[Span], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end, paragraph))
