"""The trigger lexicon: every entry tells what its example says, and clauses that tell nothing stay silent."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from mapgen.events.lexicon import Words, lexicon, verb_forms
from mapgen.events.telling import THRESHOLD, tellings
from mapgen.taxonomy import TYPES

ENTRIES = tomllib.loads(resources.files("mapgen.events").joinpath("lexicon.toml").read_text(encoding="utf-8"))[
    "trigger"
]


def told(text: str) -> list[str]:
    found = tellings(Words.of(text, 0, len(text)), 0, len(text))
    return [telling.event_type for telling in found if telling.score >= THRESHOLD]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['type']}: {entry['example'][:40]}")
def test_every_entry_finds_its_own_example(entry):
    words = Words.of(entry["example"], 0, len(entry["example"]))
    found = {(hit.trigger.event_type, hit.trigger.sub) for hit in lexicon().find(words)}
    assert (entry["type"], entry.get("sub")) in found


def test_every_type_of_the_taxonomy_has_triggers():
    assert {entry["type"] for entry in ENTRIES} == set(TYPES)


def test_verb_forms_follow_english_spelling():
    assert {"storms", "stormed", "storming"} <= verb_forms("storm")
    assert {"seized", "seizing"} <= verb_forms("seize")
    assert {"rallies", "rallied"} <= verb_forms("rally")
    assert {"stabbed", "stabbing"} <= verb_forms("stab")


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gunmen attacked a village in the hills on Monday.", ["attack_explosion"]),
        ("Riot police fired tear gas to disperse students.", ["security_operation"]),
        ("The army recaptured the airport, and officers arrested 20 men.", ["territory_control", "arrests"]),
        ("The president declared a state of emergency.", ["state_order"]),
        ("Mobile internet was cut across the province.", ["comms_shutdown"]),
        ("All flights were cancelled and schools closed.", ["service_closure"]),
        ("Thousands marched through the capital to demand elections.", ["protest"]),
        ("Doctors went on strike over pay.", ["strike_blockade"]),
        ("The two governments signed a ceasefire agreement.", ["agreement_talks"]),
        ("The prime minister resigned on Sunday.", ["political_change"]),
        ("The garrison was put on full alert.", ["alert_readiness"]),
        ("Warplanes bombed the port overnight.", ["shelling_airstrike"]),
        ("A ferry capsized and nine people were killed.", ["casualties"]),
        ("Reservists boarded planes at the coast bound for the island.", ["troop_movement"]),
        ("Rebels advanced on the city of Orsan, seizing hills to its north.", ["troop_movement", "territory_control"]),
        ("Envoys will resume negotiations in Velmar next week.", ["agreement_talks"]),
        ("Miners refused to go underground on Thursday.", ["strike_blockade"]),
        ("Doctors Without Borders suspended its activities in the town.", ["service_closure"]),
        ("Protesters burned down the offices of the ruling party.", ["looting_arson"]),
        ("Some 130 people had been wounded in a week of fighting in Orsan.", ["casualties"]),
        ("About 60,000 people have fled the fighting around Orsan.", ["casualties"]),
        ("Three people were killed in clashes in Orsan on Monday.", ["armed_clash"]),
    ],
)
def test_what_sentences_tell(text, types):
    assert told(text) == types


@pytest.mark.parametrize(
    "text",
    [
        "The minister had not commented on the attack.",
        "Rebels could attack the town if talks fail.",
        "The union vowed to strike.",
        "Will the army storm the building?",
        "The president urged protesters to lay down their arms.",
        "The party called on the police to arrest the mayor.",
        "The province is home to many militants and has seen attacks for years.",
        "The museum opens its new wing in spring.",
        "The rebel-held town has two bakeries.",
        "The striker scored with a late strike from the edge of the box.",
        "Shares closed higher on Monday.",
        "The minister is under pressure to resign.",
        "The band boarded a plane bound for the islands.",
        "Any town may take part in the contest.",
    ],
)
def test_what_is_no_event(text):
    assert told(text) == []


def test_offsets_of_words_are_those_of_the_text():
    text = "  Police said: “Fire!” – the crowd’s leader ran."
    words = Words.of(text, 2, len(text))
    assert [text[a:b].lower() for a, b in zip(words.starts, words.ends, strict=True)] == list(words.lower)
