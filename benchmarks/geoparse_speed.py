"""Speed, start and memory of toponyms beside geotext and flashgeotext: ``python -m benchmarks.geoparse_speed``.

One core, CPU time, each system in a process of its own on the texts of LGL and GeoVirus: once from a fresh start, when
every name is met for the first time, and once more.  geotext and flashgeotext look names up and put them nowhere.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SHARED = Path(os.environ.get("MAPGEN_SHARED", Path(__file__).parents[2] / "shared")) / "geoparse"
SYSTEMS = ("mapgen", "geotext", "flashgeotext")
LENGTHS = (1, 5)  # MB of one document


def texts() -> list[str]:
    """The texts of both corpora."""
    lines = [n for c in ("lgl", "geovirus") for n in (SHARED / f"{c}.jsonl").read_text("utf-8").strip().split("\n")]
    return [json.loads(line)["text"] for line in lines]


def reader(system: str) -> Callable[[str], object]:
    """What reads a text in ``system``."""
    if system == "mapgen":
        from mapgen.gazetteer import Gazetteer
        from mapgen.toponyms import annotate

        gazetteer = Gazetteer()
        return lambda text: annotate({"doc_id": "", "text": text}, gazetteer)
    if system == "geotext":
        from geotext import GeoText  # type: ignore[import-untyped]

        return lambda text: GeoText(text)
    from flashgeotext.geotext import GeoText as Flash  # type: ignore[import-untyped]

    flash = Flash()
    return lambda text: flash.extract(text)


def measure(system: str) -> None:
    """Print a row for one system, and for mapgen one for each length of a single document."""
    start = time.perf_counter()
    read = reader(system)
    read("Rain in Paris.")
    opened = time.perf_counter() - start
    documents = texts()
    size = sum(len(text.encode()) for text in documents) / 1e6
    seconds = [_seconds(lambda: [read(text) for text in documents]) for _ in range(4)]
    print(f"{system:28}{size / seconds[0]:>12.2f}{size / min(seconds[1:]):>9.2f}{opened:>12.2f}{_peak():>10.0f}")
    for length in LENGTHS if system == "mapgen" else ():
        whole = "\n\n".join(documents * length)[: length * 1_000_000]
        speed = len(whole.encode()) / 1e6 / _seconds(lambda whole=whole: read(whole))  # type: ignore[misc]
        found = len(read(whole)["mentions"])  # type: ignore[index]
        print(f"{f'  one document of {length} MB':28}{'':12}{speed:>9.2f}{'':12}{_peak():>10.0f}   {found:,} mentions")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _peak() -> float:
    """The peak of this process's memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def command() -> None:
    """Print how long `mapgen toponyms` takes on one line and on all texts, start and JSON included."""
    with tempfile.TemporaryDirectory() as folder:
        for label, documents in (("one line", ["Rain in Paris."]), ("all texts, line by line", texts())):
            path = Path(folder) / "texts.jsonl"
            path.write_text("".join(json.dumps({"doc_id": n, "text": t}) + "\n" for n, t in enumerate(documents)))
            program = [sys.executable, "-m", "mapgen", "toponyms", str(path), "-o", str(Path(folder) / "out.jsonl")]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            subprocess.run(program, check=False, capture_output=True)
            wall = time.perf_counter() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            size = sum(len(text.encode()) for text in documents) / 1e6
            rate = f"{size / cpu:>8.2f} MB/s" if size > 1 else ""
            print(f"mapgen toponyms, {label:26}{cpu:>6.2f} s CPU{wall:>7.2f} s{rate}")


def main() -> None:
    if sys.argv[1:]:
        measure(sys.argv[1])
        return
    print(f"\n{'CPU time':28}{'first, MB/s':>12}{'again':>9}{'load, s':>12}{'peak, MB':>10}", flush=True)
    for system in SYSTEMS:
        subprocess.run([sys.executable, "-m", "benchmarks.geoparse_speed", system], check=False)
    command()


if __name__ == "__main__":
    main()
