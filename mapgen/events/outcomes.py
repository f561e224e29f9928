"""The words that say what became of those counted: a toll, a verb before the number, a predicate behind it."""

from __future__ import annotations

import re

from mapgen.events.lowered import any_of, caseless

_I = re.IGNORECASE
_AUX = (
    r"(?:,?\s+(?:who|that|which|have|has|had|were|was|are|is|be|been|being|got|also|reportedly|allegedly|since|now|"
    r"later|"
    r"feared|confirmed|newly|may|might|could|must|as|reported|believed|presumed|known|said|thought|to|have|"
    r"seriously|critically|badly|severely|"
    r"lightly|slightly|"
    r"found|shot|left|still|remain|remained|remains|listed|declared|officially|already|then|instantly|immediately|"
    r"so\s+far|both|all|others?|more|either|being|people)\b)"
)
# one phrase between the noun and its predicate: "in Almaty", "on board", ", including two children,"
_BETWEEN = (
    r"(?:,\s+(?:including|among|most|mostly|many|some|all|both)\b[^,.;]{0,70},|"
    r"\s+(?:in|on|at|from|near|aboard|outside|inside|across|of|including|among|with)\s+(?:[\w’'.-]+\s*){1,5}?|"
    r"\s+and\s+(?:police|other)\s+\w+|\s+\([^()]{0,50}\)|,\s+[^,.;]{3,60},)?"
)


def _after(fate: str) -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}(?:{_AUX}){{0,7}},?\s+(?:{fate})\b", _I)


_FATES = {
    "killed": r"(?:fatally|mortally)\s+(?:wounded|injured|shot)|"
    r"(?:injured|wounded)\b[^,.;]{0,30}\b(?:died|dies)|killed|slain|dead|die[sd]?|perish(?:ed)?|"
    r"slaughtered|butchered|(?:stabbed|hacked|bludgeoned|clubbed)\s+to\s+death|put\s+to\s+death|cut\s+down|"
    r"los(?:t|e|ing)\s+(?:their|his|her)\s+li(?:ves|fe)|massacred|murdered|executed|beheaded|drown(?:ed)?|"
    r"gunned\s+down|neutrali[sz]ed|eliminated|fell\s+(?:in|during)\s+(?:the\s+)?(?:\w+\s+)?(?:battles?|fighting|"
    r"combat)|succumb(?:ed|s)\s+to|"
    r"burn(?:ed|t)\s+to\s+death|crushed\s+to\s+death|lynched|assassinated",
    "icu": r"(?:now\s+)?in\s+(?:(?:the\s+)?ICUs?|intensive[- ]care)",
    "hospitalised": r"hospitali[sz]ed|(?:taken|rushed|sent|brought|transported|airlifted|admitted)\s+to\s+"
    r"(?:\w+\s+){0,2}hospitals?|"
    r"(?:need|requir|receiv)(?:ed|ing)\s+(?:\w+\s+)?hospital\s+(?:treatment|care)|treated\s+(?:in|"
    r"at)\s+(?:\w+\s+){0,2}hospitals?|in\s+(?:the\s+)?hospitals?",
    "injured": r"(?:came\s+away|escaped|left)\s+with\s+(?:[\w-]+\s+){0,2}?(?:injuries|wounds|bruises|burns|cuts)|"
    r"(?:need|requir|receiv|nurs)(?:ed|ing)\s+(?:\w+\s+)?injuries|"
    r"(?:need|requir|receiv|sought)(?:ed|ing)?\s+(?:medical\s+)?(?:treatment|care|attention)|"
    r"slashed|bruised|scalded|injured|wounded|hurt|maimed|harmed|blinded|stabbed|burn(?:ed|t)|"
    r"treated\s+for\s+(?:\w+\s+){0,2}?(?:burns|"
    r"injur\w+|wounds|bruises)|(?:suffer|sustain|receiv)(?:ed|ing)\s+(?:\w+\s+){0,3}?(?:injur\w+|wounds|burns)",
    "arrested": r"(?:re-?)?arrested|detained|apprehended|(?:taken|remanded)\s+in(?:to)?\s+custody|rounded\s+up|jailed|"
    r"imprisoned|nabbed|captured|picked\s+up|thrown\s+in(?:to)?\s+(?:jail|prison|cells)|sent\s+to\s+(?:jail|prison)|"
    r"behind\s+bars|bundled\s+(?:in)?to\s+(?:\w+\s+){0,2}(?:vans?|cars?|bus(?:es)?)|hauled\s+(?:in|off|away)|"
    r"caught(?!\s+(?:in|up|between|off|fire|on)\b)|"
    r"(?:(?<=been\s)|(?<=being\s)|(?<=were\s))held(?!\s+(?:hostage|captive|up|back)\b)|"
    r"charged|sentenced|convicted|indicted|recaptured|(?:taken|led)\s+away|locked\s+up|(?:placed\s+|"
    r"put\s+)?under\s+arrest|in\s+custody|in\s+detention",
    "missing": r"missing|vanished|disappeared|unaccounted\s+for",
    "displaced": r"displaced|homeless|evacuated|(?:forced|made|compelled)\s+to\s+(?:flee|leave|evacuate)|fle[de]|"
    r"(?:ha[ds]|have|told|ordered|orders|asked)\s+to\s+(?:leave|flee|vacate|get\s+out)|vacated|relocated|"
    r"uprooted|s(?:ought|eek(?:ing)?)\s+(?:refuge|shelter)|(?:taken|took)\s+(?:refuge|shelter)|"
    r"(?:left|abandoned|quit)\s+their\s+(?:homes|houses|villages|flats)|(?:driven|chased)\s+(?:out|from)",
    "rescued": r"(?:(?:brought|led|taken|carried|moved|flown|ferried|winched|helped|hauled|escorted|"
    r"dragged)\s+)?to\s+safety|winched|"
    r"(?:taken|brought)\s+(?:off|ashore)\s+(?:safely|alive)|rescued|(?:pulled|dug)\s+(?:alive\s+)?(?:out|from)|"
    r"saved|plucked\s+from|"
    r"freed\s+from\s+(?:the\s+)?(?:rubble|debris|wreckage)",
}
FATE_WORD = re.compile(
    r"\b(?:[Kk]ill|slain|dead|die|perish|los[te]|losing|massacr|murder|execut|behead|drown|gunned|burn|crush|lynch|"
    r"assassin|ICU|"
    r"intensive|hospital|injur|wound|hurt|suffer|sustain|maim|arrest|rearrest|re-arrest|detain|detention|apprehend|"
    r"custody|"
    r"rounded|jail|imprison|missing|unaccounted|displac|homeless|evacuat|forced|made|compelled|fle[de]|uproot|left|"
    r"abandon|"
    r"driven|safety|rescue|pulled|saved|plucked|freed|slaughter|butcher|stabbed|hacked|bludgeon|clubbed|put|cut|"
    r"harmed|blinded|"
    r"treated|fell|nurs|sought|behind|bundled|vanish|disappear|quit|succumb|neutrali|eliminat|need|requir|"
    r"receiv|escaped|came|slashed|bruised|scalded|nabbed|captured|picked|"
    r"thrown|sent|caught|held|vacate|ha[ds]|have|told|order|asked|relocat|chased|brought|carried|moved|flown|ferried|"
    r"winch|helped|hauled|escorted|dragged|dug|charged|sentenced|convicted|indicted|recaptured|taken|led|locked|"
    r"sought|seek|took)"
)
GATHER_WORD = re.compile(  # what ACTIVE["gathered"] ends with: looked for first
    r"\b(?:"
    + any_of(
        "attend block chanting clash demanding demonstrat flood gather join march occupied participat pour "
        "protest rall riot staged stormed stream surround take taking took turned walked downed "
        "laid went gone go are were been began stopped massed converged assembled congregated camped picketed "
        "heeded chained glued held hold holding".split(),
        either_case=True,
    )
    + r")"
)
# one of which stands in every sentence that counts people or what became of them: looked for before any reading
COUNTING = caseless(
    r"\b(?:"
    + any_of(
        "abandon activist apprehend arrest assassin attend attract behead block bodies burn casualt chanting "
        "clash  compelled corpses crowd crush custody dead death demanding demonstrat detain detention die "
        "dispers displac  drawing drew driven drown eliminat evacuat execut fatalit fir fle flood forc freed "
        "gather gunned homeless  hospital hurt icu imprison injur intensive jail join kill left life lives los "
        "lynch made maim march massacr missing  murder neutrali number occupied participat perish picket plucked "
        "pour protest pulled rall re-arrest rearrest  rescue riot round safety sav shoot shot slain slay slew "
        "staged stormed stream striker suffer surround sustain  take taking toll took turned unaccounted uproot "
        "slaughter butcher stab hack harm blind treat charg sentenc convict indict recaptur sought seek devour "
        "down laid get "
        "walked wound numbered turnout succumb neutrali need requir receiv escaped nabbed captur picked thrown "
        "sent caught held holding "
        "vacat relocat vanish disappear fell nurs sought behind bundled flight exodus refugees massed converg "
        "assembl congregat camp held went chained glued reduc hit heed "
        " chas brought carried winch dug drove cost seiz seized strong mass draft deploy".split()
    )
    + r")"
)
# what became of those counted, said behind them: the group that matches names the kind
FATE_AFTER = re.compile(
    rf"{_BETWEEN}(?:{_AUX}){{0,7}},?\s+(?:{'|'.join(f'(?P<{kind}>{fate})' for kind, fate in _FATES.items())})\b", _I
)

# the same, said before them: the last words before the quantity, when those that may stand between are passed over
SKIPPED = frozenset(
    "also reportedly nearly a an the what with thus all off up on down total of in another at least some further about "
    "over more than or around only just estimated as many far".split()
)


def _forms(kind: str, phrases: str) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): kind for phrase in phrases.split(", ")}


BEFORE: dict[tuple[str, ...], str] = {
    **_forms(
        "killed",
        "kill, kills, killed, killing, slay, slaying, slew, lives of, life of, murdered, murdering, murders, "
        "massacred, massacring, "
        "executed, executing, executes, beheaded, beheading, assassinated, assassinating, shot dead, shooting dead, "
        "shoots dead, "
        "gunned down, gunning down, deaths of, death of, killings of, killing of, lynched, lynching, "
        "slaughtered, slaughtering, butchered, butchering, eliminated, "
        "eliminating, "
        "neutralised, neutralized, neutralising, neutralizing, massacre of, murder of, execution of, "
        "bodies of, body of, neutralise, neutralises, picked off, stabbed to death, hacked to death, beheads",
    ),
    **_forms("injured", 
        "injure, injures, injured, injuring, wound, wounds, wounded, wounding, hurting, injuries to, maiming, maimed, "
        "blinding, blinded",
    ),
    **_forms("hospitalised", 
        "hospitalised, hospitalized, hospitalising, hospitalizing, hospital treated, hospital admitted",
    ),
    **_forms(
        "arrested",
        "arrest, arrests, arrested, arresting, rearrested, re-arrested, detain, detains, detained, detaining, "
        "apprehended, apprehending, "
        "rounded up, rounding up, arrest of, arrests of, detention of, into custody, jailed, jailing, jails, "
        "imprisoned, imprisoning, charged, charging, sentences, sentenced, sentencing, convicts, convicted, "
        "convicting, "
        "indicted, indicts, recaptured, took away, taken away, led away, hauled away, nabbed, nabbing, netted, "
        "picked up, hauled in, hauled off, arraigned, handcuffed",
    ),
    **_forms(
        "displaced",
        "displace, displaces, displaced, displacing, uprooted, uprooting, evacuate, evacuates, evacuated, "
        "evacuating, evacuation of, "
        "displacement of, forced, forcing, driven out, relocated, relocating, uproots, flight of, exodus of",
    ),
    **_forms("rescued", "rescue, rescues, rescued, rescuing, saved, saving, pulled out, rescue of, winched, plucked"),
}  # fmt: skip

TOLL_WORD = re.compile(
    r"\b(?:toll|dead|deaths|fatalities|number|numbers|turnout|attendance|crowds?|wounded|injured)\b", _I
)
TOLL = (
    ("killed", re.compile(
        r"\b(?:death\s+toll|toll|deaths|fatalities|number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities|"
        r"people\s+killed|[\w-]+\s+killed|"
        r"victims))\b[^.;]{0,90}?\b(?:to|at|of|reach(?:ed|es|ing)?|is|was|pass(?:ed|es)|exceed\w*|hit|topp\w+|rose|"
        r"climbed|stands?|stood)(?:\s+(?:now|least))?[\s:]*\Z", _I)),
    ("killed", re.compile(r"\b(?:[Tt]he|put\s+the)\s+dead\b[^.;,]{0,60}?\b(?:numbered|number|at)\s*\Z")),
    ("participants", re.compile(r"\b(?:turnout|attendance|crowds?|number\s+of\s+(?:protesters|demonstrators|"
        r"marchers|participants))\b[^.;]{0,70}?\b(?:at|reach(?:ed|es|ing)|was|numbered|"
        r"numbering)(?:\s+(?:as\s+high\s+as|only|just))?\s*\Z", _I)),
    ("injured", re.compile(r"\b(?:[Tt]he\s+(?:wounded|injured)\s+number(?:ed)?|"
        r"number\s+of\s+(?:the\s+)?(?:injured|wounded|people\s+(?:injured|wounded))\b"
        r"[^.;]{0,60}?\b(?:to|at|reached|is|was|hit))[\s:]*\Z", _I)),
    ("arrested", re.compile(r"\bnumber\s+(?:of\s+)?(?:arrests|detainees|(?:(?:people|those)\s+)?(?:arrested|"
        r"detained|held))\b"
        r"[^.;]{0,60}?\b(?:to|at|reached|is|was|hit)[\s:]*\Z", _I)),
)  # fmt: skip

ACTIVE = {
    "destroyed": re.compile(
        r"\b(?:destroy(?:s|ed|ing)?|devour(?:s|ed|ing)?|reduc(?:ed|ing)|consum(?:es|ed|ing)|wreck(?:s|ed|ing)?|"
        r"damag(?:e|es|ed|ing)|(?:shot|shoot(?:s|ing)?|brought|bringing)\s+down|down(?:ed|"
        r"ing|s)|"
        r"burn(?:ed|t|ing)?(?:\s+down)?|torch(?:ed|ing|es)|demolish(?:ed|es|ing)|raz(?:ed|es|ing)|level(?:led|ed|"
        r"ling|s)|"
        r"wip(?:ed|ing)\s+out|set(?:ting)?\s+(?:fire\s+to|ablaze|alight)|engulf(?:ed|ing|s)|flatten(?:ed|ing|s)|"
        r"gutt(?:ed|"
        r"ing)|"
        r"vandali[sz](?:ed|ing)|loot(?:ed|ing)|jamm(?:ed|ing)|intercept(?:s|ed|ing)?|knocked\s+out)"
        r"(?:\s+(?:and\s+\w+|or\s+\w+|in|all|also|a\s+total\s+of|the|the\s+homes\s+of)){0,3}[\s:]*\Z", _I),
    "was destroyed": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,6}},?\s+(?:(?:partially|completely|partly|totally|heavily|badly|"
        rf"either)\s+)?(?:destroyed|damaged|burn(?:ed|t)|torched|"
        r"demolished|collapsed|razed|levelled|leveled|gutted|shot\s+down|downed|crashed|"
        r"went\s+up\s+in\s+(?:flames|smoke)|reduced\s+to|set\s+(?:on\s+fire|ablaze|alight)|"
        r"plundered|ransacked|"
        r"engulfed|flattened|swept\s+away|flooded|looted|vandali[sz]ed|hit|jammed|intercepted)\b", _I),
    "sent": re.compile(
        r"\b(?:(?:re)?deploy(?:s|ed|ing)?|(?:a)?mass(?:ed|es|ing)|rush(?:ed|es|ing)|draft(?:ed|ing)\s+in|"
        r"assembl(?:ed|es|ing)|transferr(?:ed|ing)|ship(?:ped|ping)|send(?:s|ing)?|sent|dispatch(?:ed|es|ing)?|"
        r"station(?:ed|s|ing)|fl(?:ew|own|y|ies|"
        r"ying)(?:\s+in)?|mov(?:ed|es|ing)|"
        r"mobili[sz](?:ed|es|ing)|deployment\s+of|contingent\s+of|force\s+of|airlift(?:ed|s|ing)|call(?:ed|s|"
        r"ing)?\s+(?:up|out)|withdr[ae]w(?:s|ing|n)?|"
        r"pull(?:ed|s|ing)?(?:\s+out)?|station\w*|posted|order(?:ed|s|ing))(?:\s+(?:of|up|to|out|in|back|the|its|an?|"
        r"a\s+total)){0,3}\s*\Z", _I),
    "was sent": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,6}},?\s+(?:(?:re)?deployed|massed|surround(?:ed|ing)|(?:took|"
        rf"taking)\s+(?:up\s+positions|part)|cordoned|raided|stormed|searched|stood\s+guard|flew|"
        r"entered|crossed|drafted|rushed|transferred|called\s+(?:up|out)|bussed|sent|dispatched|stationed|"
        r"posted|airlifted|flown|mobili[sz]ed|"
        rf"arrived?|landed|"
        r"withdrawn|guard(?:ed)?|patrol(?:led)?)\b", _I),
    "gathered": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,5}},?\s+(?:(?:tried|attempted|began|started|continued|planning|due|expected|set|"
        rf"going|plan|tr(?:y|ying))\s+to\s+)?(?:gather(?:ed|s|"
        rf"ing)?|march(?:ed|es|ing)?|protest(?:ed|s|ing)?|demonstrat(?:ed|es|e|ing)|rall(?:ied|ies|y|ying)|"
        r"(?:took|take|taking|poured|pour|flooded|flood|streamed)\s+(?:part|to|in|into|onto|the)\b|join(?:ed|s|"
        r"ing)?\s+(?:\w+\s+){0,3}(?:protest|march|rall|demonstrat|strike|sit-in)\w*|"
        r"attend(?:ed|s|ing)?\s+(?:\w+\s+){0,3}(?:protest|march|rall|demonstrat|vigil|funeral)\w*|turned\s+out|"
        r"(?:downed|laid\s+down)\s+(?:their\s+)?tools|(?:went|gone|go|are|were|been|began)\s+(?:on\s+|"
        r"an?\s+)(?:\w+\s+)?strike|stopped\s+work|participated|riot(?:ed|ing)?|clash(?:ed|ing)|"
        r"(?:take|seize|storm|enter|occupy|break|force|block)\s+(?:over|into|through|their)\b|"
        r"massed|converged|assembled|congregated|camped\s+(?:out|in|outside)|picketed|heeded|"
        r"(?:chained|glued)\s+themselves|(?:held|hold|holding|stage)\s+(?:an?\s+)?(?:\w+\s+){0,2}(?:sit-in|"
        r"protest|vigil|rally|march|demonstration)s?|"
        r"occupied|surrounded|blocked|stormed|walked\s+out|staged|demanding|chanting|block(?:ing|ed))\b", _I),
    "gather": re.compile(
        r"\b(?:dispers(?:e|ed|ing)|attended\s+by|crowds?\s+of|gathering\s+of|march\s+of|drew|drawing|attract(?:ed|"
        r"ing)|protest\s+by|rally\s+(?:by|of)|"
        r"demonstration\s+(?:by|of)|fir(?:ed|ing)\s+(?:on|at|into)|joined\s+by)(?:\s+(?:a|the|crowd|"
        r"of)){0,3}\s*\Z", _I),
}  # fmt: skip
