"""The known names in a text that may be meant as places, each with what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.gazetteer import Match, fold
from mapgen.toponyms.evidence import NOWHERE, Candidate
from mapgen.toponyms.inflection import forms, inflects
from mapgen.toponyms.letters import Look, Named, look_of
from mapgen.toponyms.runs import Run, Shape, right, run_at, spans
from mapgen.toponyms.senses import Meanings, Sense, Senses, spelt_for
from mapgen.toponyms.weights import REMEMBERED

_CONTAINER = re.compile(r"(?:,\s|\s\()([^\W\d_][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})")
_CONTRACTION = re.compile(r"['’](?:ll|ve|re|m|d|t)\Z")
_COMMAS = frozenset((", ", ",\n", " ("))  # between a place and what contains it
_LONGEST_REMEMBERED = 120  # characters of a run; longer ones hardly come again
_NO_MATCHES: list[Match] = []
_GOING_ON = frozenset(" -‐‑\u00a0\u202f\t\n\r.'’")  # what may stand before the next word of a name


@dataclass(slots=True, eq=False)
class Reading:
    """The known names in a run, by its letters, and the words of it from which a name may go on behind the run."""

    shape: Shape
    names: tuple[Named, ...]
    openings: tuple[tuple[int, str], ...]


_NOTHING = Reading(Shape((), (), ()), (), ())


def candidates(text: str, senses: Senses, inflecting: bool | None = None) -> list[Candidate]:
    """All known names in ``text``; by start, longest first.  ``inflecting`` is what ``inflects`` says, where known."""
    found: list[Candidate] = []
    readings, beyond = senses.readings, senses.gazetteer.beyond
    reach = 0  # where the last name ends that goes on behind its run
    for start, end in spans(text):
        reading = readings.get(text[start:end]) or _learn(text[start:end], senses)
        follows = text[end : end + 1]
        if follows in "'’" or (reading.openings and follows in _GOING_ON):
            further = [m for m in beyond(text, start, end, reading.openings) if senses(m.key)]
        else:
            further = _NO_MATCHES
        known = reading.names
        if not (known or further):
            continue
        shape = reading.shape if reading is not _NOTHING else Shape.of(text[start:end])
        if not shape.spans:
            continue
        run = run_at(text, start, end, shape)
        crowded = len(known) > 1 or start < reach
        if further:
            crowded, reach = True, max(match.end for match in further)
            found += [_candidate(text, run, *match, senses) for match in further]
        after = run.right
        for n in known:
            found.append(
                Candidate(start + n.start, start + n.end, n.key, n.senses, run, n, after, NOWHERE, 0.0, False, crowded)
            )
    if reach:
        found.sort(key=_order)
    if inflects(text) if inflecting is None else inflecting:
        found = _with_other_scripts(text, found, senses)
    _contain(text, found)
    return found


def _learn(surface: str, senses: Senses) -> Reading:
    found, openings = senses.gazetteer.read(surface)
    shape = Shape.of(surface) if found or openings else _NOTHING.shape
    names: list[Named] = []
    if shape.spans:
        first = shape.spans[0][0]
        for start, end, key in found:
            if end > first and (meanings := senses(key)) and _may_mean(surface[start:end], meanings):
                names.append(_named(surface, shape, start, end, key, meanings, senses.looks))
        reading = Reading(shape, tuple(names), tuple(openings))
    else:
        reading = _NOTHING
    if len(surface) <= _LONGEST_REMEMBERED:
        senses.remember(surface, reading, 1 + len(names))
    return reading


def _may_mean(seen: str, meanings: Meanings) -> bool:
    """Whether ``seen`` may be one of ``meanings``: it is written as a code is, and "I'll" is no abbreviation."""
    return not _CONTRACTION.search(seen) and any(spelt_for(seen, sense) for sense in meanings)


def _named(
    surface: str, shape: Shape, start: int, end: int, key: str, meanings: Meanings, looks: dict[tuple[str, str], Look]
) -> Named:
    """The name ``surface[start:end]``; ``surface`` goes on behind the run where the name does."""
    where = shape.spans
    i, last = 0, len(where) - 1
    while i < last and where[i][1] <= start:
        i += 1
    j = last
    while j > i and where[j][0] >= end:
        j -= 1
    seen = surface[start:end]
    look = looks.get((key, seen))
    if look is None:
        if len(looks) >= REMEMBERED:
            looks.clear()
        look = looks[key, seen] = look_of(seen, key, meanings)
    return Named(start, end, key, meanings, look, shape, i, j)


def _candidate(text: str, run: Run, start: int, end: int, key: str, senses: Senses) -> Candidate:
    """A name that its run alone does not tell."""
    at = run.start
    meanings = senses(key)
    named = _named(text[at : max(end, run.end)], run.shape, start - at, end - at, key, meanings, senses.looks)
    return Candidate(start, end, key, meanings, run, named, right(text, end) if end > run.end else run.right)


def _with_other_scripts(text: str, found: list[Candidate], senses: Senses) -> list[Candidate]:
    """``found`` with the names in other cases than the gazetteer's, and those in scripts without capitals."""
    inflected = list(forms(text, senses))
    replaced = {(start, end) for start, end, _ in inflected}
    found = [c for c in found if (c.start, c.end) not in replaced]
    for c in found:
        c.crowded = True
    places = list(spans(text))
    starts = [start for start, _ in places]
    for start, end, key in inflected:
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < places[at][1]:
            run = run_at(text, *places[at], Shape.of(text[slice(*places[at])]))
            if run.shape.spans:
                found.append(_candidate(text, run, start, end, key, senses))
        elif not text[start].isupper():
            found.append(Candidate(start, end, key, senses(key)))
    for start, end, key in senses.gazetteer.find(text):
        first = text[start]
        if first.lower() == first.upper() and (start, end) not in replaced and (meanings := senses(key)):
            found.append(Candidate(start, end, key, meanings))
    return sorted(found, key=_order)


def _order(c: Candidate) -> tuple[int, int]:
    return c.start, -c.end


def _contain(text: str, found: Sequence[Candidate]) -> None:
    """ "Springfield, Illinois": note for the first what the second may be, where the second may contain the first."""
    before = [c for c in found if text[c.end : c.end + 2] in _COMMAS]
    if not before:
        return
    by_start: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_start.setdefault(candidate.start, []).append(candidate)
    for candidate in before:
        for follower in by_start.get(candidate.end + 2, ()):
            candidate.followed = True
            candidate.inside = held(candidate.senses, follower.senses)
            if candidate.inside:
                break


def held(inner: Sequence[Sense], outer: Sequence[Sense]) -> frozenset[str]:
    """The codes of the countries and first-level regions in ``outer`` that may contain one of ``inner``."""
    codes = containers(outer)
    if not codes:
        return frozenset()
    places = [s for s in inner if s.kind not in ("country", "demonym")]
    inside = {s.country for s in places} | {s.admin1 for s in places if s.kind != "admin1"}
    return frozenset(codes & inside)


def inside(text: str, end: int, meanings: Meanings, senses: Senses) -> frozenset[str]:
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


def containers(senses: Sequence[Sense]) -> set[str]:
    """The codes of the countries and first-level regions that a name may mean."""
    codes = set()
    for sense in senses[:8]:
        if sense.kind == "country":
            codes.add(sense.country)
        elif sense.kind == "admin1":
            codes.add(sense.admin1)
    return codes


def beside(text: str, c: Candidate) -> frozenset[str]:
    """The words of the name and the words on either side of it, lower case."""
    return words_beside(text, c.start, c.end) | set(c.key.split(" "))


def words_beside(text: str, start: int, end: int) -> frozenset[str]:
    """The word before and the word after ``text[start:end]``, lower case."""
    found = text[max(0, start - 15) : start].split()[-1:] + text[end : end + 20].split(None, 1)[:1]
    return frozenset([word.lower().strip(".,;:'’s") for word in found])
