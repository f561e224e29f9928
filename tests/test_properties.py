"""Properties that hold for any input: bytes become events or one sentence, exports come back equal, offsets fit."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import itertools
import json
import math
import os
import random
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapgen.errors import MapgenError
from mapgen.exporters import export
from mapgen.exporters.page import escaped_json
from mapgen.model import (
    FIGURES,
    GRANULARITIES,
    QUALIFIERS,
    REVIEWS,
    ROLES,
    STATUSES,
    Claim,
    Document,
    Event,
    EventCollection,
    Figure,
    Place,
    Source,
    When,
)  # fmt: skip
from mapgen.options import Options
from mapgen.pipeline import collect, extract
from mapgen.readers import read
from mapgen.sentences import LONGEST, sentences
from mapgen.taxonomy import TYPES

THOROUGH = 10 if os.environ.get("MAPGEN_HOSTILE") == "all" else 1
several = settings(
    max_examples=25 * THOROUGH, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
few = settings(several, max_examples=8 * THOROUGH)

# what news, tables and attacks are made of, so that random text reaches further than random letters
PIECES = (
    "Almaty", "in Aktau", "from Osh to Naryn", "30 km north of Minsk", "police said", "killed", "at least 12",
    "dozens of", "on Wednesday", "January 5", "protesters", "clashed with", "Алматы", "北京", "بغداد", "the", "U.S.",
    "Kyiv's", ", ", ". ", "\n\n", "\r\n", "\t", "“", "”", "(", ")", "-", "'", "\u202e", "\u0000", "\ud7ff",
    "\U0001f600", "e\u0301", "{{ 7*7 }}", "</script>", "=1+1", "lat,lon,place,date\n",
    "43.2,76.9,Almaty,2022-01-05\n", '{"type":"FeatureCollection","features":[',
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[76.9,43.2]},"properties":{}}', "]}", "<p>", "</p>",
    "<html><body><article>", "<kml><Placemark><name>x</name>", "&amp;", "<!DOCTYPE x [", "NaN", "1e999", "-", '"', ";",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join)
blobs = st.one_of(
    st.binary(max_size=400),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    texts.map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.tuples(texts, st.binary(max_size=20)).map(lambda pair: pair[0].encode("utf-8", "surrogatepass") + pair[1]),
)
SUFFIXES = (".txt", ".md", ".html", ".json", ".csv", ".tsv", ".geojson", ".kml", ".kmz", ".gpx", ".xlsx", "")


@pytest.mark.parametrize("suffix", SUFFIXES)
@several
@given(data=blobs)
def test_any_bytes_become_a_document_or_events_or_one_sentence(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"input{suffix}"
    path.write_bytes(data)
    try:
        found = read(path)
    except MapgenError as error:
        assert str(error).strip()
        assert "\n" not in str(error)[:200]
        return
    for document in [found] if isinstance(found, Document) else []:
        fits(extract(document), document.text)
    for event in found.events if isinstance(found, EventCollection) else []:
        assert all(math.isfinite(p.lat) and abs(p.lat) <= 90 and abs(p.lon) <= 180 for p in event.places)


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
@few
@given(data=st.binary(max_size=200))
def test_any_bytes_that_are_called_a_geo_file_are_one_sentence(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"input{suffix}"
    path.write_bytes(data)
    with pytest.raises(MapgenError):
        read(path)


@several
@given(text=texts)
def test_offsets_lie_in_the_text_and_tell_what_they_say(text: str) -> None:
    fits(extract(Document("d", text, published=dt.date(2022, 1, 6))), text)


def fits(collection: EventCollection, text: str) -> None:
    for event in collection.events:
        assert event.quote == text[event.quote_start : event.quote_end]
        assert event.event_type in TYPES
        assert event.status in STATUSES
        for place in event.places:
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180
            assert 0 <= place.confidence <= 1
    for places in collection.mentions.values():
        assert all(place.mention == text[place.start : place.end] for place in places)


@several
@given(lat=st.floats(), lon=st.floats())
def test_any_coordinates_are_a_place_on_earth_or_a_skipped_row(tmp_path: Path, lat: float, lon: float) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"place,lat,lon,date\nAlmaty,43.2,76.9,2022-01-05\nX,{lat!r},{lon!r},2022-01-05\n")
    found = read(path)
    assert isinstance(found, EventCollection)
    assert len(found.events) + len(found.skipped) == 2
    if len(found.events) == 2:
        place = found.events[1].places[0]
        assert (place.lat, place.lon) == (lat, lon)
        assert abs(lat) <= 90
        assert abs(lon) <= 180
        assert (lat, lon) != (0, 0)


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
words = lines.filter(bool)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
counts = st.one_of(st.none(), st.integers(0, 10**9))
figures = st.dictionaries(
    st.sampled_from(FIGURES), st.builds(Figure, counts, counts, counts, st.sampled_from(QUALIFIERS), words), max_size=3
)
offsets = st.one_of(st.none(), st.integers(0, 10**6))
optional = st.one_of(st.none(), words)
sources = st.builds(Source, optional, optional, optional, st.one_of(st.none(), days), optional)
places = st.builds(
    Place,
    name=words,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    mention=optional,
    role=st.sampled_from(ROLES),
    country=optional,
    admin1=optional,
    geo_precision=st.integers(1, 3),
    granularity=st.sampled_from(GRANULARITIES),
    radius_km=st.floats(0, 20_000),
    confidence=st.floats(0, 1),
    gazetteer=optional,
)
whens = st.one_of(
    st.builds(When, text=optional),
    st.tuples(days, st.integers(0, 400), st.integers(1, 3), optional).map(
        lambda told: When(told[0], told[0] + dt.timedelta(told[1]), told[2], told[3])
    ),
)
claims = st.builds(
    Claim, words, st.integers(0, 99), st.integers(0, 99), st.sampled_from(STATUSES), optional, sources, figures
)
events = st.builds(
    Event,
    event_type=st.sampled_from(sorted(TYPES)),
    title=words,
    status=st.sampled_from(STATUSES),
    attribution=optional,
    when=whens,
    actors=st.lists(words, max_size=3).map(tuple),
    figures=figures,
    places=st.lists(places, max_size=3).map(tuple),
    quote=optional,
    quote_start=offsets,
    quote_end=offsets,
    source=sources,
    claims=st.lists(claims, max_size=2).map(tuple),
    confidence=st.one_of(st.none(), st.integers(0, 1000).map(lambda n: n / 1000)),
    review=st.sampled_from(REVIEWS),
    note=optional,
).map(Event.identified)


@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".kml", ".xlsx", ".parquet", ".gpkg"])
@few
@given(told=st.lists(events, min_size=1, max_size=4, unique_by=lambda event: event.event_id))
def test_what_is_exported_comes_back_equal(tmp_path: Path, suffix: str, told: list[Event]) -> None:
    path = tmp_path / f"e{suffix}"
    export(EventCollection(tuple(told)), path)
    back = read(path)
    assert isinstance(back, EventCollection)
    assert not back.skipped
    theirs = {event.event_id: event for event in back.events}
    assert {event.event_id: event for event in told} == theirs


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


@several
@given(data=st.dictionaries(texts, values, max_size=4))
def test_any_text_in_the_page_is_data_that_reads_back_the_same(data: dict[str, Any]) -> None:
    text = escaped_json(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028\u2029") & set(text)


def test_the_order_of_the_inputs_does_not_change_the_output(tmp_path: Path) -> None:
    reports = {
        "a.txt": "Protesters stormed the town hall in Zhanaozen on Wednesday, police said. Eight people were killed.",
        "b.txt": "Crowds stormed the town hall of Zhanaozen on Wednesday; at least ten people died, doctors said.",
        "c.csv": "place,date,type,title\nAktau,2022-01-05,protest,People gathered\nOsh,2022-01-04,riot,Clashes\n",
        "d.txt": "Troops left Osh for Zhanaozen on Thursday, the defence ministry said.",
    }
    for name, text in reports.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = Options(published=dt.date(2022, 1, 6))
    seen = set()
    for order in itertools.islice(itertools.permutations(sorted(reports)), 0, 24, 3):
        found = collect([tmp_path / name for name in order], options)
        export(found, tmp_path / "out.geojson")
        seen.add((tmp_path / "out.geojson").read_bytes())
    assert len(seen) == 1


@pytest.mark.parametrize(
    "text",
    ["killed" + " " * 300_000 + "in Almaty", "A" * 300_000, "(" * 50_000 + "Almaty" + ")" * 50_000, "A " * 50_000,
     "e" + "\u0301" * 100_000, "\n \n" * 50_000, "“" * 100_000,
     "Police shot protesters in Minsk on January 5, 2022, eight people were killed in Aktau, " * 3_000],
    ids=["spaces", "one word", "brackets", "letters", "accents", "line ends", "quotation marks",
         "one sentence"],
)  # fmt: skip
def test_long_inputs_without_a_shape_come_to_an_end(text: str) -> None:
    extract(Document("d", text, published=dt.date(2022, 1, 6)))


@pytest.mark.parametrize("text", ["Police, they said, " * 1000, "word " * 3000], ids=["commas", "words"])
def test_a_sentence_without_end_is_read_in_parts_and_nothing_of_it_is_lost(text: str) -> None:
    spans = sentences(text)
    assert all(span.end - span.start <= LONGEST for span in spans)
    assert "".join(text[span.start : span.end] for span in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("suffix", [".html", ".json", ".geojson", ".kml"])
def test_deep_nesting_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    deep = {
        ".html": "<div>" * 50_000 + "Police said protesters stormed the hall in Almaty." + "</div>" * 50_000,
        ".json": '{"text":' + "[" * 100_000 + "]" * 100_000 + "}",
        ".geojson": '{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}",
        ".kml": "<kml>" + "<Folder>" * 50_000 + "</Folder>" * 50_000 + "</kml>",
    }
    path = tmp_path / f"deep{suffix}"
    path.write_text(deep[suffix], encoding="utf-8")
    try:
        read(path)
    except MapgenError as error:
        assert str(error)


def test_more_documents_need_no_more_memory() -> None:
    """Memory after 500 and after 1,500 documents; what is remembered between documents is bounded."""
    import resource

    words = random.Random(7)
    names = ["Almaty", "Aktau", "Minsk", "Osh", "Kyiv", "Lagos", "Khartoum", "Lima"]

    def document(number: int) -> Document:
        told = f"Police clashed with {number} protesters in {words.choice(names)} on Wednesday; report {number}."
        return Document(str(number), told, published=dt.date(2022, 1, 6))

    for number in range(500):
        extract(document(number))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(500, 1500):
        extract(document(number))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000  # kB; what was measured is under 2 MB


def test_words_are_not_remembered_without_end() -> None:
    """What is kept for good is of the packaged tables; what is kept of texts has an end."""
    letters = random.Random(7)
    for number in range(100):
        words = ["".join(letters.choices("abcdefghij", k=9)) for _ in range(30)]
        told = (f"Police clashed with crowds in Minsk, killing 5 people, said officer {word}." for word in words)
        extract(Document(str(number), " ".join(told)))
    caches = [kept for kept in gc.get_objects() if isinstance(kept, _lru_cache_wrapper)]
    endless = {kept.__qualname__: kept.cache_info().currsize for kept in caches if kept.cache_info().maxsize is None}
    assert max(endless.values()) < 1_000, endless


def test_changing_what_an_event_says_changes_its_id() -> None:
    one = Event("protest", "People gathered").identified()
    assert dataclasses.replace(one, event_id="", title="People left").identified().event_id != one.event_id
