"""The source's text beside the map: only where the user says so, and linked both ways."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.articles import articles
from mapgen.exporters.html import EventMap
from mapgen.model import Document, EventCollection
from tests.browser.events import OSLO, SOURCE, event, on

TEXT = "𝔄 first line 😀.\n\nCrowds gathered in Oslo and police arrested thirty. <b>Nothing</b> {{ else }} happened."


def told(event_id: str, kind: str, quote: str) -> Any:
    start = TEXT.index(quote)
    return dataclasses.replace(event(event_id, kind, quote, on(10), OSLO.at("site")), quote=quote,
                               quote_start=start, quote_end=start + len(quote))  # fmt: skip


COLLECTION = EventCollection(
    (told("a1", "protest", "Crowds gathered in Oslo"), told("a2", "arrests", "police arrested thirty"),
     told("a3", "riot", "in Oslo and police arrested")),
    (Document("doc", TEXT, SOURCE.title, SOURCE.url, SOURCE.publisher),),
)  # fmt: skip


def test_the_pieces_are_the_whole_text_and_overlaps_have_both_events() -> None:
    (article,) = articles(COLLECTION)
    assert "".join(part[0] for part in article["parts"]) == TEXT
    marked = {part[0]: part[1:] for part in article["parts"] if part[1:]}
    assert marked == {"Crowds gathered ": ["a1"], "in Oslo": ["a1", "a3"], " and ": ["a3"],
                      "police arrested": ["a2", "a3"], " thirty": ["a2"]}  # fmt: skip


def test_the_text_is_in_the_page_only_where_the_user_says_so() -> None:
    assert "Nothing" not in EventMap(COLLECTION).render()
    assert "Nothing" in EventMap(COLLECTION, with_text=True).render()


@pytest.fixture
def page(make: Callable[..., Path], watch: Callable[..., Any]) -> Any:
    opened = watch(make(COLLECTION, with_text=True), reduced_motion="reduce")
    opened.tab.get_by_role("tab", name="Text").click()
    return opened


@pytest.mark.browser
def test_the_article_is_shown_as_it_was_written(page: Any) -> None:
    assert page.tab.locator(".article-text").evaluate("e => e.textContent") == TEXT
    assert page.tab.locator(".article-text b").count() == 0


@pytest.mark.browser
def test_a_passage_opens_its_event_and_an_event_finds_its_passage(page: Any) -> None:
    page.tab.locator(".quoted", has_text="thirty").click()
    assert page.tab.evaluate("() => window.mapgen.state().selected") == "a2"
    assert page.tab.locator(".spot.is-chosen").count() == 1
    assert page.tab.locator(".article-text").is_visible()
    page.tab.evaluate("() => window.mapgen.select('a1')")
    pressed = page.tab.locator('.quoted[aria-pressed="true"]')
    assert [text.strip() for text in pressed.all_inner_texts()] == ["Crowds gathered", "in Oslo"]
    page.tab.locator(".told").get_by_role("button", name="Details").click()
    assert page.tab.locator(".card h2").inner_text() == "Crowds gathered in Oslo"
    page.tab.keyboard.press("Escape")
    assert page.tab.locator(".article-text").is_visible()


@pytest.mark.browser
def test_a_passage_of_two_events_turns_between_them_by_keyboard(page: Any) -> None:
    page.tab.locator(".quoted", has_text="police arrested").focus()
    chosen = []
    for _ in range(3):
        page.tab.keyboard.press("Enter")
        chosen.append(page.tab.evaluate("() => window.mapgen.state().selected"))
    assert chosen == ["a2", "a3", "a2"]


@pytest.mark.browser
def test_what_is_filtered_out_is_not_marked(page: Any) -> None:
    page.tab.evaluate("() => window.mapgen.setType('arrests', false)")
    assert page.tab.locator(".quoted.is-off").all_inner_texts() == [" thirty"]
