"""Toponym figures on LGL and GeoVirus: ``python -m benchmarks.geoparse [--fast]``.

Every figure is cross-validated: each document is read with parameters that were fitted without its part of the corpus
(see benchmarks.train_toponyms, which runs first unless ``--fast`` says that its predictions are there).  The scorer is
../shared/geoparse/evaluate.py; intervals are 95 % bootstrap intervals over documents.  Speed and memory are those of
the packaged parameters in a process of their own, beside geotext and flashgeotext.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared")) / "geoparse"
FOLDS = ROOT / "benchmarks" / "folds"
CORPORA = ("lgl", "geovirus")
SAMPLES = 1000


def scorer() -> ModuleType:
    """../shared/geoparse/evaluate.py as a module."""
    spec = importlib.util.spec_from_file_location("evaluate", SHARED / "evaluate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_demonyms(documents: dict[str, Any]) -> dict[str, Any]:
    return {k: {**d, "mentions": [m for m in d["mentions"] if m["kind"] != "demonym"]} for k, d in documents.items()}


def interval(evaluate: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> tuple[float, float]:
    """The 95 % interval of end-to-end F1 over documents."""
    counts = []
    for key, document in gold.items():
        e2e = evaluate.score({key: document}, {key: found[key]})["e2e"]
        counts.append((e2e["right"], e2e["predicted"] + e2e["gold"]))
    chance = random.Random(0)
    scores = []
    for _ in range(SAMPLES):
        sample = chance.choices(counts, k=len(counts))
        scores.append(2 * sum(right for right, _ in sample) / max(1, sum(total for _, total in sample)))
    scores.sort()
    return scores[int(0.025 * SAMPLES)], scores[int(0.975 * SAMPLES)]


def calibration_error(evaluate: ModuleType, gold: dict[str, Any], given: dict[str, Any], bins: int = 10) -> float:
    """Expected calibration error of the confidence that a given mention is within 161 km of the gold point."""
    told = []
    for key, document in gold.items():
        for want, got in zip(document["mentions"], given[key]["mentions"], strict=True):
            if evaluate.has_point(want) and got["lat"] is not None:
                told.append((got["confidence"], evaluate.distance_km(want, got) <= evaluate.THRESHOLD_KM))
    error = 0.0
    for n in range(bins):
        inside = [(c, r) for c, r in told if n / bins < c <= (n + 1) / bins]
        error += abs(sum(c for c, _ in inside) - sum(r for _, r in inside))
    return error / max(1, len(told))


def causes(evaluate: ModuleType, gold: dict[str, Any], found: dict[str, Any], given: dict[str, Any]) -> dict[str, int]:
    """How many gold or predicted mentions are lost to what."""
    log: list[Any] = []
    evaluate.score(gold, found, log=log)
    known = {(k, m["start"]): m for k, d in given.items() for m in d["mentions"]}
    told = {"missing name": 0, "not recognised": 0, "wrong sense or missing place": 0, "over-recognised": 0}
    for kind, key, start, *_ in log:
        if kind == "missed":
            told["missing name" if known[key, start]["lat"] is None else "not recognised"] += 1
        elif kind in ("wrong-place", "unresolved"):
            told["wrong sense or missing place"] += 1
        elif kind == "spurious":
            told["over-recognised"] += 1
    return told


def accuracy() -> None:
    evaluate = scorer()
    figures = (
        f"{'recognised':>12}{'P':>7}{'R':>7}{'e2e F1':>8}{'95 % interval':>16}{'P':>7}{'R':>7}{'given':>7}{'ECE':>7}"
    )
    print(f"{'corpus':45}{figures}")
    for kind in ("", "cross-"):
        for corpus in CORPORA:
            if not (FOLDS / f"{kind}{corpus}.jsonl").exists():
                continue
            gold = evaluate.read(SHARED / f"{corpus}.jsonl")
            found = evaluate.read(FOLDS / f"{kind}{corpus}.jsonl")
            given = evaluate.read(FOLDS / f"{kind}{corpus}.given.jsonl")
            resolved = evaluate.score(gold, given, gold_mentions=True)["resolution_gold"]["acc161"]
            error = calibration_error(evaluate, gold, given)
            variants = [("", found)] + ([(", no demonyms", without_demonyms(found))] if corpus == "geovirus" else [])
            for note, documents in variants:
                score = evaluate.score(gold, documents)
                rec, e2e = score["recognition_overlap"], score["e2e"]
                low, high = interval(evaluate, gold, documents)
                other = " (fitted on the other)" if kind else ""
                print(
                    f"{corpus + note + other:<45}{rec['f1']:>12.3f}{rec['p']:>7.3f}{rec['r']:>7.3f}{e2e['f1']:>8.3f}"
                    f"{f'{low:.3f}–{high:.3f}':>16}{e2e['p']:>7.3f}{e2e['r']:>7.3f}{resolved:>7.3f}{error:>7.3f}"
                )
            if not kind:
                print(
                    "   lost to:",
                    ", ".join(f"{cause} {n}" for cause, n in causes(evaluate, gold, found, given).items()),
                )


def texts() -> list[str]:
    lines = [line for c in CORPORA for line in (SHARED / f"{c}.jsonl").read_text(encoding="utf-8").strip().split("\n")]
    return [json.loads(line)["text"] for line in lines]


def measure(system: str) -> None:
    """Print speed and memory of one system in this process."""
    start = time.perf_counter()
    if system == "mapgen":
        from mapgen.gazetteer import Gazetteer
        from mapgen.toponyms import annotate

        gazetteer = Gazetteer()

        def read(text: str) -> None:
            annotate({"doc_id": "", "text": text}, gazetteer)
    elif system == "geotext":
        from geotext import GeoText as read  # type: ignore[import-untyped,no-redef]
    else:
        from flashgeotext.geotext import GeoText  # type: ignore[import-untyped]

        read = GeoText().extract
    read("Rain in Paris.")
    opened = time.perf_counter() - start
    documents = texts()
    size = sum(len(text.encode()) for text in documents) / 1e6
    start = time.perf_counter()
    for text in documents:
        read(text)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{system:14}{len(documents) / seconds:>9.0f}{size / seconds:>9.2f}{opened:>12.2f}{peak:>10.0f}")


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "--measure":
        measure(sys.argv[2])
        return
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not here: set MAPGEN_SHARED")
    if "--fast" not in sys.argv or not FOLDS.exists():
        subprocess.run([sys.executable, "-m", "benchmarks.train_toponyms", "--folds-only"], check=True, cwd=ROOT)
    accuracy()
    print(f"\n{'system':14}{'docs/s':>9}{'MB/s':>9}{'first, s':>12}{'peak, MB':>10}", flush=True)
    for system in ("mapgen", "geotext", "flashgeotext"):
        subprocess.run([sys.executable, "-m", "benchmarks.geoparse", "--measure", system], check=False, cwd=ROOT)


if __name__ == "__main__":
    main()
