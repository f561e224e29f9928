"""Sentences that speak of an event already told: by a definite name ("the blast"), or only to count its victims."""

from __future__ import annotations

import re

from mapgen.events.telling import Telling
from mapgen.taxonomy import group_of

REACH = 25  # characters between a verb and the definite name of its object
_NOUNS = {
    "armed_conflict": "attacks? blasts? explosions? strikes? airstrikes? raids? shooting bombings? shelling assault "
    "ambush clash(?:es)? bomb incident battle offensive massacre killings?",
    "unrest": "protests? demonstrations? rall(?:y|ies) march riots? unrest strike blockade clash(?:es)? looting vigil",
    "security_operation": "operation raids? arrests? detentions? crackdown trial sentence charges",
    "state_measures": r"(?:state\sof\s)?emergency curfew order ban decree law sanctions measures? restrictions "
    "shutdown outages? closures? lockdown evacuation investigation",
    "politics_diplomacy": "truce cease-?fire agreement deal talks summit meeting accord treaty resignation election "
    "coup vote dismissal appointment visit negotiations",
    "military_movement": "deployment withdrawal exercises? drills? mobili[sz]ation movements?",
    "casualties_damage": r"(?:death\s)?toll crash earthquake quake floods? fire disaster accident deaths killings?",
}
_NAMES = {
    group: re.compile(
        rf"\b(?:the|this|these|both|that)\s+(?:[\w-]+\s+){{0,2}}?(?:{'|'.join(nouns.split())})\b", re.IGNORECASE
    )
    for group, nouns in _NOUNS.items()
}
_INCIDENT = re.compile(
    r"\b(?:in|by|from|during) the (?:\w+ )?(?:attacks?|blasts?|explosions?|strikes?|raids?|clash(?:es)?|"
    r"incident|shooting|bombings?|shelling|violence|fighting|assault|ambush|riots?|crash|unrest)\b",
    re.IGNORECASE,
)


def names_known(text: str, telling: Telling) -> bool:
    """Whether the word that tells the event stands in, or just before, a definite name of it."""
    names = _NAMES[group_of(telling.event_type)].finditer(text, telling.start, telling.end)
    return any(found.start() - REACH <= telling.head < found.end() for found in names)


def names_incident(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` places its victims in an incident already told ("in the blast")."""
    return _INCIDENT.search(text, start, end) is not None
