"""Where each mention is: all mentions of a document decided together (see :mod:`mapgen.toponyms.ranking`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapgen.gazetteer import Gazetteer, fold
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry, Mention, Place
from mapgen.toponyms.evidence import held, words_beside
from mapgen.toponyms.inflection import CYRILLIC, reading
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.ranking import Name, Said, decide, names
from mapgen.toponyms.senses import Meanings, Senses

TOGETHER = 400  # mentions decided together; more are taken in turn
SAME_SPOT_KM = 50.0
_RUNNERS_UP = 3
_LEAST_SHARE = 0.01
_CONTAINER = re.compile(r"(?:,\s|\s\()([^\W\d_][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ARTICLE = re.compile(r"\A[Tt]he\s+")
_PARTS = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")


def resolve(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, learned: Parameters | None = None
) -> list[Place | None]:
    """The place of each mention, parallel to ``mentions``; None where no reading of it is known.

    ``learned`` replaces the packaged parameters.
    """
    senses, learned = Senses.of(gazetteer), learned or parameters()
    places: list[Place | None] = []
    for group in _groups(mentions):
        places += _together(text, group, senses, learned)
    return places


def _groups(mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    for start in range(0, len(mentions), TOGETHER):
        yield mentions[start : start + TOGETHER]


def _together(text: str, mentions: Sequence[Mention], senses: Senses, learned: Parameters) -> list[Place | None]:
    said = [said_of(text, mention, senses) for mention in mentions]
    grouped, of_each = names([one for one in said if one])
    decide(grouped, learned.ranking)
    name_of = iter(of_each)
    return [place(mention, next(name_of)) if one else None for mention, one in zip(mentions, said, strict=True)]


def said_of(text: str, mention: Mention, senses: Senses) -> Said | None:
    """What a mention may mean, by its whole surface or, failing that, by its best known part."""
    found = _reading(mention.surface, senses)
    if found is None:
        return None
    key, meanings = found
    beside = frozenset[str]()
    if meanings.natural:
        beside = words_beside(text, mention.start, mention.end) | set(mention.surface.lower().split())
    return Said(mention.start, mention.surface, key, meanings, _inside(text, mention.end, meanings, senses), beside)


def _reading(surface: str, senses: Senses) -> tuple[str, Meanings] | None:
    if CYRILLIC.search(surface) and (found := reading(surface, senses)):
        return found
    bare = _ARTICLE.sub("", surface)
    for form in (surface, _POSSESSIVE.sub("", surface), bare, _POSSESSIVE.sub("", bare)):
        key = fold(form)
        if key and (meanings := senses(key)):
            return key, meanings
    return _part(surface, senses)


def _part(surface: str, senses: Senses) -> tuple[str, Meanings] | None:
    """The longest known stretch of whole words inside ``surface``; of equally long ones the most prominent."""
    parts = [match.span() for match in _PARTS.finditer(surface)][:12]
    for length in range(len(parts) - 1, 0, -1):
        found = []
        for i in range(len(parts) - length + 1):
            key = fold(surface[parts[i][0] : parts[i + length - 1][1]])
            if len(key) > 2 and (meanings := senses(key)):
                found.append((key, meanings))
        if found:
            return max(found, key=lambda reading: (reading[1][0].size, reading[0]))
    return None


def _inside(text: str, end: int, meanings: Meanings, senses: Senses) -> frozenset[str]:
    """The codes of the region or country named after a comma, where it may contain one of ``meanings``."""
    match = _CONTAINER.match(text, end, end + 60)
    if not match:
        return frozenset()
    tokens = match.group(1).split()
    for count in range(len(tokens), 0, -1):
        codes = held(meanings, senses(fold(" ".join(tokens[:count]))))
        if codes:
            return codes
    return frozenset()


def place(mention: Mention, name: Name) -> Place:
    """The likeliest meaning of ``name`` as the place of ``mention``, with the runners-up.

    The confidence is the probability of the spot: of this meaning and of those within ``SAME_SPOT_KM`` of it.
    """
    order = sorted(range(len(name.shares)), key=lambda i: (-name.shares[i], i))
    best = name.senses[order[0]].entry
    sure = sum(share for sense, share in zip(name.senses, name.shares, strict=True) if _same_spot(sense.entry, best))
    others = tuple(name.senses[i].entry for i in order[1 : 1 + _RUNNERS_UP] if name.shares[i] >= _LEAST_SHARE)
    return Place.of(mention, best, round(min(1.0, sure), 3), others)


def _same_spot(one: GazetteerEntry, other: GazetteerEntry) -> bool:
    """Whether two entries are one spot on a map, as a town and the region around it that bears its name."""
    if one is other:
        return True
    if one.country != other.country or abs(one.lat - other.lat) > 1:
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_SPOT_KM
