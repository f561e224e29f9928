"""The part each place plays in its sentence, read from the words around it.

A :class:`Located` is a place of the sentence with the preposition that governs it ("in", "from", "into", ...), where
coordinated names ("in Lviv, Odesa and Dnipro") share one, and the role a movement or an event at a site gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.events.lowered import any_of, caseless, lowered
from mapgen.events.relative import between, near, offset
from mapgen.model import Place

RANK = {"site": 0, "city": 1, "region": 2, "country": 3}

_FILLER = (
    r"(?:(?:the|a|an|its|their|his|both|all|of|parts?|northern|southern|eastern|western|central|north|south|east|west|"
    r"north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|upper|lower|mainland|rural|nearby|"
    r"neighbou?ring|capital|cit(?:y|ies)|towns?|villages?|regions?|provinces?|states?|ports?|districts?|countr(?:y|ies)|"
    r"areas?|suburbs?|outskirts|edge|heart|centre|center|downtown|island|governorates?|oblasts?|count(?:y|ies)|"
    r"prefecture|department|coastal|border|occupied|besieged|disputed|war-torn|contested|rebel-held|resort|industrial|"
    r"sparsely|populated|country['’]s|nation['’]s|largest|second|third|main|holy|historic|strategic|much|most|least|"
    r"other|places|including|such|as|around|about|international|base|airbase|airport|line|front|frontline|"
    r"(?:bases?|airports?|airfields?|camps?|barracks|port|station|headquarters)\s+(?:at|in|near|outside)|naval|military|"
    r"vicinity|road|streets?|valley|[a-z]+-(?:held|controlled|majority|backed))[\s,“\"'‘]+){0,7}"
)
_PREPOSITIONS = (
    "out of", "north of", "south of", "east of", "west of", "northeast of", "northwest of", "southeast of",
    "southwest of", "north-east of", "north-west of", "south-east of", "south-west of", "based in", "stationed in",
    "based at", "stationed at", "headquartered in", "border with", "borders with", "ties with", "relations with",
    "talks with", "war with", "war in", "from", "into", "towards", "toward", "to", "via", "through", "across",
    "throughout", "near", "outside", "inside", "within", "around", "along", "off", "over", "between", "beyond",
    "against", "with", "by", "for", "of", "onto", "upon", "at", "on", "in", "like", "under", "than", "and",
    "capture of", "city of", "town of", "village of", "province of", "region of", "district of", "state of",
    "frontier with", "frontiers with", "crossing with", "crossings with",
    "evacuation of", "siege of", "bombing of", "shelling of", "occupation of", "storming of", "closure of", "fall of",
    "seizure of", "liberation of", "blockade of", "battle of", "battle for", "invasion of", "bombardment of",
    "control of", "parts of", "streets of", "bank of", "shores of", "coast of", "waters of",
    "capital of", "port of", "island of", "outskirts of", "suburb of", "suburbs of", "south", "north", "east", "west",
)  # fmt: skip
_GOVERNED = caseless(
    r"\b(" + any_of(sorted(_PREPOSITIONS, key=len, reverse=True)) + r")[\s“\"'‘]+" + _FILLER + r"\Z",
)
_COORDINATED = caseless(
    r"\s*(?:in the (?:north|south|east|west|centre|center)\w*)?\s*(?:,|;|/|,?\s*(?:and|or|as well as|plus|and also|"
    r"and in|and to|and from|,? followed by))\s*(?:and\s+)?" + _FILLER + r"\Z",
)
_INSIDE = caseless(r"\s*(?:,|\(|in|of|,?\s*(?:in|located in|capital of)\b)\s*" + _FILLER + r"\Z")
_AREA_NOUN = caseless(r"\s+(?:region|province|oblast|governorate|prefecture|state|department|county)\b")
_BESIDE = caseless(
    r"\s*,?\s*(?:just\s+)?(?:outside|near|close to|not far from|on the outskirts of|"
    r"(?:\d[\d,.]*\s*(?:km|kilomet\w+|miles?)\s+)?(?:north|south|east|west|(?:north|south)-?(?:east|west))\s+of|"
    r"\d[\d,.]*\s*(?:km|kilomet\w+|miles?)\s+\w+(?: of)?)\s+"
    + _FILLER + r"\Z",
)  # fmt: skip
_CAPITAL = caseless(r"[’']s?\s+" + _FILLER + r"(?:of\s+)?\Z")
_ENVOY = caseless(
    r"\b(?:ambassadors?|envoys?|representatives?|attach[eé]s?|consuls?|missions?|embass(?:y|ies)|visits?|loans?|aid|"
    r"assistance|exports?|sales?|support|threats?|according|due|thanks|response|reference|similar)\s+to\s+"
    + _FILLER
    + r"\Z",
)  # "the ambassador to Norway": a tie, not a way there
_DISTANCE = caseless(
    r"(?:(\d[\d,.]*)\s*-?\s*(kms?|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]{1,20}\))?\s+)?(?:to the\s+)?"
    r"(north|south|east|west|north-?east|north-?west|south-?east|south-?west)\s+of\s+" + _FILLER + r"\Z",
)
_DIGIT = re.compile(r"\d")
_AWAY = caseless(
    r"(\d[\d,.]*)\s*-?\s*(kms?|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]{1,20}\))?\s+(?:away\s+)?(?:from|outside(?:\s+of)?)\s+"
    + _FILLER + r"\Z",
)  # fmt: skip
_NEAR = frozenset(("near", "outside", "around", "beyond", "off", "outskirts of", "suburb of", "suburbs of"))
_AT = _NEAR | frozenset(
    ("in", "at", "on", "across", "throughout", "inside", "within", "along", "over", "through", "capture of", "city of",
     "town of", "village of", "province of", "region of", "district of", "state of", "port of", "island of",
     "capital of", "evacuation of", "siege of", "bombing of", "shelling of", "occupation of", "storming of",
     "closure of", "fall of", "seizure of", "liberation of", "blockade of", "battle of", "battle for", "bombardment of",
     "invasion of", "control of", "parts of", "streets of", "bank of", "shores of", "coast of", "waters of", "based in",
     "under", "north", "south", "east", "west", "like")
)  # fmt: skip
_TO = frozenset(("to", "into", "towards", "toward", "onto", "upon", "for"))
_FROM = frozenset(("from", "out of", "based in", "based at", "stationed in", "stationed at", "headquartered in"))
_ASIDE = frozenset(
    (
        "border with",
        "borders with",
        "frontier with",
        "frontiers with",
        "crossing with",
        "crossings with",
        "ties with",
        "relations with",
        "than",
        "headquartered in",
        "via",
        "war with",
    )
)
_HOME = re.compile(
    r"^[\s-]+(?:based|born|backed|led|made|flagged|trained|controlled|held|occupied)\b|^[’']s\b|^s[’']\s"
)
_INSTITUTION = caseless(
    r"(?:[’']s|s[’'])\s+(?:[\w-]+\s+){0,3}?(?:governments?|ministr(?:y|ies)|ministers?|presidents?|parliament|army|military|"
    r"forces|troops|police|government|authorities|officials?|spokes\w+|ambassadors?|envoys?|leaders?|council|committee|"
    r"agency|commission|court|navy|air force|interior|defen[cs]e|foreign|health|party|union|federation|king|prime|"
    r"chief|embassy|rulers?|junta|cabinet|state|intelligence|security service)\b"
)  # "Mali's defence ministry": who acts, not where
_DESK = caseless(
    r"\s+(?:envoys?|ambassadors?|embassy|correspondents?|bureau|consulate|desk|analysts?|experts?|specialists?)\b"
)
_SEAT = caseless(
    r"\b(?:governments?|authorities|ministr(?:y|ies)|parliament|lawmakers|leadership|rulers|junta|regime|officials|"
    r"diplomats?|analysts?|economists?|experts?|spokes\w+|correspondents?)"
    r"\s+in\s+(?:the\s+capital,?\s+)?\Z"
)  # "the government in Paris": who speaks, not where
_TRIBE = caseless(r"\s+(?:tribes?|tribesmen|clans?|communit(?:y|ies)|herders|ethnic)\b")
_SHORT_COUNTRY = re.compile(
    r"(?:U\.?S\.?(?:A\.?)?|U\.?K\.?|UAE|EU|DRC|PRC)"
)  # before a noun an adjective: "U.S. beef imports"
_LINE = caseless(
    r"\b(?:lines?|roads?|railways?|routes?|highways?|motorways?|trains?|flights?|services?|ferr(?:y|ies)|links?|corridor|"
    r"connections?|traffic|pipeline|bus(?:es)?|split|divided|shuttl\w+|talks|clashes|fighting|battles?|border)\s+between\s+"
    + _FILLER
    + r"\Z"
)  # "the road between X and Y" is told of both ends
_DATELINE = re.compile(r"[^.,:—–\n]{0,20}(?:,[^.:—–\n]{1,30})?(?:\([^)]{1,30}\)\s*(?:—|–|--?)|\s(?:—|–|--)|:|\))\s")
_SPEAKS = re.compile(
    r"(?:[’']s?)?(?:\s+(?!said|of\b)[\w.’'-]+){0,5}?\s+(?:said|says|announced|announces|reported|reports|stated|claimed|"
    r"claims|confirmed|denied|denies|told|added|accused|accuses|warned|warns)\b"
)
_ACCORDING = caseless(r"\baccording to [^,.;]{0,60}\Z")
_LEFT = caseless(
    r"\b(?:left|leaves|leaving|departed|departing|fled|flees|fleeing|quit|vacated|abandoned)\s+" + _FILLER + r"\Z"
)
_SAID_IN = caseless(
    r"\b(?:said|announced|told (?:reporters|journalists|\w+)|speaking|spoke|statement|interview|"
    r"(?:press|news) conference)"
    r"(?: (?:on )?\w+day)? (?:in|at|from) " + _FILLER + r"\Z"
)
_REQUEST = re.compile(r"[’']s?\s+(?:request|invitation|behest|insistence|expense)\b")
_CAPITALS_DATELINE = re.compile(r"(?:,[^.:—–\n]{1,30})?\s-\s")
_ACTS = re.compile(
    r"\s+(?:also |has |had |later |then |on \w+ |earlier )?(?:said|says|sent|began|made|took|told|denies|wants|accuses|"
    r"claims|plans|insists|calls|warns|urges|(?:did|does|had|has|was|is) not|"
    r"(?!shelled|bombed|attacked|besieged|captured|seized|located|based|called|named|rocked|hit)"
    r"[a-z]{3,}ed)\b"
)


@dataclass(frozen=True, slots=True)
class Located:
    """A place of a sentence; ``link`` is how the words before it tie it to what is told.

    ``link`` is at, to, from, dateline ("GENEVA (AP) —"), object (no preposition),
    possessive ("Mali's army"), of (any other preposition), people
    (a demonym or metonym), source (who says so) or aside (a border, an affiliation).
    ``series`` numbers coordinated names alike.
    """

    place: Place
    link: str
    series: int
    preposition: str = ""


def read_links(text: str, start: int, places: Sequence[Place]) -> list[Located]:
    """The places of one sentence, which begins at ``start``, in text order, with the role their words give them."""
    found: list[Located] = []
    for place in places:
        if place.kind == "embedded" or place.start is None or place.end is None:
            continue
        before = found[-1] if found else None
        if (
            before is not None
            and contains(before.place, place)
            and _CAPITAL.fullmatch(lowered(text), before.place.end or 0, place.start)
        ):
            found[-1] = Located(before.place, "aside", before.series, before.preposition)
            link = _link(before.preposition, "") if before.link == "possessive" else before.link
            found.append(Located(place, link, before.series + 1, before.preposition))
            continue
        located = _read(text, start, place, place.start, before)
        if located.preposition == "between" and located.place.gazetteer is None and found:
            found.pop()
        found.append(located)
    return found


def _read(text: str, start: int, place: Place, at: int, before: Located | None) -> Located:
    series = before.series + 1 if before else 0
    small = lowered(text)
    if before is not None and before.place.end is not None and before.place.end <= at:
        gap = small[before.place.end : at]
        if contains(place, before.place) and _INSIDE.match(gap):
            return Located(place, "aside", series, "in")  # "Goma, eastern Congo"
        if before.place.granularity != "country" and _INSIDE.match(gap) and _AREA_NOUN.match(small, place.end or at):
            return Located(place, "aside", series, "in")  # "Bakhmut, in the Donetsk region"
        if before.link != "aside" and _BESIDE.match(gap):
            return Located(place, "aside", series, "near")  # "a village outside the capital"
        if before.preposition == "between" and re.fullmatch(r"\s*and\s+" + _FILLER, gap):
            if _LINE.search(small, max(start, (before.place.start or 0) - 110), before.place.start or 0):
                return Located(place, before.link, before.series, before.preposition)
            return Located(between(before.place, place), before.link, before.series, "between")
        possessive = text[place.end or at : (place.end or at) + 2] in ("'s", "’s")
        if _COORDINATED.fullmatch(gap) and before.link != "aside" and not (possessive and gap.strip() == ","):
            return Located(place, before.link, before.series, before.preposition)
    if place.kind in ("demonym", "metonym"):
        return Located(place, "people", series)
    if at - start < 60 and (
        _DATELINE.match(text, place.end or at)
        or ((place.mention or "").isupper() and _CAPITALS_DATELINE.match(text, place.end or at))
    ):
        return Located(place, "dateline", series)
    lead = small[max(start, at - 110) : at]
    distant = _DISTANCE.search(lead) if "of" in lead else None
    if distant:
        return Located(offset(place, distant.group(1), distant.group(2), distant.group(3)), "at", series, "of")
    away = _AWAY.search(lead) if _DIGIT.search(lead) else None
    if away:
        return Located(offset(place, away.group(1), away.group(2), None), "at", series, "from")
    if (
        _ACCORDING.search(lead)
        or _SAID_IN.search(lead)
        or (place.granularity == "country" and _SPEAKS.match(text, place.end or at))
    ):
        return Located(place, "source", series)
    governed = _GOVERNED.search(lead)
    preposition = governed.group(1) if governed else ""
    after = text[place.end or at : (place.end or at) + 12]
    if preposition in _NEAR:
        place = near(place)
    if _DESK.match(small, place.end or at):
        return Located(place, "aside", series, preposition)
    if _stands_for_people(text, place, preposition):
        return Located(place, "people", series, preposition)
    if _INSTITUTION.match(small, place.end or at) or (preposition == "in" and _SEAT.search(lead)):
        return Located(place, "people", series, preposition)
    abroad = preposition in ("near", "outside", "beyond") and place.granularity == "country"
    aside = abroad or (preposition == "to" and _ENVOY.search(lead)) or _REQUEST.match(text, place.end or at)
    link = "aside" if aside else _link(preposition, after)
    if link == "object" and _LEFT.search(lead):
        link = "from"
    if link == "object" and place.granularity != "country" and _ACTS.match(text, place.end or at):
        link = "people"  # "Moscow accused", a capital for its government
    return Located(place, link, series, preposition)


def _stands_for_people(text: str, place: Place, preposition: str) -> bool:
    """Whether a name stands for those who act: "the Ruritanian tribe", "U.S. imports"."""
    end = place.end or 0
    if _TRIBE.match(lowered(text), end):
        return True
    if preposition in _AT or preposition in _TO or preposition in _FROM:
        return False
    return (
        bool(_SHORT_COUNTRY.fullmatch(place.mention or ""))
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isalpha()
    )


def _link(preposition: str, after: str) -> str:
    if _HOME.match(after):
        return "possessive" if preposition not in _AT or after[0] == "-" else "at"
    if preposition in _ASIDE:
        return "aside"
    if preposition in _FROM:
        return "from"
    if preposition in _TO:
        return "to"
    if preposition in _AT or preposition == "between":
        return "at"
    return "of" if preposition and preposition != "and" else "object"


def contains(outer: Place, inner: Place) -> bool:
    """Whether ``inner`` lies in ``outer``, a region or country: by country and first-level region, or by distance."""
    if RANK.get(outer.granularity, 1) <= RANK.get(inner.granularity, 1) or RANK.get(outer.granularity, 1) < 2:
        return False
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.granularity == "country":
        return outer.country == inner.country and outer.country is not None
    return outer.admin1 == inner.admin1 or outer.name == inner.admin1 or distance_km(outer, inner) <= outer.radius_km


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres (haversine on a sphere of 6371 km)."""
    from math import asin, cos, radians, sin, sqrt

    lat_a, lat_b = radians(a.lat), radians(b.lat)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))
