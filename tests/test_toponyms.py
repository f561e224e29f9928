"""Places in text: found with their offsets, put where they are, and other names left alone."""

import os
from pathlib import Path

import pytest

from mapgen.errors import InputError
from mapgen.gazetteer import PACKAGED, Gazetteer
from mapgen.model import Document, Mention
from mapgen.toponyms import annotate, find_places, recognise, resolve

SHARED = Path(os.environ.get("MAPGEN_SHARED", Path(__file__).parent.parent.parent / "shared"))
pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the gazetteer is not built: make gazetteer")


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


def places(text, gazetteer):
    return find_places(Document("t", text), gazetteer)


def marked(text, gazetteer):
    """``text`` with its recognised mentions in brackets."""
    for mention in reversed(recognise(text, gazetteer)):
        text = f"{text[: mention.start]}[{mention.surface}]{text[mention.end :]}"
    return text


@pytest.mark.parametrize(
    "expected",
    [
        "Heavy rain fell in [Nairobi] and [Mombasa] on Tuesday.",
        "The convoy left [Lyon] for [Marseille], police said.",
        "Mr. Paris Jackson and Sgt. Austin Lincoln spoke to reporters.",
        "Reading books is nice, and of course March is cold.",
        "The mayor of [Leipzig] met John Lincoln in [Dresden].",
        "Floods hit the north of [Ghana]. In [Accra], schools were closed.",
    ],
)
def test_places_are_told_from_other_names(expected, gazetteer):
    assert marked(expected.replace("[", "").replace("]", ""), gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("A fire broke out in Springfield, Illinois, on Monday.", "Springfield", "US", "Illinois"),
        ("A fire broke out in Springfield, Missouri, on Monday.", "Springfield", "US", "Missouri"),
        ("The festival in Paris, Texas, was cancelled.", "Paris", "US", "Texas"),
        ("Voters in Paris and Lyon went to the polls across France.", "Paris", "FR", None),
        ("Fighting around Tripoli spread to Misrata and Benghazi.", "Tripoli", "LY", None),
        ("Troops entered Tripoli after clashes in Beirut and Sidon.", "Tripoli", "LB", None),
        ("The road from London to Windsor, Ontario, was closed near Chatham.", "Windsor", "CA", "Ontario"),
    ],
)
def test_same_named_places_are_told_apart_by_the_text(text, name, country, admin1, gazetteer):
    found = next(p for p in places(text, gazetteer) if p.mention == name)
    assert found.country == country
    assert admin1 is None or found.admin1 == admin1


def test_one_sense_per_document_unless_the_text_tells_two_apart(gazetteer):
    text = "He drove from Paris, Texas, to Dallas. In Paris he had a shop. He never saw Paris, France."
    found = [p.country for p in places(text, gazetteer) if p.mention == "Paris"]
    assert found[0] == "US" and found[-1] == "FR"


def test_offsets_point_at_the_mention(gazetteer):
    text = "“Crowds” in São Paulo…\r\n\r\n\tMore in Zürich’s centre 🙂 and in Kraków.\r\n"
    found = places(text, gazetteer)
    assert [p.mention for p in found] == ["São Paulo", "Zürich", "Kraków"]
    assert all(text[p.start : p.end] == p.mention for p in found)


@pytest.mark.parametrize(
    ("text", "mention", "kind", "country"),
    [
        ("The Norwegian parliament voted on Friday.", "Norwegian", "demonym", "NO"),
        ("Ankara said the deal was off.", "Ankara", "metonym", "TR"),
    ],
)
def test_kinds_of_mention(text, mention, kind, country, gazetteer):
    found = next(p for p in places(text, gazetteer) if p.mention == mention)
    assert (found.kind, found.country) == (kind, country)


def test_the_citys_airport_is_that_citys(gazetteer):
    text = "Police surrounded protesters in Tashkent. Soldiers later guarded the city’s international airport."
    airport = places(text, gazetteer)[-1]
    assert (airport.kind, airport.granularity) == ("facility", "site")
    assert airport.mention == "the city’s international airport"
    assert abs(airport.lat - 41.26) < 0.1 and abs(airport.lon - 69.28) < 0.1


@pytest.mark.parametrize("told", ["the mayor’s office", "the city’s administration building", "Harvest Square"])
def test_a_facility_stands_at_its_town(told, gazetteer):
    text = f"Crowds gathered in Poltava on Sunday. They marched to {told} at noon."
    found = places(text, gazetteer)[-1]
    assert (found.mention, found.kind, found.geo_precision, found.country) == (told, "facility", 2, "UA")


def test_without_a_town_a_facility_is_not_placed(gazetteer):
    assert places("They marched to the mayor’s office at noon.", gazetteer) == ()


def test_a_landmark_is_not_the_town_whose_name_it_bears(gazetteer):
    (found,) = places("Engineers returned to the Plesetsk Cosmodrome on Monday.", gazetteer)
    assert (found.mention, found.granularity, found.country) == ("Plesetsk Cosmodrome", "site", "RU")


def test_a_region_of_the_world_is_not_a_hamlet_of_its_name(gazetteer):
    text = "WASHINGTON — The envoy will tour the Middle East before he returns to New York."
    found = {p.mention: p for p in places(text, gazetteer)}
    assert found["Middle East"].country is None
    assert found["WASHINGTON"].granularity == "city"


def test_near_a_town_is_precision_two(gazetteer):
    (found,) = places("The jet came down outside Izhevsk late on Monday.", gazetteer)
    assert found.geo_precision == 2


def test_given_mentions_are_answered_as_they_stand(gazetteer):
    text = "word Cardiff then the city of Cardiff Bayside and Xqzzt"
    given = [{"start": 5, "end": 12}, {"start": 18, "end": 45}, {"start": 50, "end": 55}]
    rows = annotate({"doc_id": "1", "text": text, "mentions": given}, gazetteer)["mentions"]
    assert [(r["start"], r["end"]) for r in rows] == [(5, 12), (18, 45), (50, 55)]
    assert rows[0]["lat"] == pytest.approx(51.48, abs=0.1) and rows[1]["lat"] == pytest.approx(51.48, abs=0.1)
    assert rows[2]["lat"] is None and rows[2]["name"] is None


@pytest.mark.parametrize(
    "record", [{"doc_id": "1"}, {"doc_id": "1", "text": "Oslo", "mentions": [{"start": 2, "end": 99}]}]
)
def test_a_malformed_record_is_refused(record, gazetteer):
    with pytest.raises(InputError, match="'1'"):
        annotate(record, gazetteer)


def test_runners_up_are_kept(gazetteer):
    found = resolve("Georgetown", [Mention.of("Georgetown", 0, 10)], gazetteer)[0]
    assert found is not None and found.alternatives
    assert 0 < found.confidence <= 1 and found.gazetteer not in {a.id for a in found.alternatives}


@pytest.mark.parametrize("text", ["", "   \n", "no capitals here at all", "123 456 !!! …", "\ud800 broken", "A" * 5000])
def test_nothing_found_is_a_value(text, gazetteer):
    assert recognise(text, gazetteer) == []


def test_the_same_text_gives_the_same_places_wherever_it_stands_in_a_long_document(gazetteer):
    paragraph = "Protests spread from Lagos to Abuja on Friday, and schools in Kano were closed.\n\n"
    found = recognise(paragraph * 2000, gazetteer)
    assert len(found) == 6000
    assert [m.surface for m in found[:3]] == [m.surface for m in found[-3:]] == ["Lagos", "Abuja", "Kano"]
