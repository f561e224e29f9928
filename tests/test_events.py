"""From a document to its events: quotes, dates, merging, titles, and what is left out."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from mapgen.events import classify, extract_events
from mapgen.events.classifier import LABELS
from mapgen.model import Document, Event, When
from mapgen.taxonomy import TYPES

DAY = dt.date(2023, 5, 4)  # a Thursday
REPORT = """Unrest in the north

Gunmen attacked a police post outside the market on Tuesday, killing five officers, the interior ministry said.
Three civilians were also wounded.

The attack was claimed by no group. On Wednesday, the governor imposed a night curfew.

Would the army intervene? “We hope that they never storm our homes, burn our shops and arrest our sons,” said a trader.

Share this: read more
"""


def events(text: str, places=(), published=DAY) -> list[Event]:
    return extract_events(Document("d", text, published=published), places)


def test_quotes_are_exact_and_ids_stable():
    found = events(REPORT)
    assert found
    for event in found:
        assert REPORT[event.quote_start : event.quote_end] == event.quote
        assert event.event_type in TYPES
        assert 0 < event.confidence <= 1
    assert [event.event_id for event in found] == [event.event_id for event in events(REPORT)]
    assert len({event.event_id for event in found}) == len(found)


def test_a_report_gives_its_events_and_nothing_else():
    assert [event.event_type for event in events(REPORT)] == ["armed_clash", "state_order"]


def test_the_toll_of_the_next_sentence_belongs_to_the_attack():
    first = events(REPORT)[0]
    assert {kind: figure.value for kind, figure in first.figures.items()} == {"killed": 5, "injured": 3}


def test_a_retelling_becomes_a_claim():
    found = events("A bomb exploded at a bus stop on Monday.\n\nPolice said the explosion was caused by a gas bottle.")
    assert len(found) == 1
    assert found[0].claims[0].quote == "Police said the explosion was caused by a gas bottle."


def test_dates_fall_back_to_the_narrative_then_to_the_publication():
    first, second = events("On Monday, rebels shelled the port. Soldiers arrested two men.")
    assert (first.when.start, first.when.precision) == (dt.date(2023, 5, 1), 1)
    assert (second.when.start, second.when.precision) == (dt.date(2023, 5, 1), 2)
    (only,) = events("Rebels shelled the port.")
    assert (only.when.start, only.when.precision) == (DAY, 2)
    (undated,) = events("Rebels shelled the port.", published=None)
    assert undated.when == When()


def test_history_is_no_news():
    assert events("In March 2019, rebels shelled the port.") == []


def test_an_unlocated_event_is_kept_without_places():
    (event,) = events("Rebels shelled the port.")
    assert event.places == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "“", "...", "a" * 5000, "Police said " * 300, "\u2028\u00a0;"])
def test_odd_texts_give_no_events_and_no_errors(text):
    assert events(text) == []


def test_line_ends_do_not_shift_offsets():
    text = REPORT.replace("\n", "\r\n")
    for event in events(text):
        assert text[event.quote_start : event.quote_end] == event.quote


def test_titles_are_short_and_made_of_the_text():
    for event in events(REPORT):
        assert 10 <= len(event.title) <= 100
        assert event.title[0].isupper()
        assert words(event.title) <= words(REPORT)


def words(text: str) -> set[str]:
    return {word.strip(",.“”?:").lower() for word in text.split()}


@pytest.mark.parametrize(
    ("text", "kind", "sub"),
    [
        ("A suicide bomber blew himself up at a checkpoint.", "attack_explosion", "Suicide bomb"),
        ("Attackers threw a grenade at a bar, injuring four people.", "attack_explosion", "Grenade"),
        ("Warplanes bombed a fuel depot outside the city.", "shelling_airstrike", "Air/drone strike"),
        ("Police seized 40 rifles and ammunition in a raid.", "security_operation", "Disrupted weapons use"),
        ("Hundreds marched peacefully to demand higher pay.", "protest", "Peaceful protest"),
        ("An earthquake shook the islands on Friday.", "", "Other"),
    ],
)
def test_classify_gives_type_and_sub_event(text, kind, sub):
    assert classify(text) == (kind, sub)


def test_classify_answers_any_text():
    for text in ("", "   ", "12345", "Привет мир", "x" * 10000):
        assert classify(text) in LABELS.values()


def test_labels_fit_the_taxonomy():
    assert {kind for kind, _ in LABELS.values() if kind} <= set(TYPES)


def test_the_text_path_loads_no_heavy_library():
    code = "import sys, mapgen.events; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "pandas", "geopandas", "folium", "sklearn", "shapely", "pyproj"} & set(loaded)


def test_a_letter_that_grows_in_lower_case_shifts_nothing():
    text = "İzmir, İstanbul. Gunmen reportedly attacked a police post north of İzmir on Tuesday, killing dozens."
    plain, turkish = events(text.replace("İ", "I")), events(text)
    assert turkish
    assert [(e.quote_start, e.quote_end, e.status, e.when, e.figures) for e in turkish] == [
        (e.quote_start, e.quote_end, e.status, e.when, e.figures) for e in plain
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("On Tuesday six soldiers were killed by rebels near the bridge.", "rebels", "soldiers"),
        ("Rebels attacked soldiers near the bridge on Tuesday.", "Rebels", "soldiers"),
    ],
)
def test_who_does_it_stands_before_to_whom_it_is_done(text: str, first: str, second: str):
    actors = events(text)[0].actors
    assert actors.index(first) < actors.index(second)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A truce held on Wednesday, a day after shelling killed nine people in the port.", "2023-05-02"),
        ("The road, which rebels blocked on Monday, was shelled on Wednesday.", "2023-05-03"),
        ("The group has suspended all flights.", "2023-05-04"),
    ],
)
def test_a_day_belongs_to_its_own_clause(text: str, day: str):
    assert day in {event.when.start.isoformat() for event in events(text) if event.when.start}
