"""What our own sentences tell is found, and hardly anything where they tell nothing."""

from __future__ import annotations

import pytest

from benchmarks.tellings import own_scores, read_own


def test_events_are_found_where_told_and_only_there() -> None:
    grouped, typed, read, told = own_scores()
    assert grouped / read > 0.92, "invented events"
    assert grouped / told > 0.92, "missed events"
    assert typed / told > 0.9


@pytest.mark.parametrize("reason", ["condemned the attack", "heart attack", "could sentence", "would respond"])
def test_no_event_is_read_from_words_alone(reason: str) -> None:
    assert [found for text, _, found in read_own() if reason in text] == [[]]
