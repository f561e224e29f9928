"""What speaks for and against a stretch of text naming a place: readable features for the recogniser.

Each feature is a short string; ``parameters.json`` holds its weight in log odds.  What a run of capitalised words tells
by its letters is worked out once for all its occurrences, and sums of weights are remembered part by part, so that an
occurrence costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mapgen.toponyms.document import Name
from mapgen.toponyms.lexicon import neighbour_classes, word_classes, words
from mapgen.toponyms.runs import Right, Run, Shape
from mapgen.toponyms.senses import Meanings

REMEMBERED = 30_000  # runs, looks and sums that are kept
NOWHERE: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Look:
    """What a name looks like: the kind of its most prominent meaning, whether it is one word ("1" or "n"), the lists it
    is in, the last of several words, and which cases hold for ``known_features`` and ``look_features``."""

    kind: str
    single: str
    lists: str
    last: str
    known: tuple[str, str, int, int, str]
    marks: tuple[str, str, int, str, int, bool, bool]


@dataclass(slots=True, eq=False)
class Named:
    """A known name at ``[start:end]`` of a run, by the letters of the run alone."""

    start: int
    end: int
    key: str
    senses: Meanings
    look: Look
    shape: Shape  # of the run
    i: int  # its first word in the run
    j: int  # its last

    @property
    def opens(self) -> bool:
        """Whether no word stands before it in the run."""
        return self.i == 0

    @property
    def closes(self) -> bool:
        """Whether no word stands after it in the run."""
        return self.j == len(self.shape.classes) - 1


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
    name: Name | None = None  # as decided by the likely names of the document


def features(c: Candidate) -> list[str]:
    """The features of one candidate, from which the weights are fitted; empty in scripts without capitals."""
    run, named, after = c.run, c.named, c.right
    if run is None or named is None or after is None:
        return []
    look = named.look
    out = ["bias", *known_features(*look.known), *look_features(*look.marks), *word_features(named)]
    out += in_run_features(*_in_run(named, run.opens))
    if named.i:
        out += left_features(*_left(named))
    if not named.closes:
        out += right_features(*_right(named))
    if named.opens:
        out += [f"b:{run.before}", *before_features(*_before(named, run))]
    if named.closes:
        out += [f"a:{after.word}", *after_features(*_after(named, after))]
        if named.opens:
            out += between_features(*_between(run, after))
    return out + container_features(look.kind, bool(c.inside), c.followed)


class Sums(dict[Any, float]):
    """The summed weights of the features that a function tells for a key, remembered within bounds."""

    def __init__(self, weights: Mapping[str, float], told: Callable[..., Sequence[str]]) -> None:
        self._weights, self._told = weights, told

    def __missing__(self, key: Any) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        get = self._weights.get
        value = self[key] = sum([get(feature, 0.0) for feature in self._told(*key)])
        return value


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
        self._word_before = {name[2:]: value for name, value in weights.items() if name.startswith("b:")}
        self._word_after = {name[2:]: value for name, value in weights.items() if name.startswith("a:")}

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
        look, weight = named.look, self.weights.get
        score = self._known[look.known] + self._look[look.marks] + self._in_run[_in_run(named, opens)]
        score += weight("bias", 0.0) + sum([weight(feature, 0.0) for feature in word_features(named)])
        if named.i:
            score += self._left[_left(named)]
        if not named.closes:
            score += self._right[_right(named)]
        if len(self._named) >= REMEMBERED:
            self._named.clear()
        self._named[named, opens] = score
        return score


def look_of(surface: str, key: str, meanings: Meanings) -> Look:
    """What a name looks like."""
    top = meanings[0]
    kind = "code" if top.name_type == "code" or (surface.isupper() and len(surface) <= 3) else top.kind
    size = max([s.size for s in meanings])
    capitals = surface.isupper() and len(surface) > 3
    if " " in key:
        single, lists, last, parts = "n", "+", key.rpartition(" ")[2], key.split(" ")
        classes, common = word_classes(), words("common")
        word_class = "+" if all(p in common or classes.get(p, "S") != "S" for p in parts) else ""
    else:
        single, lists, last = "1", "".join([letter for letter, found in _lists() if key in found]), ""
        word_class = word_classes().get(key, "-")
    known = (kind, single, int(size * 2), len(meanings).bit_length(), top.name_type)
    marks = (kind, lists, int(size), word_class, min(len(key), 12), capitals, surface[-1] == ".")
    return Look(kind, single, f"lists:{lists}", last, known, marks)


@cache
def _lists() -> list[tuple[str, frozenset[str]]]:
    return [(name[0], words(name)) for name in ("common", "given", "surname", "opener")]


def known_features(kind: str, single: str, size: int, meanings: int, name_type: str) -> Sequence[str]:
    """How well a name is known: the kind of its most prominent meaning, its size, how many meanings it has."""
    return f"k:{kind}{single}", f"pop:{kind}{size}", f"n:{meanings}", f"nt:{name_type}{single}"


def look_features(
    kind: str, lists: str, size: int, word_class: str, length: int, capitals: bool, dotted: bool
) -> Sequence[str]:
    """The letters of a name: in which lists of words it is (``lists`` is "+" for several words, ``word_class`` "+"
    where all of those are common), its length, whether it is all capitals or ends with a dot."""
    out = [f"len:{length}", f"lists:{lists}"]
    if lists != "+":
        out += (f"lists:{lists}{kind}{size}", f"class:{word_class}")
    elif word_class:
        out.append("all-common")
    if capitals:
        out.append("capitals")
    if dotted:
        out.append(f"dot:{kind}")
    return out


def word_features(named: Named) -> Sequence[str]:
    """The last word of a name of several, the words on either side of it in the run, and the run's last."""
    lower, i, j = named.shape.lower, named.i, named.j
    out = []
    if named.look.last:
        out.append(f"end:{named.look.last}")
    if i:
        out.append(f"lw:{lower[i - 1]}")
    if j < len(lower) - 1:
        out += (f"rw:{lower[j + 1]}", f"head:{lower[-1]}")
    return out


def _left(named: Named) -> tuple[str, str, bool, bool, bool]:
    classes = named.shape.classes[: named.i]
    rest = len(named.shape.classes) - 1 - named.j
    single = named.i == named.j
    return classes[-1], named.look.kind, "T" in classes or "G" in classes, single, bool(rest)


def left_features(word_class: str, kind: str, person: bool, single: bool, rest: bool) -> Sequence[str]:
    """What stands before a name in its run: a person's title or given name."""
    out = ["person-left"] if person else []
    if not rest:
        out.append(f"last:{word_class}{kind}{'1' if single else 'n'}")
    return out


def _right(named: Named) -> tuple[str, str, str, bool]:
    classes, j = named.shape.classes, named.j
    return classes[-1], named.look.kind, "".join(classes[j + 1 : j + 4]), len(classes) - 1 - j > 1


def right_features(head: str, kind: str, rest: str, several: bool) -> Sequence[str]:
    """What stands behind a name in its run: the rest of a firm's name."""
    return f"headc:{head}{kind}{several}", f"rest:{rest}"


def _in_run(named: Named, opens: bool) -> tuple[str, str, str, str, str, bool]:
    classes, i, j, look = named.shape.classes, named.i, named.j, named.look
    last = len(classes) - 1
    left = classes[i - 1] if i else "^" if opens else "-"
    right_ = classes[j + 1] if j < last else "$"
    return look.kind, look.lists, left, right_, "1" if i == j else "n", i + last - j >= 3


def in_run_features(kind: str, lists: str, left: str, right_: str, single: str, long: bool) -> Sequence[str]:
    """The classes of the words beside a name in its run, together; a run that begins a sentence is another edge."""
    out = [f"L:{left}", f"R:{right_}", f"LR:{left}{right_}{single}", f"kLR:{kind}{left}{right_}", f"{lists}L{left}",
           f"{lists}R{right_}"]  # fmt: skip
    if long:
        out.append("long-run")
    return out


def _before(named: Named, run: Run) -> tuple[str, str, str, str, bool, str]:
    whole = ("1" if named.j == 0 else "n") if named.closes else ""
    look = named.look
    return look.kind, look.lists, neighbour_classes().get(run.before, "-"), run.mark_before[-1:], run.opens, whole


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
    classes = neighbour_classes()
    word_class = "9" if after.word.isdigit() else classes.get(after.word, "-")
    return named.look.kind, word_class, after.mark[:2], classes.get(after.word2, "-")


def after_features(kind: str, word_class: str, mark: str, next_class: str) -> list[str]:
    """The classes of the two words after the run, and the punctuation."""
    sign = mark[:1]
    out = [f"ac:{word_class}{sign}", f"kac:{kind}{word_class}", f"a2:{next_class}{word_class}"]
    if sign:
        out += (f"ma:{mark}", f"kma:{kind}{sign}")
    return out


def _between(run: Run, after: Right) -> tuple[str, str, str]:
    classes = neighbour_classes()
    return classes.get(run.before, "-"), classes.get(after.word, "-"), after.mark[:1]


def between_features(before: str, after: str, mark: str) -> list[str]:
    """The classes on both sides of a run that is one name."""
    return [f"between:{before}{after}{mark}"]


def container_features(kind: str, inside: bool, followed: bool) -> list[str]:
    """Whether a comma and another name follow, and whether that may contain this one."""
    if inside:
        return ["inside", f"inside:{kind}"]
    return ["comma-name"] if followed else []
