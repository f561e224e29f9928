"""One event told several times: what is joined, what is kept apart, and what the joined event shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import pytest

from benchmarks.merging import merged, pairs, tellings
from mapgen.events.merge import merge
from mapgen.model import Event, Figure, Place, Source, When
from mapgen.record import from_record, to_record

DAY = dt.date(2023, 5, 4)
BOMB = "A car bomb killed eight people at the Orsan market"


def figure(value: int) -> Figure:
    return Figure(value, value, value, "exact", str(value))


def told(
    quote: str,
    day: dt.date = DAY,
    killed: int | None = None,
    lat: float = 1.0,
    kind: str = "attack_explosion",
    published: dt.date = DAY,
    status: str = "reported",
) -> Event:
    site = Place("Orsan", lat, 1.0, role="site")
    figures = {} if killed is None else {"killed": figure(killed)}
    event = Event(kind, quote, status, None, When(day, day, 1), (), figures, (site,), quote, 0, len(quote),
                  Source(doc_id=quote, published=published))  # fmt: skip
    return event.identified()


LATER = DAY + dt.timedelta(1)
AGAIN = "Eight people died when a bomb exploded at a market in Orsan"
RISEN = "The toll of the bomb at the market in Orsan rose to twelve"
APART = [
    ("another day", told(BOMB, dt.date(2023, 4, 1))),
    ("another town", told(BOMB, lat=9.0)),
    ("another deed", told("A nurse was kidnapped by men in uniform at her home")),
    ("another place in town", told("A bomb exploded at the Orsan school and killed eight people", killed=8)),
    ("another type", told(BOMB, kind="state_order")),
    ("nothing but type, town and day in common", told("Two youths attacked a pensioner")),
]


@pytest.mark.parametrize("other", [event for _, event in APART], ids=[name for name, _ in APART])
def test_what_may_be_another_event_stays_apart(other):
    assert len(merge([told(BOMB, killed=8), other])) == 2


def test_a_second_telling_becomes_a_claim():
    (event,) = merge([told(BOMB, killed=8), told(AGAIN, killed=8)])
    assert event.quote == BOMB
    assert [(claim.quote, claim.source.doc_id) for claim in event.claims] == [(AGAIN, AGAIN)]


def test_a_toll_that_grew_is_shown_as_it_stands_with_the_whole_series():
    (event,) = merge([told(RISEN, killed=12, published=LATER), told(BOMB, killed=8), told(AGAIN, killed=8)])
    assert event.quote == BOMB
    assert event.figures["killed"].value == 12
    series = [(claim.source.published, claim.quote, claim.figures["killed"].value) for claim in event.claims]
    assert series == [(DAY, BOMB, 8), (DAY, AGAIN, 8), (LATER, RISEN, 12)]


def test_a_later_count_of_the_victims_joins_the_attack():
    (event,) = merge([told(BOMB, killed=2), told(RISEN, killed=5, kind="casualties", published=LATER)])
    assert (event.event_type, event.figures["killed"].value) == ("attack_explosion", 5)


def test_reports_that_contradict_each_other_stay_two_claims_on_one_event():
    denial = "The mayor denied that a car bomb had exploded at the Orsan market"
    (event,) = merge([told(denial, status="denied"), told(BOMB, killed=8), told(AGAIN, killed=3)])
    assert (event.quote, event.status) == (BOMB, "reported")
    assert {(claim.quote, claim.status) for claim in event.claims} == {(denial, "denied"), (AGAIN, "reported")}
    assert event.figures["killed"].value == 8  # the fullest telling's, where no report is later than the others
    assert event.claims[0].figures or event.claims[1].figures == {"killed": figure(3)}


def test_the_order_of_the_tellings_changes_nothing():
    events = [
        told(BOMB, killed=8),
        told(AGAIN, killed=8),
        told(RISEN, killed=12, published=LATER),
        *[e for _, e in APART],
    ]
    want = {event.event_id: to_record(event) for event in merge(events)}
    for order in itertools.islice(itertools.permutations(events), 0, None, 20_011):
        assert {event.event_id: to_record(event) for event in merge(order)} == want


def test_merging_what_is_merged_changes_nothing():
    once = merge([told(BOMB, killed=8), told(AGAIN, killed=8), told(RISEN, killed=12, published=LATER)])
    assert merge(once) == once


def test_a_joined_event_survives_its_record():
    (event,) = merge([told(BOMB, killed=8), told(RISEN, killed=12, published=LATER)])
    assert from_record(to_record(event)) == event


def test_reviewed_events_and_rows_of_a_table_are_left_as_they_are():
    reviewed = [dataclasses.replace(event, review="accepted") for event in (told(BOMB), told(AGAIN))]
    rows = [dataclasses.replace(told(BOMB), quote_start=None, quote_end=None) for _ in range(2)]
    assert merge(reviewed) == reviewed
    assert merge(rows) == rows


@pytest.mark.parametrize("held", [False, True])
def test_written_pairs_are_joined_with_precision(held):
    stories = tellings(held)
    judged = merged(stories)
    said = [pair.same for pair, joined in judged if joined]
    assert len(judged) == len(list(pairs(stories)))
    assert sum(said) / len(said) >= 0.97
    assert sum(said) / sum(pair.same for pair, _ in judged) >= 0.6
