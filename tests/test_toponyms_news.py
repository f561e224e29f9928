"""Places in news of many hands: agencies, headlines, datelines, countries; sentences written for the test."""

import pytest

from mapgen.gazetteer import PACKAGED, Gazetteer
from mapgen.model import Document
from mapgen.toponyms import annotate, coherence, evidence, find_places
from mapgen.toponyms.candidates import candidates
from mapgen.toponyms.parameters import parameters
from mapgen.toponyms.senses import Senses

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the gazetteer is not built: make gazetteer")


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


def found(text, gazetteer):
    return [(p.mention, p.country) for p in find_places(Document("t", text), gazetteer)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "LAGOS, Nigeria (Agency) — Traders in Kano and Kaduna shut their stalls on Monday as fuel ran short.",
            [("LAGOS", "NG"), ("Nigeria", "NG"), ("Kano", "NG"), ("Kaduna", "NG")],
        ),
        (
            "ISLAMABAD: At least nine people were hurt in Quetta, officials in Balochistan said.",
            [("ISLAMABAD", "PK"), ("Quetta", "PK"), ("Balochistan", "PK")],
        ),
        (
            "WELLINGTON, New Zealand — A quake shook Seddon on Sunday.",
            [("WELLINGTON", "NZ"), ("New Zealand", "NZ"), ("Seddon", "NZ")],
        ),
        ("TWO DEAD AFTER BLAST AT FACTORY IN TAMPERE", [("TAMPERE", "FI")]),
        ("Five Arrested After Clashes in Marseille", [("Marseille", "FR")]),
        (
            "Nakuru governor opens clinic as Mombasa port workers end strike",
            [("Nakuru", "KE"), ("Mombasa", "KE")],
        ),
        (
            "The Lucknow bench asked police in Kanpur and Varanasi to file a reply by Friday.",
            [("Lucknow", "IN"), ("Kanpur", "IN"), ("Varanasi", "IN")],
        ),
        (
            "A bushfire near Ballarat forced families west of Melbourne to leave.",
            [("Ballarat", "AU"), ("Melbourne", "AU")],
        ),
        (
            "The flights connect Oslo, Bergen, Trondheim and Tromsø.",
            [("Oslo", "NO"), ("Bergen", "NO"), ("Trondheim", "NO"), ("Tromsø", "NO")],
        ),
        ("Protesters from Ciudad Juárez to Tijuana blocked the road.", [("Ciudad Juárez", "MX"), ("Tijuana", "MX")]),
        ("Residents of Harare's townships queued for water.", [("Harare", "ZW")]),
        ("The Hague tribunal heard witnesses from Srebrenica.", [("The Hague", "NL"), ("Srebrenica", "BA")]),
    ],
)
def test_news_of_many_hands_is_read(text, expected, gazetteer):
    assert found(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The festival on the Isle of Wight was cancelled.", "Isle of Wight"),
        ("A ferry from King's Lynn was cancelled.", "King's Lynn"),
        ("Police in St. John's, Newfoundland, searched the harbour.", "St. John's"),
        ("The army entered Port-au-Prince on Monday.", "Port-au-Prince"),
        ("Shelling was heard in Ciudad del Este at night.", "Ciudad del Este"),
        ("Ships waited in the Strait of Hormuz on Friday.", "Strait of Hormuz"),
    ],
)
def test_a_name_goes_on_behind_small_words_and_marks(text, name, gazetteer):
    assert name in [mention for mention, _ in found(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("The Dutch port of Rotterdam was closed.", "Dutch", "demonym"),
        ("Turkey will not sell its drones, but Ankara said it would talk.", "Ankara", "metonym"),
        ("The University of Kansas opened a clinic.", "Kansas", "embedded"),
        ("Floods closed roads in Rotterdam.", "Rotterdam", "toponym"),
    ],
)
def test_how_a_place_is_meant_is_marked_and_not_lost(text, mention, kind, gazetteer):
    kinds = {p.mention: p.kind for p in find_places(Document("t", text), gazetteer)}
    assert kinds.get(mention) == kind


def test_a_town_that_shares_its_name_is_less_sure_than_one_that_does_not(gazetteer):
    shared, alone = (
        annotate({"doc_id": "1", "text": f"The road to {name} was closed on Monday."}, gazetteer)["mentions"][0]
        for name in ("Santa Rosa", "Novosibirsk")
    )
    assert 0 < shared["confidence"] < alone["confidence"] < 1


TEXT = """FREETOWN, Sierra Leone — Crews from Bo, Kenema and the Isle of Wight met Dr. Georgia King in New York.
The Gulf of Guinea port of Bo, officials in Freetown said, is closed; King's Lynn and Paris, Texas, sent help to Bo."""


def test_remembered_sums_say_what_the_features_say(gazetteer):
    learned, senses = parameters(), Senses.of(gazetteer)
    known = candidates(TEXT, senses)
    learned.surroundings.weigh(known)
    weights = learned.surroundings.weights
    assert len(known) > 20
    for c in known:
        assert c.score == pytest.approx(sum(weights.get(name, 0.0) for name in evidence.features(c)))
    for seen in coherence.in_document(TEXT, known, learned.ranking):
        told = sum(learned.coherence.weights.get(name, 0.0) * v for name, v in coherence.features(seen).items())
        assert learned.coherence.log_odds(seen) == pytest.approx(told)


@pytest.mark.parametrize(
    "text",
    [
        "A B C " * 20_000,
        "New-York-" * 10_000,
        "A" + "b" * 100_000 + " in Paris.",
        "O'" * 50_000,
        "St. " * 20_000,
        "’s " * 9_999,
    ],
)
def test_hostile_text_is_read_to_its_end(text, gazetteer):
    rows = annotate({"doc_id": "1", "text": text}, gazetteer)["mentions"]
    assert all(text[row["start"] : row["end"]] == row["surface"] for row in rows)


def test_a_document_of_fifty_thousand_mentions_is_read_whole(gazetteer):
    sentence = "Protests spread from Lagos to Abuja on Friday. "
    rows = annotate({"doc_id": "1", "text": sentence * 25_000}, gazetteer)["mentions"]
    assert len(rows) == 50_000
    assert {row["name"] for row in rows} == {"Lagos", "Abuja"}
