"""Which places of a sentence belong to something other than the event: who speaks, what it is about, an aside."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from mapgen.events.carrying import CUTS, NATIONAL
from mapgen.events.lowered import caseless, lowered
from mapgen.events.roles import Located
from mapgen.events.sources import Saying, find_sayings
from mapgen.events.telling import Telling

OPENING = 30  # characters in which a sentence's opening is told
_STATE = re.compile(r"(?:^|\W)(?:minist\w+|government|president|spokes\w+|officials?|White House|Kremlin|Pentagon)\b")
_LOCATED = ("at", "of", "to", "from")
_MARCHES = frozenset({"protest", "strike_blockade", "riot"})
_TOPIC = caseless(
    r"\b(?:over(?! \d)|about(?! \d)|concerning|regarding|demanding|following|in (?:support|solidarity|response|"
    r"protest|reaction|retaliation|memory)|to (?:protest|mark|commemorate|denounce))\s+(?:[^\s,;]+\s+){2,}\Z"
)  # "protested over the killing of a student in Ruritania"
_AGAINST = caseless(r"\b(?:against|at)\s+(?:[^\s,;]+\s+){2,}\Z")
_OTHER_EVENT = caseless(
    r"\b(?:over|about|concerning|regarding|against|in (?:response|retaliation|reaction) to)\s(?:[^\s,;]+\s){0,3}"
    r"(?:deaths?|killings?|murders?|shootings?|arrests?|war|crackdown|coup|massacre|detention|offensive|crash|verdict)\s[^,;]*\Z"
)
_APPOSED = caseless(r",\s+(?:an?|the|one of|who|which|whose|known|also known)\s[^,;]*\Z")  # ", a port in Ruritania,"


def attached(telling: Telling, links: Sequence[Located], text: str) -> list[Located]:
    """``links``, with those that locate the event's speakers marked "speaker" and those of its topic "topic".

    A topic or an aside stays as it was where the sentence names no other place.
    """
    if not links:
        return []
    small = lowered(text)
    sayings = [
        saying for saying in find_sayings(text, telling.start, telling.end)
        if not saying.start <= telling.head < saying.end
    ]  # fmt: skip
    seat = _seat(links, sayings, telling)
    orders = telling.event_type in NATIONAL or telling.event_type in CUTS  # "the mayor of Kisumu announced a curfew"
    acts = orders or telling.event_type in ("arrests", "security_operation")  # "Ruritanian police said that they had"
    marked = []
    for link in links:
        if link is seat or (_speaks(link, sayings) and not (orders and link.preposition == "of")):
            link = dataclasses.replace(link, link="speaker")
        elif link.link == "people" and link.place.kind == "demonym" and _in(link, sayings):
            link = dataclasses.replace(link, link="source" if acts else "speaker")
        elif link.link in _LOCATED and _is_aside(telling, link, small):
            link = dataclasses.replace(link, link="topic")
        marked.append(link)
    if any(link.link in ("at", "object", "dateline", "people") for link in marked):
        return marked
    return [
        old if new.link == "topic" and not (_of_country(old) or _of_another(telling, old, small)) else new
        for old, new in zip(links, marked, strict=True)
    ]


def _seat(links: Sequence[Located], sayings: Sequence[Saying], telling: Telling) -> Located | None:
    """The capital that opens a sentence in which a government speaks: "In Paris, the interior minister said"."""
    first = next((link for link in links if link.link != "dateline"), None)
    if first is None or first.link != "at" or first.place.feature != "P.PPLC":
        return None
    end = first.place.end or 0
    if end - telling.start > OPENING:
        return None
    official = any(
        0 < saying.start - end < OPENING and _STATE.search(saying.source) and saying.content[0] <= telling.head
        for saying in sayings
    )
    return first if official else None


def _speaks(link: Located, sayings: Sequence[Saying]) -> bool:
    """Whether a place only says where somebody who tells of the event is, or of what they hold office."""
    located = link.link in _LOCATED or (link.link == "object" and link.place.granularity != "country")
    return located and _in(link, sayings)


def _in(link: Located, sayings: Sequence[Saying]) -> bool:
    return any(saying.start <= (link.place.start or 0) < saying.end for saying in sayings)


def _of_country(link: Located) -> bool:
    return link.place.granularity == "country"


def _of_another(telling: Telling, link: Located, small: str) -> bool:
    """Whether a place is of another event, which this one is about: "protests over the death of a man in Kisumu"."""
    return _OTHER_EVENT.search(small, telling.head, link.place.start or 0) is not None


def _is_aside(telling: Telling, link: Located, small: str) -> bool:
    """Whether a place stands in what the event is about, or in an apposition, rather than where it happens."""
    at, end = link.place.start or 0, link.place.end or 0
    if at < telling.head:
        return _APPOSED.search(small, telling.clause_start, at) is not None and "," in small[end : telling.head]
    if _TOPIC.search(small, telling.head, at) or _APPOSED.search(small, telling.head, at):
        return True
    return telling.event_type in _MARCHES and _AGAINST.search(small, telling.head, at) is not None
