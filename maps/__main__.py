"""The gallery: every example map with its picture, on one page: ``python -m maps [FOLDER]`` (``make gallery``).

Writes ``<slug>/index.html`` for each folder of ``maps/`` with a ``map.toml``, a map of 5,000 invented events in
``thousands/``, and ``index.html``, which shows them all; into ``maps/`` itself, where none of it is committed, or into
the folder that is given.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import sys
from pathlib import Path

from mapgen.cli import cli
from mapgen.exporters.backdrop import escaped
from mapgen.exporters.embed import MapPage, publish
from mapgen.taxonomy import TYPES

MAPS = Path(__file__).parent
INVENTED, SEED = 5_000, 20_310_310
FIRST, DAYS = dt.date(2031, 1, 1), 365
TOWNS = (  # name, country, lat, lon
    ("Lisbon", "Portugal", 38.72, -9.14), ("Madrid", "Spain", 40.42, -3.70), ("Paris", "France", 48.86, 2.35),
    ("Lyon", "France", 45.76, 4.84), ("Brussels", "Belgium", 50.85, 4.35), ("Hamburg", "Germany", 53.55, 9.99),
    ("Munich", "Germany", 48.14, 11.58), ("Milan", "Italy", 45.46, 9.19), ("Rome", "Italy", 41.90, 12.50),
    ("Vienna", "Austria", 48.21, 16.37), ("Prague", "Czechia", 50.08, 14.44), ("Warsaw", "Poland", 52.23, 21.01),
    ("Budapest", "Hungary", 47.50, 19.04), ("Athens", "Greece", 37.98, 23.73), ("Stockholm", "Sweden", 59.33, 18.07),
    ("Oslo", "Norway", 59.91, 10.75), ("Dublin", "Ireland", 53.35, -6.26), ("Leeds", "United Kingdom", 53.80, -1.55),
)  # fmt: skip
ACTORS = ("Dockers", "Students", "Farmers", "City police", "Drivers' union", "Coast guard", "Teachers", "")
STATUSES = ("confirmed", "confirmed", "reported", "reported", "planned", "denied")
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 1180px; margin: 0 auto; padding: 32px 20px 60px }
h1 { font: 650 30px/1.2 ui-serif, Charter, Georgia, serif; margin: 0 }
main { display: grid; gap: 28px; margin-top: 28px }
main { grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)) }
a { color: inherit; text-decoration: none }
img { width: 100%; height: auto; border: 1px solid #8886; border-radius: 8px }
h2 { font: 650 18px/1.3 ui-serif, Charter, Georgia, serif; margin: 8px 0 0 }
a:hover h2 { text-decoration: underline }
p { margin: 2px 0 0; opacity: 0.75 }
"""


def invent(path: Path) -> None:
    """A table of invented events around real towns; the same each time."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow("date event_type place country latitude longitude actor1 status source notes".split())
        for number in range(INVENTED):
            name, country, lat, lon = chance.choice(TOWNS)
            kind = chance.choice(list(TYPES))
            day = FIRST + dt.timedelta(days=int(chance.triangular(0, DAYS, DAYS * 0.7)))
            rows.writerow((day, kind, name, country, round(chance.gauss(lat, 0.6), 4), round(chance.gauss(lon, 0.9), 4),
                           chance.choice(ACTORS), chance.choice(STATUSES), f"Invented paper {number % 7 + 1}",
                           f"Invented event {number + 1}, {TYPES[kind].label.lower()} near {name}"))  # fmt: skip


def build(folder: Path, into: Path) -> MapPage:
    """Make the map of a folder, with its pictures."""
    page = into / folder.name / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    cli.main(["map", str(folder), "-o", str(page)], standalone_mode=False)
    publish(page)
    return MapPage.open(page)


def card(page: MapPage) -> str:
    """A map as one entry of the gallery."""
    slug = page.path.parent.name
    return (
        f'<a href="{slug}/index.html"><img src="{slug}/index.card.png" alt="" loading="lazy">'
        f"<h2>{escaped(page.title)}</h2><p>{escaped(page.description)}</p></a>"
    )


def gallery(into: Path) -> Path:
    """Build every map and the page over them, which is given."""
    thousands = into / "thousands"
    thousands.mkdir(parents=True, exist_ok=True)
    invent(thousands / "events.csv")
    (thousands / "map.toml").write_text('title = "A year of 5,000 invented events"\ninputs = ["events.csv"]\n', "utf-8")
    folders = {path.parent.name: path.parent for path in MAPS.glob("*/map.toml")} | {thousands.name: thousands}
    pages = [build(folders[name], into) for name in sorted(folders)]
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Maps made by mapgen</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><h1>Maps made by mapgen</h1><main>{''.join(map(card, pages))}</main></body></html>\n"
    )
    (into / "index.html").write_text(text, encoding="utf-8")
    return into / "index.html"


if __name__ == "__main__":
    print(gallery(Path(sys.argv[1]) if len(sys.argv) > 1 else MAPS))
