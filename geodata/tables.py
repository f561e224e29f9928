"""Our own tables: places that no packaged source has, and further names of those that it has.

Targets are written as an ISO 3166-1 code ("KZ"), a GeoNames region code ("AU.01"), "area:" and an id of areas.csv, or
"city:" with a name and a country ("city:Rawalpindi,PK"), "hist:" and a name of historic_names.csv, or the id of a part
of a region ("admin2:GB.ENG.cornwall").
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from geodata.ordinary_words import ordinary
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

FOLDER = Path(__file__).parent
PLACE_COLUMNS = {"id", "name", "alternates", "lat", "lon", "country", "feature", "granularity", "radius_km"}
# How far our rounded points may lie from those of the same place in a source, in km.
_SAME_PLACE_KM = {"site": 10.0, "city": 40.0, "region": 300.0, "country": 2000.0}
_HISTORIC_FEATURES = {"city": "P.PPLH", "region": "A.ADM1H", "country": "A.PCLH", "site": "S.HSTS"}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def applied(records: Iterable[Record]) -> list[Record]:
    """``records`` with the places and names of our tables."""
    world = World(records)
    for path in sorted(FOLDER.glob("*.csv")):
        table = rows(path)
        if table and table[0].keys() >= PLACE_COLUMNS:
            for row in table:
                world.add_place(row)
    for row in rows(FOLDER / "countries.csv"):
        world.name(row["iso2"], [row["name"], *row["alternates"].split("|")], "official")
    for row in rows(FOLDER / "exonyms.csv"):
        names = row["names"].split("|")
        told = names if row["lang"] == "en" else [name for name in names if not ordinary(name)]
        world.name(row["target"], told, "alternate")
    for row in rows(FOLDER / "historic_names.csv"):
        world.add_historic(row)
    for row in rows(FOLDER / "abbreviations.csv"):
        world.name(row["target"], [row["abbr"]], "code" if row["needs_comma"] == "yes" else "abbreviation")
    for row in rows(FOLDER / "demonyms.csv"):
        world.name(row["target"], [row["demonym"]], "demonym")
    return world.records


class World:
    """The records, found by id, by alias, and by country and name."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records: list[Record] = []
        self.missing: list[str] = []
        self._by_id: dict[str, Record] = {}
        self._by_name: dict[tuple[str | None, str, str], list[Record]] = defaultdict(list)
        for record in records:
            self._add(record)

    def _add(self, record: Record) -> None:
        self.records.append(record)
        for entry_id in (record.entry.id, *record.aliases):
            self._by_id[entry_id] = record
        for key in {fold(name) for name, kind in record.names if kind not in ("code", "romanised", "demonym")}:
            self._by_name[record.entry.country, record.entry.granularity, key].append(record)

    def add_place(self, row: dict[str, str]) -> None:
        """A row of a table of places: further names of the same place where a source has it, else a new one."""
        countries = [code for code in row["country"].split("|") if code]
        entry = GazetteerEntry(
            id=f"mapgen:{row['id']}", name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]),
            country=countries[0] if len(countries) == 1 else None, feature=row["feature"],
            granularity=row["granularity"], radius_km=float(row["radius_km"]),
        )  # fmt: skip
        names = [name for name in row["alternates"].split("|") if name]
        known = self._same(entry.name, entry)
        if known and entry.feature[0] not in "AL" and known.entry.feature[0] != entry.feature[0]:
            known = None  # a river is not the region of its name
        if known:
            known.names += [(name, "alternate") for name in (entry.name, *names)]
            known.aliases.append(entry.id)
            self._by_id[entry.id] = known
        else:
            self._add(Record(entry, [(entry.name, "main"), *((name, "alternate") for name in names)]))

    def add_historic(self, row: dict[str, str]) -> None:
        """A former name of a place that a source has under its present name, or of a place that is no more."""
        lat, lon, granularity = float(row["lat"]), float(row["lon"]), row["granularity"]
        slug = fold(row["name"]).replace(" ", "-")
        entry = GazetteerEntry(
            id=f"mapgen:historic-{slug}", name=row["name"], lat=lat, lon=lon, country=row["country"][:2] or None,
            feature=_HISTORIC_FEATURES[granularity], granularity=granularity,
            radius_km={"city": 10.0, "region": 100.0, "country": 500.0, "site": 3.0}[granularity],
        )  # fmt: skip
        known = self._same(row["present_name"], entry)
        if known:
            known.names.append((row["name"], "historic"))
            self._by_id.setdefault(entry.id, known)
        elif entry.id not in self._by_id:
            self._add(Record(entry, [(row["name"], "historic")]))

    def name(self, targets: str, names: Iterable[str], kind: str) -> None:
        """``names`` of the targets (separated by "|"), each being ``kind`` to them."""
        names = [name for name in names if name]
        for target in targets.split("|"):
            if record := self.target(target):
                record.names += [(name, kind) for name in names]
            else:
                self.missing.append(target)

    def target(self, target: str) -> Record | None:
        """The record that a table means (see the head of this module); None where there is none."""
        kind, _, rest = target.partition(":")
        if kind == "city":
            name, _, country = rest.rpartition(",")
            found = self._by_name[country.strip(), "city", fold(name)]
            return max(found, key=lambda record: record.entry.population, default=None)
        if kind == "area":
            return self._by_id.get(f"mapgen:{rest}")
        if kind == "hist":
            return self._by_id.get(f"mapgen:historic-{fold(rest).replace(' ', '-')}")
        if kind == "admin2":
            return self._by_id.get(target)
        return self._by_id.get(f"region:{target}" if "." in target else f"country:{target}")

    def _same(self, name: str, entry: GazetteerEntry) -> Record | None:
        """The record of the same name, country and granularity nearest to ``entry``, where one is near."""
        found = self._by_name[entry.country, entry.granularity, fold(name)]
        distances = [(distance_km(entry.lat, entry.lon, r.entry.lat, r.entry.lon), r.entry.id, r) for r in found]
        near = [each for each in distances if each[0] <= max(_SAME_PLACE_KM[entry.granularity], entry.radius_km)]
        return min(near)[2] if near else None
