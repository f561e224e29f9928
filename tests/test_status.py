"""Who says so and how sure it is: confirmed, reported, planned or denied, with the source as told."""

import pytest

from mapgen.events.status import judge

# sentence | status | attribution, empty for none
TABLE = """
Tanks rolled into the valley. | confirmed |
The alliance has deployed troops, the Herald newspaper reported. | reported | the Herald newspaper
The bridge was hit, eyewitnesses said. | reported | eyewitnesses
Eyewitnesses reported gunfire near the harbour. | reported | eyewitnesses
Residents of the valley said tanks had left. | reported | residents of the valley
According to Reuters, two people died. | reported | Reuters
Two people died, according to state television. | reported | state television
Two people died, the state news agency Freenews reported on Thursday. | reported | Freenews
On the morning of March 6, the news agencies Alpha and Beta reported skirmishes. | reported | Alpha and Beta
Two people died, Freenews reported, citing the interior ministry. | reported | Freenews, citing the interior ministry
Many were hurt, Nord said, citing data from the nation’s Health Ministry. | reported | Nord, citing the Health Ministry
There are reports of shelling in the north. | reported | unspecified reports
Casualties have been reported on both sides. | reported | unspecified reports
The plane was shot down, allegedly by rebels. | reported |
The rebels claim that they shot down a plane. | reported | The rebels
The defence ministry confirmed that troops had left. | confirmed | The defence ministry
Freedonia's foreign ministry announced that it had closed the border. | confirmed | Freedonia's foreign ministry
Police said they arrested 12 people. | confirmed | police
Police said that 12 suspects had been arrested. | confirmed | police
The army said it had pulled back its units. | confirmed | The army
Freedonia has confirmed its readiness to help. | confirmed | Freedonia
The army said it had destroyed four enemy tanks. | reported | The army
Police in the port said on Thursday that dozens of protesters died. | reported | police in the port
The ministry will send troops. | planned |
The president said troops would wait until daybreak. | planned | The president
Freedonia is planning to send a brigade, the Herald said. | planned | the Herald
Talks are scheduled to start on Monday. | planned |
The two sides are due to meet in May. | planned |
The governor denied that the airport had been closed. | denied | The governor
The ministry has denied reports of a coup. | denied | The ministry
The king rejected claims that troops had fired. | denied | The king
Freedonia Watch (FW) said police beat a man. | reported | Freedonia Watch
Jane Roe, spokeswoman of the port, said the victim was a sailor. | reported | Jane Roe
Three died after an alleged gas attack. | confirmed |
Two sailors died, Freenews reported, after a raid on the port. | reported | Freenews
Two died, said the police chief. | reported | the police chief
"The town is ours," Jane Roe said. | reported | Jane Roe
"The town is ours," said Jane Roe. | reported | Jane Roe
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "status", "source"), ROWS, ids=[row[0] for row in ROWS])
def test_status_and_source_are_read(sentence, status, source):
    judged = judge(sentence, 0, len(sentence))
    assert (judged.status, judged.attribution) == (status, source or None)


def test_the_outlet_is_the_last_one_named():
    text = "The outlet also said tanks had left."
    assert judge(text, 0, len(text), "Freenews").attribution == "Freenews"


def test_each_of_two_events_has_its_own_source():
    text = "The army said it was deploying troops, and the rebel leader alleged that jets had bombed the town."
    assert judge(text, 0, len(text), head=text.index("deploying")).attribution == "The army"
    judged = judge(text, 0, len(text), head=text.index("bombed"))
    assert (judged.status, judged.attribution) == ("reported", "the rebel leader")


def test_a_plan_counts_only_for_what_it_speaks_of():
    text = "The army put the base on alert in preparation to send a convoy."
    assert judge(text, 0, len(text), head=text.index("alert")).status == "confirmed"
    assert judge(text, 0, len(text), head=text.index("send")).status == "planned"


@pytest.mark.parametrize(
    ("text", "head", "status"),
    [
        ("Talks between the two sides are planned to start next week.", "Talks", "planned"),
        ("The vote will be held in May.", "vote", "planned"),
        ("Rebels attacked the town that will host the talks.", "attacked", "confirmed"),
        ("Troops landed in the capital and were due to be joined by others.", "landed", "confirmed"),
        ("A curfew was declared ahead of a march scheduled to start today.", "declared", "confirmed"),
    ],
)
def test_a_plan_may_stand_behind_its_subject(text, head, status):
    assert judge(text, 0, len(text), head=text.index(head)).status == status


def test_access_denied_is_no_denial():
    text = "The monitors were denied access to the camp."
    assert judge(text, 0, len(text)).status == "confirmed"


def test_the_deciding_words_are_given_with_offsets():
    text = "Yesterday. Tanks will leave."
    judged = judge(text, 11, len(text))
    assert text[judged.cue_start : judged.cue_end] == "will"


@pytest.mark.parametrize(
    "text", ["said " * 20_000, "he said that " * 8_000, ", according to " * 7_000, "a " * 50_000, "x" * 100_000]
)
def test_long_hostile_text_is_read_through(text):
    assert judge(text, 0, len(text)).status in ("confirmed", "reported")
