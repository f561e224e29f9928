"""Figures of news sentences: what is counted, how many, how surely, and what is no count at all."""

import pytest

from mapgen.events.figures import find_figures
from mapgen.model import FIGURES

# sentence | kind value qualifier; kind min-max qualifier
TABLE = """
Eight miners were killed. | killed 8 exact
Two guardsmen, a marine and a civilian were killed. | killed 4 exact
One of the worst storms of the decade killed at least 90 people. | killed 90 over
The 2011 quake, which killed more than 700 people, came at night. | killed 700 over
The bodies of two miners were found on Friday. | killed 2 exact
A 17-year-old boy was shot dead. | killed 1 exact
The number of dead rose from 12 to 17. | killed 17 exact
About 200 people joined a rally outside the station. | participants 200 about
At least eight miners were killed. | killed 8 over
More than 1,000 people have been injured in the riots. | injured 1000 over
Nearly 200 people were hurt. | injured 200 about
Some 2,000 protesters marched through the old town. | participants 2000 about
Up to 300 people were displaced. | displaced 300 about
Dozens of villagers were killed. | killed 24-99 vague
Hundreds of demonstrators blocked the bridge. | participants 200-999 vague
Thousands took to the streets. | participants 2000-9999 vague
Tens of thousands marched in the capital. | participants 20000-99999 vague
A dozen people were arrested. | arrested 12 exact
Half a dozen people were arrested. | arrested 6 exact
Two dozen people were arrested. | arrested 24 exact
Several people were injured. | injured 3-9 vague
Between 20 and 30 people were killed. | killed 20-30 about
Police arrested 20-30 people. | arrested 20-30 about
Twenty-one sailors are missing. | missing 21 exact
Two hundred and six homes were destroyed. | buildings 206 exact
1.5 million people have fled their homes. | displaced 1500000 exact
No one was hurt. | injured 0 exact
There were no casualties. | killed 0 exact; injured 0 exact
A soldier was killed. | killed 1 exact
The blast killed a woman and injured a man. | killed 1 exact; injured 1 exact
The blast killed 12 and wounded 30. | killed 12 exact; injured 30 exact
A bomb tore through the bazaar, killing 12 people and wounding 30 others. | killed 12 exact; injured 30 exact
Eight officers were killed and another 317 were injured. | killed 8 exact; injured 317 exact
The raid left 12 people dead and 30 wounded. | killed 12 exact; injured 30 exact
Twelve dead and 30 wounded were counted. | killed 12 exact; injured 30 exact
The attack left 12 dead. | killed 12 exact
The death toll rose to 45. | killed 45 exact
The death toll from the quake has risen to at least 45, officials said. | killed 45 over
The flood claimed 19 lives. | killed 19 exact
The flood claimed the lives of 19 people. | killed 19 exact
The unrest caused 14 deaths and 90 arrests. | killed 14 exact; arrested 90 exact
The strike resulted in the deaths of 58 fighters. | killed 58 exact
Rescuers recovered nine bodies. | killed 9 exact
400 people have been hospitalised, including 62 patients now in intensive care. | hospitalised 400 exact; icu 62 exact
Forty were taken to hospital. | hospitalised 40 exact
Police detained 120 people at the rally. | arrested 120 exact
More than 120 people were taken into custody. | arrested 120 over
27 fishermen are missing. | missing 27 exact
Another 14 were unaccounted for. | missing 14 exact
The floods displaced 5,000 families. | displaced 5000 exact
About 5,000 residents were evacuated. | displaced 5000 about
Firefighters rescued 12 people from the roof. | rescued 12 exact
Seven children were pulled from the rubble. | rescued 7 exact
The alliance sent 3,000 paratroopers to the border. | soldiers 3000 exact
Hundreds of soldiers surrounded the ministry. | soldiers 200-999 vague
The president deployed 500 police officers. | soldiers 500 exact
Roughly 50 heavy army trucks stood along the road. | vehicles 50 about
Its gunners destroyed six tanks. | vehicles 6 exact
Gunners shot down two helicopters. | aircraft 2 exact
Five helicopters were seen over the valley. | aircraft 5 exact
The fire destroyed 30 homes. | buildings 30 exact
At least 40 houses were damaged. | buildings 40 over
The airstrike destroyed a heavy bomber. | aircraft 1 exact
Police used batons to disperse about 300 youths. | participants 300 about
Three policemen and two civilians were killed. | killed 5 exact
The blast killed three policemen and two civilians. | killed 5 exact
Four nurses, two doctors and a driver were abducted. |
The ambassador and three other diplomats were killed. | killed 4 exact
Ten people, including three children, were killed. | killed 10 exact
Killing ten people, including three children, the bomb shook the port. | killed 10 exact
An explosion killed one worker and injured another. | killed 1 exact; injured 1 exact
All 12 on board died. | killed 12 exact
Twelve people on board the ferry drowned. | killed 12 exact
Helicopters carried 70 hikers to safety. | rescued 70 exact
The strike killed 16 Freedonians. | killed 16 exact
Two Freedonians and one Sylvanian were killed. | killed 3 exact
Air defences shot down 32 of 40 drones. | aircraft 32 exact
The navy deployed three ships and 600 marines. | soldiers 600 exact
The ministry reported 214 new cases and 12 deaths. | killed 12 exact
Three people were killed, two of them women, and eight were hurt. | killed 3 exact; injured 8 exact
The fire killed a mother and her two children. | killed 3 exact
An estimated 100,000 demonstrators filled the square. | participants 100000 about
More than two dozen soldiers were taken hostage. |
No fewer than nine guards died. | killed 9 over
In all, 33 people died and 7 remain missing. | killed 33 exact; missing 7 exact
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


def told(sentence):
    """One "kind value qualifier" for each kind, from the first mention that is no part of another."""
    found = {}
    for mention in find_figures(sentence, 0, len(sentence)):
        if not mention.is_part:
            figure = mention.figure
            value = f"{figure.min}-{figure.max}" if figure.value is None else str(figure.value)
            found.setdefault(mention.kind, f"{mention.kind} {value} {figure.qualifier}")
    return sorted(found.values())


@pytest.mark.parametrize(("sentence", "figures"), ROWS, ids=[row[0] for row in ROWS])
def test_each_figure_is_read(sentence, figures):
    assert told(sentence) == sorted(part.strip() for part in figures.split(";") if part.strip())


@pytest.mark.parametrize(
    "sentence",
    [
        "A 34-year-old man from the village spoke.",
        "The driver, 34, spoke.",
        "It fell 45 miles from the capital on 5 January 2021 at 4:30 p.m.",
        "The army paid $3 million and 20 percent more.",
        "The 11th brigade and the 3rd army corps trained.",
        "The two-day truce and the 11-hour curfew held for three weeks.",
        "Flight 702 left gate 12 after two hours.",
        "A flood killed 300 sheep and 40 cows.",
        "Rebels fired 40 rockets and 300 rounds.",
        "No deaths have been confirmed.",
        "There were no immediate reports of casualties.",
        "The city of 3 million people slept.",
        "They demanded the release of 40 prisoners.",
        "The treaty has 12 articles.",
        "One of the shops had been looted.",
    ],
)
def test_what_is_no_figure_is_left_alone(sentence):
    assert told(sentence) == []


def test_the_words_of_a_figure_are_kept_with_its_offsets():
    text = "Yesterday. Officials said at least eight miners were killed. Later."
    (mention,) = find_figures(text, 11, 60)
    assert text[mention.start : mention.end] == mention.figure.text == "at least eight"
    assert (mention.figure.value, mention.figure.min, mention.figure.max) == (8, 8, None)


def test_parties_are_told_apart_and_summed():
    text = "Three policemen and two protesters were killed."
    found = find_figures(text, 0, len(text))
    assert [(m.figure.value, m.party, m.is_part) for m in found] == [
        (5, None, False),
        (3, "police", True),
        (2, "protesters", True),
    ]


def test_a_running_toll_is_marked_as_total():
    text = "The strike killed three people, bringing the death toll to 45."
    assert [(m.figure.value, m.is_total) for m in find_figures(text, 0, len(text))] == [(3, False), (45, True)]


def test_every_kind_is_one_that_events_carry():
    kinds = {m.kind for sentence, _ in ROWS for m in find_figures(sentence, 0, len(sentence))}
    assert kinds == set(FIGURES)


@pytest.mark.parametrize(
    "text", ["5 " * 50_000, "one hundred and " * 10_000, "at least " * 20_000, "a man " * 20_000, "9" * 100_000]
)
def test_long_hostile_text_is_read_through(text):
    assert isinstance(find_figures(text, 0, len(text)), list)
