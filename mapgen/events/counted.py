"""The nouns that a figure counts: people by party, vehicles, aircraft, buildings, and what is of no interest."""

from __future__ import annotations

import re

POLICE, PROTESTERS, COMBATANTS = "police", "protesters", "soldiers"

_GROUPS = {
    POLICE: "police policemen policeman policewoman policewomen officer officers constable constables jawan jawans "
    "gendarme gendarmes cop cops guards guard agents agent troopers",
    PROTESTERS: "protester protesters protestor protestors demonstrator demonstrators marcher marchers rioter rioters "
    "activist activists picketers strikers campaigner campaigners",
    COMBATANTS: "soldier soldiers troop troops paratrooper paratroopers marine marines peacekeeper peacekeepers "
    "serviceman servicemen servicewomen reservist reservists conscript conscripts commando commandos guardsman "
    "guardsmen "
    "personnel infantrymen legionnaires sailor sailors airmen",
    "militants": "militant militants fighter fighters rebel rebels insurgent insurgents terrorist terrorists gunman "
    "gunmen attacker attackers bandit bandits extremist extremists jihadist jihadists guerrilla guerrillas mercenary "
    "mercenaries militiaman militiamen assailant assailants bomber bombers kidnappers separatists combatants "
    "operative operatives loyalists partisans smugglers traffickers looter looters hooligans",
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
    "pastor pastors bishop cleric clerics nun nuns elder elders chief commander commanders businessman banker "
    "cyclist cyclists pedestrian pedestrians motorist motorists shopper shoppers commuter commuters diplomat "
    "diplomats ambassador aide aides paramedic paramedics captive captives settler settlers toddler toddlers "
    "pensioner pensioners grandmother grandfather nephew niece cousin uncle aunt neighbour neighbours neighbor "
    "neighbors opponents dissident dissidents seamen spy spies hiker hikers climber climbers shopkeeper "
    "relative relatives families family schoolgirls schoolboys "
    "schoolchildren minors minor adults adult elderly spectators fans crowd crowds engineer guest guests mourners "
    "individuals individual humans evacuees couple",
    "vehicles": "vehicle vehicles truck trucks lorry lorries car cars bus buses tank tanks apc apcs ifv ifvs "
    "motorcycle motorcycles motorbike motorbikes pickup pickups humvee humvees jeep jeeps van vans ambulance "
    "ambulances "
    "tractor tractors minibus minibuses taxi taxis carriers bulldozers tankers trams",
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
