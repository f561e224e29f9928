"""Train the sentence classifier: python benchmarks/train_classifier.py [--shared ../shared]

Reads the development half of CASE 2021 task 2 (``events/dev.tsv``, which stays where it is) and our own sentences
(``benchmarks/sentences.toml``), fits one linear support vector machine and writes ``mapgen/events/classifier.json``.
Same input, same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tomllib
from base64 import b64encode
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from mapgen.events.classifier import features, weighted

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "mapgen" / "events" / "classifier.json"
REPEATS = 3  # fillings of each of our sentences' slots
COST = 0.3  # of the support vector machine
IDF_STEP = 20
RARE = {"p": 4, "b": 2}  # least number of sentences that a part of a word, a pair stands in


def read_snippets(path: Path) -> list[tuple[str, str]]:
    """(text, label) of every row of a CASE file."""
    rows = [line.rstrip("\r\n").split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[1], row[2]) for row in rows if len(row) == 3]


def own_sentences(repeats: int = REPEATS, seed: int = 0) -> list[tuple[str, str]]:
    """(text, label): our sentences, each with its slots filled ``repeats`` times."""
    data = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
    chance, made = random.Random(seed), []
    for label, rows in data["labels"].items():
        for row in rows:
            for _ in range(repeats):
                text = re.sub(r"\{(\w+)\}", lambda slot: chance.choice(data["slots"][slot.group(1)]), row)
                made.append((text[0].upper() + text[1:], label))
    return made


def fit(examples: list[tuple[set[str], str]]) -> dict[str, object]:
    """The model of ``examples`` (features, label), in the form that mapgen reads."""
    counts = Counter(name for found, _ in examples for name in found)
    names = sorted(name for name, count in counts.items() if count >= RARE.get(name[0], 1))
    steps = [min(255, round(IDF_STEP * (math.log((1 + len(examples)) / (1 + counts[name])) + 1))) for name in names]
    idf = {name: step / IDF_STEP for name, step in zip(names, steps, strict=True)}
    matrix = to_matrix([found for found, _ in examples], idf)
    machine = LinearSVC(C=COST, class_weight="balanced", random_state=0)
    machine.fit(matrix, [label for _, label in examples])
    scale = 127 / np.abs(machine.coef_).max()
    whole = np.rint(machine.coef_ * scale).astype(np.int8)
    used = np.flatnonzero(np.abs(whole).sum(axis=0) > 0)
    return {
        "labels": machine.classes_.tolist(),
        "bias": [round(float(value * scale), 2) for value in machine.intercept_],
        "features": "\n".join(names[i] for i in used),
        "idf_step": IDF_STEP,
        "idf": b64encode(bytes(steps[i] for i in used)).decode(),
        "coefficients": b64encode(np.ascontiguousarray(whole[:, used].T).tobytes()).decode(),
    }


def to_matrix(rows: list[set[str]], idf: dict[str, float]) -> csr_matrix:
    """One row an example, one column a feature of ``idf``."""
    columns = {name: i for i, name in enumerate(idf)}
    data, indices, pointers = [], [], [0]
    for found in rows:
        for name, value in weighted(found, idf):
            indices.append(columns[name])
            data.append(value)
        pointers.append(len(indices))
    return csr_matrix((data, indices, pointers), shape=(len(rows), len(columns)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    snippets = read_snippets(parser.parse_args().shared / "events" / "dev.tsv") + own_sentences()
    model = fit([(features(text), label) for text, label in snippets])
    WEIGHTS.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(snippets)} sentences, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
