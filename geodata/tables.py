"""Our own tables (see TABLES.md): places that no packaged gazetteer has, and further names of those that it has."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry

FOLDER = Path(__file__).parent
PLACE_COLUMNS = {"id", "name", "alternates", "lat", "lon", "country", "feature", "granularity", "radius_km"}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places() -> Iterator[Record]:
    """One record a row of every table of places."""
    for path in sorted(FOLDER.glob("*.csv")):
        found = rows(path)
        if found and found[0].keys() >= PLACE_COLUMNS:
            for row in found:
                yield _place(row)


def _place(row: dict[str, str]) -> Record:
    countries = [code for code in row["country"].split("|") if code]
    entry = GazetteerEntry(
        id=f"mapgen:{row['id']}",
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        country=countries[0] if len(countries) == 1 else None,
        feature=row["feature"],
        granularity=row["granularity"],
        radius_km=float(row["radius_km"]),
    )
    names = [(entry.name, "main"), *((name, "alternate") for name in row["alternates"].split("|") if name)]
    return Record(entry, names)
