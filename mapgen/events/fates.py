"""What a quantity counts: the dead, the hurt, those held or sent, by the words around it.

A toll before it, a verb before it ("killing 12"), a predicate after it ("12 people were killed"), or the noun itself
("50 trucks", "3,000 paratroopers").  Only bounded stretches around a quantity are looked at.
"""

from __future__ import annotations

import re

from mapgen.events.counted import COMBATANTS, GENERIC, NO_COUNT, NOUNS, POLICE, PROTESTERS, SINGULAR
from mapgen.events.numbers import WORDED
from mapgen.events.outcomes import ACTIVE, BEFORE, FATE_AFTER, FATE_WORD, GATHER_WORD, SKIPPED, TOLL, TOLL_WORD
from mapgen.events.quantities import ABOUT, OVER, Quantity

REACH = 140  # characters around a quantity that may say what it counts


def counts_people(quantity: Quantity) -> bool:
    return quantity.proper or NOUNS.get(quantity.noun or "", "other") not in (
        "other",
        "vehicles",
        "aircraft",
        "buildings",
    )


def told_of(text: str, start: int, end: int, stop: int, quantity: Quantity) -> tuple[str, ...]:
    """What ``quantity`` counts: no, one or (for "no casualties") two of the kinds."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    right = text[quantity.noun_end : min(end, quantity.noun_end + REACH)]
    after = text[quantity.end : min(end, quantity.end + REACH)]
    if quantity.figure.value == 0:
        return _none(after)
    if quantity.of and quantity.noun not in NOUNS and not _OF_THEM.match(after, 0):
        return ()  # "one of the strongest storms killed"
    if NO_COUNT.match(after):
        return ()
    if quantity.noun in _HELD and (_FREEING.search(left[-30:]) or _WERE_FREED.match(right)):
        return ("rescued",)
    if _FREED.search(left[-30:]):
        return ()
    group = NOUNS.get(quantity.noun or "")
    if quantity.single and quantity.noun == "crowd":
        return ()
    if _STRONG.search(text, max(start, quantity.end - 8), quantity.end):
        return _strong(after)
    for kind, pattern in TOLL if TOLL_WORD.search(left) else ():
        if pattern.search(left) and (group is None or group not in ("vehicles", "aircraft", "buildings")):
            return (kind,)
    if _BROUGHT.search(left) and _TO_NUMBER.match(right):
        return ("killed",)
    noun_kind = GENERIC.get(quantity.noun or "")
    if noun_kind:
        return (noun_kind,) if noun_kind != "casualties" else ()
    cut = stop - quantity.noun_end if stop > quantity.noun_end else 0
    near = right[:cut] if 0 < cut < len(right) and not _ASIDE.search(right[:cut]) else right
    if quantity.noun in _WARPLANES and (
        ACTIVE["destroyed"].search(left) or ACTIVE["was destroyed"].match(near) or _FLOWN.search(left)
    ):
        return ("aircraft",)
    if group in ("vehicles", "aircraft", "buildings"):
        return _material(group, left, near, quantity)
    if group == "other":
        return ()
    fate = _of_people(text, start, quantity, near)
    if fate or (quantity.single and group is None):
        return (fate,) if fate else ()
    return _gathered(group, left, right, quantity)


def _of_people(text: str, start: int, quantity: Quantity, near: str) -> str | None:
    """What became of people, by the verb before them or by ``near``, the words behind them."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    group = NOUNS.get(quantity.noun or "")
    for kind, verb, behind in _AROUND:
        if behind.match(near) and verb.search(left):
            return kind
    before = _before(text, start, quantity.start)
    if before == "arrested" and quantity.noun in _AT_SEA and _PICKED_UP.search(left):
        return "rescued"
    if before or (quantity.single and group is None):
        return before
    if _TAKEN.search(left[-40:]) and quantity.noun not in _HELD and group not in (COMBATANTS, POLICE):
        return "arrested" if group or quantity.noun is None else None
    those = _OF_THOSE.match(text, quantity.end)
    if those:
        near = near[max(0, those.end() - quantity.noun_end) :]
    fate = FATE_AFTER.match(near) if FATE_WORD.search(near) else None
    if fate and not _shared(fate, near):
        return fate.lastgroup
    return "displaced" if quantity.noun == "refugees" and _CROSSED.match(near) else None


_HELD = frozenset("hostage hostages captive captives schoolgirls schoolboys abductees".split())
_FREEING = re.compile(r"\b(?:freed|freeing|frees|liberat(?:ed|es|ing)|rescued)\s+(?:all\s+|the\s+)*\Z")
_WERE_FREED = re.compile(r"[^,.;]{0,40}?\s(?:was|were|been)\s+(?:freed|released|set\s+free|let\s+go|liberated)\b")
_STRONG = re.compile(r"-(?:strong|member|man)\Z")
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those)\b")
_OF_THOSE = re.compile(
    r"\s+of\s+(?:those|the)\s+(?:hurt|injured|wounded|arrested|detained)\b(?=.{3,60}\b(?:died|dead|care|"
    r"critical|hospital|"
    r"charged|released)\b)"
)
# verbs that say what became of people only together with words behind them: "pulled 12 people from the rubble"
_AROUND = (
    ("rescued", re.compile(r"\b(?:pull|dig|dug|pluck|hauled|brought|bring|got|took|drag|lift|carr|led|fl[eo]w|"
                           r"move)\w*\s+(?:out\s+|the\s+|all\s+)*\Z"),
     re.compile(r"(?:\s+people)?\s+(?:alive|out\s+alive|(?:out\s+of|from)\s+(?:the\s+|under\s+)*(?:\w+\s+)?"
                r"(?:rubble|ruins|debris|wreck\w*|water|sea|river|mud|boat|roofs?)|to\s+safety)\b")),
    ("injured", re.compile(r"\btreat(?:ed|ing|s)?\s+\Z"),
     re.compile(r"\s+for\s+(?:[\w-]+\s+){0,2}?(?:injur\w+|wounds|burns|shock|smoke|the\s+effects|tear|cuts|"
         r"bruises)\b")),
    ("killed", re.compile(r"\bcost(?:s|ing)?\s+\Z"), re.compile(r"\s+(?:their|his|her)\s+li(?:fe|ves)\b")),
    ("displaced", re.compile(r"\b(?:driv(?:en?|es|ing)|drove|chas(?:ed|ing)|mov(?:ed|ing)|sen[dt](?:ing)?)\s+\Z"),
     re.compile(r"(?:\s+of\s+\w+)?\s+(?:(?:out\s+of|from)\s+(?:their\s+(?:homes|houses|villages|land)|the\s+area)|"
                r"to\s+(?:higher\s+ground|shelters?|safer)|fleeing|into\s+exile)\b")),
)  # fmt: skip
_CROSSED = re.compile(r"\s+(?:ha(?:ve|d|s)\s+)?(?:crossed|arrived|poured|streamed|entered)\b")
_AT_SEA = frozenset("survivors survivor migrants migrant refugees sailors fishermen passengers castaways".split())
_PICKED_UP = re.compile(r"\bpicked\s+up\s+(?:\w+\s+){0,2}\Z")
# verbs that say it of those who are no hostages and no soldiers: "captured five", "were holding three traders"
_TAKEN = re.compile(
    r"\b(?:captur(?:ed|es|ing)|seized|seizing|caught|(?:are|is|was|were|been)\s+(?:still\s+)?holding|"
    r"took\s+into\s+custody)\s+(?:at\s+least\s+)?\Z"
)
_CROWD = re.compile(r"\s+(?:\w+\s+)?(?:crowd|mob|march|rally|demonstration|protest|procession)\b")
_FORCE = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:force|contingent|unit|mission|garrison|battalion|regiment|brigade|army|"
    r"detachment|company|party|platoon|"
    r"police|column|group\s+of\s+(?:soldiers|troops|peacekeepers|marines))\b"
)


def _strong(after: str) -> tuple[str, ...]:
    """What "a 400-strong …" counts: a crowd or a force."""
    if _CROWD.match(after):
        return ("participants",)
    return ("soldiers",) if _FORCE.match(after) else ()


_BROUGHT = re.compile(r"\b(?:bring|push|rais|tak)(?:s|es|ing)\s+to\s+\Z")  # "brings to 46 the number of dead"
_TO_NUMBER = re.compile(
    r"\s*the\s+(?:(?:number|toll|total)\b[^.;]{0,30}\b(?:dead|deaths|killed|fatalities)|death\s+toll)\b"
)
_FLOWN = re.compile(r"\b(?:flew|fl(?:y|ies|ying)|scrambl(?:ed|es|ing))\s+\Z")
_WARPLANES = frozenset(("bomber", "bombers", "fighter", "fighters"))
_ASIDE = re.compile(r",?\s+(?:including|among|with|at\s+least|most|many)\b[^,.;]*\Z")
_FREED = re.compile(
    r"\b(?:releas(?:e|ed|es|ing)(?:\s+of)?|freed|freeing|swap(?:ped)?(?:\s+of)?|exchanged?(?:\s+of)?)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    rf"\s+(?:(?:\w+\s+){{0,2}}(?:people|civilians)|\d|{OVER}|{ABOUT}|an?|the|their|his|{WORDED}|dozens|scores|"
    rf"hundreds|"
    r"thousands|several)\b",
    re.IGNORECASE,
)
_FLED = re.compile(r"\bfle[de]\Z")
_BOTH = re.compile(r"\s+(?:and|or)\s+(?:injured|wounded|arrested|killed|missing|hurt)\b", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\s+(?:persons?|people|camps?|civilians|families)\b")


def _shared(fate: re.Match[str], near: str) -> bool:
    """Whether the predicate is not theirs alone: "two gunmen killed 12 people", "dozens were killed or injured"."""
    if _BOTH.match(near, fate.end()) or (fate.lastgroup == "displaced" and _ADJECTIVE.match(near, fate.end())):
        return True
    active = (
        len(fate.group().split()) == 1
        and not _FLED.search(fate.group())
        and fate.lastgroup
        in (
            "killed",
            "injured",
            "arrested",
            "displaced",
            "rescued",
        )
    )
    return active and _OBJECT.match(near, fate.end()) is not None


_BACK = re.compile(r"[\w’'-]+")


def _before(text: str, start: int, at: int) -> str | None:
    """What the last words before a quantity say of those it counts; words like "at least a total of" are passed."""
    left = text[max(start, at - 60) : at]
    words = [match.group().lower() for match in _BACK.finditer(left[max(left.rfind(mark) for mark in ".;:(),") + 1 :])]
    for passed in range(5):
        tail = words[: len(words) - passed]
        for size in (2, 1):
            kind = BEFORE.get(tuple(tail[-size:])) if len(tail) >= size else None
            if kind:
                apart = passed and size == 1 and words[len(words) - passed] == "of"  # "the sentences of eight"
                return None if apart or _both_verbs(tail, size) or _CHARGED.search(left) else kind
        if not tail or tail[-1] not in SKIPPED:
            return None
    return None


_CHARGED = re.compile(
    r"\b(?:charge[ds]?|accus\w+|convict\w+|suspected|guilty|trial|tried|wanted|cleared|acquitted)\b[^.;]{0,40}\b"
    r"(?:murder|murders|killing|deaths?|murdering|wounding|injuring)\s+(?:of\s+)?(?:at\s+least\s+)?\Z"
)  # "charged with the murder of a police officer": told before


def _both_verbs(words: list[str], size: int) -> bool:
    """Whether a verb is one of a pair ("killing and injuring several"), so that the count is of neither alone."""
    rest = words[: len(words) - size]
    return len(rest) > 1 and rest[-1] in ("and", "or") and (rest[-2],) in BEFORE


def _material(group: str, left: str, right: str, quantity: Quantity) -> tuple[str, ...]:
    """Vehicles and aircraft count wherever they act or are hit; buildings only where they are hit."""
    hit = ACTIVE["destroyed"].search(left) or ACTIVE["was destroyed"].match(right)
    if quantity.single or quantity.of:
        return (group,) if hit and group == "aircraft" else ()
    if hit or group in ("vehicles", "aircraft") or _STRUCK.search(left):
        return (group,)
    return ()


_STRUCK = re.compile(r"\b(?:hit(?:s|ting)?|struck|strik(?:es|ing)|shelled|shelling|bombed|bombarded)\s+\Z")
# "helped 222 peacekeepers": they are not those who came
_LOST = re.compile(
    r"\s+(?:(?:have|has|had|were|was|are|been|who|also)\s+){0,3}(?:taken\s+(?:hostage|prisoner|captive)|captured|"
    r"abducted|kidnapped|"
    r"surrendered|defected|deserted|freed|released)\b"
)
_ABOUT_THEM = re.compile(
    r"\b(?:trial|charges|verdict|case|sentenc\w+|funerals?|graves?|memorial|release|capture|exchange|loss|families)\s+"
    r"(?:of|for|against|on)\s+(?:the\s+)?\Z"
)  # "the trial of 11 soldiers": none of them was sent
_OF_FORCE = re.compile(
    r"\s+of\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,2}?(?:Guard|army|police|forces?|military|navy|marines)\b"
)
_OF_VERB = re.compile(r"\b(?!need|hundred)\w{2,}(?:ed|ing)\s+\Z")


def _gathered(group: str | None, left: str, right: str, quantity: Quantity) -> tuple[str, ...]:
    """Those who came: soldiers sent, people who protest."""
    if quantity.single or quantity.of or ((quantity.figure.max or 99) < 10 and quantity.figure.qualifier == "vague"):
        return ()
    if group == PROTESTERS:
        return ("participants",)
    armed = group in (COMBATANTS, POLICE) or quantity.noun == "men" or _OF_FORCE.match(right)
    if armed and (ACTIVE["sent"].search(left) or ACTIVE["was sent"].match(right)):
        return ("soldiers",)
    if (
        group == COMBATANTS
        and quantity.noun in SINGULAR["forces"]
        and not (_OF_VERB.search(left) or _ABOUT_THEM.search(left) or _LOST.match(right))
    ):
        return ("soldiers",)
    if (GATHER_WORD.search(right) and ACTIVE["gathered"].match(right)) or ACTIVE["gather"].search(left):
        return ("participants",) if group not in (COMBATANTS, POLICE) else ()
    return ()


_NONE = re.compile(
    r"\s+(?:(?:immediate|other|further|serious|major|civilian|human|known|more)\s+)*(?P<what>casualties|injuries|"
    r"deaths|"
    r"fatalities|victims|arrests|loss\s+of\s+life)\b(?P<then>(?:\s+(?:or|and)\s+(?P<also>casualties|injuries|deaths|"
    r"damage|fatalities|arrests))?[^.;]{0,40})",
    re.IGNORECASE,
)
_NONE_VERB = re.compile(
    r"(?:\s+(?:people|civilians|person|soldiers|officers|passengers|crew\s+members))?\s+(?:was|were|is|has\s+been|"
    r"had\s+been|have\s+been|got)\s+"
    r"(?:reported\s+|immediately\s+|seriously\s+)*(?P<what>killed|injured|wounded|hurt|harmed|arrested|detained|"
    r"or)\b(?:\s+or\s+(?P<also>killed|injured|wounded|hurt))?",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\b(?:confirm|immediate|known|available|announced|figures)", re.IGNORECASE)
_NONE_KINDS = {
    "casualties": ("killed", "injured"), "victims": ("killed",), "injuries": ("injured",), "deaths": ("killed",),
    "fatalities": ("killed",), "loss of life": ("killed",), "arrests": ("arrested",), "killed": ("killed",),
    "injured": ("injured",), "wounded": ("injured",), "hurt": ("injured",), "harmed": ("injured",),
    "arrested": ("arrested",), "detained": ("arrested",),
}  # fmt: skip


def _none(after: str) -> tuple[str, ...]:
    match = _NONE.match(after) or _NONE_VERB.match(after)
    if match is None or _UNKNOWN.search(match.group()):
        return ()
    kinds = [*_NONE_KINDS.get(" ".join(match.group("what").lower().split()), ())]
    kinds += _NONE_KINDS.get((match.group("also") or "").lower(), ())
    return tuple(dict.fromkeys(kinds))
