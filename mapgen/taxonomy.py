"""Event types: keys, groups, ACLED and PLOVER codes, colours and icons, in one table.

ACLED's event and sub-event types are those of its codebook (acleddata.com, "ACLED Codebook", 2023 and later
editions); PLOVER's types and modes those of "PLOVER and POLECAT" (Halterman et al. 2023).  Colours are our
own, one a group: told apart with each kind of colour blindness and readable on paper and on dark
(``tests/test_taxonomy.py`` says by how much).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EventGroup:
    """A layer group; ``color`` is an sRGB hex string."""

    key: str
    label: str
    color: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type; ``icon`` names a drawing of ``mapgen/web/icons``."""

    key: str
    group: str
    label: str
    acled_event: str
    acled_sub_event: str
    plover: str
    icon: str
    color: str | None = None  # sRGB hex; None: the group's


GROUPS: Mapping[str, EventGroup] = MappingProxyType({
    g.key: g
    for g in (
        EventGroup("military_movement", "Military movement", "#2d46a5"),
        EventGroup("unrest", "Unrest", "#d87020"),
        EventGroup("armed_conflict", "Armed conflict", "#ba231c"),
        EventGroup("security_operation", "Security operation", "#628aca"),
        EventGroup("state_measures", "State measures", "#9147dc"),
        EventGroup("politics_diplomacy", "Politics & diplomacy", "#217a7c"),
        EventGroup("casualties_damage", "Casualties & damage", "#3f3f3f"),
    )
})  # fmt: skip

_OTHER = ("Strategic developments", "Other")

TYPES: Mapping[str, EventType] = MappingProxyType({
    t.key: t
    for t in (
        EventType("troop_movement", "military_movement", "Troop movement",
                  "Strategic developments", "Change to group/activity", "MOBILIZE/troops", "arrow"),
        EventType("alert_readiness", "military_movement", "Alert & readiness", *_OTHER, "MOBILIZE/alert", "bell"),
        EventType("protest", "unrest", "Protest", "Protests", "Peaceful protest", "PROTEST/demo", "megaphone"),
        EventType("riot", "unrest", "Riot & clashes", "Riots", "Violent demonstration", "PROTEST/riot", "flare"),
        EventType("looting_arson", "unrest", "Looting & arson",
                  "Strategic developments", "Looting/property destruction", "ASSAULT/destroy", "flame"),
        EventType("strike_blockade", "unrest", "Strike & blockade",
                  "Protests", "Peaceful protest", "PROTEST/strike", "barrier"),
        EventType("armed_clash", "armed_conflict", "Armed clash",
                  "Battles", "Armed clash", "ASSAULT/firearms", "swords"),
        EventType("shelling_airstrike", "armed_conflict", "Shelling & air strike", "Explosions/Remote violence",
                  "Shelling/artillery/missile attack", "ASSAULT/aerial", "missile"),
        EventType("attack_explosion", "armed_conflict", "Attack & explosion",
                  "Violence against civilians", "Attack", "ASSAULT/explosives", "burst"),
        EventType("territory_control", "armed_conflict", "Territory control",
                  "Battles", "Non-state actor overtakes territory", "SEIZE", "flag"),
        EventType("security_operation", "security_operation", "Security operation",
                  "Strategic developments", "Disrupted weapons use", "COERCE/restrict", "shield"),
        EventType("arrests", "security_operation", "Arrests & charges",
                  "Strategic developments", "Arrests", "COERCE/arrest", "cuffs"),
        EventType("state_order", "state_measures", "State order", *_OTHER, "COERCE/martial", "decree"),
        EventType("comms_shutdown", "state_measures", "Communications cut", *_OTHER, "COERCE/censor", "signal"),
        EventType("service_closure", "state_measures", "Services closed", *_OTHER, "COERCE/restrict", "closed"),
        EventType("political_change", "politics_diplomacy", "Political change", *_OTHER, "CONCEDE/resign", "podium"),
        EventType("agreement_talks", "politics_diplomacy", "Agreement & talks",
                  "Strategic developments", "Agreement", "AGREE", "handshake"),
        EventType("casualties", "casualties_damage", "Casualties", *_OTHER, "ASSAULT", "count"),
    )
})  # fmt: skip


def group_of(event_type: str) -> str:
    """The group key of ``event_type``; raises KeyError for a type that is not in the table."""
    return TYPES[event_type].group
