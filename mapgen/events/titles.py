"""One short line for an event, in the words of its sentence: nothing is said that the text does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapgen.events.telling import Telling
from mapgen.model import Place

LONGEST = 96  # characters
_SAYING = (
    r"(?:said|says|say|reported|reports|report|announced|confirmed|told \w+(?: \w+)?|claimed|claims|stated|added|adds|"
    r"wrote|noted|warned|according to)"
)
_LEAD = re.compile(
    r"^[^,;:]{0,90}?\b(?:said|says|say|reported|reports|announced|confirmed|claimed|claims|stated|added|noted)\b"
    r"(?: (?:on|late|early|in|at|this|last)(?: \w+){1,3}?)?"
    r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: \w+)?)?"
    r",? that ",
)  # fmt: skip
_SAID = re.compile(r"^[^,;:]{3,90}?\b(?:said|says)\b (?!on |late |in |at |it was|to )(?:that )?(?=\w+(?:\s\w+){4})")
_OPENER = re.compile(
    r"^(?:and|but|while|as|with|that|also|meanwhile|however|later|earlier|then|so|when|where|after|before|"
    r"in particular|in addition|separately|elsewhere|according to [^,;]{2,70},|citing [^,;]{2,70},|"
    r"(?:late |early )?(?:on|in|at) (?:the (?:morning|evening|night|afternoon|early hours) of )?"
    r"(?:\w+day|\w+ \d{1,2}|\d{1,2} \w+)(?:,? \w+ \d{1,2})?(?:,? \d{4})?(?: (?:morning|evening|night|afternoon))?,|"
    r"(?:the )?(?:next|following|same) (?:day|morning|evening|night),?)[\s,]+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",\s+(?:(?:the |a |an |its |his |her |local |state )?[^,]{2,70}?\s" + _SAYING + r"|" + _SAYING + r"\s[^,]{2,80}|"
    r"according to .*|citing .*)[^,]*$"
)
_START = re.compile(r",\s+(?:and\s+|but\s+)?|\sthat\s|\sas\s")
_VAGUE = re.compile(r"\s+(?:in|of) the (?:city|town|village|capital|country)\Z")
_ASIDE = re.compile(r",\s+(?:meanwhile|however|too|also|for instance|in turn|in addition),")
_SUBJECTLESS = re.compile(r"(?:\w+ing|has|have|had|was|were|is|are|been|to|injured|killed|wounded)\b", re.IGNORECASE)
_LOOSE_ENDS = frozenset(
    "the a an of and or in on at to by for with from into his her its their other as that including major more most "
    "was were is are has have had been be due ongoing near between against over about some all long shortly "
    "soon just well only even not also after before during while when amid under this these those which who "
    "whose".split()
)
_POSSESSOR = re.compile(r"^(?:its|their|his|her)\s+(?=[a-z])", re.IGNORECASE)
_CUT = re.compile(r"(?:[,;:(—–]|\s(?:which|who|while|after|before|because|as|when|where|following|amid|despite|"
                  r"according to|in order to|so that)\b)")  # fmt: skip


def compose(text: str, telling: Telling, places: Sequence[Place]) -> str:
    """A title of at most about 96 characters from the clause that tells the event, with its place where room is."""
    line = _opened(" ".join(text[telling.clause_start : telling.clause_end].split()))
    if len(line.split()) < 4 or _SUBJECTLESS.match(line):
        line = _opened(" ".join(text[telling.start : telling.end].split()))
    word = re.match(r"\w+", text[telling.head : telling.end])
    line = _shorten(_TAIL.sub("", line), word.group() if word else "")
    line = _tied(line.rstrip(' .,;:—–-“"'))
    if line.count("“") != line.count("”") or line.count('"') % 2:
        line = line.replace("“", "").replace("”", "").replace('"', "")
    if line.count("(") != line.count(")"):
        line = line.replace("(", "").replace(")", "")
    line = line[:1].upper() + line[1:]
    named = next((place.name for place in places if place.role in ("site", "destination")), None)
    if named and _VAGUE.search(line) and not _mentions(line, places):
        return f"{_VAGUE.sub('', line)} in {named}"
    if named and len(line) + len(named) + 2 <= LONGEST and not _mentions(line, places):
        line = f"{line}, {named}"
    return line


def _tied(line: str) -> str:
    """``line`` without the words at its end that lean on something cut off."""
    while True:
        cut = max(line.rfind(" "), line.rfind(","))
        if cut < 0 or line[cut + 1 :] not in _LOOSE_ENDS:
            return line
        line = line[:cut].rstrip(" ,")


def _opened(line: str) -> str:
    """``line`` without what only leads up to the news: conjunctions, the day, who says so."""
    line = _ASIDE.sub("", line).strip(' ,;:—–-•*"“”')
    for _ in range(3):
        shorter = _OPENER.sub("", _SAID.sub("", _LEAD.sub("", line)))
        if shorter == line:
            break
        line = shorter
    return _POSSESSOR.sub("", line)


def _mentions(line: str, places: Sequence[Place]) -> bool:
    return any(word and word in line for place in places for word in (place.name, place.mention))


def _opens_title(line: str, at: int) -> bool:
    return len(line) - at > 25 and not _SUBJECTLESS.match(line[at:].lstrip('"“‘'))


def _shorten(line: str, head: str) -> str:
    """At most ``LONGEST`` characters of ``line``, cut where a clause ends, with the word ``head`` among them."""
    if len(line) <= LONGEST:
        return line
    at = max(0, line.find(head))
    if at + len(head) > LONGEST:
        starts = [match.end() for match in _START.finditer(line, 0, at) if _opens_title(line, match.end())]
        line = line[starts[-1] :] if starts else line
        at = max(0, line.find(head))
    if len(line) <= LONGEST:
        return line
    bounds = [match.start() for match in _CUT.finditer(line) if max(25, at + len(head)) <= match.start() <= LONGEST]
    if bounds:
        return line[: bounds[-1]]
    return _tied(line[: line.rfind(" ", 0, LONGEST)]) + "…"
