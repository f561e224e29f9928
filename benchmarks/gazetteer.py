"""The gazetteer's figures: cold start, memory, speed of the scan, and how many gold names it knows.

    python benchmarks/gazetteer.py

The corpora are those of ../shared/geoparse (or $MAPGEN_SHARED/geoparse); without them only the start is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from mapgen.gazetteer import PACKAGED, Gazetteer
from mapgen.gazetteer.nearest import distance_km

SHARED = Path(os.environ.get("MAPGEN_SHARED", Path(__file__).parents[2] / "shared")) / "geoparse"
WITHIN_KM = 161  # the usual limit of the field: 100 miles
COLD = """
import resource, time
start = time.perf_counter()
from mapgen.gazetteer import Gazetteer
matches = list(Gazetteer().find("Troops entered Almaty."))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def cold_start() -> tuple[float, float]:
    """Milliseconds from import to the first match, and peak memory in MB, of the best of five fresh processes."""
    runs = [subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True) for _ in range(5)]
    seconds, memory = min(tuple(map(float, run.stdout.split())) for run in runs)
    return seconds * 1000, memory


def scan_speed(gazetteer: Gazetteer, texts: list[str]) -> float:
    """MB of text a second of one core, best of five."""
    size, best = sum(len(text.encode()) for text in texts) / 1e6, float("inf")
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            for _match in gazetteer.find(text):
                pass
        best = min(best, time.process_time() - start)
    return size / best


def coverage(gazetteer: Gazetteer, documents: list[dict]) -> tuple[int, float, float]:
    """Gold mentions with a point; the share of them with any candidate near it; with the first candidate near it."""
    count = known = first = 0
    for document in documents:
        for mention in document["mentions"]:
            if mention.get("lat") is None:
                continue
            entries = [candidate.entry for candidate in gazetteer.candidates(mention["surface"])]
            near = [distance_km(e.lat, e.lon, mention["lat"], mention["lon"]) <= WITHIN_KM for e in entries]
            count, known, first = count + 1, known + any(near), first + near[:1].count(True)
    return count, known / count, first / count


def main() -> None:
    """Print the figures."""
    gazetteer = Gazetteer()
    milliseconds, memory = cold_start()
    print(f"index: {PACKAGED.stat().st_size / 1e6:.1f} MB, {len(gazetteer):,} entries")
    print(f"import, open and first match in a fresh process: {milliseconds:.0f} ms, {memory:.0f} MB")
    for name in ("lgl", "geovirus"):
        path = SHARED / f"{name}.jsonl"
        if not path.exists():
            print(f"{name}: {path} is absent")
            continue
        documents = [json.loads(line) for line in path.open(encoding="utf-8")]
        count, known, first = coverage(gazetteer, documents)
        speed = scan_speed(gazetteer, [document["text"] for document in documents])
        print(f"{name}: {count} mentions, {known:.3f} known, {first:.3f} by the first candidate; scan {speed:.1f} MB/s")


if __name__ == "__main__":
    main()
