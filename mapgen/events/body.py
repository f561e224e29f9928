"""What kind of text an article is, and its body: the sentences without headlines, menus and teasers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapgen.sentences import Span, sentences

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*(?:(?:\([^()]{1,80}\)|\[\d+\])[,;]?\s*)*\Z")
ITEMS = 3  # paragraphs that end with their source in brackets, from which a text is a day's digest
_SOURCED = re.compile(r"[.!?…][\"'”’»)\]]*[ \t]*(?:\([^()\n]{2,80}\)[,;]?[ \t]*)+$", re.MULTILINE)


def body(text: str) -> Iterator[Span]:
    """The sentences of the text's body: headlines, menus and repeated teasers have no end mark or come twice."""
    spans = sentences(text)
    ends: dict[int, int] = {}
    for span in spans:
        ends[span.paragraph] = span.end
    finished = {paragraph for paragraph, end in ends.items() if _SENTENCE_END.search(text, max(0, end - 120), end)}
    long = [span for span in spans if text.count(" ", span.start, span.end) > 5]
    unmarked = sum(span.paragraph not in finished for span in long) > len(long) / 2
    seen: set[str] = set()
    for span in spans:
        if not unmarked and span.paragraph not in finished and span.end == ends[span.paragraph]:
            continue
        line = text[span.start : span.end]
        if line in seen:
            continue
        seen.add(line)
        yield span


def is_digest(text: str) -> bool:
    """Whether ``text`` is a day's digest: items of many places, each with its source in brackets."""
    return len(_SOURCED.findall(text)) >= ITEMS
