"""What speaks for and against a stretch of text naming a place: readable features for the recogniser.

Each feature is a short string; ``parameters.json`` holds its weight in log odds.  What a run of capitalised words tells
by its letters is worked out once for all its occurrences, and sums of weights are remembered part by part, so that an
occurrence costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapgen.toponyms.document import Name
from mapgen.toponyms.letters import (
    Look,
    Named,
    in_run_case,
    in_run_features,
    known_features,
    left_case,
    left_features,
    look_features,
    right_case,
    right_features,
    word_features,
)
from mapgen.toponyms.runs import Right, Run
from mapgen.toponyms.senses import Meanings
from mapgen.toponyms.weights import REMEMBERED, Sums

NOWHERE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Candidate:
    """A known name at ``text[start:end]`` that may or may not be meant as a place.

    ``run``, ``named`` and ``right`` are None in scripts without capitals.
    """

    start: int
    end: int
    key: str
    senses: Meanings
    run: Run | None = None
    named: Named | None = None
    right: Right | None = None
    inside: frozenset[str] = NOWHERE  # codes of what is said to contain it: "US.OH", "FR"
    score: float = 0.0  # log odds of being meant as a place
    followed: bool = False  # by a comma and another known name
    crowded: bool = True  # may overlap with another
    beside: frozenset[str] = NOWHERE  # words of the name and beside it, where a natural feature may be meant
    name: Name | None = None  # as decided by the likely names of the document


def features(c: Candidate) -> list[str]:
    """The features of one candidate, from which the weights are fitted; empty in scripts without capitals."""
    run, named, after = c.run, c.named, c.right
    if run is None or named is None or after is None:
        return []
    look = named.look
    out = ["bias", *known_features(*look.known), *look_features(*look.marks), *word_features(named)]
    out += in_run_features(*in_run_case(named, run.opens))
    if named.i:
        out += left_features(*left_case(named))
    if not named.closes:
        out += right_features(*right_case(named))
    if named.opens:
        out += [f"b:{run.before}", *before_features(*_before(named, run))]
    if named.closes:
        out += [f"a:{after.word}", *after_features(*_after(named, after))]
        if named.opens:
            out += between_features(*_between(run, after))
    return out + container_features(look.kind, bool(c.inside), c.followed)


class Surroundings:
    """Log odds of a candidate by its letters and the words around it: the sum of the weights of its ``features``."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._named: dict[tuple[Named, bool], float] = {}
        self._known, self._look = Sums(weights, known_features), Sums(weights, look_features)
        self._in_run = Sums(weights, in_run_features)
        self._left, self._right = Sums(weights, left_features), Sums(weights, right_features)
        self._before, self._after = Sums(weights, before_features), Sums(weights, after_features)
        self._between, self._container = Sums(weights, between_features), Sums(weights, container_features)
        of: dict[str, dict[str, float]] = {kind: {} for kind in ("b", "a", "end", "lw", "rw", "head")}
        for name, value in weights.items():
            kind, _, word = name.partition(":")
            if kind in of:
                of[kind][word] = value
        self._word_before, self._word_after, self._last, self._word_left, self._word_right, self._head = of.values()
        self._looks: dict[Look, float] = {}

    def weigh(self, found: Sequence[Candidate]) -> None:
        """Set the score of each candidate in a run."""
        by_letters = self._named.get
        for c in found:
            run, named, after = c.run, c.named, c.right
            if run is None or named is None or after is None:
                continue
            score = by_letters((named, run.opens))
            if score is None:
                score = self._by_letters(named, run.opens)
            opens = named.i == 0
            if opens:
                score += self._word_before.get(run.before, 0.0) + self._before[_before(named, run)]
            if named.closes:
                score += self._word_after.get(after.word, 0.0) + self._after[_after(named, after)]
                if opens:
                    score += self._between[_between(run, after)]
            if c.followed:
                score += self._container[named.look.kind, bool(c.inside), True]
            c.score = score

    def _by_letters(self, named: Named, opens: bool) -> float:
        """What the letters of a run tell of a name in it."""
        look, lower, i, j = named.look, named.shape.lower, named.i, named.j
        score = self._looks.get(look)
        if score is None:
            score = self._known[look.known] + self._look[look.marks] + self.weights.get("bias", 0.0)
            if look.last:
                score += self._last.get(look.last, 0.0)
            if len(self._looks) >= REMEMBERED:
                self._looks.clear()
            self._looks[look] = score
        score += self._in_run[in_run_case(named, opens)]
        if i:
            score += self._left[left_case(named)] + self._word_left.get(lower[i - 1], 0.0)
        if j < len(lower) - 1:
            score += self._right[right_case(named)]
            score += self._word_right.get(lower[j + 1], 0.0) + self._head.get(lower[-1], 0.0)
        if len(self._named) >= REMEMBERED:
            self._named.clear()
        self._named[named, opens] = score
        return score


def _before(named: Named, run: Run) -> tuple[str, str, str, str, bool, str]:
    whole = ("1" if named.j == 0 else "n") if named.closes else ""
    return named.look.kind, named.look.lists, run.class_before, run.mark_before[-1:], run.opens, whole


def before_features(kind: str, lists: str, word_class: str, mark: str, opens: bool, whole: str) -> list[str]:
    """The class of the word before the run, and how the run begins; ``whole`` where the name is all of the run."""
    out = [f"bc:{word_class}", f"kbc:{kind}{word_class}"]
    if mark:
        out.append(f"mb:{mark}")
    if opens:
        out += (f"opens:{kind}", f"opens:{lists}")
    if whole:
        out.append(f"whole:{kind}{whole}{word_class}")
    return out


def _after(named: Named, after: Right) -> tuple[str, str, str, str]:
    return named.look.kind, after.word_class, after.mark[:2], after.next_class


def after_features(kind: str, word_class: str, mark: str, next_class: str) -> list[str]:
    """The classes of the two words after the run, and the punctuation."""
    sign = mark[:1]
    out = [f"ac:{word_class}{sign}", f"kac:{kind}{word_class}", f"a2:{next_class}{word_class}"]
    if sign:
        out += (f"ma:{mark}", f"kma:{kind}{sign}")
    return out


def _between(run: Run, after: Right) -> tuple[str, str, str]:
    return run.class_before, after.word_class if after.word_class != "9" else "-", after.mark[:1]


def between_features(before: str, after: str, mark: str) -> list[str]:
    """The classes on both sides of a run that is one name."""
    return [f"between:{before}{after}{mark}"]


def container_features(kind: str, inside: bool, followed: bool) -> list[str]:
    """Whether a comma and another name follow, and whether that may contain this one."""
    if inside:
        return ["inside", f"inside:{kind}"]
    return ["comma-name"] if followed else []
