"""Where each mention is: all mentions of a document decided together (see :mod:`mapgen.toponyms.ranking`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mapgen.gazetteer import Gazetteer, fold
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry, Mention, Place
from mapgen.toponyms.candidates import inside, words_beside
from mapgen.toponyms.confidence import Calibration
from mapgen.toponyms.document import Name, Said, names
from mapgen.toponyms.inflection import CYRILLIC, reading
from mapgen.toponyms.parameters import Parameters, parameters
from mapgen.toponyms.ranking import TOWNS, TURNS, decide
from mapgen.toponyms.senses import Meanings, Sense, Senses

TOGETHER = 400  # mentions decided together; more are taken in turn
SAME_SPOT_KM = 50.0
_RUNNERS_UP = 3
_LEAST_SHARE = 0.01
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ARTICLE = re.compile(r"\A[Tt]he\s+")
_PARTS = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")


class Answer(NamedTuple):
    """Where a mention is: the likeliest meaning, the probability of its spot, and the runners-up."""

    entry: GazetteerEntry
    confidence: float
    others: tuple[Sense, ...]

    def place(self, mention: Mention) -> Place:
        """``mention`` put there."""
        return Place.of(mention, self.entry, self.confidence, tuple([sense.entry for sense in self.others]))


def resolve(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, learned: Parameters | None = None
) -> list[Place | None]:
    """The place of each mention, parallel to ``mentions``; None where no reading of it is known.

    ``learned`` replaces the packaged parameters.
    """
    answers = answers_to(text, mentions, gazetteer, learned or parameters())
    return [answer.place(m) if answer else None for m, answer in zip(mentions, answers, strict=True)]


def answers_to(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, learned: Parameters
) -> list[Answer | None]:
    """The answer for each mention, parallel to ``mentions``; None where no reading of it is known."""
    senses = Senses.of(gazetteer)
    said = [said_of(text, mention, senses) for mention in mentions]
    known = iter(decided([one for one in said if one], learned))
    return [next(known) if one else None for one in said]


def decided(said: Sequence[Said], learned: Parameters, turns: int = TURNS) -> list[Answer]:
    """The answer for each occurrence of a name; those of a document are decided together, many in turn."""
    answers: list[Answer] = []
    for start in range(0, len(said), TOGETHER):
        grouped, of_each = names(said[start : start + TOGETHER])
        decide(grouped, learned.ranking, turns)
        of_name = {id(name): answer(name, learned.calibration) for name in grouped}
        answers += [of_name[id(name)] for name in of_each]
    return answers


def said_of(text: str, mention: Mention, senses: Senses) -> Said | None:
    """What a mention may mean, by its whole surface or, failing that, by its best known part."""
    found = _reading(mention.surface, senses)
    if found is None:
        return None
    key, meanings = found
    beside = frozenset[str]()
    if meanings.natural:
        beside = words_beside(text, mention.start, mention.end) | set(mention.surface.lower().split())
    return Said(mention.start, mention.surface, key, meanings, inside(text, mention.end, meanings, senses), beside)


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


def answer(name: Name, calibration: Calibration) -> Answer:
    """The likeliest meaning of a decided name, with the runners-up.

    The confidence is the probability of the spot: of this meaning and of those within ``SAME_SPOT_KM`` of it.
    """
    sense, share, others = likeliest(name)
    return Answer(sense.entry, calibration(sense, share, len(name.meanings) == 1), others)


def likeliest(name: Name) -> tuple[Sense, float, tuple[Sense, ...]]:
    """The likeliest meaning of a decided name, the share of its spot, and the runners-up."""
    shares, senses = name.shares, name.senses
    if len(shares) == 1:
        return senses[0], 1.0, ()
    likely = sorted([(-share, i) for i, share in enumerate(shares) if share >= _LEAST_SHARE])
    best = senses[likely[0][1]]
    sure = sum([-share for share, i in likely if _same_spot(senses[i], best)])
    others = [senses[i] for _, i in likely[1 : 1 + _RUNNERS_UP]]
    if best.kind in ("admin1", "admin2") and not any(_namesake(sense, best) for sense in others):
        others += [sense for sense in senses if _namesake(sense, best)][:1]
    return best, min(1.0, sure), tuple(others)


def _namesake(town: Sense, region: Sense) -> bool:
    """Whether a town bears the name of the region around it, or is the capital of its country."""
    if town.kind not in TOWNS or town.country != region.country:
        return False
    return (town.admin1 == region.admin1 or town.kind == "capital") and town.entry.granularity == "city"


def _same_spot(one: Sense, other: Sense) -> bool:
    """Whether two meanings are one spot on a map, as a town and the region around it that bears its name."""
    if one is other:
        return True
    if one.country != other.country or abs(one.lat - other.lat) > 1:
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_SPOT_KM
