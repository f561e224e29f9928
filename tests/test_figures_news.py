"""Figures of 248 news sentences, of invented happenings, written before the rules that read them.

Column ``figures``: kind and value, or kind and bounds, of each figure; "-" none.  ``read``: "open" marks a wording that
is not read yet.
"""

import csv
from pathlib import Path

import pytest

from mapgen.events.figures import find_figures
from mapgen.sentences import sentences

with Path(__file__).with_name("figures_news.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def wanted(cell):
    told = [part.split() for part in cell.split(";") if part.strip() != "-"]
    return {kind: tuple(int(bound) for bound in (value.split("-") * 2)[:2]) for kind, value in told}


def read(text):
    """Kind ─► (lowest, highest) of the first figure of a kind that is no part of another."""
    found = {}
    for sentence in sentences(text):
        for mention in find_figures(text, sentence.start, sentence.end):
            figure = mention.figure
            bounds = (figure.min, figure.max) if figure.value is None else (figure.value, figure.value)
            if not mention.is_part:
                found.setdefault(mention.kind, bounds)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["sentence"][:60] for row in ROWS])
def test_the_figures_of_a_news_sentence_are_read(row, request):
    if row["read"] == "open":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a wording that is not read yet"))
    want, found = wanted(row["figures"]), read(row["sentence"])
    assert found.keys() == want.keys()
    for kind, (low, high) in want.items():
        assert low <= found[kind][0] <= found[kind][1] <= high
