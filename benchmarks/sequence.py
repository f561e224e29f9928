"""A linear-chain CRF beside the shipped recogniser: ``python -m benchmarks.sequence`` (needs python-crfsuite).

The sequence model reads words with the same knowledge that the shipped log-linear model has (gazetteer, shape, word
lists, neighbours), and is fitted on the same texts: one corpus and our briefs, tested on the other corpus.  Printed is
recognition (overlap F1, precision, recall) of both; the shipped model's from benchmarks/folds, which
``benchmarks.train_toponyms`` writes.  In GeoVirus demonyms are left out, for it does not annotate them.
"""

from __future__ import annotations

import re
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.geoparse import FOLDS, SHARED, chosen, scorer
from benchmarks.train_toponyms import CORPORA, Gold, read
from mapgen.gazetteer import Gazetteer
from mapgen.toponyms.lexicon import neighbour_classes, word_classes, words
from mapgen.toponyms.senses import Senses

try:
    import pycrfsuite
except ImportError:
    sys.exit("python-crfsuite is not installed: pip install python-crfsuite")

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|(?:St|Mt|Mr|Mrs|Dr|Gov|Sen|Rep)\.|\w+|[^\w\s]|\n+")
_LISTS = ("common", "given", "surname", "opener")
_SETTINGS = {"c1": 0.3, "c2": 0.3, "max_iterations": 80, "feature.minfreq": 3}
Tokens = list[tuple[int, int, str]]


def shape(word: str) -> str:
    """ "Xx" of "Paris", "X-X" of "U.S"; runs of a kind are one letter."""
    told = re.sub("[^A-Za-z0-9]", "-", word)
    told = re.sub("[0-9]", "9", re.sub("[a-z]", "x", re.sub("[A-Z]", "X", told)))
    return re.sub(r"(.)\1+", r"\1", told)


def features(gold: Gold) -> tuple[Tokens, list[list[str]]]:
    """The words of a document, and what the model is told of each."""
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(gold.text)]
    starts = [start for start, _, _ in tokens]
    known: dict[int, tuple[Any, int]] = {}  # the longest name over a word, and the word's place in it
    for c in gold.found:
        first, last = bisect_left(starts, c.start), bisect_left(starts, c.end)
        for n in range(first, last):
            if n not in known or known[n][0].end - known[n][0].start < c.end - c.start:
                known[n] = c, n - first
    rows = [_of_word(word, known.get(n)) for n, (_, _, word) in enumerate(tokens)]
    told = []
    for n, row in enumerate(rows):
        near = list(row)
        for away in (-2, -1, 1, 2):
            beside = rows[n + away] if 0 <= n + away < len(rows) else ["edge"]
            wide = ("w=", "sh", "wc", "g=", "li", "ed", "no") if abs(away) == 1 else ("w=", "sh", "wc", "ed")
            near += [f"{away}{feature}" for feature in beside if feature.startswith(wide)]
        told.append(near)
    return tokens, told


def _of_word(word: str, known: tuple[Any, int] | None) -> list[str]:
    lower = word.lower()
    lists = "".join(name[0] for name in _LISTS if lower in words(name))
    classes = word_classes().get(lower, "-") + neighbour_classes().get(lower, "-")
    row = [f"w={lower}", f"sh={shape(word)}", f"s3={lower[-3:]}", f"wc={classes}", f"li={lists}"]
    if known is None:
        return [*row, "no name"]
    top, part = known[0].senses[0], "B" if known[1] == 0 else "I"
    size = int(max(sense.size for sense in known[0].senses))
    return [*row, f"g={part}{top.kind}", f"g={part}{top.kind}{size}", f"gn={part}{top.kind}{top.name_type}",
            f"gl={part}{top.kind}{lists}"]  # fmt: skip


def sentences(tokens: Tokens) -> Iterator[slice]:
    """Where the sentences of a document are, roughly."""
    start = 0
    for n, (_, _, word) in enumerate(tokens):
        if word[0] in "\n.?!" or n == len(tokens) - 1:
            yield slice(start, n + 1)
            start = n + 1


def labels(gold: Gold, tokens: Tokens) -> list[str]:
    """B, I and O for each word."""
    starts, found = [start for start, _, _ in tokens], ["O"] * len(tokens)
    for m in gold.mentions:
        first, last = bisect_left(starts, m["start"]), bisect_left(starts, m["end"])
        found[first:last] = ["B", *["I"] * (last - first - 1)][: last - first]
    return found


def fit(documents: Sequence[Gold], path: Path) -> Any:
    """The fitted model; sentences with words that count neither as right nor as wrong are left out."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for gold in documents:
        tokens, told = features(gold)
        marks = labels(gold, tokens)
        demonyms = [(c.start, c.end) for c in gold.found if c.senses[0].kind == "demonym"]
        unknown = [*gold.undecided, *(demonyms if gold.corpus == "geovirus" else [])]
        for part in sentences(tokens):
            low, high = tokens[part][0][0], tokens[part][-1][1]
            if not any(start < high and low < end for start, end in unknown):
                trainer.append(told[part], marks[part])
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def predict(gold: Gold, tagger: Any) -> dict[str, Any]:
    """The document with the mentions that the model finds."""
    tokens, told = features(gold)
    demonyms = {(c.start, c.end) for c in gold.found if c.senses[0].kind == "demonym"}
    spans: list[list[int]] = []
    for part in sentences(tokens):
        inside = False
        for (start, end, _), mark in zip(tokens[part], tagger.tag(told[part]), strict=True):
            if mark == "I" and inside:
                spans[-1][1] = end
            elif mark != "O":
                spans.append([start, end])
            inside = mark != "O"
    rows = [
        {"start": a, "end": b, "surface": gold.text[a:b], "kind": "demonym" if (a, b) in demonyms else "toponym"}
        for a, b in spans
    ]
    return {"doc_id": gold.doc_id, "text": gold.text, "mentions": rows}


def main() -> None:
    evaluate = scorer()
    documents = read(Senses.of(Gazetteer()))
    print(f"{'recognition':<58}{'F1':>7}{'P':>7}{'R':>7}")
    for corpus in CORPORA:
        test = [gold for gold in documents if gold.corpus == corpus]
        train = [gold for gold in documents if gold.corpus != corpus]
        wanted = evaluate.read(SHARED / f"{corpus}.jsonl")
        with tempfile.TemporaryDirectory() as folder:
            tagger = fit(train, Path(folder) / "model")
            ours = {gold.doc_id: predict(gold, tagger) for gold in test}
        shipped = evaluate.read(FOLDS / f"cross-{corpus}.jsonl")
        for label, found in (("linear-chain CRF", ours), ("log-linear over candidates, shipped", shipped)):
            if corpus == "geovirus":
                found = chosen(found, lambda m: m["kind"] != "demonym")
            score = evaluate.score(wanted, found)["recognition_overlap"]
            text = f"{corpus}, fitted on the other corpus: {label}"
            print(f"{text:<58}{score['f1']:>7.3f}{score['p']:>7.3f}{score['r']:>7.3f}")


if __name__ == "__main__":
    main()
