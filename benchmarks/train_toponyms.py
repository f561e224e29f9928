"""Fit the toponym parameters on LGL, GeoVirus and our briefs: ``python -m benchmarks.train_toponyms [--folds-only]``.

Writes mapgen/toponyms/parameters.json and, for honest figures, benchmarks/folds/*.jsonl (git-ignored): the predictions
for each document by parameters that were fitted without its part of the corpus.  The parts are runs of consecutive
documents: LGL is in order of newspaper, so that a paper is nearly always in one part.  Deterministic.

GeoVirus does not annotate demonyms: there they count neither as right nor as wrong in fitting.  ``briefs.txt`` holds
texts of our own from all over the world, places marked but not located: recognition is fitted on them too.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import Mention
from mapgen.toponyms import coherence, recognition, resolution, row
from mapgen.toponyms.candidates import candidates
from mapgen.toponyms.confidence import Calibration, calibration_features
from mapgen.toponyms.document import Said, names
from mapgen.toponyms.evidence import Candidate, Surroundings
from mapgen.toponyms.evidence import features as evidence_features
from mapgen.toponyms.parameters import Parameters
from mapgen.toponyms.ranking import FEATURES, Ranking, decide
from mapgen.toponyms.ranking import features as ranking_features
from mapgen.toponyms.senses import Sense, Senses

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared"))
CORPORA = ("lgl", "geovirus")
BRIEFS = "briefs"
_MARKED = re.compile(r"(\[[^]]+\]|\{[^}]+\})")
FOLDS = 5
LEAST_DOCUMENTS = 3  # in which a feature must occur
STRENGTH = 6.0  # of the Gaussian prior on weights of the recogniser (inverse variance)
RANK_STRENGTH = 1.0
TOLD_STRENGTH = 20.0
NEARLY = 0.3  # how much a candidate counts as wrong that overlaps a right one
# What the weights of the ranking are drawn to where the corpora say little: a container that is told decides, a capital
# comes before a region of its name, a sea or a region of the world before a hamlet, a place's own name before another's
# former or foreign one ("Berea" is not Aleppo).
TOLD = {
    "inside": 3.0, "inside region": 1.0, "not inside": -3.0, "county word": 1.0, "feature word": 1.0,
    "bears a town's name": -2.0, "kind capital": 2.0, "kind area": 3.0,
    "kind world": 8.0, "kind water": 2.0, "kind land": 2.0,
    "name official": -0.5, "name alternate": -2.0, "name historic": -2.0, "name derived": -3.0, "name romanised": -4.0,
}  # fmt: skip
EXPECTED = np.array([TOLD.get(feature, 0.0) for feature in FEATURES])
DRAWN = np.array([TOLD_STRENGTH if feature in TOLD else RANK_STRENGTH for feature in FEATURES])
NEAR_KM, RIGHT_KM = 30.0, 161.0
START = {
    "name main": 1.0, "name alternate": -1.0, "name romanised": -2.0, "population": 1.5, "population of an area": 1.4,
    "kind town": -1.0, "inside": 1.0, "not inside": -1.0, "share of country": 2.0, "share of region": 2.0,
    "near evidence": 1.0,
}  # fmt: skip


@dataclass
class Gold:
    """A document of a corpus with its gold mentions and the candidates that we find in it."""

    corpus: str
    doc_id: str
    text: str
    mentions: list[dict[str, Any]]
    part: int
    undecided: list[tuple[int, int]] = field(default_factory=list)  # spans that count neither as right nor as wrong
    found: list[Candidate] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    said: list[tuple[dict[str, Any], Said]] = field(default_factory=list)


def read(senses: Senses) -> list[Gold]:
    """Both corpora, with candidates and labels."""
    documents = []
    for corpus in CORPORA:
        lines = (SHARED / "geoparse" / f"{corpus}.jsonl").read_text(encoding="utf-8").strip().split("\n")
        for n, line in enumerate(lines):
            d = json.loads(line)
            gold = Gold(corpus, d["doc_id"], d["text"], d["mentions"], n * FOLDS // len(lines))
            for m in gold.mentions:
                said = resolution.said_of(gold.text, Mention.of(gold.text, m["start"], m["end"]), senses)
                if said:
                    gold.said.append((m, said))
            documents.append(gold)
    documents += briefs()
    for gold in documents:
        gold.found = candidates(gold.text, senses)
        gold.labels = labels(gold)
    return documents


def briefs() -> list[Gold]:
    """The paragraphs of ``briefs.txt`` as documents, without their brackets."""
    paragraphs = (ROOT / "benchmarks" / "briefs.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
    found = []
    for n, paragraph in enumerate(paragraphs):
        gold = Gold(BRIEFS, f"brief {n}", "", [], n * FOLDS // len(paragraphs))
        for part in _MARKED.split(paragraph):
            start = len(gold.text)
            gold.text += part.strip("[]{}")
            if part.startswith("["):
                gold.mentions.append({"start": start, "end": len(gold.text), "surface": part[1:-1], "lat": None})
            elif part.startswith("{"):
                gold.undecided.append((start, len(gold.text)))
        found.append(gold)
    return found


def labels(gold: Gold) -> list[int]:
    """1 for a candidate that is a gold mention; where none is exactly it, for the one that covers most of it."""
    spans = {(m["start"], m["end"]) for m in gold.mentions}
    marks = [int((c.start, c.end) in spans) for c in gold.found]
    exact = {(c.start, c.end) for c, mark in zip(gold.found, marks, strict=True) if mark}
    for start, end in sorted(spans - exact):
        shared = [
            (min(c.end, end) - max(c.start, start), c.start - c.end, n)
            for n, c in enumerate(gold.found)
            if c.start < end and start < c.end
        ]
        if shared and max(shared)[0] >= 0.5 * (end - start):
            marks[max(shared)[2]] = 1
    return marks


def counts(gold: Gold) -> list[float]:
    """How much each candidate counts in fitting: little where it overlaps a right one, for it is nearly right."""
    right = [c for c, mark in zip(gold.found, gold.labels, strict=True) if mark]
    amounts = []
    for c, mark in zip(gold.found, gold.labels, strict=True):
        beside = not mark and any(r.start < c.end and c.start < r.end for r in right)
        unknown = (gold.corpus == "geovirus" and c.senses[0].kind == "demonym") or any(
            start < c.end and c.start < end for start, end in gold.undecided
        )
        amounts.append(0.0 if unknown else NEARLY if beside else 1.0)
    return amounts


def matrix(rows: Sequence[dict[str, float]]) -> tuple[csr_matrix, list[str]]:
    """The features of ``rows`` as a sparse matrix, and the names of its columns."""
    columns: dict[str, int] = {}
    data, at, ends = [], [], [0]
    for features in rows:
        for name, value in features.items():
            at.append(columns.setdefault(name, len(columns)))
            data.append(value)
        ends.append(len(at))
    return csr_matrix((data, at, ends), shape=(len(rows), len(columns))), list(columns)


def logistic(
    x: csr_matrix, columns: Sequence[str], marks: Sequence[float], amounts: Sequence[float]
) -> dict[str, float]:
    """Weights of a logistic regression, by L-BFGS."""
    y, amount = np.array(marks) * 2.0 - 1, np.array(amounts)
    xt = x.T.tocsr()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        slope = -y * amount / (1 + np.exp(np.minimum(margin, 500)))
        return float(amount @ np.logaddexp(0, -margin)) + STRENGTH * float(w @ w) / 2, xt @ slope + STRENGTH * w

    best = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(v), 4) for name, v in zip(columns, best, strict=True) if abs(v) >= 0.005}


class FirstPass:
    """The first pass: the features of all candidates of all documents, from which any part can be fitted."""

    def __init__(self, documents: Sequence[Gold]) -> None:
        self.x, self.columns = matrix(
            [dict.fromkeys(evidence_features(c), 1.0) for gold in documents for c in gold.found]
        )
        self.document = np.repeat(np.arange(len(documents)), [len(gold.found) for gold in documents])
        self.number = {id(gold): n for n, gold in enumerate(documents)}
        self.marks = np.array([mark for gold in documents for mark in gold.labels])
        self.amounts = np.array([n for gold in documents for n in counts(gold)])

    def fit(self, documents: Sequence[Gold]) -> dict[str, float]:
        """Weights from ``documents``, of features that occur in enough of them."""
        chosen = np.isin(self.document, [self.number[id(gold)] for gold in documents])
        x = self.x[chosen].tocsc()
        rows = self.document[chosen]
        common = [i for i in range(x.shape[1]) if _documents(rows[x.indices[x.indptr[i] : x.indptr[i + 1]]])]
        names = [self.columns[i] for i in common]
        return logistic(x[:, common].tocsr(), names, self.marks[chosen], self.amounts[chosen])


def _documents(rows: np.ndarray) -> bool:
    return len(rows) >= LEAST_DOCUMENTS and len(np.unique(rows)) >= LEAST_DOCUMENTS


def fit_document(documents: Sequence[Gold], surroundings: FirstPass, ranking: Ranking) -> dict[str, float]:
    """The second pass, on first-pass scores of parameters that were fitted without the document's part."""
    rows: list[dict[str, float]] = []
    marks: list[int] = []
    amounts: list[float] = []
    for part in sorted({gold.part for gold in documents}):
        weights = Surroundings(surroundings.fit([gold for gold in documents if gold.part != part]))
        for gold in (gold for gold in documents if gold.part == part):
            weights.weigh(gold.found)
            told = {id(c): (mark, n) for c, mark, n in zip(gold.found, gold.labels, counts(gold), strict=True)}
            for seen in coherence.in_document(gold.text, gold.found, ranking):
                rows.append(coherence.features(seen))
                marks.append(told[id(seen.candidate)][0])
                amounts.append(told[id(seen.candidate)][1])
    return logistic(*matrix(rows), marks, amounts)


def target(mention: dict[str, Any], meanings: Sequence[Sense]) -> list[float] | None:
    """How right each meaning is: 1 at the gold point, 0.3 within 161 km of it; None where none is right."""
    away = [distance_km(mention["lat"], mention["lon"], s.entry.lat, s.entry.lon) for s in meanings]
    nearest = min(away)
    if nearest > RIGHT_KM or len(meanings) < 2:
        return None
    return [1.0 if km <= max(NEAR_KM, nearest + 1) else 0.3 if km <= RIGHT_KM else 0.0 for km in away]


def choices(gold: Gold, ranking: Ranking) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """For each name of a document: the features of its meanings, how right each is, and the weight of the name."""
    known = gold.said
    grouped, of_each = names([said for _, said in known])
    decide(grouped, ranking)
    rows = {id(name): ranking_features(name) for name in grouped if len(name.senses) > 1}
    number: dict[tuple[int, tuple[float, ...]], int] = defaultdict(int)
    for (mention, _), name in zip(known, of_each, strict=True):
        wanted = target(mention, name.senses) if mention["lat"] is not None else None
        if wanted:
            number[id(name), tuple(wanted)] += 1
    return [(np.array(rows[name]), np.array(wanted), 1 + math.log(n)) for (name, wanted), n in number.items()]


def fit_ranking(documents: Sequence[Gold], rounds: int = 3) -> Ranking:
    """Conditional logistic regression; the features depend on the weights by way of the other names, so in rounds."""
    weights = Ranking(START)
    for _ in range(rounds):
        data = [choice for gold in documents for choice in choices(gold, weights)]
        weights = Ranking(_fit_choices(data))
    return weights


def _fit_choices(data: Sequence[tuple[np.ndarray, np.ndarray, float]]) -> dict[str, float]:
    x = np.vstack([rows for rows, _, _ in data])
    wanted = np.concatenate([t for _, t, _ in data])
    amount = np.array([n for _, _, n in data])
    sizes = [len(rows) for rows, _, _ in data]
    group = np.repeat(np.arange(len(data)), sizes)
    starts = np.r_[0, np.cumsum(sizes)[:-1]]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        power = np.exp(score - np.maximum.reduceat(score, starts)[group])
        total = np.add.reduceat(power, starts)
        right = np.add.reduceat(power * wanted, starts) + 1e-12
        slope = (power / total[group] - power * wanted / right[group]) * amount[group]
        away = w - EXPECTED
        penalty = float(DRAWN @ (away * away)) / 2
        return float(amount @ (np.log(total) - np.log(right))) + penalty, x.T @ slope + DRAWN * away

    best = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: round(float(v), 4) for name, v in zip(FEATURES, best, strict=True)}


def fit_calibration(documents: Sequence[Gold], ranking: Ranking) -> Calibration:
    """How often answers of each kind are right, by the given mentions; the ranking has too few weights to overfit."""
    rows, marks = [], []
    for gold in documents:
        grouped, of_each = names([said for _, said in gold.said])
        decide(grouped, ranking)
        for (mention, _), name in zip(gold.said, of_each, strict=True):
            if mention["lat"] is not None:
                sense, share, _ = resolution.likeliest(name)
                only = len(name.meanings) == 1
                rows.append(calibration_features(sense.kind, int(sense.size), round(share, 2), only))
                away = distance_km(mention["lat"], mention["lon"], sense.entry.lat, sense.entry.lon)
                marks.append(int(away <= RIGHT_KM))
    return Calibration(logistic(*matrix(rows), marks, [1.0] * len(rows)))


def fit(documents: Sequence[Gold], surroundings: FirstPass) -> Parameters:
    """All parameters from ``documents``."""
    ranking = fit_ranking(documents)
    return Parameters(
        Surroundings(surroundings.fit(documents)),
        coherence.Coherence(fit_document(documents, surroundings, ranking)),
        ranking,
        fit_calibration(documents, ranking),
        THRESHOLD,
    )


THRESHOLD = -0.3


def predict(gold: Gold, gazetteer: Gazetteer, learned: Parameters) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document as recognised and resolved, and with its given mentions resolved."""
    given = [Mention.of(gold.text, m["start"], m["end"]) for m in gold.mentions]
    answers = resolution.answers_to(gold.text, given, gazetteer, learned)
    found = recognition.recognised(gold.text, gazetteer, learned)
    places = resolution.decided([said for _, said in found], learned, turns=1)
    return _rows(gold, [mention for mention, _ in found], places), _rows(gold, given, answers)


def _rows(gold: Gold, mentions: Sequence[Mention], answers: Sequence[resolution.Answer | None]) -> dict[str, Any]:
    rows = [row(mention, answer) for mention, answer in zip(mentions, answers, strict=True)]
    return {"doc_id": gold.doc_id, "text": gold.text, "mentions": rows}


def write_folds(documents: Sequence[Gold], gazetteer: Gazetteer, surroundings: FirstPass, out: Path) -> None:
    """Predictions for each part by parameters of the other parts, and for each corpus by those of the other corpus."""
    out.mkdir(exist_ok=True)
    (out / ".gitignore").write_text("*\n")
    lines: dict[str, list[str]] = defaultdict(list)
    splits = [("", [g for g in documents if g.part != p], [g for g in documents if g.part == p]) for p in range(FOLDS)]
    if "--no-cross" not in sys.argv:
        splits += [
            ("cross-", [g for g in documents if g.corpus != c], [g for g in documents if g.corpus == c])
            for c in CORPORA
        ]
    for kind, train, test in splits:
        learned = fit(train, surroundings)
        for gold in test:
            if gold.corpus == BRIEFS:
                continue
            found, given = predict(gold, gazetteer, learned)
            lines[f"{kind}{gold.corpus}"].append(json.dumps(found))
            lines[f"{kind}{gold.corpus}.given"].append(json.dumps(given))
    for name, rows in lines.items():
        (out / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> None:
    gazetteer = Gazetteer()
    senses = Senses.of(gazetteer)
    documents = read(senses)
    surroundings = FirstPass(documents)
    write_folds(documents, gazetteer, surroundings, ROOT / "benchmarks" / "folds")
    if "--folds-only" not in sys.argv:
        learned = fit(documents, surroundings)
        table = {"threshold": learned.threshold, "ranking": learned.ranking.weights,
                 "calibration": learned.calibration.weights,
                 "document": dict(sorted(learned.coherence.weights.items())),
                 "surroundings": dict(sorted(learned.surroundings.weights.items()))}  # fmt: skip
        target_path = ROOT / "mapgen" / "toponyms" / "parameters.json"
        target_path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
