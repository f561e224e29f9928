"""Coverage-guided fuzzing of the readers by atheris:
``python -m tests.fuzz html|csv|geojson|gazetteer|pmtiles|index [SECONDS]``.

Not part of the test run: ``make fuzz`` installs atheris and gives each reader its time.  The corpus grows in
.fuzz/NAME; an input that raised anything but a MapgenError is written to .fuzz/ as crash-*, and ends the run.

An input of "index" is the table of contents of a compiled gazetteer, NUL, and its sections but the trie: these are put
together with right checksums and an undamaged trie, since bytes of a trie are only as safe as their checksum.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mapgen"]):
    from mapgen.errors import MapgenError
    from mapgen.exporters.tile_archive import cut_archive
    from mapgen.gazetteer import Gazetteer
    from mapgen.gazetteer.index import HEAD, MAGIC, Index, Record
    from mapgen.gazetteer.writer import write
    from mapgen.model import GazetteerEntry
    from mapgen.readers import read

from tests.test_hostile_kinds import archive

ROOT = Path(__file__).parent.parent / ".fuzz"
SEEDS = {
    "html": b"<html><head><title>A day</title></head><body><article><p>Police said protesters stormed the town hall in "
    b"Minsk on Wednesday, January 5, 2022. At least eight people were hurt.</p></article></body></html>",
    "csv": "id;Ort;lat;lon;Datum;type\n1;Minsk;53,9;27,5;05.01.2022;protest\n2;Осло;;;2022-01-06;riot\n".encode(),
    "geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":'
    b'[27.5,53.9]},"properties":{"name":"Minsk","date":"2022-01-05"}}]}',
    "gazetteer": b"name,lat,lon,country,aliases\nCamp 4,21.2,92.1,BD,Camp Four\n",
    "pmtiles": archive(b'{"attribution":"A"}', b"\x1a\x02\x0a\x00", packed=False),
}


@cache
def compiled() -> tuple[bytes, bytes, bytes]:
    """A compiled gazetteer of two places: its table of contents, its trie and its other sections."""
    path = Path(tempfile.mkdtemp()) / "names.bin"
    places = [("geonames:1", "Minsk", 53.9, 27.5), ("mapgen:camp", "Camp 4", 21.2, 92.1)]
    entries = [GazetteerEntry(*place, "BY") for place in places]
    write(path, [Record(entry, [(entry.name, "main")]) for entry in entries], sources="ours")
    index, start = path.read_bytes(), len(MAGIC) + HEAD.size
    end = start + HEAD.unpack_from(index, len(MAGIC))[0]
    at, size = json.loads(index[start:end])["sections"]["trie"]
    assert at == 0
    return index[start:end].rstrip(), index[end : end + size], index[end + size :]


def index_of(data: bytes) -> bytes:
    """The index that an input of "index" stands for."""
    head, _, rest = data.partition(b"\0")
    head += b" " * (-(len(MAGIC) + HEAD.size + len(head)) % 8)
    return MAGIC + HEAD.pack(len(head), zlib.crc32(head)) + head + compiled()[1] + rest


def name(path: Path) -> None:
    """Look for names of a table of one's own."""
    list(Gazetteer(extra=[path]).find("Camp Four in Minsk"))


def look_up(path: Path) -> None:
    """Check a compiled gazetteer, and ask it everything."""
    Index(path).check()
    names = Gazetteer(path)
    list(names.find("Camp Four in Minsk"))
    names.lookup("Minsk")
    names.nearest(21.2, 92.1)


def cut(path: Path) -> None:
    """Cut an archive of tiles to a map."""
    cut_archive(path, (20, 40, 30, 60), [(27.5, 53.9)])


KINDS: dict[str, tuple[str, Callable[[Path], object]]] = {  # the suffix of the file, and what is done with it
    "html": (".html", read),
    "csv": (".csv", read),
    "geojson": (".geojson", read),
    "gazetteer": (".csv", name),
    "pmtiles": (".pmtiles", cut),
    "index": (".bin", look_up),
}


def main() -> None:
    """Fuzz the reader named in the arguments."""
    kind, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 900
    corpus = ROOT / kind
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(b"\0".join(compiled()[::2]) if kind == "index" else SEEDS[kind])
    suffix, use = KINDS[kind]
    path = Path(tempfile.mkdtemp()) / f"input{suffix}"

    def one(data: bytes) -> None:
        path.write_bytes(index_of(data) if kind == "index" else data)
        with suppress(MapgenError):
            use(path)

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
