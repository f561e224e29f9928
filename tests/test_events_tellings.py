"""What our own sentences tell is found, and hardly anything where they tell nothing."""

from __future__ import annotations

import pytest

from benchmarks.tellings import own_scores, read_own
from mapgen.events.confidence import confidence
from mapgen.events.detection import detected
from mapgen.events.lexicon import Words


def test_events_are_found_where_told_and_only_there() -> None:
    grouped, typed, read, told = own_scores()
    assert grouped / read > 0.87, "invented events"
    assert grouped / told > 0.88, "missed events"
    assert typed / told > 0.86


@pytest.mark.parametrize("reason", ["condemned the attack", "heart attack", "could sentence", "would respond"])
def test_no_event_is_read_from_words_alone(reason: str) -> None:
    read = [found for text, _, found in read_own() if reason in text]
    assert read
    assert not any(read)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bus crews on the island have downed their tools over unpaid overtime.", "strike_blockade"),
        ("The paratroopers were ferried over to the northern bank.", "troop_movement"),
        ("The tram service will not be running until Monday.", "service_closure"),
        ("A magistrate put the colonel in the cells for four months.", "arrests"),
    ],
)
def test_a_clause_without_any_pattern_tells_its_event(text: str, kind: str) -> None:
    words = Words.of(text, 0, len(text))
    assert [telling.event_type for telling in detected(words, 0, len(text), ())] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The orchestra will play two symphonies on Friday evening.",
        "Her grandmother sold flowers at the corner of the market.",
        "The firm expects its revenue to grow by a tenth next year.",
    ],
)
def test_a_clause_of_everyday_life_tells_none(text: str) -> None:
    assert not detected(Words.of(text, 0, len(text)), 0, len(text), ())


def test_a_surer_reading_is_likelier_and_never_certain() -> None:
    likely = [confidence(score / 10) for score in range(11)]
    assert likely == sorted(likely)
    assert all(0 < each < 1 for each in likely)
