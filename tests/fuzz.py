"""Coverage-guided fuzzing of the readers by atheris: ``python -m tests.fuzz html|csv|geojson|gazetteer [SECONDS]``.

Not part of the test run: ``make fuzz`` installs atheris and gives each reader its time.  The corpus grows in
.fuzz/NAME; an input that raised anything but a MapgenError is written to .fuzz/ as crash-*, and ends the run.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mapgen"]):
    from mapgen.errors import MapgenError
    from mapgen.gazetteer import Gazetteer
    from mapgen.readers import read

ROOT = Path(__file__).parent.parent / ".fuzz"
SEEDS = {
    "html": b"<html><head><title>A day</title></head><body><article><p>Police said protesters stormed the town hall in "
    b"Minsk on Wednesday, January 5, 2022. At least eight people were hurt.</p></article></body></html>",
    "csv": "id;Ort;lat;lon;Datum;type\n1;Minsk;53,9;27,5;05.01.2022;protest\n2;Осло;;;2022-01-06;riot\n".encode(),
    "geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":'
    b'[27.5,53.9]},"properties":{"name":"Minsk","date":"2022-01-05"}}]}',
    "gazetteer": b"name,lat,lon,country,aliases\nCamp 4,21.2,92.1,BD,Camp Four\n",
}
SUFFIXES = {"html": ".html", "csv": ".csv", "geojson": ".geojson", "gazetteer": ".csv"}


def main() -> None:
    """Fuzz the reader named in the arguments."""
    kind, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 900
    corpus = ROOT / kind
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(SEEDS[kind])
    path = Path(tempfile.mkdtemp()) / f"input{SUFFIXES[kind]}"

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            if kind == "gazetteer":
                list(Gazetteer(extra=[path]).find("Camp Four in Minsk"))
            else:
                read(path)
        except MapgenError:
            pass

    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={ROOT}/",
        "-max_len=4096",
        "-timeout=20",
        "-rss_limit_mb=4000",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
