"""A movement's places: where it sets out from, where it goes, and the countries that send it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from mapgen.events.carrying import definite, is_home
from mapgen.events.focus import Focus
from mapgen.events.roles import Located
from mapgen.events.selection import distinct, finest, without_doubles
from mapgen.events.telling import Telling
from mapgen.model import Place

_ARRIVES = re.compile(r"(?:arriv|land|enter|return)\w*|reinforcements", re.IGNORECASE)
_SENDS = re.compile(r"(?:deploy|sen[dt]|dispatch|fl[eiy]|airlift|ship|station|post)\w*", re.IGNORECASE)
_AND_MORE = re.compile(r",\s+and\s+\Z")
_GOAL_WORDS = re.compile(
    r"\b(?:to|into|in|on|enter(?:ed|ing|s)?|reach(?:ed|ing|es)?|invad(?:ed|ing|es)) (?:th(?:e|is|at) (?:[a-z-]+ )?"
    r"(?:city|town|village|region|province|territory|state|islands?|archipelago|enclave|peninsula|"
    r"(?P<state>country|kingdom|republic))|there)\b"
)
_KEEPS = re.compile(r"(?:patrol|guard|station|protect)\w*", re.IGNORECASE)


def movement(telling: Telling, links: Sequence[Located], text: str, focus: Focus) -> tuple[Place, ...]:
    links = [_stationed(link, text, telling) for link in links]
    origins = [link for link in links if link.link == "from"]
    goals = [link for link in links if link.link == "to"]
    held = [link for link in links if link.link == "at"]
    objects = [
        link for link in links
        if link.link == "object" and (link.place.start or 0) > telling.head
        and ";" not in text[telling.head : link.place.start]
    ]  # fmt: skip
    subjects = [
        link for link in links
        if (link.link in ("object", "source") or link.place.kind == "metonym")
        and link.place.granularity == "country" and (link.place.start or 0) < telling.head
        and ";" not in text[link.place.start or 0 : telling.head]
    ]  # fmt: skip
    if subjects and objects and _AND_MORE.search(text, telling.head, objects[0].place.start or 0):
        subjects, objects = [*subjects, *objects], []  # "Ruritania sent 600 men, and Borduria and Syldavia 200 each"
    if telling.event_type == "troop_movement" and not goals and not held and not _KEEPS.match(text, telling.head):
        goals, objects = objects, []
    found: list[Place] = []
    if len(distinct(origins)) > 1:
        found += [place.at("contingent-origin") for place in distinct(origins)]
    elif origins:
        found += [place.at("origin") for place in finest(origins)[:1]]
    elif subjects and (goals or len(subjects) > 1 or _sent_abroad(subjects[0], held, text, telling, focus)):
        sending = distinct(subjects)
        found += [place.at("contingent-origin" if len(sending) > 1 else "origin") for place in sending]
    if goals:
        found += [place.at("destination") for place in finest(_together(goals, telling))]
    elif held:
        arriving = found or origins or _ARRIVES.match(text, telling.head)
        for place in finest(held):
            site = "area" if place.granularity == "country" else "site"
            found.append(place.at("destination" if arriving and telling.event_type == "troop_movement" else site))
    elif origins and focus.goal is not None and telling.event_type == "troop_movement":
        found += [focus.goal]
    elif telling.event_type == "troop_movement":
        found += _sent_there(links, text, telling, focus)
    return without_doubles(found)


def _sent_there(links: Sequence[Located], text: str, telling: Telling, focus: Focus) -> list[Place]:
    """Where forces go by a word that leans on the text before ("to the island"), or that another state's seat sends."""
    goal = _GOAL_WORDS.search(text, telling.head, telling.clause_end)
    if goal:
        meant = [focus.country] if goal.group("state") else definite(goal.group(), focus)
        return [place.at("destination") for place in meant if place]
    if not _SENDS.match(text, telling.head):
        return []
    sender = next(
        (link.place for link in links if link.link == "people" and (link.place.start or 0) < telling.head), None
    )
    last = focus.sites[0] if len(focus.sites) == 1 else None
    if sender is None or last is None or sender.country == last.country:
        return []
    return [last.at("destination")]


def _together(goals: Sequence[Located], telling: Telling) -> list[Located]:
    """The goals told first after the head, or nearest before it, with those coordinated with them."""
    after = [link for link in goals if (link.place.start or 0) > telling.head]
    first = after[0] if after else goals[-1]
    return [link for link in goals if link.series == first.series]


def _stationed(link: Located, text: str, telling: Telling) -> Located:
    """``link``, or the place that forces are newly posted to: "will be stationed in", not "the brigade based in"."""
    posted = link.link == "from" and link.preposition.startswith(text[telling.head : telling.head + 5].lower())
    return dataclasses.replace(link, link="at") if posted else link


def _sent_abroad(subject: Located, held: Sequence[Located], text: str, telling: Telling, focus: Focus) -> bool:
    """Whether a country sends forces to where they are told to be, or off: "Ghana deployed 200 troops in Mali"."""
    if telling.event_type != "troop_movement" or not _SENDS.match(text, telling.head):
        return False
    if not held:
        return not is_home(subject.place, focus)
    return all(link.place.country != subject.place.country for link in held)
