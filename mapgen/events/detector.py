"""Which event a clause tells in whose words no pattern of the lexicon fires: a linear model over words and pairs.

A word that the training sentences do not hold is weighed by those that are used like it: its weights come from word
vectors (GloVe, Pennington et al. 2014), of which only the product with the model's coefficients is shipped.  The
weights stand in ``detector.json`` and come from ``benchmarks/train_detector.py``.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

NONE = "none"  # the label of what tells no event
ZERO = 127  # how a weight of nothing is written
MOST = 250  # features of a clause
LEAST_WORDS = 3  # of a clause that may tell something
STOP = frozenset(
    "the a an of to in and on for at by with from that is was were are be been has have had it its as this their his "
    "her they he she said says also after which who will would not but".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s", "ion", "ions", "ment", "ments")


@dataclass(frozen=True, slots=True)
class Detector:
    """A log-linear model.  ``rows`` leads from a feature to its weights, one for each label, packed in one number so
    that adding up rows is adding up numbers; ``hints`` tells how much a word by itself speaks for any event."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float  # one step of a weight
    rows: Mapping[str, int]
    hints: Mapping[str, int]
    least_hint: float

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Detector:
        """The model written by ``benchmarks/train_detector.py``."""
        names, width = data["features"].split("\n"), len(data["labels"])
        weights, hints = b64decode(data["coefficients"]), b64decode(data["hints"])
        spread = bytearray(2 * len(weights))  # each weight, 0-254, in two bytes: room for 250 of them
        spread[::2] = weights
        wide = 2 * width
        rows = {name: int.from_bytes(spread[i * wide : (i + 1) * wide], "little") for i, name in enumerate(names)}
        told = {name: hint - ZERO for name, hint in zip(names, hints, strict=True) if hint != ZERO}
        return cls(tuple(data["labels"]), tuple(data["bias"]), data["scale"], rows, told, data["least_hint"])

    def opens(self, present: Set[str]) -> bool:
        """Whether a sentence of the words ``present`` may tell an event: most do not, and need no closer reading."""
        hints = self.hints
        return sum([hints[word] for word in present if word in hints]) > self.least_hint * math.sqrt(len(present))

    def likelihoods(self, words: Sequence[str]) -> dict[str, float]:
        """How likely each label is for a clause of ``words`` (of :func:`content`), together 1."""
        rows = self.rows
        found = [rows[name] for name in features(words) if name in rows][:MOST]
        sums = array("H")
        sums.frombytes(sum(found).to_bytes(2 * len(self.labels), "little"))
        if sys.byteorder == "big":
            sums.byteswap()
        step, zero = self.scale / math.sqrt(max(1, len(set(words) - STOP))), ZERO * len(found)
        logits = [bias + step * (value - zero) for bias, value in zip(self.bias, sums, strict=True)]
        top = max(logits)
        odds = [math.exp(logit - top) for logit in logits]
        total = sum(odds)
        return {label: each / total for label, each in zip(self.labels, odds, strict=True)}

    def weight(self, word: str, label: str) -> int:
        """How much ``word`` by itself speaks for ``label``, in steps."""
        row = self.rows.get(word)
        return (row >> 16 * self.labels.index(label) & 0xFF) - ZERO if row is not None else -ZERO


def content(lower: Sequence[str], named: Sequence[bool], known: Mapping[str, Any]) -> list[str]:
    """The words of a clause as the model sees them: names that are no words of the lexicon (``known``) and numbers
    are masked."""
    found = []
    for word, name in zip(lower, named, strict=True):
        if any(letter.isdigit() for letter in word):
            found.append("0")
        else:
            word = word.lstrip("-")
            found.append("N" if name and word not in known else word)
    return found


def features(words: Sequence[str]) -> Iterator[str]:
    """What the model sees of a clause: words, pairs of stems side by side, and pairs with the stop words left out."""
    stems = [stem(word) for word in words]
    yield from dict.fromkeys(word for word in words if word not in STOP and len(word) > 1)
    yield from dict.fromkeys(f"{a} {b}" for a, b in pairwise(stems))
    yield from dict.fromkeys(f"{a} _ {b}" for a, b in pairwise([each for each in stems if each not in STOP]))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """``word`` without its commonest English endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def detector() -> Detector:
    """The packaged model."""
    return Detector.of(
        json.loads(resources.files("mapgen.events").joinpath("detector.json").read_text(encoding="utf-8"))
    )
