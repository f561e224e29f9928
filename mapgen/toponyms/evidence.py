"""What speaks for and against a stretch of text naming a place: readable features for the recogniser.

Each feature is a short string; ``parameters.json`` holds its weight in log odds.  What a run of capitalised words tells
by its letters is worked out once for all its occurrences, and sums of weights are remembered part by part, so that an
occurrence costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapgen.toponyms.document import Name
from mapgen.toponyms.lexicon import neighbour_classes, word_classes, words
from mapgen.toponyms.runs import Right, Run, Shape
from mapgen.toponyms.senses import Meanings

REMEMBERED = 30_000  # runs, looks and sums that are kept
NOWHERE: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Look:
    """What a name looks like: the kind of its most prominent meaning, whether it is one word, the lists it is in, and
    the features that follow from its letters."""

    kind: str
    single: str
    lists: str
    features: list[str]


@dataclass(slots=True, eq=False)
class Named:
    """A known name at ``[start:end]`` of a run, by the letters of the run alone."""

    start: int
    end: int
    key: str
    senses: Meanings
    look: Look
    features: list[str]  # by the words beside it in the run
    i: int  # its first word in the run
    j: int  # its last
    words: int  # of the run
    left: str  # the class of the word before it in the run; empty at the run's beginning
    right: str  # of the word after it; "$" at the run's end

    @property
    def whole(self) -> bool:
        """Whether nothing else stands in the run."""
        return self.i == 0 and self.j == self.words - 1


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
    out = ["bias", *named.look.features, *named.features, *in_run_features(named, run.opens)]
    if named.i == 0:
        out += [f"b:{run.before}", *before_features(*_before(named, run))]
    if named.j == named.words - 1:
        out += [f"a:{after.word}", *after_features(*_after(named, after))]
        if named.i == 0:
            out += between_features(*_between(run, after))
    return out + container_features(named.look.kind, bool(c.inside), c.followed)


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
        self._look = Sums(weights, lambda look: ["bias", *look.features])
        self._in_run = Sums(weights, lambda named, opens: [*named.features, *in_run_features(named, opens)])
        self._before, self._after = Sums(weights, before_features), Sums(weights, after_features)
        self._between, self._container = Sums(weights, between_features), Sums(weights, container_features)
        self._word_before = {name[2:]: value for name, value in weights.items() if name.startswith("b:")}
        self._word_after = {name[2:]: value for name, value in weights.items() if name.startswith("a:")}

    def weigh(self, found: Sequence[Candidate]) -> None:
        """Set the score of each candidate in a run."""
        for c in found:
            run, named, after = c.run, c.named, c.right
            if run is None or named is None or after is None:
                continue
            score = self._look[named.look,] + self._in_run[named, run.opens]
            if named.i == 0:
                score += self._word_before.get(run.before, 0.0) + self._before[_before(named, run)]
            if named.j == named.words - 1:
                score += self._word_after.get(after.word, 0.0) + self._after[_after(named, after)]
                if named.i == 0:
                    score += self._between[_between(run, after)]
            if c.followed:
                score += self._container[named.look.kind, bool(c.inside), True]
            c.score = score


def look_of(surface: str, key: str, meanings: Meanings) -> Look:
    """What a name looks like."""
    top, parts = meanings[0], key.split(" ")
    biggest = max(s.size for s in meanings)
    kind = "code" if top.name_type == "code" or (surface.isupper() and len(surface) <= 3) else top.kind
    single = "1" if len(parts) == 1 else "n"
    out = [f"k:{kind}{single}", f"pop:{kind}{int(biggest * 2)}", f"n:{len(meanings).bit_length()}",
           f"nt:{top.name_type}{single}", f"len:{min(len(key), 12)}"]  # fmt: skip
    lists = "+"
    if len(parts) > 1:
        out.append(f"end:{parts[-1]}")
        if all(p in words("common") or word_classes().get(p, "S") != "S" for p in parts):
            out.append("all-common")
    else:
        lists = "".join(n[0] for n in ("common", "given", "surname", "opener") if key in words(n))
        out.append(f"lists:{lists}{kind}{int(biggest)}")
        out.append(f"class:{word_classes().get(key, '-')}")
    if surface.isupper() and len(surface) > 3:
        out.append("capitals")
    if surface[-1] == ".":
        out.append(f"dot:{kind}")
    out.append(f"lists:{lists}")
    return Look(kind, single, f"lists:{lists}", out)


def beside_in_run(shape: Shape, i: int, j: int, look: Look) -> list[str]:
    """What else is capitalised in the same run: a person's title or given name, the rest of a firm's name."""
    out, classes, lower = [], shape.classes, shape.lower
    rest = len(classes) - 1 - j
    if i:
        out.append(f"lw:{lower[i - 1]}")
        if "T" in classes[:i] or "G" in classes[:i]:
            out.append("person-left")
        if not rest:
            out.append(f"last:{classes[i - 1]}{look.kind}{'1' if i == j else 'n'}")
    if rest:
        out += (f"rw:{lower[j + 1]}", f"head:{lower[-1]}", f"headc:{classes[-1]}{look.kind}{rest > 1}",
                f"rest:{''.join(classes[j + 1 : j + 4])}")  # fmt: skip
    if i + rest >= 3:
        out.append("long-run")
    return out


def in_run_features(named: Named, opens: bool) -> list[str]:
    """The classes of the words beside a name in its run, together; a run that begins a sentence is another edge."""
    kind, lists = named.look.kind, named.look.lists
    left, right_ = named.left or ("^" if opens else "-"), named.right
    single = "1" if named.i == named.j else "n"
    return [f"L:{left}", f"R:{right_}", f"LR:{left}{right_}{single}", f"kLR:{kind}{left}{right_}", f"{lists}L{left}",
            f"{lists}R{right_}"]  # fmt: skip


def _before(named: Named, run: Run) -> tuple[str, str, str, str, bool, str]:
    whole = ("1" if named.i == named.j else "n") if named.whole else ""
    return (
        named.look.kind,
        named.look.lists,
        neighbour_classes().get(run.before, "-"),
        run.mark_before[-1:],
        run.opens,
        whole,
    )


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
