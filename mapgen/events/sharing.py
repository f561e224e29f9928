"""The figures of a sentence shared out among the events that it tells."""

from __future__ import annotations

from collections.abc import Sequence

from mapgen.events.figures import FigureMention
from mapgen.events.telling import Telling
from mapgen.model import Figure
from mapgen.taxonomy import group_of

VIOLENT = frozenset(("armed_conflict", "security_operation", "unrest"))
_TOLL_KINDS = frozenset(("killed", "injured", "hospitalised", "icu", "missing"))
_KINDS = {
    "arrests": frozenset(("arrested",)),
    "troop_movement": frozenset(("soldiers", "vehicles", "aircraft", "displaced")),
    "alert_readiness": frozenset(("soldiers", "vehicles", "aircraft")),
    "protest": frozenset(("participants",)),
    "casualties": _TOLL_KINDS | {"displaced", "rescued", "buildings"},
}


def share(figures: Sequence[FigureMention], telling: Telling, told: Sequence[Telling]) -> dict[str, Figure]:
    """The figures of the sentence that belong to ``telling``: by their kind, then by nearness."""
    mine = []
    for mention in figures:
        fitting = [t for t in told if mention.kind in _KINDS.get(t.event_type, _TOLL_KINDS)] or list(told)
        inside = [t for t in fitting if t.clause_start <= mention.start < t.clause_end]
        nearest = min(inside or fitting, key=lambda t: abs(t.head - mention.start))
        if nearest is telling and (inside or mention.kind not in _TOLL_KINDS or _may_hurt(telling)):
            mine.append(mention)
    return totals(mine)


def counts_apart(telling: Telling, told: Sequence[Telling], figures: Sequence[FigureMention]) -> bool:
    """Whether a further telling counts its own people: "fishermen saved 90, and the navy saved 40 more"."""
    if telling.event_type != "casualties":
        return False
    own, others = (
        {f.kind for f in figures if each.clause_start <= f.start < each.clause_end}
        for each in (telling, next(t for t in told if t.event_type == "casualties" and t is not telling))
    )
    return bool(own & others)


def _may_hurt(telling: Telling) -> bool:
    """Whether victims told elsewhere in the sentence may be the event's; an order or a deployment has none."""
    return telling.event_type == "casualties" or group_of(telling.event_type) in VIOLENT


def totals(figures: Sequence[FigureMention]) -> dict[str, Figure]:
    """One figure a kind: the first that is not part of another."""
    found: dict[str, Figure] = {}
    for mention in figures:
        if not mention.is_part:
            found.setdefault(mention.kind, mention.figure)
    return found
