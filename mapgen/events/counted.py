"""The words that say what a figure counts: nouns for people and things, verbs for what became of them."""

from __future__ import annotations

import re

from mapgen.events.lowered import any_of, caseless

POLICE, PROTESTERS, COMBATANTS = "police", "protesters", "soldiers"

_GROUPS = {
    POLICE: "police policemen policeman policewoman policewomen officer officers constable constables jawan jawans "
    "gendarme gendarmes cop cops guards guard agents agent troopers",
    PROTESTERS: "protester protesters protestor protestors demonstrator demonstrators marcher marchers rioter rioters "
    "activist activists picketers strikers",
    COMBATANTS: "soldier soldiers troop troops paratrooper paratroopers marine marines peacekeeper peacekeepers "
    "serviceman servicemen servicewomen reservist reservists conscript conscripts commando commandos guardsman "
    "guardsmen "
    "personnel infantrymen legionnaires sailor sailors airmen",
    "militants": "militant militants fighter fighters rebel rebels insurgent insurgents terrorist terrorists gunman "
    "gunmen attacker attackers bandit bandits extremist extremists jihadist jihadists guerrilla guerrillas mercenary "
    "mercenaries militiaman militiamen assailant assailants bomber bombers kidnappers separatists combatants",
    "civilians": "civilian civilians villager villagers resident residents bystander bystanders local locals",
    "people": "people person persons man men woman women child children boy boys girl girls baby babies infant infants "
    "teenager teenagers youth youths student students pupil pupils teacher teachers worker workers miner miners farmer "
    "farmers passenger passengers pilot pilots driver drivers journalist journalists reporter reporters tourist "
    "tourists "
    "pilgrim pilgrims worshipper worshippers worshipers migrant migrants refugee refugees doctor doctors nurse nurses "
    "medic medics firefighter firefighters rescuer rescuers employee employees staff suspect suspects prisoner "
    "prisoners "
    "inmate inmates detainee detainees hostage hostages patient patients victim victims survivor survivors member "
    "members official officials politician politicians lawmaker lawmakers leader leaders citizen citizens national "
    "nationals foreigner foreigners other others supporter supporters volunteer volunteers candidate judge lawyer "
    "mother mothers father fathers wife husband son sons daughter daughters brother brothers sister sisters parents "
    "lawyers priest priests monk monks imam fisherman fishermen shepherd herders herder crew cameraman photographer "
    "contractor contractors trader traders mayor councillor teller clerk pharmacist electrician watchman "
    "caretaker cook vendor "
    "vendors merchant merchants professor lecturer lecturers blogger bloggers singer midwife bystander "
    "shopkeeper relative relatives families family schoolgirls schoolboys "
    "schoolchildren minors minor adults adult elderly spectators fans crowd crowds engineer guest guests mourners "
    "individuals individual humans evacuees couple",
    "vehicles": "vehicle vehicles truck trucks lorry lorries car cars bus buses tank tanks apc apcs ifv ifvs "
    "motorcycle motorcycles motorbike motorbikes pickup pickups humvee humvees jeep jeeps van vans ambulance "
    "ambulances "
    "carriers bulldozers tankers trams",
    "aircraft": "aircraft plane planes airplane airplanes aeroplane aeroplanes helicopter helicopters jet jets "
    "warplane "
    "warplanes drone drones uav uavs gunship gunships airliner airliners",
    "buildings": "building buildings house houses home homes shop shops school schools apartment apartments structure "
    "structures hospital hospitals church churches mosque mosques store stores hut huts dwelling dwellings stalls "
    "warehouse warehouses residences properties clinics malls mall supermarkets supermarket",
    "other": "bombings bombing crashes "
    "horse horses cow cows cattle sheep goat goats dog dogs animal animals bird birds chicken chickens pigs "
    "camels fish tons tonnes rounds bullets shots missiles rockets shells bombs mortars mines landmines landmine "
    "grenades explosives weapons rifles "
    "pistols guns kg kilograms litres liters gallons barrels acres hectares villages village towns town cities "
    "districts provinces states countries bases base checkpoints positions camps hours days weeks months years minutes "
    "seconds votes seats points goals percent attacks attack explosions blasts incidents strikes raids clashes times "
    "occasions charges counts cases infections flights trains ships boats vessels boat ship vessel roads bridges "
    "metres meters kilometres kilometers km miles mile feet inches pounds dollars euros rubles roubles rupees lakh "
    "crore "
    "packages devices tunnels containers banks parties groups group brigades battalions units companies camps tents "
    "containers fires copies phones laptops statements reasons things items steps demands locations "
    "places areas neighbourhoods neighborhoods sites wards regions fronts sides directions blocks floors stories "
    "storeys "
    "rooms classrooms agreements documents meetings",
}
NOUNS = {noun: group for group, nouns in _GROUPS.items() for noun in nouns.split()}
GENERIC = {
    "deaths": "killed", "fatalities": "killed", "dead": "killed", "lives": "killed", "bodies": "killed",
    "corpses": "killed",
    "injuries": "injured", "wounded": "injured", "injured": "injured", "arrests": "arrested", "detentions": "arrested",
    "casualties": "casualties", "evacuations": "displaced", "hospitalisations": "hospitalised",
    "hospitalizations": "hospitalised",
}  # fmt: skip
PEOPLE = frozenset("killed injured hospitalised icu arrested missing displaced rescued soldiers participants".split())
SINGULAR = {"forces": frozenset(_GROUPS[COMBATANTS].split()) - {"personnel"}}

_I = re.IGNORECASE
# what a number is when one of these stands right behind it
NO_COUNT = re.compile(
    r"\s*(?:%|°)|\s+(?:per\s?cent|percent|percentage|years?|months?|weeks?|days?|hours?|minutes?|seconds?|am\b|pm\b|"
    r"a\.m|p\.m|"
    r"o[’']clock|km\b|kms\b|kilomet\w+|met(?:er|re)s?\b|miles?\b|feet|foot|ft\b|yards?|inch\w*|cm\b|mm\b|m\b|kg\b|"
    r"kilos?|"
    r"tons?\b|tonnes?|grams?|pounds?|lbs?\b|lit\w+s?\b|gallons?|barrels?|acres?|hectares?|square|cubic|degrees?|"
    r"dollars?|euros?|"
    r"rubles?|roubles?|rupees?|yen\b|yuan\b|pesos?|USD|US\$|Jan(?:uary|\b)|Feb|Mar(?:ch|\b)|Apr|May\b|Jun[e\b]|Jul|"
    r"Aug|Sep|"
    r"Oct|Nov|Dec|local\s+time|GMT|times?\b|more\s+(?:years|days|hours|months))|-?year-old|\s*-\s*\w+-old",
)

_AUX = (
    r"(?:,?\s+(?:who|that|which|have|has|had|were|was|are|is|be|been|being|got|also|reportedly|allegedly|since|now|"
    r"later|"
    r"feared|confirmed|reported|believed|presumed|known|said|thought|to|have|seriously|critically|badly|severely|"
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
    r"gunned\s+down|"
    r"burn(?:ed|t)\s+to\s+death|crushed\s+to\s+death|lynched|assassinated",
    "icu": r"(?:now\s+)?in\s+(?:(?:the\s+)?ICUs?|intensive[- ]care)",
    "hospitalised": r"hospitali[sz]ed|(?:taken|rushed|sent|brought|transported|airlifted|admitted)\s+to\s+"
    r"(?:\w+\s+){0,2}hospitals?|"
    r"treated\s+(?:in|at)\s+(?:\w+\s+){0,2}hospitals?|in\s+(?:the\s+)?hospitals?",
    "injured": r"injured|wounded|hurt|maimed|harmed|blinded|stabbed|burn(?:ed|t)|"
    r"treated\s+for\s+(?:\w+\s+){0,2}?(?:burns|"
    r"injur\w+|wounds|bruises)|(?:suffer|sustain)(?:ed|ing)\s+(?:\w+\s+){0,3}?(?:injur\w+|wounds|burns)",
    "arrested": r"(?:re-?)?arrested|detained|apprehended|(?:taken|remanded)\s+in(?:to)?\s+custody|rounded\s+up|jailed|"
    r"imprisoned|"
    r"charged|sentenced|convicted|indicted|recaptured|(?:taken|led)\s+away|locked\s+up|(?:placed\s+|put\s+)?under\s+arrest|in\s+custody|in\s+detention",
    "missing": r"missing|unaccounted\s+for",
    "displaced": r"displaced|homeless|evacuated|(?:forced|made|compelled)\s+to\s+(?:flee|leave|evacuate)|fle[de]|"
    r"uprooted|s(?:ought|eek(?:ing)?)\s+(?:refuge|shelter)|(?:taken|took)\s+(?:refuge|shelter)|"
    r"(?:left|abandoned)\s+their\s+homes|driven\s+from",
    "rescued": r"to\s+safety|rescued|pulled\s+(?:alive\s+)?(?:out|from)|saved|plucked\s+from|"
    r"freed\s+from\s+(?:the\s+)?(?:rubble|debris|wreckage)",
}
FATE_WORD = re.compile(
    r"\b(?:[Kk]ill|slain|dead|die|perish|los[te]|losing|massacr|murder|execut|behead|drown|gunned|burn|crush|lynch|"
    r"assassin|ICU|"
    r"intensive|hospital|injur|wound|hurt|suffer|sustain|maim|arrest|rearrest|re-arrest|detain|detention|apprehend|"
    r"custody|"
    r"rounded|jail|imprison|missing|unaccounted|displac|homeless|evacuat|forced|made|compelled|fle[de]|uproot|left|"
    r"abandon|"
    r"driven|safety|rescue|pulled|saved|plucked|freed|slaughter|butcher|stabbed|hacked|bludgeon|clubbed|put|cut|harmed|blinded|"
    r"treated|charged|sentenced|convicted|indicted|recaptured|taken|led|locked|sought|seek|took)"
)
GATHER_WORD = re.compile(  # what ACTIVE["gathered"] ends with: looked for first
    r"\b(?:"
    + any_of(
        "attend block chanting clash demanding demonstrat flood gather join march occupied participat pour "
        "protest rall riot staged stormed stream surround take taking took turned walked downed "
        "laid went stopped".split(),
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
        "down laid "
        "walked wound".split()
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
        "bodies of, body of",
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
        "indicted, indicts, recaptured, took away, taken away, led away, hauled away",
    ),
    **_forms(
        "displaced",
        "displace, displaces, displaced, displacing, uprooted, uprooting, evacuate, evacuates, evacuated, "
        "evacuating, evacuation of, "
        "displacement of, forced, forcing, driven out",
    ),
    **_forms("rescued", "rescue, rescues, rescued, rescuing, saved, saving, pulled out, rescue of"),
}  # fmt: skip

TOLL_WORD = re.compile(r"\b(?:toll|deaths|fatalities|number|numbers)\b", _I)
TOLL = (
    ("killed", re.compile(
        r"\b(?:death\s+toll|toll|deaths|fatalities|number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities|"
        r"people\s+killed|[\w-]+\s+killed|"
        r"victims))\b[^.;]{0,90}?\b(?:to|at|of|reach(?:ed|es|ing)?|is|was|pass(?:ed|es)|exceed\w*|hit|topp\w+|rose|"
        r"climbed|stands?|stood)(?:\s+(?:now|least))?[\s:]*\Z", _I)),
    ("injured", re.compile(r"\bnumber\s+of\s+(?:the\s+)?(?:injured|wounded|people\s+(?:injured|wounded))\b"
        r"[^.;]{0,60}?\b(?:to|at|reached|is|was|hit)[\s:]*\Z", _I)),
    ("arrested", re.compile(r"\bnumber\s+of\s+(?:arrests|detainees|people\s+(?:arrested|detained))\b"
        r"[^.;]{0,60}?\b(?:to|at|reached|is|was|hit)[\s:]*\Z", _I)),
)  # fmt: skip

ACTIVE = {
    "destroyed": re.compile(
        r"\b(?:destroy(?:s|ed|ing)?|devour(?:s|ed|ing)?|consum(?:es|ed|ing)|wreck(?:s|ed|ing)?|damag(?:e|es|ed|ing)|(?:shot|shoot(?:s|ing)?|brought|bringing)\s+down|down(?:ed|"
        r"ing|s)|"
        r"burn(?:ed|t|ing)?(?:\s+down)?|torch(?:ed|ing|es)|demolish(?:ed|es|ing)|raz(?:ed|es|ing)|level(?:led|ed|"
        r"ling|s)|"
        r"wip(?:ed|ing)\s+out|set(?:ting)?\s+(?:fire\s+to|ablaze)|engulf(?:ed|ing|s)|flatten(?:ed|ing|s)|gutt(?:ed|"
        r"ing)|"
        r"vandali[sz](?:ed|ing)|loot(?:ed|ing)|jamm(?:ed|ing)|intercept(?:s|ed|ing)?|knocked\s+out)"
        r"(?:\s+(?:and\s+\w+|or\s+\w+|in|all|also|a\s+total\s+of|the|the\s+homes\s+of)){0,3}[\s:]*\Z", _I),
    "was destroyed": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,6}},?\s+(?:(?:partially|completely|partly|totally|heavily|badly|"
        rf"either)\s+)?(?:destroyed|damaged|burn(?:ed|t)|torched|"
        r"demolished|collapsed|razed|levelled|leveled|gutted|shot\s+down|downed|crashed|set\s+(?:on\s+fire|ablaze)|"
        r"plundered|ransacked|"
        r"engulfed|flattened|swept\s+away|flooded|looted|vandali[sz]ed|hit|jammed|intercepted)\b", _I),
    "sent": re.compile(
        r"\b(?:deploy(?:s|ed|ing)?|send(?:s|ing)?|sent|dispatch(?:ed|es|ing)?|station(?:ed|s|ing)|fl(?:ew|own|y|ies|"
        r"ying)(?:\s+in)?|mov(?:ed|es|ing)|"
        r"mobili[sz](?:ed|es|ing)|deployment\s+of|contingent\s+of|force\s+of|airlift(?:ed|s|ing)|call(?:ed|s|"
        r"ing)?\s+up|withdr[ae]w(?:s|ing|n)?|"
        r"pull(?:ed|s|ing)?\s+out|station\w*|posted|order(?:ed|s|ing))(?:\s+(?:of|up|to|out|in|back|the|its|an?|"
        r"a\s+total)){0,3}\s*\Z", _I),
    "was sent": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,6}},?\s+(?:deployed|sent|dispatched|stationed|posted|airlifted|flown|mobili[sz]ed|"
        rf"arrived?|landed|"
        r"withdrawn|guard(?:ed)?|patrol(?:led)?)\b", _I),
    "gathered": re.compile(
        rf"{_BETWEEN}{_AUX}{{0,5}},?\s+(?:(?:tried|attempted|began|started|continued|planning|due|expected|set|going|plan|tr(?:y|ying))\s+to\s+)?(?:gather(?:ed|s|"
        rf"ing)?|march(?:ed|es|ing)?|protest(?:ed|s|ing)?|demonstrat(?:ed|es|e|ing)|rall(?:ied|ies|y|ying)|"
        r"(?:took|take|taking|poured|pour|flooded|flood|streamed)\s+(?:part|to|in|into|onto|the)\b|join(?:ed|s|"
        r"ing)?\s+(?:\w+\s+){0,3}(?:protest|march|rall|demonstrat|strike|sit-in)\w*|"
        r"attend(?:ed|s|ing)?\s+(?:\w+\s+){0,3}(?:protest|march|rall|demonstrat|vigil|funeral)\w*|turned\s+out|"
        r"(?:downed|laid\s+down)\s+(?:their\s+)?tools|went\s+on\s+strike|stopped\s+work|participated|riot(?:ed|ing)?|clash(?:ed|ing)|"
        r"(?:take|seize|storm|enter|occupy|break|force|block)\s+(?:over|into|through|their)\b|"
        r"occupied|surrounded|blocked|stormed|walked\s+out|staged|demanding|chanting|block(?:ing|ed))\b", _I),
    "gather": re.compile(
        r"\b(?:dispers(?:e|ed|ing)|attended\s+by|crowds?\s+of|gathering\s+of|march\s+of|drew|drawing|attract(?:ed|"
        r"ing)|protest\s+by|rally\s+(?:by|of)|"
        r"demonstration\s+(?:by|of)|fir(?:ed|ing)\s+(?:on|at|into)|joined\s+by)(?:\s+(?:a|the|crowd|"
        r"of)){0,3}\s*\Z", _I),
}  # fmt: skip
