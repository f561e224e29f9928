"""Sentences of text without a shape: every word is in one, and none is without end."""

from __future__ import annotations

import pytest

from mapgen.sentences import LONGEST, sentences


@pytest.mark.parametrize("unit", ["killed 5 people on 5 January 2022. ", "and then ", "one;  two \t ", "x" * 700 + " "])
def test_a_stretch_without_an_end_is_cut_between_words(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    spans = sentences(text)
    assert [word for span in spans for word in text[span.start : span.end].split()] == text.split()
    assert max(span.end - span.start for span in spans) <= LONGEST
    assert len(spans) < 2.5 * len(text) / LONGEST


def test_one_word_is_never_cut() -> None:
    text = "It reads " + "A" * 3 * LONGEST + " and goes on " + "b " * LONGEST
    assert "A" * 3 * LONGEST in {word for span in sentences(text) for word in text[span.start : span.end].split()}
