"""Events as records and back."""

from __future__ import annotations

import dataclasses
import json

import pytest

from mapgen.errors import InputError
from mapgen.model import Event, EventCollection
from mapgen.record import from_record, to_record

KEYS = (
    "event_id event_type event_group title status attribution date_start date_end time_precision time_text actors "
    "figures places quote quote_start quote_end source review note"
).split()


def test_the_record_has_the_keys_of_the_contract(collection: EventCollection) -> None:
    for event in collection.events:
        assert set(to_record(event)) - {"claims", "confidence", "extra"} == set(KEYS)


def test_nothing_is_lost_on_the_way_through_json(collection: EventCollection) -> None:
    for event in collection.events:
        back = from_record(json.loads(json.dumps(to_record(event))))
        assert back == event


def test_the_same_event_has_the_same_id_and_another_has_another(collection: EventCollection) -> None:
    first, second = collection.events[:2]
    bare = dataclasses.replace(first, event_id="")
    assert bare.identified().event_id == first.event_id
    assert len({event.event_id for event in collection.events}) == len(collection.events)
    assert second.event_id != first.event_id


def test_a_sparse_record_takes_defaults() -> None:
    event = from_record({"event_type": "protest", "places": [{"name": "X", "lat": 1, "lon": 2}]})
    assert (event.status, event.review, event.places[0].role, event.title) == (
        "reported", "unreviewed", "site", "Protest",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"event_type": ""}, "event_type"),
        ({"status": "maybe"}, "status"),
        ({"date_start": "2022-13-45"}, "date_start"),
        ({"date_start": "2022-02-02", "date_end": "2022-01-01"}, "date_end"),
        ({"figures": {"eaten": {}}}, "eaten"),
        ({"places": [{"name": "X", "lat": 91, "lon": 0}]}, "lat"),
        ({"places": [{"name": "X", "lat": None, "lon": 0}]}, "lat"),
        ({"places": [{"name": "X", "lat": True, "lon": 0}]}, "lat"),
        ({"places": [{"name": "X", "lat": 1, "lon": float("nan")}]}, "lon"),
        ({"places": [{"name": "X", "lat": 1, "lon": 1, "role": "king"}]}, "role"),
        ({"quote_start": 1.5}, "quote_start"),
        ({"confidence": 7}, "confidence"),
        ({"title": {"a": 1}}, "title"),
    ],
)
def test_nonsense_is_refused_and_the_field_named(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(InputError, match=named):
        from_record({"event_type": "protest", **wrong})


def test_an_event_of_an_unknown_type_keeps_it() -> None:
    assert to_record(Event("flood", "Flood"))["event_type"] == "flood"
