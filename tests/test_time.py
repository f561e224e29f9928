"""Time expressions of news texts: a table of sentences, with what each says when read on its day of publication."""

import datetime as dt

import pytest

from mapgen.events.time import dateline_date, find_times

THURSDAY = "2022-03-10"  # the publication of most rows; 2022-03-10 is a Thursday
NONE = None

# sentence | expression | expected first day [..last day] | precision | reference (default THURSDAY) | narrative anchor
TABLE = """
Rebels shelled the village on Wednesday. | on Wednesday | 2022-03-09 | 1
Rebels shelled the village Wednesday. | Wednesday | 2022-03-09 | 1
Police said on Thursday morning that two died. | on Thursday morning | 2022-03-10 | 1
Thursday's explosion shook the harbour. | Thursday | 2022-03-10 | 1
The bridge fell last Friday. | last Friday | 2022-03-04 | 1
The bridge fell last Thursday. | last Thursday | 2022-03-03 | 1
The bridge fell on Friday. | on Friday | 2022-03-04 | 1
The bridge fell Sunday night. | Sunday night | 2022-03-06 | 1
The army will leave on Friday. | on Friday | 2022-03-11 | 1
On Monday, the court will hear the case. | On Monday | 2022-03-14 | 1
Talks are scheduled for Tuesday. | Tuesday | 2022-03-15 | 1
The curfew begins next Monday. | next Monday | 2022-03-14 | 1
The minister said on Monday that troops will stay. | on Monday | 2022-03-07 | 1
The minister said Monday that the truce will start on Saturday. | on Saturday | 2022-03-12 | 1
The exchange will remain closed on Sunday. | on Sunday | 2022-03-13 | 1
Barristers walk out from Monday. | from Monday | 2022-03-14 | 1
A truce will take effect as of Friday. | as of Friday | 2022-03-11 | 1
The strike is due to start on Sunday. | on Sunday | 2022-03-13 | 1
Late on Wednesday, March 9, the port was hit. | Late on Wednesday, March 9 | 2022-03-09 | 1
Late on Wednesday the port was hit. | Late on Wednesday | 2022-03-09 | 1
The port was hit early Wednesday. | early Wednesday | 2022-03-09 | 1
The port was hit early on Wednesday morning. | early on Wednesday morning | 2022-03-09 | 1
The port was hit in the early hours of Sunday. | in the early hours of Sunday | 2022-03-06 | 1
In the small hours of Tuesday, tanks moved in. | In the small hours of Tuesday | 2022-03-08 | 1
The mill burned on the night of Tuesday. | on the night of Tuesday | 2022-03-08 | 1
The mill burned before dawn Tuesday. | before dawn Tuesday | 2022-03-08 | 1
The mill burned at dawn on Tuesday. | at dawn on Tuesday | 2022-03-08 | 1
The mill burned on Monday evening. | on Monday evening | 2022-03-07 | 1
The mill burned on Monday last week. | on Monday last week | 2022-02-28 | 1
The council will meet Tuesday next week. | Tuesday next week | 2022-03-15 | 1
The mill burned this Monday. | this Monday | 2022-03-07 | 1
Shelling has gone on since Monday. | since Monday | 2022-03-07..2022-03-10 | 1
Clashes lasted from Monday to Wednesday. | from Monday to Wednesday | 2022-03-07..2022-03-09 | 1
Clashes lasted Monday through Wednesday. | Monday through Wednesday | 2022-03-07..2022-03-09 | 1
Bombs went off Sunday and Monday. | Sunday and Monday | 2022-03-06..2022-03-07 | 1
Drones came overnight from Tuesday to Wednesday. | overnight from Tuesday to Wednesday | 2022-03-08..2022-03-09 | 1
Drones came between Saturday and Monday. | between Saturday and Monday | 2022-03-05..2022-03-07 | 1
The town fell on Jan. 5. | on Jan. 5 | 2022-01-05 | 1
The town fell on 5 January. | on 5 January | 2022-01-05 | 1
The town fell on the 5th of January. | on the 5th of January | 2022-01-05 | 1
The town fell on January 5th. | on January 5th | 2022-01-05 | 1
The town fell on January 5, 2021. | on January 5, 2021 | 2021-01-05 | 1
The town fell on 5 January 2021. | on 5 January 2021 | 2021-01-05 | 1
The town fell on 2021-01-05. | on 2021-01-05 | 2021-01-05 | 1
The town fell on 05.01.2021. | on 05.01.2021 | 2021-01-05 | 1
The town fell on December 30. | on December 30 | 2021-12-30 | 1
The town fell on 9 March. | on 9 March | 2022-03-09 | 1
The town fell on Sept. 3. | on Sept. 3 | 2021-09-03 | 1
The vote will be held on April 24. | on April 24 | 2022-04-24 | 1
The vote is scheduled for 3 May. | 3 May | 2022-05-03 | 1
The vote will be held on January 15. | on January 15 | 2023-01-15 | 1
Fighting raged on 5–6 January. | on 5–6 January | 2022-01-05..2022-01-06 | 1
Fighting raged between 3 and 5 February. | between 3 and 5 February | 2022-02-03..2022-02-05 | 1
Fighting raged from February 3 to 5. | from February 3 to 5 | 2022-02-03..2022-02-05 | 1
Fighting raged on February 3-5. | on February 3-5 | 2022-02-03..2022-02-05 | 1
Fighting raged from 30 December to 2 January. | from 30 December to 2 January | 2021-12-30..2022-01-02 | 1
Fighting raged from Jan. 30 to Feb. 2. | from Jan. 30 to Feb. 2 | 2022-01-30..2022-02-02 | 1
Fighting raged between May 3 and May 5, 2020. | between May 3 and May 5, 2020 | 2020-05-03..2020-05-05 | 1
Shells fell on the night of 4–5 March. | on the night of 4–5 March | 2022-03-04..2022-03-05 | 1
Shells fell on the morning of March 6. | on the morning of March 6 | 2022-03-06 | 1
Late on March 6, shells fell. | Late on March 6 | 2022-03-06 | 1
In the evening of 6 March shells fell. | In the evening of 6 March | 2022-03-06 | 1
Shells fell at 5 p.m. on March 6. | at 5 p.m. on March 6 | 2022-03-06 | 1
At around 17:30 on Monday, a truck blew up. | At around 17:30 on Monday | 2022-03-07 | 1
The blockade has held since 28 February. | since 28 February | 2022-02-28..2022-03-10 | 1
Yesterday the governor resigned. | Yesterday | 2022-03-09 | 1
The governor resigned yesterday evening. | yesterday evening | 2022-03-09 | 1
The governor resigned the day before yesterday. | the day before yesterday | 2022-03-08 | 1
The governor resigned today. | today | 2022-03-10 | 1
The governor resigned earlier today. | earlier today | 2022-03-10 | 1
The governor resigned this morning. | this morning | 2022-03-10 | 1
The governor speaks tonight. | tonight | 2022-03-10 | 1
The governor resigned last night. | last night | 2022-03-09 | 1
The governor will resign tomorrow. | tomorrow | 2022-03-11 | 1
The governor will resign tomorrow morning. | tomorrow morning | 2022-03-11 | 1
Dozens were killed overnight. | overnight | 2022-03-10 | 1
Dozens were killed overnight on Tuesday. | overnight on Tuesday | 2022-03-08 | 1
Overnight, the army shelled the suburb. | Overnight | 2022-03-10 | 1
Villagers saw it Saturday; troops left overnight. | overnight | 2022-03-05 | 1
The next morning, trains stopped. | The next morning | 2022-03-06 | 1 | 2022-03-10 | 2022-03-05
The following day trains stopped. | The following day | 2022-03-06 | 1 | 2022-03-10 | 2022-03-05
The next day, trains stopped. | The next day | 2022-03-06 | 1 | 2022-03-10 | 2022-03-05
Trains had stopped the previous night. | the previous night | 2022-03-04 | 1 | 2022-03-10 | 2022-03-05
Trains had stopped the day before. | the day before | 2022-03-04 | 1 | 2022-03-10 | 2022-03-05
Trains ran again the day after. | the day after | 2022-03-06 | 1 | 2022-03-10 | 2022-03-05
Trains stopped two days later. | two days later | 2022-03-07 | 1 | 2022-03-10 | 2022-03-05
Trains stopped a day later. | a day later | 2022-03-06 | 1 | 2022-03-10 | 2022-03-05
A day earlier, trains had stopped. | A day earlier | 2022-03-04 | 1 | 2022-03-10 | 2022-03-05
Three days earlier, trains had stopped. | Three days earlier | 2022-03-02 | 1 | 2022-03-10 | 2022-03-05
A week later trains ran. | A week later | 2022-03-12 | 2 | 2022-03-20 | 2022-03-05
Hours later, trains stopped. | Hours later | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
Two hours earlier, trains had stopped. | Two hours earlier | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
Two months later, trains ran. | Two months later | 2022-02-01..2022-02-28 | 3 | 2022-03-10 | 2021-12-05
The same day, trains stopped. | The same day | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
That night trains stopped. | That night | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
That same evening, trains stopped. | That same evening | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
Earlier in the day, trains stopped. | Earlier in the day | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
Later that day trains stopped. | Later that day | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
The siren rang at dawn. | at dawn | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
The siren rang at dawn. | at dawn | 2022-03-10 | 1
The siren rang well before dawn. | before dawn | 2022-03-10 | 1
The siren rang in the early morning. | in the early morning | 2022-03-10 | 1
The siren rang about 4:30 a.m. after a raid. | about 4:30 a.m. | 2022-03-05 | 1 | 2022-03-10 | 2022-03-05
The siren rang at 5 p.m. local time. | at 5 p.m. local time | 2022-03-10 | 1
On Tuesday the siren rang at noon. | at noon | 2022-03-08 | 1
He was held on Monday and freed the next day. | the next day | 2022-03-08 | 1
He was held on Monday and freed two days later. | two days later | 2022-03-09 | 1
By nightfall the road was cut. | By nightfall | 2022-03-10 | 1
The siege was lifted two weeks ago. | two weeks ago | 2022-02-24 | 2
The siege was lifted three days ago. | three days ago | 2022-03-07 | 1
The siege was lifted a week ago. | a week ago | 2022-03-03 | 2
The siege was lifted a month ago. | a month ago | 2022-02-01..2022-02-28 | 3
The siege was lifted 14 months ago. | 14 months ago | 2021-01-01..2021-01-31 | 3
The siege was lifted ten years ago. | ten years ago | 2012-01-01..2012-12-31 | 3
The siege was lifted a few days ago. | a few days ago | 2022-03-07 | 2
The siege was lifted hours ago. | hours ago | 2022-03-10 | 1
Snow fell last week. | last week | 2022-02-28..2022-03-06 | 2
Snow fell earlier this week. | earlier this week | 2022-03-07..2022-03-09 | 2
Snow fell this week. | this week | 2022-03-07..2022-03-10 | 2
Talks will resume next week. | next week | 2022-03-14..2022-03-20 | 2
Talks will resume later this week. | later this week | 2022-03-10..2022-03-13 | 2
Snow fell last month. | last month | 2022-02-01..2022-02-28 | 3
Snow fell earlier this month. | earlier this month | 2022-03-01..2022-03-09 | 3
Talks will resume next month. | next month | 2022-04-01..2022-04-30 | 3
Snow fell last year. | last year | 2021-01-01..2021-12-31 | 3
Rivers rose this year. | this year | 2022-01-01..2022-03-10 | 3
The accord was signed earlier this year. | earlier this year | 2022-01-01..2022-03-09 | 3
Snow fell over the weekend. | over the weekend | 2022-03-05..2022-03-06 | 2
Snow fell at the weekend. | at the weekend | 2022-03-05..2022-03-06 | 2
Snow fell last weekend. | last weekend | 2022-03-05..2022-03-06 | 2
Rallies will be held this weekend. | this weekend | 2022-03-12..2022-03-13 | 2
Rallies will be held next weekend. | next weekend | 2022-03-12..2022-03-13 | 2
The mine closed in January. | in January | 2022-01-01..2022-01-31 | 3
The mine closed in October. | in October | 2021-10-01..2021-10-31 | 3
The mine closed in March. | in March | 2022-03-01..2022-03-31 | 3
The mine closed in May. | in May | 2021-05-01..2021-05-31 | 3
The mine will close in May. | in May | 2022-05-01..2022-05-31 | 3
The mine closed in March 2019. | in March 2019 | 2019-03-01..2019-03-31 | 3
The mine closed last August. | last August | 2021-08-01..2021-08-31 | 3
The mine closed in early January. | in early January | 2022-01-01..2022-01-10 | 3
The mine closed at the end of January. | the end of January | 2022-01-22..2022-01-31 | 3
The mine closed in mid-February. | in mid-February | 2022-02-10..2022-02-19 | 3
The mine has been shut since November. | since November | 2021-11-01..2022-03-10 | 3
The mine closed in 2019. | in 2019 | 2019-01-01..2019-12-31 | 3
The mine has been shut since 2014. | since 2014 | 2014-01-01..2022-03-10 | 3
The mine was worked from 2014 to 2016. | from 2014 to 2016 | 2014-01-01..2016-12-31 | 3
The mine closed in the summer of 2020. | in the summer of 2020 | 2020-06-01..2020-08-31 | 3
The mine closed last summer. | last summer | 2021-06-01..2021-08-31 | 3
The mine closed in autumn. | in autumn | 2021-09-01..2021-11-30 | 3
The mine will open in spring 2023. | in spring 2023 | 2023-03-01..2023-05-31 | 3
For the third consecutive day, phones were dead. | For the third consecutive day | 2022-03-10 | 1
Crowds marched for a second day. | for a second day | 2022-03-10 | 1
Crowds marched for the fifth night in a row. | for the fifth night in a row | 2022-03-10 | 1
Forty shells fell over the past 24 hours. | over the past 24 hours | 2022-03-09..2022-03-10 | 1
Forty shells fell in the last three days. | in the last three days | 2022-03-07..2022-03-10 | 2
Forty shells fell in recent days. | in recent days | 2022-03-07..2022-03-10 | 2
Forty shells fell in the past two weeks. | in the past two weeks | 2022-02-24..2022-03-10 | 2
Reserves will arrive in the coming days. | in the coming days | 2022-03-10..2022-03-13 | 2
The hall burned on Christmas Day. | on Christmas Day | 2021-12-25 | 1
The hall burned on New Year's Eve. | on New Year's Eve | 2021-12-31 | 1
The hall burned on New Year’s Day. | on New Year’s Day | 2022-01-01 | 1
The hall burned on Easter Sunday 2021. | on Easter Sunday 2021 | 2021-04-04 | 1
The hall burned on Good Friday 2019. | on Good Friday 2019 | 2019-04-19 | 1
The hall burned on Saturday, 5 March. | on Saturday, 5 March | 2022-03-05 | 1
The hall burned in the first week of March. | in the first week of March | 2022-03-01..2022-03-07 | 3
The hall stood empty from November to February. | from November to February | 2021-11-01..2022-02-28 | 3
The march is planned for next Saturday, 19 March. | next Saturday, 19 March | 2022-03-19 | 1
The order takes effect at midnight on Friday. | at midnight on Friday | 2022-03-11 | 1
The trial opens on 21 March. | on 21 March | 2022-03-21 | 1
The hall burned on 29 February. | on 29 February | 2020-02-29 | 1
The hall burned on Wed., March 9. | on Wed., March 9 | 2022-03-09 | 1
The pact was signed on 18 March. | on 18 March | 2014-03-18 | 1 | 2022-03-10 | 2014-03-03
The pact was signed on 5 January. | on 5 January | | - | none
The pact was signed on Monday. | on Monday | | - | none
The pact was signed on 5 January 2020. | on 5 January 2020 | 2020-01-05 | 1 | none
The next day it was broken. | The next day | 2020-01-06 | 1 | none | 2020-01-05
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


def _date(cell: str | None) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell and cell != "none" else None


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} [{row[1]}]" for row in ROWS])
def test_each_expression_is_found_and_dated(row):
    sentence, told, days, precision, reference, anchor = (*row, *[None] * (6 - len(row)))
    published = _date(THURSDAY if reference is None else reference)
    found = find_times(sentence, 0, len(sentence), published, _date(anchor))
    times = {sentence[t.start : t.end]: t for t in found}
    assert told in times
    when = times[told].when
    if not days:
        assert (when.start, when.end, when.precision, when.text) == (None, None, None, told)
        return
    first, _, last = days.partition("..")
    assert (when.start, when.end) == (_date(first), _date(last or first))
    assert when.precision == int(precision)


def test_the_table_is_as_long_as_promised():
    assert len(ROWS) >= 150


@pytest.mark.parametrize(
    "sentence",
    [
        "Troops may march on the capital.",
        "The second battalion and 11 others were 500 metres away.",
        "It hired 2019 workers and paid 1,945 dollars.",
        "Theresa May said the march of May's critics must end.",
        "He wrote for the Sunday Times and hosted Saturday Night Live.",
        "The Black Friday sale and the Good Friday Agreement were mentioned.",
        "Bloody Sunday is remembered.",
        "A two-day truce and an 11-hour curfew held.",
        "The Great March of Return drew thousands; May spoke.",
        "The sun set over the wed couple.",
    ],
)
def test_what_is_no_time_is_left_alone(sentence):
    assert find_times(sentence, 0, len(sentence), dt.date(2022, 3, 10)) == []


def test_only_the_given_stretch_is_read():
    text = "It rained on Monday. It snowed on Tuesday."
    found = find_times(text, 21, len(text), dt.date(2022, 3, 10))
    assert [text[t.start : t.end] for t in found] == ["on Tuesday"]


def test_what_lies_years_back_is_marked_as_background():
    text = "The war that began in 2014 reached the port on Monday."
    found = find_times(text, 0, len(text), dt.date(2022, 3, 10))
    assert [t.background for t in found] == [True, False]


def test_narrative_expressions_are_marked_as_anchored():
    text = "He fled on Monday and came back the next day."
    found = find_times(text, 0, len(text), dt.date(2022, 3, 10))
    assert [t.anchored for t in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("PORT CITY, March 9, 2022 (Agency) — Two died.", dt.date(2022, 3, 9)),
        ("Published: 9 March 2022\n\nTwo people died.", dt.date(2022, 3, 9)),
        ("Title\n2022-03-09\nTwo people died.", dt.date(2022, 3, 9)),
        ("Two people died on Wednesday.", None),
        ("From 3 May 2021 until 9 March 2022, nothing happened.", None),
        ("Updated March 9.\nTwo people died.", None),
    ],
)
def test_a_dateline_is_taken_only_where_it_is_full_and_alone(text, day):
    assert dateline_date(text) == day


@pytest.mark.parametrize(
    "text", ["on " * 20_000, "1 " * 50_000, "in the early " * 8_000, "x" * 100_000, "3 and " * 20_000]
)
def test_long_hostile_text_is_read_through(text):
    assert isinstance(find_times(text, 0, len(text), dt.date(2022, 3, 10)), list)
