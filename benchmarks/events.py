"""How well sentences and articles are read: python -m benchmarks.events [--shared DIR] [--gold DIR...] [--folds 10]

Prints two tables.  CASE 2021 task 2: the development half, cross-validated (weights fitted on the other folds and on
our own sentences).  Articles: every article with gold in ``events/`` and ``events/dev/`` of the shared folder, our
invented reports (``benchmarks/reports``) and the folders of ``--gold``, with mapgen's own places.
``benchmarks/out/events.html`` shows text, gold and what was read side by side.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold

from benchmarks.articles import load_script, read_all, table, write_page
from benchmarks.tellings import own_scores
from benchmarks.train_classifier import HERE, fit, own_sentences, read_snippets
from mapgen.events import classifier

SHARED = Path(os.environ.get("MAPGEN_SHARED", HERE.parent.parent / "shared"))
PAGE = HERE / "out" / "events.html"


def cross_validated(shared: Path, folds: int, own: bool = True) -> None:
    """Print micro, macro and weighted F1 on all labels, on ACLED's and on mapgen's types."""
    snippets = read_snippets(shared / "events" / "dev.tsv")
    labels = np.array([label for _, label in snippets])
    rows = [(classifier.features(text), label) for text, label in snippets]
    ours = [(classifier.features(text), label) for text, label in own_sentences()] if own else []
    told: dict[int, str] = {}
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels):
        model = classifier.Model.of(fit([rows[i] for i in train] + ours))
        told |= {int(i): classifier.best_of(rows[i][0], model) for i in test}
    scores = load_script(shared / "events" / "evaluate_case2.py").scores
    table = {line.split("\t")[0] for line in (shared / "events" / "case_labels.tsv").read_text().splitlines()[1:]}
    types = dict(line.split("\t") for line in (shared / "events" / "to_mapgen.tsv").read_text().splitlines())
    gold = {i: str(label) for i, label in enumerate(labels)}
    typed = {i: types[label] for i, label in gold.items() if label in types}
    print(f"CASE 2021 task 2, {len(snippets)} snippets, {folds} folds, {len(ours)} sentences of our own")
    print(f"{'F1':26}{'micro':>8}{'macro':>8}{'weighted':>10}")
    for name, want, got in (
        (f"all {len(set(gold.values()))} labels", gold, told),
        ("ACLED's labels", {i: label for i, label in gold.items() if label in table}, told),
        ("mapgen's types", typed, {i: classifier.LABELS[label][0] for i, label in told.items()}),
    ):
        total, _ = scores(want, got)
        print(f"{name:26}{total['micro']:8.3f}{total['macro']:8.3f}{total['weighted']:10.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="further folders of articles with gold")
    parser.add_argument("--folds", type=int, default=10)
    options = parser.parse_args()
    cross_validated(options.shared, options.folds, own=False)
    cross_validated(options.shared, options.folds)
    grouped, typed, read, told = own_scores()
    print(f"\nour own sentences: {told} events told, {read} read, {grouped} of the right group, {typed} of the type")
    events = options.shared / "events"
    script = load_script(events / "score_events.py")
    everything = []
    own = [("seed", [events]), ("dev", [events / "dev"]), ("invented reports", [HERE / "reports"])]
    for title, folders in (*own, *((str(f), [f]) for f in options.gold)):
        readings = list(read_all(folders, script))
        everything += readings
        if readings:
            print(f"\n{title}: {table(readings, script)}")
    write_page(everything, PAGE)
    print(f"\ntext, gold and events side by side: {PAGE}")


if __name__ == "__main__":
    main()
