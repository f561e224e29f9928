"""Where an event is: its own place, not the speaker's, nor its topic's; and what a text that goes on leans on."""

from __future__ import annotations

import datetime as dt

import pytest

from mapgen.events import extract_events
from mapgen.events.focus import MOST_SPOTS, main_town
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Event, Place
from mapgen.toponyms import find_places

PUBLISHED = dt.date(2024, 3, 14)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def events(text: str, gazetteer: Gazetteer) -> list[Event]:
    document = Document("told", text, published=PUBLISHED)
    return extract_events(document, find_places(document, gazetteer))


def names(event: Event, *roles: str) -> set[str]:
    return {place.name for place in event.places if not roles or place.role in roles}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two miners were killed in Kumasi, a doctor at a hospital in Accra told reporters.", {"Kumasi"}),
        ("Thousands of students marched in Lyon over the killing of a teacher in Arras.", {"Lyon"}),
        ("Dockers in Mombasa went on strike, in support of colleagues jailed in Dar es Salaam.", {"Mombasa"}),
        ("The governor declared a state of emergency and put off a trip to Zanzibar.", set()),
        ("Gunmen from a Russian-backed militia attacked a police post in Bangui.", {"Bangui"}),
        ("The interior minister of Bulgaria resigned over the escape of two prisoners from a jail in Vratsa.",
         {"Bulgaria"}),
        ("Fishing boats were seized in Spanish waters on Monday, and three sailors were arrested.", {"Spain"}),
        ("The port of Sfax, in Tunisia, was closed on Monday after dockers walked out.", {"Sfax"}),
        ("Envoys of nine states met in New York on Tuesday and agreed on a ceasefire.", {"New York City"}),
        ("Missiles hit Kyiv, Zaporizhzhia and Lviv before dawn.", {"Kyiv", "Zaporizhzhya", "Lviv"}),
        ("Mobile networks were shut down in Tehran and in the western province of Kurdistan.",
         {"Tehran", "Kurdistan"}),
        ("The mayor of Kisumu announced a curfew on Monday.", {"Kisumu"}),
        ("Marchers filled squares across Belgium on Monday before clashes broke out in Ghent.", {"Belgium"}),
        ("Kenya closed three airports in the west, including Kisumu and Eldoret, on Monday.", {"Kisumu", "Eldoret"}),
        ("The storm made landfall in Queensland near the town of Innisfail, injuring 30 people.", {"Innisfail"}),
        ("Gunmen burned down a bar in Xalapa, Veracruz, killing 26 people.", {"Xalapa de Enríquez"}),
        ("Police in riot gear arrested nine men in Johnson County, Kansas.", {"Johnson County"}),
        ("Sales of alcohol are prohibited in Enga, Hela Hara and Madang until Monday.", {"Enga", "Madang"}),
        ("Authorities in Lyon declared a curfew on Monday.", {"Lyon"}),
        ("Farmers blocked streets around the European Parliament in Brussels on Monday.", {"Brussels"}),
        ("The road from Goma to Bukavu is closed.", {"Goma", "Bukavu"}),
        ("The United States sent the destroyer Bainbridge to Manama on Monday.", {"United States", "Manama"}),
        ("A bomb went off in the Sinai Peninsula as well as a car near a courthouse in Cairo, killing four people.",
         {"Sinai Peninsula", "Cairo"}),
    ],
)  # fmt: skip
def test_an_event_is_where_its_own_words_put_it(text: str, wanted: set[str], gazetteer: Gazetteer) -> None:
    assert names(events(text, gazetteer)[0]) == wanted


@pytest.mark.parametrize(
    ("before", "told", "wanted"),
    [
        ("Protesters marched in Kisumu on Tuesday. Police in Nairobi watched closely.\n\n",
         "Two of the marchers in the town were arrested.", {"Kisumu"}),
        ("Soldiers in Kaya and Ouahigouya, in Burkina Faso, refused orders on Monday.\n\n",
         "Rioters burned three shops in the afternoon.", {"Burkina Faso"}),
        ("Rioters blocked the roads of Noumea, in New Caledonia, on Monday.\n\n",
         "In Paris, the interior minister said that another 500 police would be sent to the archipelago.",
         {"New Caledonia"}),
        ("Protesters marched in Ghent on Monday.\n\n",
         "In Liege, 90 kilometers (56 miles) to the east, two shops burned and a curfew was declared there too.",
         {"Liège"}),
        ("Protesters blocked roads in Memphis on Monday.\n\n",
         "President Idriss Deby of Chad was in N'Djamena. A crowd stormed the presidential palace.", {"N'Djamena"}),
        ("Rebels fired rockets at Abha airport, in Saudi Arabia, on Monday. ",
         "The government closed the airport for three hours.", {"Abha Regional Airport"}),
        ("", "Phone lines in the region were cut on Monday. Soldiers advanced on Humera, in Tigray.", {"Humera"}),
        ("Israel bombed Gaza on Monday, hours after rockets were fired at Ashkelon.\n\n",
         "Hospitals in the territory said that 28 people had been killed.", {"Gaza"}),
    ],
)  # fmt: skip
def test_what_names_no_place_is_where_the_text_last_was(
    before: str, told: str, wanted: set[str], gazetteer: Gazetteer
) -> None:
    assert names(events(before + told, gazetteer)[-1]) == wanted


def test_several_countries_that_send_soldiers_are_origins_though_the_verb_is_told_once(gazetteer: Gazetteer) -> None:
    (event,) = events("Ghana will send 300 soldiers, and Togo and Benin 150 each, to a regional force.", gazetteer)
    assert names(event, "contingent-origin") == {"Ghana", "Togo", "Benin"}


def test_troops_that_leave_their_barracks_set_out_from_there(gazetteer: Gazetteer) -> None:
    (event,) = events("About 900 soldiers left barracks in Loja for Guayaquil on Monday.", gazetteer)
    assert (names(event, "origin"), names(event, "destination")) == ({"Loja"}, {"Guayaquil"})


@pytest.mark.parametrize(
    ("before", "told", "day"),
    [
        ("Protesters set shops on fire in Lyon on Tuesday.\n\n", "In Marseille, the town hall was set ablaze.", 12),
        ("Protesters set shops on fire in Lyon on Tuesday.\n\n", "In Liege, across the border, a shop was looted.", 14),
        ("Rioters blocked roads in Lyon on Tuesday. Two men died, the mayor told reporters early Thursday.\n\n",
         "A crowd burned two buses.", 12),
        ("", "Unions called a general strike for Tuesday.", 19),
        ("", "The farmers of Emden cancelled Friday's blockade of the port.", 15),
        ("", "Austria goes into a lockdown on Monday.", 18),
        ("", "Flights from Lyon have been cancelled until at least Saturday.", 14),
        ("Shots rang out near a barracks in Kaya on Sunday.\n\n", "Rioters burned a party's office the same day.", 10),
        ("", "Envoys of nine states were to meet in Doha on Friday for talks on a ceasefire.", 15),
        ("", "The king declared a state of emergency yesterday, a day after 1,000 soldiers crossed into Bahrain.", 12),
    ],
)  # fmt: skip
def test_the_day_of_what_is_told(before: str, told: str, day: int, gazetteer: Gazetteer) -> None:
    assert events(before + told, gazetteer)[-1].when.start == dt.date(2024, 3, day)


def test_a_text_is_about_the_town_that_half_of_its_towns_lie_near_unless_it_names_hundreds() -> None:
    def town(n: int, lat: float) -> Place:
        return Place(f"Town {n}", lat, n / 1000, granularity="city")

    few = [town(0, 50.0), town(1, 50.0), town(0, 50.0), town(2, 10.0)]
    assert main_town(few) == few[0]
    assert main_town([town(n, 50.0) for n in range(2 * MOST_SPOTS)]) is None
