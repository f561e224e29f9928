"""Actors of news sentences: spelled as told, canonical where the table knows them, subject or object where it tells."""

import pytest

from mapgen.events.actors import actor_table, find_actors

# sentence | actor; actor
TABLE = """
Sudanese army units shelled the village. | Sudanese army units
The Freedonian armed forces entered the town. | Freedonian armed forces
Riot police dispersed angry protesters. | Riot police; angry protesters
The 5th Guards Tank Brigade crossed the river. | 5th Guards Tank Brigade
Its 12th motorised infantry division was sent north. | 12th motorised infantry division
The 3rd Army Corps and NATO forces trained. | 3rd Army Corps; NATO forces
Hamas militants fired on Israeli soldiers. | Hamas militants; Israeli soldiers
Boko Haram attacked the camp. | Boko Haram
Fighters of the RSF left the city. | Fighters; RSF
Prime Minister Jane Roe resigned. | Prime Minister Jane Roe
Freedonian President Juan de la Cruz dismissed the cabinet. | Freedonian President Juan de la Cruz
Freedonia's Interior Ministry closed the border. | Freedonia's Interior Ministry
The Ministry of Defence said so. |
The government imposed a curfew. | government
Suspected gunmen abducted villagers. | Suspected gunmen; villagers
The United Nations and the African Union sent peacekeepers. | United Nations; African Union; peacekeepers
The police station and the army base burned. |
Military trucks stood near the government building. |
He who dares is in the park. |
The river flooded the West Bank. |
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "actors"), ROWS, ids=[row[0] for row in ROWS])
def test_actors_are_found_as_told(sentence, actors):
    assert [a.name for a in find_actors(sentence, 0, len(sentence))] == [
        a.strip() for a in actors.split(";") if a.strip()
    ]


def roles(sentence):
    return {a.name: a.role for a in find_actors(sentence, 0, len(sentence))}


@pytest.mark.parametrize(
    ("sentence", "subject", "target"),
    [
        ("Rebels attacked government troops.", "Rebels", "government troops"),
        ("Government troops were attacked by rebels.", "rebels", "Government troops"),
        ("Riot police arrested 40 protesters.", "Riot police", "protesters"),
        ("Dozens of protesters were killed by the army.", "army", "protesters"),
    ],
)
def test_who_did_it_to_whom(sentence, subject, target):
    assert roles(sentence) == {subject: "subject", target: "object"}


@pytest.mark.parametrize(
    ("told", "canonical"),
    [("ISIS", "Islamic State"), ("Ansar Allah", "Houthis"), ("al-Shabab", "Al-Shabaab"), ("U.N.", "United Nations"),
     ("Collective Security Treaty Organization", "CSTO"), ("Kurdistan Workers’ Party", "PKK")],
)  # fmt: skip
def test_known_organisations_have_one_name(told, canonical):
    sentence = f"Members of {told} left."
    (actor,) = find_actors(sentence, 0, len(sentence))
    assert (actor.name, actor.canonical) == (told, canonical)


def test_offsets_give_the_name():
    text = "Yesterday. Rebel fighters left."
    (actor,) = find_actors(text, 11, len(text))
    assert text[actor.start : actor.end] == actor.name == "Rebel fighters"
    assert actor.is_force


def test_the_table_is_broad_and_unambiguous():
    rows = [row for rows in actor_table().names.values() for row in rows]
    canonical = {}
    for name, known, _ in rows:
        canonical.setdefault(name, set()).add(known)
    assert len({known for _, known, _ in rows}) >= 150
    assert [name for name, known in canonical.items() if len(known) > 1] == []


@pytest.mark.parametrize(
    "text", ["army " * 20_000, "A " * 50_000, "President " * 10_000, "x" * 100_000, "5th " * 20_000]
)
def test_long_hostile_text_is_read_through(text):
    assert isinstance(find_actors(text, 0, len(text)), list)
