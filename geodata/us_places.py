"""Places of the United States under 500 people, townships and neighbourhoods: what the post calls them, by zipcodes.

The middle of the ZIP codes that a name is used in is the place's point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import zipcodes

from geodata.ordinary_words import ordinary
from geodata.points import Point, extent_km, middle
from geodata.populated_places import cities
from mapgen.gazetteer.dump import town_radius_km
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

# USPS Publication 28, appendices B and H: how the post shortens words of names.
_WORDS = {
    "Twp": "Township", "Vlg": "Village", "Hts": "Heights", "Bch": "Beach", "Spgs": "Springs", "Spg": "Spring",
    "Jct": "Junction", "Ctr": "Center", "Mtn": "Mountain", "Mt": "Mount", "Pk": "Park", "Shrs": "Shores",
    "Hls": "Hills", "Gdns": "Gardens", "Grv": "Grove", "Fls": "Falls", "Is": "Island", "Lk": "Lake", "Pt": "Point",
    "Ft": "Fort", "Crk": "Creek", "Hbr": "Harbor", "Cy": "City", "Clg": "College", "Est": "Estates", "Vly": "Valley",
    "Rnch": "Ranch", "Vw": "View", "Cyn": "Canyon", "Fld": "Field", "Frk": "Fork", "Lndg": "Landing", "Mdws": "Meadows",
    "Brg": "Bridge", "Tnsp": "Township", "Plns": "Plains", "Ste": "Sainte", "Vis": "Vista", "Fry": "Ferry",
    "Fl": "Falls", "Natl": "National", "AFB": "Air Force Base", "Prt": "Port", "Ftn": "Fountain",
}  # fmt: skip
_ENDS = (("vlle", "ville"), ("fld", "field"), ("brg", "burg"))
_FIRST = {"N": "North", "S": "South", "E": "East", "W": "West", "No": "North", "So": "South"}
# Post offices of firms and offices, and shortened names that no table spells out.
_OFFICE = re.compile(
    r"\d|\b(?:Facility|Univ|University|Bank|Credit|Co|Inc|Corp|Dept|Service|Services|Processing|Insurance|Ins|Mail|Post|"
    r"Station|Sta|Branch|Admn|Brm|Brms|Gov|Govt|State|Federal|Naval|Nas|Afb|Hospital|Hosp|Apo|Fpo|Dpo|Unit)\b|[^\w\s.'’-]"
)
_SHORTENED = re.compile(r"\b[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{3,}\b")
_STATES_APART = {"AA", "AE", "AP"}  # the mail of the armed forces
_SAME_PLACE_KM = 40.0
_CITY = 20_000  # people
_LEAST_RADIUS_KM = 3.0


def records() -> Iterator[Record]:
    """One record a name of the post in a state, where GeoNames has no town of that name nearby."""
    towns = _towns()
    for (state, name), points in sorted(named().items()):
        if ordinary(name):
            continue
        lat, lon = middle(points)
        if any(distance_km(lat, lon, *town) <= _SAME_PLACE_KM for town in towns.get((state, fold(name)), ())):
            continue
        entry = GazetteerEntry(
            id=f"usps:{state}.{fold(name).replace(' ', '-')}", name=name, lat=lat, lon=lon, country="US",
            admin1=f"US.{state}", feature="P.PPLX" if _in_a_city(lat, lon) else "P.PPL",
            radius_km=max(_LEAST_RADIUS_KM, extent_km(lat, lon, points)),
        )  # fmt: skip
        names = [(name, "main")]
        if name.endswith(" Township"):
            names += [(name.removesuffix("nship") + ".", "alternate"), (name.removesuffix(" Township"), "derived")]
        yield Record(entry, names)


def _in_a_city(lat: float, lon: float) -> bool:
    """Whether a larger town's disc holds the point: then what stands there is a quarter of it."""
    return any(distance_km(lat, lon, *point) < radius for point, radius in _cities().get((int(lat), int(lon)), ()))


@cache
def _cities() -> dict[tuple[int, int], list[tuple[Point, float]]]:
    """Square of one degree ─► the larger towns in and beside it: point and radius in km."""
    found: dict[tuple[int, int], list[tuple[Point, float]]] = defaultdict(list)
    for city in cities():
        if city["countrycode"] == "US" and city["population"] >= _CITY:
            lat, lon = city["latitude"], city["longitude"]
            for i, j in product((-1, 0, 1), repeat=2):
                found[int(lat) + i, int(lon) + j].append(((lat, lon), town_radius_km(city["population"])))
    return found


def spelled(name: str) -> str:
    """A name of the post in full: "N Shrewsbury Twp" ─► "North Shrewsbury Township"."""
    words = [_WORDS.get(word, word) for word in name.split()]
    if len(words) > 1:
        words[0] = _FIRST.get(words[0], words[0])
    for n, word in enumerate(words):
        for short, full in _ENDS:
            if word.endswith(short):
                words[n] = word.removesuffix(short) + full
    return " ".join(words)


def named() -> dict[tuple[str, str], list[Point]]:
    """State and name ─► the points of the ZIP codes that the post uses the name in."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for code in zipcodes.list_all():
        if code["zip_code_type"] == "UNIQUE" or code["state"] in _STATES_APART or not code["lat"]:
            continue
        for name in {spelled(each) for each in (code["city"], *code["acceptable_cities"])}:
            if len(name) > 2 and not _OFFICE.search(name) and not _SHORTENED.search(name):
                found[code["state"], name].append((float(code["lat"]), float(code["long"])))
    return found


def _towns() -> dict[tuple[str, str], list[Point]]:
    """State and folded name ─► the towns that GeoNames has."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for city in cities():
        if city["countrycode"] == "US":
            for key in {fold(name) for name in (city["name"], *city["alternatenames"])}:
                found[city["admin1code"], key].append((city["latitude"], city["longitude"]))
    return found
