"""The words that tie a place to what is told: prepositions, what may stand before a name, and what follows it."""

from __future__ import annotations

import re

from mapgen.events.lowered import any_of, caseless

FILLER = (
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
PREPOSITIONS = (
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
GOVERNED = caseless(
    r"\b(" + any_of(sorted(PREPOSITIONS, key=len, reverse=True)) + r")[\s“\"'‘]+" + FILLER + r"\Z",
)
COORDINATED = caseless(
    r"\s*(?:in the (?:north|south|east|west|centre|center)\w*)?\s*(?:,|;|/|,?\s*(?:and|or|as well as|plus|and also|"
    r"and in|and to|and from|,? followed by))\s*(?:and\s+)?" + FILLER + r"\Z",
)
INSIDE = caseless(r"\s*(?:,|\(|in|of|,?\s*(?:in|located in|capital of)\b)\s*" + FILLER + r"\Z")
AREA_NOUN = caseless(r"\s+(?:region|province|oblast|governorate|prefecture|state|department|county)\b")
BESIDE = caseless(
    r"\s*,?\s*(?:just\s+)?(?:outside|near|close to|not far from|on the outskirts of|"
    r"(?:\d[\d,.]*\s*(?:km|kilomet\w+|miles?)\s+)?(?:north|south|east|west|(?:north|south)-?(?:east|west))\s+of|"
    r"\d[\d,.]*\s*(?:km|kilomet\w+|miles?)\s+\w+(?: of)?)\s+"
    + FILLER + r"\Z",
)  # fmt: skip
CAPITAL = caseless(r"[’']s?\s+" + FILLER + r"(?:of\s+)?\Z")
ENVOY = caseless(
    r"\b(?:ambassadors?|envoys?|representatives?|attach[eé]s?|consuls?|missions?|embass(?:y|ies)|visits?|loans?|aid|"
    r"assistance|exports?|sales?|support|threats?|trips?|tours?|journeys?|travel|according|due|thanks|response|reference|similar)\s+to\s+"
    + FILLER
    + r"\Z",
)  # "the ambassador to Norway": a tie, not a way there
DISTANCE = caseless(
    r"(?:(\d[\d,.]*)\s*-?\s*(kms?|kilomet(?:er|re)s?|(?:nautical\s+)?miles?|mi)\b(?:\s*\([^)]{1,20}\))?\s+)?"
    r"(?:to the\s+)?"
    r"(north|south|east|west|north-?east|north-?west|south-?east|south-?west)\s+of\s+" + FILLER + r"\Z",
)
DIGIT = re.compile(r"\d")
AWAY = caseless(
    r"(\d[\d,.]*)\s*-?\s*(kms?|kilomet(?:er|re)s?|(?:nautical\s+)?miles?|mi)\b(?:\s*\([^)]{1,20}\))?\s+(?:away\s+)?(?:from|outside(?:\s+of)?)\s+"
    + FILLER + r"\Z",
)  # fmt: skip
NEAR = frozenset(("near", "outside", "around", "beyond", "off", "outskirts of", "suburb of", "suburbs of"))
AT = NEAR | frozenset(
    ("in", "at", "on", "across", "throughout", "inside", "within", "along", "over", "through", "capture of", "city of",
     "town of", "village of", "province of", "region of", "district of", "state of", "port of", "island of",
     "capital of", "evacuation of", "siege of", "bombing of", "shelling of", "occupation of", "storming of",
     "closure of", "fall of", "seizure of", "liberation of", "blockade of", "battle of", "battle for", "bombardment of",
     "invasion of", "control of", "parts of", "streets of", "bank of", "shores of", "coast of", "waters of", "based in",
     "under", "north", "south", "east", "west", "like")
)  # fmt: skip
TO = frozenset(("to", "into", "towards", "toward", "onto", "upon", "for"))
FROM = frozenset(("from", "out of", "based in", "based at", "stationed in", "stationed at", "headquartered in"))
ASIDE = frozenset(
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
HOME = re.compile(r"^[\s-]+(?:based|born|backed|led|made|flagged|trained|controlled|held|occupied)\b|^[’']s\b|^s[’']\s")
INSTITUTION = caseless(
    r"(?:[’']s|s[’'])\s+(?:[\w-]+\s+){0,3}?(?:governments?|ministr(?:y|ies)|ministers?|presidents?|parliament|army|military|"
    r"forces|troops|police|government|authorities|officials?|spokes\w+|ambassadors?|envoys?|leaders?|council|committee|"
    r"agency|commission|court|navy|air force|interior|defen[cs]e|foreign|health|party|union|federation|king|prime|"
    r"chief|embassy|rulers?|junta|cabinet|state|intelligence|security service)\b"
)  # "Mali's defence ministry": who acts, not where
DESK = caseless(
    r"\s+(?:envoys?|ambassadors?|embassy|correspondents?|bureau|consulate|desk|analysts?|experts?|specialists?)\b"
)
SEAT = caseless(
    r"\b(?:governments?|authorities|ministr(?:y|ies)|parliament|lawmakers|leadership|rulers|junta|regime|officials|"
    r"diplomats?|analysts?|economists?|experts?|spokes\w+|correspondents?)"
    r"\s+in\s+(?:the\s+capital,?\s+)?\Z"
)  # "the government in Paris": who speaks, not where
TRIBE = caseless(r"\s+(?:tribes?|tribesmen|clans?|communit(?:y|ies)|herders|ethnic)\b")
SHORT_COUNTRY = re.compile(
    r"(?:U\.?S\.?(?:A\.?)?|U\.?K\.?|UAE|EU|DRC|PRC)"
)  # before a noun an adjective: "U.S. beef imports"
LINE = caseless(
    r"\b(?:lines?|roads?|railways?|routes?|highways?|motorways?|trains?|flights?|services?|ferr(?:y|ies)|links?|corridor|"
    r"connections?|traffic|pipeline|bus(?:es)?|split|divided|shuttl\w+|talks|clashes|fighting|battles?|border)\s+between\s+"
    + FILLER
    + r"\Z"
)  # "the road between X and Y" is told of both ends
DATELINE = re.compile(r"[^.,:—–\n]{0,20}(?:,[^.:—–\n]{1,30})?(?:\([^)]{1,30}\)\s*(?:—|–|--?)|\s(?:—|–|--)|:|\))\s")
SPEAKS = re.compile(
    r"(?:[’']s?)?(?:\s+(?!said|of\b)[\w.’'-]+){0,5}?\s+(?:said|says|announced|announces|reported|reports|stated|claimed|"
    r"claims|confirmed|denied|denies|told|added|accused|accuses|warned|warns)\b"
)
ACCORDING = caseless(r"\baccording to [^,.;]{0,60}\Z")
LEFT = caseless(
    r"\b(?:left|leaves?|leaving|departed|departing|fled|flees?|fleeing|quit|vacated|abandoned)\s+" + FILLER + r"\Z"
)
SAID_IN = caseless(
    r"\b(?:said|announced|told (?:reporters|journalists|\w+)|speaking|spoke|statement|interview|"
    r"(?:press|news) conference)"
    r"(?: (?:on )?\w+day)? (?:in|at|from) " + FILLER + r"\Z"
)
REQUEST = re.compile(r"[’']s?\s+(?:request|invitation|behest|insistence|expense)\b")
CAPITALS_DATELINE = re.compile(r"(?:,[^.:—–\n]{1,30})?\s-\s")
ACTS = re.compile(
    r"\s+(?:also |has |had |later |then |on \w+ |earlier )?(?:said|says|sent|began|made|took|told|denies|wants|accuses|"
    r"claims|plans|insists|calls|warns|urges|(?:did|does|had|has|was|is) not|"
    r"(?!shelled|bombed|attacked|besieged|captured|seized|located|based|called|named|rocked|hit)"
    r"[a-z]{3,}ed)\b"
)
OFFICE = caseless(
    r"\b(?:presidents?|premiers?|(?:prime )?ministers?|governments?|parliament|king|queen|emir|army|police|ministry|"
    r"governors?|mayors?|prefects?|bishops?|archbishops?|heads?|leaders?|authorities|rulers?|ombudsman|police chiefs?|"
    r"commanders?|residents|people|natives?|citizens)\s+of\s+" + FILLER + r"\Z"
)  # "the minister of Bulgaria": who acts or speaks
AREA_BEFORE = caseless(
    r"(?:\b(?:province|region|state|governorate|oblast|district|county|prefecture|department|canton)s?"
    r"(?:\s+(?:of|such as|including))?\s*[:–—,-]?\s*|"
    r"\b(?:northern|southern|eastern|western|central|rural|upstate|across|throughout|parts? of|most of)\s+)\Z"
)  # a name that a town and its region share means the region
AREA_AFTER = caseless(
    r"\s+(?:province|region|state|governorate|oblast|district|county|prefecture|department|canton|and \S+ "
    r"(?:province|region|state|governorate|oblast|district|countie|prefecture|department|canton)s)\b"
)
ITS_LAND = caseless(
    r"\s+(?:[\w-]+[’']s?\s+)?(?:(?:government|army|rebel)-held\s+)?(?:territory|soil|waters|airspace|side of the|"
    r"coast|mainland|countryside)\b"
)  # "in Ruritanian waters": there, not who
AND_ELSEWHERE = caseless(
    r",?\s+as well as\s+[^,;.]{3,60}\b(?:in|at|near|outside)\s+" + FILLER
)  # "in Kisumu as well as a bombing near a market in Nairobi"
IN_A_SENTENCE = re.compile(r"\b(?:[a-z]{2,}|In|At|On|Near|From|Outside|The|A|An)\s")  # so begins no dateline
LISTED = re.compile(
    r",\s+(?:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,?\s+){1,3}and\s+(?:the\s+)?"
)  # "Goma, Nkoe and Kisumu", with a name between that no gazetteer knows
SHIP = caseless(
    r"\b(?:destroyers?|frigates?|corvettes?|aircraft carriers?|submarines?|warships?|cutters?|tankers?|freighters?|"
    r"ferr(?:y|ies)|trawlers?|patrol (?:boats?|vessels?)|uss|hms|hmas|ins)\s+[“\"'‘]?\Z"
)  # "the destroyer Bainbridge"
ROAD = caseless(
    r"\b(?:roads?|railways?|highways?|motorways?|railway lines?|lines?|routes?|corridors?|pipelines?|trains?|buses|"
    r"ferries|flights|services?)\s+from\s+" + FILLER + r"\Z"
)  # shut, it is so at both ends
AT_SEAT = caseless(
    r"\b(?:around|outside|near|at|inside|into|opposite|stormed|entered|attacked|towards?|in front of)\s+(?:the\s+)?"
    r"(?:[\w-]+\s+)?(?:parliament|ministry)\s+in\s+(?:the\s+capital,?\s+)?\Z"
)  # "outside the parliament in Kisumu": the building
