"""Presets and stories of a map.toml: read, checked, and told where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapgen.errors import OptionsError
from mapgen.options import Options
from mapgen.pipeline import collect

WHOLE = """
[[preset]]
label = "Streets"
layers = ["unrest", "arrests"]
status = ["confirmed"]

[[story]]
title = "First"
text = "Told."
view = { lat = 43.2, lon = 76.9, zoom = 9 }
from = 2022-01-05
event = "0123456789ab"
"""


def load(tmp_path: Path, text: str) -> Options:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    return Options.load(tmp_path / "map.toml")


def test_they_reach_the_page_as_they_were_written(tmp_path: Path) -> None:
    options = load(tmp_path, WHOLE)
    (preset,), (step,) = options.presets, options.story
    assert preset.record() == {"title": "Streets", "layers": ["unrest", "arrests"], "status": ["confirmed"]}
    assert step.record() == {"title": "First", "text": "Told.", "view": [9.0, 43.2, 76.9], "from": "2022-01-05",
                             "event": "0123456789ab"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[preset]]\nlayers = ["unrest"]', r"\[\[preset\]\] 1 needs label"),
        ('[[preset]]\nlabel = "x"\nlayers = ["unrst"]', r"layers has no unrst; there are military_movement"),
        ('[[preset]]\nlabel = "x"\nlayers = "unrest"', "layers must be a list"),
        ('[[preset]]\nlabel = "x"\nview = {}', "has no option view"),
        ('[[story]]\ntitle = "x"\n[[story]]\ntext = "y"', r"\[\[story\]\] 2 needs title"),
        ('[[story]]\ntitle = "x"\nview = { lat = 1, lon = 2 }', "view must be a table like"),
        ('[[story]]\ntitle = "x"\nview = { lat = 91, lon = 2, zoom = 3 }', "lat must be a number from -85 to 85"),
        ('[[story]]\ntitle = "x"\nview = { lat = nan, lon = 2, zoom = 3 }', "lat must be a number"),
        ('[[story]]\ntitle = "x"\nfrom = "2022-01-05"', "from must be a bare date"),
        ('[[story]]\ntitle = "x"\nstatus = ["true"]', "status has no true; there are confirmed"),
        ('story = "x"', "story must be a list of tables"),
        ('[types.riot]\ninto = "protest"\n[[preset]]\nlabel = "x"\nlayers = ["riot"]', "layers has no riot"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(OptionsError, match=told):
        load(tmp_path, text)


def test_a_step_whose_event_is_gone_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Police arrested 30 protesters in Minsk on 5 January 2022.", encoding="utf-8")
    options = load(tmp_path, WHOLE)
    skipped = collect([tmp_path / "a.txt"], options).skipped
    assert any(row.where == "0123456789ab" and "First" in row.reason for row in skipped)
