"""A pronoun stands for the actor named last; an item of a digest leans on its topic line and its day."""

from __future__ import annotations

import datetime as dt

import pytest

from mapgen.events import extract_events
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Event
from mapgen.toponyms import find_places


def events_of(text: str, published: str = "2023-03-15") -> list[Event]:
    document = Document("text", text, published=dt.date.fromisoformat(published))
    return extract_events(document, find_places(document, Gazetteer()))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers reached the town of Gao on Monday. They withdrew on Tuesday to Bamako.", "troop_movement"),
        ("Police had surrounded the hall in Lyon. They arrested nine people on Monday.", "arrests"),
        ("Protesters filled the square in Tunis. They burned tyres and threw stones at officers.", "riot"),
    ],
)
def test_a_pronoun_is_the_actor_named_last(text: str, kind: str) -> None:
    assert events_of(text)[-1].event_type == kind


def test_what_somebody_says_is_no_act_of_the_actor_before() -> None:
    told = events_of("Eleven people were found dead in Gao. “It has been chaos,” he said.")
    assert len(told) == 1


DIGEST = """14 March 2023 (Tuesday)

War in Sudan
Four people are killed by shelling in Omdurman. (AFP)
Soldiers block the bridges of the capital. (Reuters)

15 March 2023 (Wednesday)

A bus crashes near Cusco, Peru, killing 22 people. (BBC)
The president declares three days of mourning. (AP)
"""


def test_each_item_of_a_digest_has_its_own_day_and_place() -> None:
    told = events_of(DIGEST, "2023-03-16")
    days = [event.when.start.isoformat() for event in told if event.when.start]
    assert days == ["2023-03-14", "2023-03-14", "2023-03-15", "2023-03-15"]
    countries = [{place.country for place in event.places} for event in told]
    assert countries[0] == {"SD"}
    assert countries[2] == {"PE"}
    assert countries[3] <= {"PE"}, "an item does not lean on the war above it"
