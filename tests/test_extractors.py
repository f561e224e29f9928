"""The door for other extractors: what they may leave to mapgen, what is held against the text, how they are found."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import mapgen
from mapgen.errors import OptionsError
from mapgen.model import Claim, Document, Event, EventCollection, Figure, Place, Skipped, Source, When

DAY = dt.date(2023, 5, 4)
STORM = "A crowd of some 300 people stormed the town hall in Osh on Wednesday, police said."
AGAIN = "Shops were shut."
TEXT = f"{STORM} {AGAIN} Talks began in Bishkek. {AGAIN}"
ARTICLE = Document("d", TEXT, "A night in Osh", "https://example.org/a", "A paper", DAY)
CROWD = Figure(300, None, None, "about", "some 300")
GOOD = Event("riot", "A crowd stormed the town hall", "reported", "police", When(DAY, DAY, 1, "on Wednesday"),
             ("A crowd", "police"), {"participants": CROWD}, (Place.told("Osh"),), STORM)  # fmt: skip


def extracted(*told: Any) -> EventCollection:
    return mapgen.extract(ARTICLE, extractor=lambda document: told)


def but(**changes: Any) -> Event:
    return dataclasses.replace(GOOD, **changes)


def test_offsets_places_and_source_may_be_left_to_mapgen():
    found = extracted(GOOD)
    (event,) = found.events
    assert (event.quote_start, event.quote_end) == (0, len(STORM))
    assert (event.title, event.attribution, event.actors) == (GOOD.title, "police", ("A crowd", "police"))
    assert event.figures == {"participants": CROWD}
    (osh,) = event.places
    assert (osh.name, osh.country, TEXT[osh.start : osh.end], osh.role) == ("Osh", "KG", "Osh", "site")
    assert osh.gazetteer.startswith("geonames:")
    assert event.source == Source("A night in Osh", "https://example.org/a", "A paper", DAY, "d")
    assert event.event_id
    assert found.skipped == ()


def test_mapgens_own_events_pass_the_check():
    own = mapgen.extract(ARTICLE).events
    again = mapgen.extract(ARTICLE, extractor=lambda document: own).events
    assert own
    assert [(e.event_type, e.quote, e.figures, e.when, e.title) for e in again] == [
        (e.event_type, e.quote, e.figures, e.when, e.title) for e in own
    ]
    assert [[(p.name, p.lat, p.lon, p.start) for p in e.places] for e in again] == [
        [(p.name, p.lat, p.lon, p.start) for p in e.places] for e in own
    ]


DROPPED = [
    (but(quote="A crowd of 300 stormed it."), "does not stand in the text"),
    (but(quote=None), "has no quote"),
    (but(quote="  "), "has no quote"),
    (but(quote=5), "has no quote"),
    (but(quote=AGAIN), "more than once"),
    (but(quote=STORM, quote_start=1, quote_end=len(STORM) + 1), "are not those of its quote"),
    (but(quote=STORM, quote_start=-5, quote_end=len(STORM)), "are not those of its quote"),
    (but(quote=STORM, quote_start=0.0, quote_end=float(len(STORM))), "are not those of its quote"),
    (but(event_type="uprising"), "is no event type"),
    (but(status="likely"), "is no status"),
    (but(when=When("2023-05-03", None, 1)), "is no date"),
    (but(when=When(dt.datetime(2023, 5, 3), None, 1)), "is no date"),
    (but(when=When(DAY, DAY - dt.timedelta(1), 1)), "before it begins"),
    (but(when=When(DAY, DAY, 7)), "is no precision"),
    (but(when=None), "not of the kind"),
    (but(places=None), "not of the kind"),
    (but(figures=["300"]), "not of the kind"),
    ({"event_type": "riot", "quote": STORM}, "is no mapgen Event but dict"),
    (None, "is no mapgen Event"),
]


@pytest.mark.parametrize(("told", "reason"), DROPPED, ids=[reason for _, reason in DROPPED])
def test_an_event_that_does_not_hold_is_dropped_and_listed(told: Any, reason: str):
    found = extracted(told, GOOD)
    assert len(found.events) == 1
    assert [reason in row.reason and row.where == "A night in Osh" for row in found.skipped] == [True]


def at(lat: float, lon: float) -> tuple[Place, ...]:
    return (Place("Somewhere", lat, lon),)


LEFT_OUT = [
    ({"places": (Place.told("Atlantis"),)}, "places", (), "no place of this name"),
    ({"places": at(0.0, 0.0)}, "places", (), "no place on Earth"),
    ({"places": at(95.0, 10.0)}, "places", (), "no place on Earth"),
    ({"places": at(math.inf, 10.0)}, "places", (), "no place on Earth"),
    ({"places": at(math.nan, 10.0)}, "places", (), "no place on Earth"),
    ({"places": (Place.told("Osh", "theatre"),)}, "places", (), "is no role"),
    ({"figures": {"eaten": CROWD}}, "figures", {}, "no kind"),
    ({"figures": {"killed": Figure(30, 30, 30, "exact", "some 300")}}, "figures", {}, "does not tell"),
    ({"figures": {"killed": Figure(9, 9, 9, "exact", "nine")}}, "figures", {}, "does not tell"),
    ({"figures": {"killed": 300}}, "figures", {}, "does not tell"),
    ({"actors": ("the Jedi",)}, "actors", (), "does not name"),
    ({"attribution": "the queen"}, "attribution", None, "does not name"),
]


@pytest.mark.parametrize(("changes", "field", "want", "reason"), LEFT_OUT)
def test_what_does_not_hold_of_an_event_is_left_out_alone(changes: Any, field: str, want: Any, reason: str):
    found = extracted(but(**changes))
    assert getattr(found.events[0], field) == want
    assert [reason in row.reason for row in found.skipped] == [True]


def test_a_place_of_its_own_keeps_its_coordinates():
    (place,) = extracted(but(places=(Place("Town hall", 40.53, 72.8, "town hall", 39, 48, "site"),))).events[0].places
    assert (place.name, place.lat, place.lon) == ("Town hall", 40.53, 72.8)


def test_a_title_that_says_more_than_the_text_is_replaced_by_one_made_of_the_quote():
    title = extracted(but(title="Bloodthirsty mob burns Osh")).events[0].title
    assert "stormed the town hall" in title
    assert "mob" not in title


def test_review_note_and_id_are_not_the_extractors():
    event = extracted(but(review="accepted", note="believe me", event_id="x", confidence=7.0)).events[0]
    assert (event.review, event.note, event.confidence) == ("unreviewed", None, None)
    assert event.event_id != "x"


def test_claims_are_held_against_the_text_too():
    good = Claim("Talks began in Bishkek.", 0, 0, "reported", None, Source())
    at_ = TEXT.index(good.quote)
    good = dataclasses.replace(good, quote_start=at_, quote_end=at_ + len(good.quote))
    bad = Claim("It was a lie.", 3, 9, "denied", None, Source())
    found = extracted(but(claims=(good, bad)))
    assert [claim.quote for claim in found.events[0].claims] == [good.quote]
    assert "a claim of the extractor was dropped" in found.skipped[0].reason


def fails_at_once(document: Document) -> Iterable[Event]:
    raise ZeroDivisionError("division by zero\n  in the plug-in")


def fails_later(document: Document) -> Iterator[Event]:
    yield GOOD
    raise RuntimeError("the model went away")


def returns_text(document: Document) -> Any:
    return "riot"


def returns_nothing(document: Document) -> Any:
    return None


@pytest.mark.parametrize(
    ("extractor", "events", "said"),
    [
        (fails_at_once, 0, "ZeroDivisionError: division by zero in the plug-in"),
        (fails_later, 1, "RuntimeError: the model went away"),
        (returns_text, 0, "must return events, not str"),
        (returns_nothing, 0, "must return events, not NoneType"),
    ],
)
def test_a_failing_extractor_is_one_sentence(extractor: Any, events: int, said: str):
    found = mapgen.extract(ARTICLE, extractor=extractor)
    assert len(found.events) == events
    (row,) = found.skipped
    assert said in row.reason
    assert "\n" not in row.reason


def test_an_extractor_without_an_end_is_stopped():
    found = mapgen.extract(ARTICLE, extractor=lambda document: itertools.repeat(Skipped("x", "left out")))
    assert 0 < len(found.skipped) < 10_000


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(OptionsError, match=r"no extractor 'nobody'; there are .*llm"):
        mapgen.extract(ARTICLE, extractor="nobody")


PLUGIN = f"""
import os
from mapgen.model import Event, Place

def extract(document):
    yield Event("riot", "", "reported", places=(Place.told("Osh"),), quote={STORM!r})
    yield Event("riot", "", "reported", quote="It never said so.")

unset = None
"""


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The environment of a Python in which a package offers extractors."""
    (tmp_path / "plugin.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n", encoding="utf-8")
    points = "[mapgen.extractors]\nmine = plugin:extract\nunset = plugin:unset\ngone = plugin_that_is_gone:extract\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def run(installed: dict[str, str], tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "mapgen", "events", str(tmp_path / "a.txt"), "--published", "2023-05-04", *more]
    return subprocess.run(command, env=installed, capture_output=True, text=True, check=False)


def test_an_installed_extractor_runs_only_where_it_is_named(installed: dict[str, str], tmp_path: Path):
    plain = run(installed, tmp_path, "-o", "-")
    assert plain.returncode == 0
    done = run(installed, tmp_path, "--extractor", "mine", "-o", "-")
    assert done.returncode == 1
    assert "“It never said so.” does not stand in the text" in done.stderr
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["quote"] == STORM


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone", "cannot be loaded (ModuleNotFoundError"), ("unset", "is no function"), ("other", "mine")],
)
def test_an_extractor_that_cannot_be_had_is_one_sentence(
    installed: dict[str, str], tmp_path: Path, name: str, said: str
):
    done = run(installed, tmp_path, "--extractor", name, "-o", "-")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_map_toml_names_no_extractor(tmp_path: Path):
    (tmp_path / "map.toml").write_text('extractor = "llm"', encoding="utf-8")
    with pytest.raises(OptionsError, match="no option extractor"):
        mapgen.pipeline.Options.load(tmp_path / "map.toml")
