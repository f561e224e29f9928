"""Places and their roles: tables of sentences with the places marked, [Name|country code|granularity|role wanted]."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from mapgen.events import extract_events
from mapgen.events.relative import between, near, offset
from mapgen.events.roles import distance_km
from mapgen.model import Document, Place

SPOTS = {
    "Kherson": (46.64, 32.61), "Odesa": (46.48, 30.73), "Ukraine": (49.0, 32.0), "Chad": (15.4, 18.7),
    "Mali": (17.0, -4.0), "Gao": (16.27, -0.04), "Bamako": (12.65, -8.0), "Niger": (17.0, 9.0), "Goma": (-1.68, 29.22),
    "Congo": (-2.9, 23.7), "Kenya": (1.0, 38.0), "Uganda": (1.3, 32.3), "Haiti": (19.0, -72.4), "Benin": (9.6, 2.3),
    "Kisumu": (-0.1, 34.75), "Nairobi": (-1.29, 36.82), "Lyon": (45.75, 4.85), "France": (46.6, 2.4),
}  # fmt: skip
MARK = re.compile(r"\[([^|\]]+)\|(\w\w)\|(\w+)\|([\w-]*)\]")


def read(marked: str, **about) -> tuple[Document, list[Place], list[tuple[str, str]]]:
    """The document without marks, its places, and the (name, role) pairs that the marks want."""
    text, places, wanted, at = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        name, country, granularity, role = match.groups()
        lat, lon = SPOTS[name]
        places.append(
            Place(name, lat, lon, mention=name, start=len(text), end=len(text) + len(name), country=country,
                  granularity=granularity, radius_km=300 if granularity == "country" else 10, gazetteer=f"test:{name}")
        )  # fmt: skip
        text += name
        at = match.end()
        if role:
            wanted.append((name, role))
    text += marked[at:]
    return Document("test", text, published=dt.date(2023, 5, 4), **about), places, wanted


@pytest.mark.parametrize(
    "marked",
    [
        "Troops were sent from [Kherson|UA|city|origin] to [Odesa|UA|city|destination].",
        "[France|FR|country|origin] sent 300 soldiers to [Niger|NE|country|destination].",
        "Soldiers arrived in [Haiti|HT|country|destination] from [Kenya|KE|country|contingent-origin], "
        "[Benin|BJ|country|contingent-origin] and [Chad|TD|country|contingent-origin].",
        "Rebels attacked a base in [Goma|CD|city|site], eastern [Congo|CD|country|].",
        "Fighters shelled [Kherson|UA|city|site] on Monday.",
        "[Kenya|KE|country|]’s president declared a curfew in [Kisumu|KE|city|site].",
        "Police arrested protesters in [Nairobi|KE|city|site] and [Kisumu|KE|city|site].",
        "Mobile internet was cut across [Mali|ML|country|area].",
        "Gunmen opened fire in [Gao|ML|city|site] near the border with [Niger|NE|country|].",
        "Fighters fired rockets at [Kherson|UA|city|site] and [Odesa|UA|city|site].",
        "Rebels kept up the shelling of [Congo|CD|country|], hitting [Goma|CD|city|site].",
        "[Kenya|KE|country|area] declared a state of emergency.",
        "Trains between [Nairobi|KE|city|site] and [Kisumu|KE|city|site] were suspended.",
        "Troops were sent from the naval base at [Odesa|UA|city|origin] to the town of [Kherson|UA|city|destination].",
        "Troops left [Bamako|ML|city|origin] for [Gao|ML|city|destination].",
        "[Kenya|KE|country|contingent-origin] and [Uganda|UG|country|contingent-origin] sent troops to "
        "[Congo|CD|country|destination].",
        "The army ordered the evacuation of [Kisumu|KE|city|site].",
    ],
)
def test_roles_of_places(marked):
    document, places, wanted = read(marked)
    (event,) = extract_events(document, places)
    assert sorted((place.name, place.role) for place in event.places) == sorted(wanted)


def test_a_force_made_up_of_several_countries_is_one_movement():
    document, places, _ = read(
        "Peacekeepers were deployed to [Haiti|HT|country|]. The contingent includes units from [Kenya|KE|country|], "
        "[Chad|TD|country|] and [Benin|BJ|country|]."
    )
    (event,) = extract_events(document, places)
    roles = {place.name: place.role for place in event.places}
    assert roles == {"Haiti": "destination", "Kenya": "contingent-origin", "Chad": "contingent-origin",
                     "Benin": "contingent-origin"}  # fmt: skip
    assert event.quote == document.text


def test_the_destination_may_stand_in_the_sentence_before():
    document, places, _ = read(
        "The army airlifted troops to [Goma|CD|city|]. It is also planning to send a brigade that is currently based "
        "in [Lyon|FR|city|]."
    )
    later = extract_events(document, places)[1]
    assert {(place.name, place.role) for place in later.places} == {("Lyon", "origin"), ("Goma", "destination")}
    assert later.status == "planned"


@pytest.mark.parametrize(
    ("follow", "name", "role"),
    [
        ("Police arrested 40 people in the city.", "Kisumu", "site"),
        ("Rioters set two buses on fire there.", "Kisumu", "site"),
        ("Schools were closed across the country.", "Kenya", "area"),
        ("The government imposed a nationwide curfew.", "Kenya", "area"),
    ],
)
def test_what_is_carried_over_from_the_sentence_before(follow, name, role):
    document, places, _ = read(f"Protesters marched in [Kisumu|KE|city|], western [Kenya|KE|country|]. {follow}")
    (place,) = extract_events(document, places)[-1].places
    assert (place.name, place.role) == (name, role)


def test_the_items_of_a_list_lean_on_nothing_before_them():
    document, places, _ = read(
        "- A bomb exploded in [Goma|CD|city|].\n- Gunmen attacked a school, killing two people.\n"
    )
    assert [len(event.places) for event in extract_events(document, places)] == [1, 0]


def test_a_capital_that_acts_is_no_site():
    document, places, _ = read("After [Nairobi|KE|city|] accused the rebels, soldiers shelled [Goma|CD|city|].")
    (event,) = extract_events(document, places)
    assert [place.name for place in event.places] == ["Goma"]


def place(name: str) -> Place:
    return Place(name, *SPOTS[name], mention=name, start=0, end=len(name))


def test_a_bearing_and_a_distance_make_a_point():
    found = offset(place("Gao"), "30", "km", "north")
    assert abs(distance_km(place("Gao"), found) - 30) < 0.5
    assert found.lat > place("Gao").lat and abs(found.lon - place("Gao").lon) < 0.01
    assert found.geo_precision == 2
    miles = offset(place("Gao"), "30", "miles", "south-west")
    assert abs(distance_km(place("Gao"), miles) - 48.3) < 0.5


def test_offsets_survive_the_antimeridian_and_nonsense():
    east = Place("Taveuni", -16.8, 179.9, mention="Taveuni", start=0, end=7)
    assert -180 <= offset(east, "60", "km", "east").lon <= 180
    assert offset(place("Gao"), "99,000", "km", "north").lat == place("Gao").lat


def test_between_is_the_middle_and_reaches_both():
    found = between(place("Kherson"), place("Odesa"))
    assert abs(distance_km(found, place("Kherson")) - distance_km(found, place("Odesa"))) < 1
    assert found.radius_km >= distance_km(found, place("Odesa")) - 1


def test_near_a_town_is_precision_two_and_near_a_country_changes_nothing():
    assert near(place("Goma")).geo_precision == 2
    whole = Place("Mali", 17, -4, granularity="country", geo_precision=3)
    assert near(whole) == whole


def test_a_relative_place_in_a_text_is_computed():
    document, places, _ = read("A convoy was ambushed by militants 30 km north of [Gao|ML|city|].")
    (event,) = extract_events(document, places)
    (found,) = event.places
    assert abs(distance_km(found, place("Gao")) - 30) < 0.5
    assert (found.geo_precision, found.mention) == (2, "Gao")


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("Gunmen attacked [Gao|ML|city|]. [Niger|NE|country|]’s defence ministry said 12 people were killed.", ["Gao"]),
        ("A bomb exploded in [Goma|CD|city|]. Police arrested three men who were back from [Lyon|FR|city|].",
         ["Goma"]),
        ("Protesters marched in [Kisumu|KE|city|]. About 900 people have been arrested since the protests began, "
         "officials in [Kenya|KE|country|] said.", ["Kenya"]),
        ("Rioters burned shops in [Kisumu|KE|city|] in [Kenya|KE|country|]. Schools were closed in nine counties.",
         ["Kenya"]),
        ("Shops were looted in [Kisumu|KE|city|]. The [Haiti|HT|country|] envoy said four people were killed.",
         ["Kisumu"]),
    ],
)  # fmt: skip
def test_who_speaks_and_where_one_came_from_is_no_place(marked, wanted):
    document, places, _ = read(marked)
    assert [place.name for place in extract_events(document, places)[-1].places] == wanted


def test_a_town_that_a_document_is_about_locates_what_no_sentence_does():
    document, places, _ = read(
        "A fire broke out in [Kisumu|KE|city|], killing two people.\n\nThe mayor of [Kisumu|KE|city|] spoke.\n\n"
        "[Lyon|FR|city|] is a twin town.\n\nRioters burned three buses."
    )
    assert [place.name for place in extract_events(document, places)[-1].places] == ["Kisumu"]


def test_an_entry_of_a_live_blog_leans_on_no_other_town():
    document, places, _ = read(
        "18:40 Police fired tear gas in [Nairobi|KE|city|].\n\n18:10 Crowds marched in [Kisumu|KE|city|].\n\n"
        "17:30 Rioters burned three buses in the west of the city.\n\n17:00 [Nairobi|KE|city|] is quiet."
    )
    assert [place.name for place in extract_events(document, places)[2].places] == ["Nairobi"]


@pytest.mark.parametrize(
    ("text", "days"),
    [  # published on Thursday 4 May
        ("Shops were looted on Tuesday. Rioters burned two buses.", [2, 2]),
        ("Shops were looted on Tuesday.\n\nRioters burned two buses.", [2, 2]),
        ("Shops were looted on Tuesday.\n\nPolice have arrested 40 people.", [2, 4]),
        ("Shops were looted on Tuesday.\n\nPolice said 40 people had been arrested.", [2, 4]),
        ("Rioters had burned a school on Monday.\n\nShops were looted.", [1, 4]),
        ("Gunmen attacked a convoy on Tuesday, a day after rebels shelled a market.", [1, 2]),
        ("The storm killed 30 people. It has killed 90 people this year.", [4, 4]),
    ],
)  # fmt: skip
def test_the_day_of_the_narrative(text, days):
    events = extract_events(Document("test", text, published=dt.date(2023, 5, 4)), [])
    assert sorted(event.when.start.day for event in events) == sorted(days)
