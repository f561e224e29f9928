"""How well sentences and articles are read: python benchmarks/events.py [--shared ../shared] [--folds 10]

Prints two tables.  CASE 2021 task 2: the development half, cross-validated (weights fitted on the other folds and on
our own sentences).  Articles: every article with gold in ``events/`` and ``events/dev/``, with mapgen's own places;
nothing in the article path is fitted on them but the words of the lexicon.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import numpy as np
from sklearn.model_selection import StratifiedKFold

sys.path.insert(0, str(Path(__file__).resolve().parent))
from train_classifier import HERE, fit, own_sentences, read_snippets

from mapgen.events import classifier


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


def articles(shared: Path) -> None:
    """Print the table of score_events.py over all articles together, and the reading speed."""
    from mapgen.events import extract_events
    from mapgen.exporters.geojson import to_bytes
    from mapgen.gazetteer import Gazetteer
    from mapgen.model import Document, EventCollection
    from mapgen.toponyms import find_places

    script, gazetteer = load_script(shared / "events" / "score_events.py"), Gazetteer()
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    paths = sorted([*(shared / "events").glob("*.gold.json"), *(shared / "events" / "dev").glob("*.gold.json")])
    words, spent = 0, 0.0
    for path in paths:
        about = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        published = dt.date.fromisoformat(about["publication_date"])
        document = Document(about["doc_id"], text, title=about.get("title"), published=published)
        began = time.perf_counter()
        places = find_places(document, gazetteer)
        events = extract_events(document, places)
        spent, words = spent + time.perf_counter() - began, words + len(text.split())
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            out.write(to_bytes(EventCollection(tuple(events), (document,), {document.doc_id: places})))
            out.flush()
            result = script.score(script.load(path)[0], script.load(out.name)[0])[0]
        for name, row in result.items():
            totals[name] = [a + row[key] for a, key in zip(totals[name], ("tp", "pred", "gold"), strict=True)]
    print(f"\n{len(paths)} articles, {words} words, {words / 600 / spent:.0f} articles of 600 words a second")
    print(f"{'':32}{'P':>7}{'R':>7}{'F1':>7}   tp/pred/gold")
    for name, (right, told, gold) in sorted(totals.items()):
        row = script.prf(right, told, gold)
        print(f"{name:32}{row['precision']:7.3f}{row['recall']:7.3f}{row['f1']:7.3f}   {right}/{told}/{gold}")


def load_script(path: Path) -> ModuleType:
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--folds", type=int, default=10)
    options = parser.parse_args()
    cross_validated(options.shared, options.folds, own=False)
    cross_validated(options.shared, options.folds)
    articles(options.shared)


if __name__ == "__main__":
    main()
