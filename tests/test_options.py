"""map.toml: what it sets, and how its mistakes are named."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from mapgen.errors import OptionsError
from mapgen.model import Document, Event, EventCollection, Place
from mapgen.options import Options


def load(tmp_path: Path, text: str) -> Options:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    return Options.load(path)


EVENT = Event("riot", "Crowd storms a hall", event_id="aaaaaaaaaaaa", places=(Place("Talas", 42.5, 72.2),))


def test_every_option_of_the_docstring_is_accepted(tmp_path: Path) -> None:
    options = load(
        tmp_path,
        """
        title = "A map"
        published = 2022-01-06
        publisher = "We"
        url = "https://example.org/a"
        basemap = "offline"
        lang = "de"
        inputs = ["report.txt", "https://example.org/b"]
        dates = "month first"
        [columns]
        place = "Город"
        [types.riot]
        label = "Clashes"
        color = "#aa3377"
        [types.flood]
        group = "casualties_damage"
        label = "Flood"
        [places."Springfield"]
        lat = 39.8
        lon = -89.64
        [events.aaaaaaaaaaaa]
        title = "Better"
        date = 2022-01-05
        [[exclude]]
        event = "bbbbbbbbbbbb"
        reason = "an example"
        """,
    )
    assert options.published == dt.date(2022, 1, 6)
    assert options.inputs == (str(tmp_path / "report.txt"), "https://example.org/b")
    types = options.event_types()
    assert (types["riot"].label, types["riot"].color) == ("Clashes", "#aa3377")
    assert (types["flood"].label, types["flood"].group) == ("Flood", "casualties_damage")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("titel = 'x'", "titel"),
        ("title = 5", "title"),
        ("published = '2022-01-06'", "published"),
        ("[types.riot]\ncolor = 'red'", "color"),
        ("[types.flood]\nlabel = 'Flood'", "group"),
        ("[types.riot]\ninto = 'riot'", "riot"),
        ("[places.X]\nlat = 95\nlon = 0", "lat"),
        ("[places.X]\nlat = nan\nlon = 0", "lat"),
        ("[events.a]\nstatus = 'maybe'", "status"),
        ("[[exclude]]\nevent = 'a'", "reason"),
        ("inputs = 'a.txt'", "inputs"),
        ("dates = 'american'", "month first"),
        ("columns = 'place'", "[columns]"),
        ("[columns]\nplace = 3", "[columns]"),
        ("[events.a]\nquote = 3", "quote"),
        ("[[exclude]]\nevent = 'a'\nreason = 'x'\nquote = 3", "quote"),
        ("title = ", "TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(OptionsError) as caught:
        load(tmp_path, text)
    assert "map.toml" in str(caught.value)
    assert named in str(caught.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="cannot be read"):
        Options.load(tmp_path / "none.toml")


def test_edits_survive_and_are_marked_as_reviewed(tmp_path: Path) -> None:
    options = load(tmp_path, "[events.aaaaaaaaaaaa]\ntitle = 'Better'\ndate = 2022-01-05")
    edited = options.edited(EventCollection((EVENT,))).events[0]
    assert (edited.title, edited.when.start, edited.review) == ("Better", dt.date(2022, 1, 5), "edited")


def test_an_excluded_event_is_listed_with_its_reason_and_a_lost_edit_too(tmp_path: Path) -> None:
    options = load(
        tmp_path,
        "[[exclude]]\nevent = 'aaaaaaaaaaaa'\nreason = 'hearsay'\n[[exclude]]\nevent = 'cccccccccccc'\nreason = 'x'",
    )
    collection = options.edited(EventCollection((EVENT,)))
    assert collection.events == ()
    assert [row.where for row in collection.skipped] == ["aaaaaaaaaaaa", "cccccccccccc"]
    assert "hearsay" in collection.skipped[0].reason


def test_a_type_is_merged_into_another(tmp_path: Path) -> None:
    options = load(tmp_path, "[types.riot]\ninto = 'protest'")
    assert options.edited(EventCollection((EVENT,))).events[0].event_type == "protest"
    assert "riot" not in options.event_types()


def test_a_place_is_corrected_or_dropped_by_its_surface_form(tmp_path: Path) -> None:
    options = load(tmp_path, "[places.Springfield]\nlat = 39.8\nlon = -89.64\n[places.Victoria]\ndrop = true")
    wrong = Place("Springfield", 37.2, -93.3, mention="Springfield", confidence=0.4)
    right = options.corrected(wrong)
    assert (right.lat, right.lon, right.confidence) == (39.8, -89.64, 1.0)
    assert options.drops(dataclasses.replace(wrong, mention="Victoria"))
    assert not options.drops(wrong)


def test_what_a_document_says_of_itself_is_not_overridden() -> None:
    options = Options(publisher="We", published=dt.date(2022, 1, 6))
    assert options.described(Document("d", "text", publisher="They")).publisher == "They"
    assert options.described(Document("d", "text")).published == dt.date(2022, 1, 6)


def test_an_edit_finds_its_event_again_by_its_words(tmp_path: Path) -> None:
    options = load(
        tmp_path,
        "[events.000000000000]\ntitle = 'Better'\nquote = 'stormed the hall'\n"
        "[[exclude]]\nevent = '111111111111'\nreason = 'hearsay'\nquote = 'Troops left.'",
    )
    told = dataclasses.replace(EVENT, quote="Crowds stormed the hall.")
    other = Event("troop_movement", "Troops leave", quote="Troops left.", event_id="bbbbbbbbbbbb")
    edited = options.edited(EventCollection((told, other)))
    assert [(event.event_id, event.title, event.quote) for event in edited.events] == [
        ("aaaaaaaaaaaa", "Better", "Crowds stormed the hall.")
    ]
    assert [row.reason for row in edited.skipped] == ["excluded: hearsay"]


def test_words_that_two_events_tell_find_none(tmp_path: Path) -> None:
    options = load(tmp_path, "[events.000000000000]\ntitle = 'Better'\nquote = 'hall'")
    both = tuple(dataclasses.replace(EVENT, quote=f"hall {n}", event_id=f"{n}" * 12) for n in "ab")
    edited = options.edited(EventCollection(both))
    assert {event.title for event in edited.events} == {EVENT.title}
    assert "000000000000" in edited.skipped[0].where


def test_a_place_is_corrected_by_its_gazetteer_id_and_in_tables_too(tmp_path: Path) -> None:
    options = load(tmp_path, '[places."geonames:1"]\nlat = 1.0\nlon = 2.0\n[places.Victoria]\ndrop = true')
    wrong = Place("Talas", 42.5, 72.2, gazetteer="geonames:1", role="site")
    event = dataclasses.replace(EVENT, places=(wrong, Place("Victoria", 3, 4)))
    edited = options.edited(EventCollection((event,))).events[0]
    assert [(place.name, place.lat, place.lon) for place in edited.places] == [("Talas", 1.0, 2.0)]


def test_a_corrected_place_does_not_lose_the_other_edits_of_its_event(tmp_path: Path) -> None:
    from mapgen.pipeline import collect

    article = tmp_path / "a.txt"
    article.write_text("Police arrested 30 protesters in Springfield on Wednesday.", encoding="utf-8")
    before = collect([article], Options(published=dt.date(2022, 1, 6))).events[0]
    options = load(
        tmp_path,
        "published = 2022-01-06\n[places.Springfield]\nlat = 1.0\nlon = 2.0\n"
        f"[events.{before.event_id}]\ntitle = 'Better'",
    )
    after = collect([article], options)
    assert (after.events[0].title, after.events[0].places[0].lat) == ("Better", 1.0)
    assert after.skipped == ()
