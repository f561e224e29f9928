"""The main job as a user waits for it: cold wall time and peak memory of the commands, size of the page.

Each command runs in a fresh process; the median of the wall times and the highest peak are shown, beside a bare
Python start and an import of folium and geopandas in the same run.
"""

from __future__ import annotations

import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared"))
RUNS = 5


def cold(command: list[str]) -> tuple[float, float]:
    """Median wall time in seconds and peak resident memory in MB of ``command`` in fresh processes."""
    walls, peaks = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        usage: resource.struct_rusage = os.wait4(process.pid, 0)[2]
        walls.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(walls), max(peaks)


def main() -> None:
    """Print the table."""
    seed = SHARED / "events" / "seed.txt"
    article = seed if seed.exists() else ROOT / "maps" / "kazakhstan-2022" / "report.txt"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "map.html"
        run = [sys.executable, "-m", "mapgen"]
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import folium, geopandas": [sys.executable, "-c", "import folium, geopandas"],
            "mapgen lookup Almaty": [*run, "lookup", "Almaty"],
            f"mapgen events {article.name}": [*run, "events", str(article), "--published", "2022-01-06", "-o", "-"],
            f"mapgen map {article.name}": [*run, "map", str(article), "--published", "2022-01-06", "-o", str(page)],
        }
        print(f"{'cold, median of ' + str(RUNS):36}{'wall s':>8}{'peak MB':>9}")
        for label, command in rows.items():
            wall, peak = cold(command)
            print(f"{label:36}{wall:8.2f}{peak:9.0f}", flush=True)
        raw = page.read_bytes()
        print(f"page: {len(raw) / 1000:.0f} kB, {len(gzip.compress(raw, 9)) / 1000:.0f} kB gzipped")


if __name__ == "__main__":
    main()
