"""Fit how sure an event is of its score: python -m benchmarks.train_confidence [--shared ../shared]

Reads the invented reports of ``benchmarks/reports``, fits the curve of ``mapgen/events/confidence.py`` and prints
it for pasting there, with the expected calibration error, each report left out in turn, beside that of the score.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.articles import load_script, read_all
from benchmarks.calibration import calibration_error
from benchmarks.train_classifier import HERE
from mapgen.events import extract

REPORTS = HERE / "reports"
STRENGTH = 10.0  # inverse of the penalty on the slope
BINS = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """An event read in a report: its score, and whether gold tells it too."""

    report: str
    score: float
    told: bool


def outcomes(shared: Path) -> list[Outcome]:
    """Every event that mapgen reads in the reports, but those that gold leaves open."""
    curved, found = extract.confidence, []
    extract.confidence = float  # the score itself
    try:
        for reading in read_all([REPORTS], load_script(shared / "events" / "score_events.py")):
            name = str(reading.about["doc_id"])
            found += [Outcome(name, p["raw"]["confidence"], True) for _, p in reading.pairs]
            found += [Outcome(name, p["raw"]["confidence"], False) for p in reading.extra]
    finally:
        extract.confidence = curved
    return found


def curve(rows: Sequence[Outcome]) -> tuple[float, float]:
    """Intercept and slope of the logistic curve over ``rows``."""
    machine = LogisticRegression(C=STRENGTH).fit([[row.score] for row in rows], [row.told for row in rows])
    return round(float(machine.intercept_[0]), 2), round(float(machine.coef_[0][0]), 2)


def at(row: Outcome, fitted: tuple[float, float]) -> float:
    return float(1 / (1 + np.exp(-fitted[0] - fitted[1] * row.score)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    rows = outcomes(parser.parse_args().shared)
    print(f"INTERCEPT, SLOPE = {curve(rows)}  # {len(rows)} events, {sum(row.told for row in rows)} told")
    sure = [(at(row, curve([other for other in rows if other.report != row.report])), row.told) for row in rows]
    raw = calibration_error([(row.score, row.told) for row in rows], BINS)
    print(f"calibration error {calibration_error(sure, BINS):.3f}, of the score {raw:.3f}")


if __name__ == "__main__":
    main()
