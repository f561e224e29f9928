"""What the letters of a run of capitalised words tell of a known name in it: features for the recogniser.

Worked out once for all occurrences of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mapgen.toponyms.lexicon import word_classes, words
from mapgen.toponyms.runs import Shape
from mapgen.toponyms.senses import Meanings


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


def left_case(named: Named) -> tuple[str, str, bool, bool, bool]:
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


def right_case(named: Named) -> tuple[str, str, str, bool]:
    classes, j = named.shape.classes, named.j
    return classes[-1], named.look.kind, "".join(classes[j + 1 : j + 4]), len(classes) - 1 - j > 1


def right_features(head: str, kind: str, rest: str, several: bool) -> Sequence[str]:
    """What stands behind a name in its run: the rest of a firm's name."""
    return f"headc:{head}{kind}{several}", f"rest:{rest}"


def in_run_case(named: Named, opens: bool) -> tuple[str, str, str, str, str, bool]:
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
