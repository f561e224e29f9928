"""The example maps: what mapgen extracts today is what was reviewed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapgen.layers import to_geojson
from mapgen.options import Options
from mapgen.pipeline import collect

ROOT = Path(__file__).parent.parent
MAPS = sorted(path.parent for path in (ROOT / "maps").glob("*/map.toml") if path.parent.name != "thousands")


@pytest.mark.parametrize("folder", MAPS, ids=lambda folder: folder.name)
def test_the_events_are_the_reviewed_ones(folder: Path) -> None:
    options = Options.load(folder / "map.toml")
    reviewed = json.loads((folder / "events.geojson").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(to_geojson(collect(options.inputs, options)))) == reviewed


@pytest.mark.parametrize("folder", MAPS, ids=lambda folder: folder.name)
def test_every_quote_stands_in_its_source(folder: Path) -> None:
    text = next(path for path in folder.iterdir() if path.stem in ("report", "events") and path.suffix != ".geojson")
    source = text.read_text(encoding="utf-8")
    for feature in json.loads((folder / "events.geojson").read_text(encoding="utf-8"))["features"]:
        assert feature["properties"]["quote"] in source


def test_the_first_example_names_the_places_it_was_made_for() -> None:
    told = json.loads((ROOT / "maps" / "kazakhstan-2022" / "events.geojson").read_text(encoding="utf-8"))
    mentioned = {mention["surface"] for mention in told["mentions"]}
    assert {"Almaty", "Nur-Sultan", "Baikonur Cosmodrome", "Orenburg", "Kamensk-Shakhtinsky"} <= mentioned
    shapes = {feature["properties"]["event_type"]: feature["geometry"]["type"] for feature in told["features"]}
    assert "Line" in shapes["troop_movement"] or any(
        "Line" in f["geometry"]["type"] for f in told["features"] if f["properties"]["event_type"] == "troop_movement"
    )
