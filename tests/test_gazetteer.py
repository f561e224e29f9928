"""The compiled index: what is asked of it is answered, what is wrong with it is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.errors import GazetteerError, InputError
from mapgen.gazetteer import PACKAGED, Gazetteer, fold
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.nearest import distance_km
from mapgen.gazetteer.writer import write
from mapgen.model import GazetteerEntry

packaged = pytest.mark.skipif(not PACKAGED.exists(), reason="the index is not built (python -m geodata.build)")


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return Gazetteer()


def place(number: int, name: str, lat: float, lon: float, **more: object) -> GazetteerEntry:
    return GazetteerEntry(id=f"geonames:{number}", name=name, lat=lat, lon=lon, **more)  # type: ignore[arg-type]


RECORDS = [
    Record(place(1, "Port Sana'a", 10.0, 20.0, country="XA", admin1="XA.01", population=9000),
           [("Port Sana'a", "main"), ("Порт-Сана", "alternate")]),
    Record(place(2, "Saint Odo", -5.0, 179.9, country="XA", admin1="XA.02", population=100),
           [("Saint Odo", "main"), ("St Odo's Town", "alternate")]),
    Record(place(3, "Saint Odo", 60.0, 20.0, country="XB", population=70_000), [("Saint Odo", "main")]),
    Record(place(4, "Northland", 8.0, 19.0, country="XA", admin1="XA.01", feature="A.ADM1", granularity="region"),
           [("Northland", "main"), ("Nthld.", "abbreviation"), ("Northlander", "demonym")], ["region:XA.01"]),
    Record(place(5, "北城", 8.0, 19.1, country="XC", population=5), [("北城", "main")]),
]  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    write(tmp_path / "small.bin", RECORDS, sources="Test")
    return Gazetteer(tmp_path / "small.bin")


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Alma-Ata", "alma ata"),
        ("ALMATY", "almaty"),
        ("Sana'a", "Sanaa"),
        ("Kramators’k", "Kramatorsk"),
        ("São Tomé", "sao tome"),
        ("St. John's", "Saint Johns"),
        ("Ft Worth", "Fort Worth"),
        ("U.S.A.", "usa"),
        ("Łódź", "lodz"),
        ("Йошкар-Ола", "йошкар ола"),
        ("إسطنبول", "اسطنبول"),
        ("किताब", "किताब"),
    ],
)
def test_fold_brings_spellings_together(written: str, same: str) -> None:
    assert fold(written) == fold(same)


def test_fold_keeps_vowel_signs_apart() -> None:
    assert fold("मोती") != fold("माता")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in Port Sana'a today", ["Port Sana'a"]),
        ("in Port Sana’a’s harbour", ["Port Sana’a"]),
        ("PORT-SANAA, a port", ["PORT-SANAA"]),
        ("Port\nSanaa", ["Port\nSanaa"]),
        ("Port\n\nSanaa", []),
        ("the port sanaa", []),
        ("St. Odo and St Odo's Town", ["St. Odo", "St Odo's Town", "St Odo"]),
        ("Saint Odotown", []),
        ("в городе Порт-Сана.", ["Порт-Сана"]),
        ("他在北城举行", ["北城"]),
        ("Northland’s, Northlander", ["Northland", "Northlander"]),
        ("O'Northland", []),
        ("l'Northland", ["Northland"]),
        ("", []),
    ],
)
def test_find_gives_offsets_of_the_text_as_it_stands(small: Gazetteer, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in small.find(text)] == found


def test_find_can_take_small_letters_too(small: Gazetteer) -> None:
    assert [match.key for match in small.find("in port sanaa", capitalised_only=False)] == ["port sanaa"]


def test_keys_of_find_are_known_to_candidates(small: Gazetteer) -> None:
    (match,) = small.find("near St. Odo")
    assert [c.entry.id for c in small.candidates(match.key)] == ["geonames:3", "geonames:2"]


def test_candidates_say_what_the_name_is_and_can_be_narrowed(small: Gazetteer) -> None:
    (abbreviated,) = small.candidates("Nthld")
    assert (abbreviated.entry.name, abbreviated.name_type) == ("Northland", "abbreviation")
    assert [c.entry.id for c in small.candidates("Saint Odo", country="xa")] == ["geonames:2"]
    assert [c.entry.id for c in small.candidates("Saint Odo", admin1="XA.02")] == ["geonames:2"]
    assert small.candidates("Nowhere") == []


def test_entry_keeps_every_field(small: Gazetteer) -> None:
    entry = small.entry("geonames:1")
    assert entry is not None
    assert (entry.name, entry.lat, entry.lon, entry.country) == ("Port Sana'a", 10.0, 20.0, "XA")
    assert (entry.admin1, entry.admin1_name, entry.population) == ("XA.01", "Northland", 9000)
    assert small.entry("geonames:77") is None
    assert small.entry("iata:XXX") is None


def test_region_by_code(small: Gazetteer) -> None:
    region = small.region("XA.01")
    assert region is not None
    assert region.name == "Northland"
    assert small.region("XA.99") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Port Sanaa", "geonames:1"),
        ("port sanna", "geonames:1"),
        ("prot sanaa", "geonames:1"),
        ("northl", "geonames:4"),
        ("Saint Odo", "geonames:3"),
        ("Saint Odo, Northland", None),
        ("Port Sanaa, Northland", "geonames:1"),
        ("zzzzzz", None),
        ("", None),
    ],
)
def test_lookup_forgives_slips_and_knows_areas(small: Gazetteer, query: str, found: str | None) -> None:
    entries = small.lookup(query)
    assert (entries[0].id if entries else None) == found


def test_nearest_works_across_the_antimeridian_and_at_the_poles(small: Gazetteer) -> None:
    assert small.nearest(-5.0, -179.9)[0].id == "geonames:2"
    assert small.nearest(89.0, -160.0)[0].id == "geonames:3"
    assert [entry.id for entry in small.nearest(8.0, 19.0, limit=9)] == [
        "geonames:5", "geonames:1", "geonames:3", "geonames:2",
    ]  # fmt: skip


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "a.bin", RECORDS, sources="Test")
    write(tmp_path / "b.bin", reversed(RECORDS), sources="Test")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut", "flipped", "newer"])
def test_damaged_index_is_refused_in_one_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "index.bin"
    write(path, RECORDS, sources="Test")
    data = path.read_bytes()
    path.unlink()
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "text":
        path.write_bytes(b"name,lat,lon\n" * 50)
    elif damage == "cut":
        path.write_bytes(data[:-64])
    elif damage == "flipped":
        path.write_bytes(data.replace(b"saint", b"\xff\xff\xff\xff\xff", 1))
    elif damage == "newer":
        path.write_bytes(data[:40].replace(b'"version":1', b'"version":9') + data[40:])
    with pytest.raises(GazetteerError, match=r"index\.bin"):
        Gazetteer(path)


def test_users_names_are_served_beside_the_index(tmp_path: Path, small: Gazetteer) -> None:
    (tmp_path / "own.csv").write_text(
        "name,lat,lon,alternates,country,feature,population\n"
        "Camp Verdigris,9.5,19.5,FOB Verdigris|Лагерь Вердигри,XA,S.INSM,\n"
        "Saint Odo,0,0,,XD,P.PPL,9000000\n",
        encoding="utf-8",
    )
    (tmp_path / "own.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Lower Tarn"},'
        '"geometry":{"type":"Point","coordinates":[19.0,9.0]}}]}',
        encoding="utf-8",
    )
    both = Gazetteer(small._index.path, extra=[tmp_path / "own.csv", tmp_path / "own.geojson"])
    text = "From FOB Verdigris to Port Sana'a and Lower Tarn"
    assert [text[s:e] for s, e, _ in both.find(text)] == ["FOB Verdigris", "Port Sana'a", "Lower Tarn"]
    camp = both.candidates("Camp Verdigris")[0].entry
    assert (camp.granularity, camp.country, camp.id) == ("site", "XA", "user:own-1")
    assert both.entry("user:own-1") == camp
    assert both.candidates("Saint Odo")[0].entry.country == "XD"
    assert both.nearest(9.0, 19.0)[0].name == "Lower Tarn"
    assert both.lookup("camp verd")[0] == camp


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,lat\nA,1\n", "no column lon"),
        ("name,lat,lon\nA,91,0\n", "line 2 has lat '91'"),
        ("name,lat,lon\nA,1,x\n", "line 2 has lon 'x'"),
        ("name,lat,lon\n,1,1\n", "line 2 has no name"),
        ("name,lat,lon\nA,nan,1\n", "lat 'nan'"),
    ],
)
def test_unusable_names_say_where(tmp_path: Path, small: Gazetteer, content: str, said: str) -> None:
    (tmp_path / "own.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        Gazetteer(small._index.path, extra=[tmp_path / "own.csv"])


@packaged
@given(st.text(st.sampled_from("Aa Bb.,-'’\nСт Киев京東市서울กข\u0301İßﬁ")) | st.text())
def test_find_never_leaves_the_text(world: Gazetteer, text: str) -> None:
    for capitalised_only in (True, False):
        last = 0
        for start, end, key in world.find(text, capitalised_only):
            assert last <= start < end <= len(text)
            assert key in world._index.prefixes(key)
            last = start


@packaged
def test_find_takes_hostile_texts_in_its_stride(world: Gazetteer) -> None:
    for text in ("A" * 300_000, "A." * 200_000, "New " * 50_000, "St. " * 50_000, "市" * 20_000, "Al-" * 50_000):
        assert all(end <= len(text) for _, end, _ in world.find(text))


@packaged
@pytest.mark.parametrize(
    ("name", "country", "near"),
    [
        ("Almaty", "KZ", (43.25, 76.9)),
        ("Алматы", "KZ", (43.25, 76.9)),
        ("Nur-Sultan", "KZ", (51.2, 71.4)),
        ("Astana", "KZ", (51.2, 71.4)),
        ("Kyiv", "UA", (50.45, 30.5)),
        ("Kiev", "UA", (50.45, 30.5)),
        ("Bakhmut", "UA", (48.6, 38.0)),
        ("Khartoum", "SD", (15.55, 32.5)),
        ("Wau", "SS", (7.7, 28.0)),
        ("Goma", "CD", (-1.67, 29.2)),
        ("Gaza City", "PS", (31.5, 34.45)),
        ("Rapides Parish", "US", (31.2, -92.5)),
        ("北京", "CN", (39.9, 116.4)),
        ("القاهرة", "EG", (30.05, 31.25)),
    ],
)
def test_first_candidate_of_well_known_names(
    world: Gazetteer, name: str, country: str, near: tuple[float, float]
) -> None:
    entry = world.candidates(name)[0].entry
    assert entry.country == country
    assert distance_km(entry.lat, entry.lon, *near) < 60


@packaged
@pytest.mark.parametrize(
    ("name", "iso2", "name_type"),
    [
        ("US", "US", "official"),
        ("U.S.", "US", "official"),
        ("Germany", "DE", "main"),
        ("Deutschland", "DE", "official"),
        ("Казахстан", "KZ", "official"),
        ("Russian", "RU", "demonym"),
        ("Ukrainians", "UA", "demonym"),
    ],
)
def test_names_of_countries(world: Gazetteer, name: str, iso2: str, name_type: str) -> None:
    candidate = world.candidates(name)[0]
    assert candidate.entry == world.country(iso2)
    assert candidate.name_type == name_type


@packaged
@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Kherson", "geonames:706448"),
        ("Kherson Oblast", "region:UA.08"),
        ("Kherson region", "region:UA.08"),
        ("Bavaria", "region:DE.02"),
        ("Bayern", "region:DE.02"),
        ("Central Luzon", "region:PH.03"),
        ("New South Wales", "region:AU.02"),
        ("England", "region:GB.ENG"),
        ("Calif.", "region:US.CA"),
        ("Texans", "region:US.TX"),
        ("Gaza", "region:PS.GZ"),
        ("Crimea", "region:UA.11"),
        ("Darfur", "mapgen:darfur"),
    ],
)
def test_towns_regions_and_areas_stay_apart(world: Gazetteer, name: str, entry_id: str) -> None:
    assert world.candidates(name)[0].entry == world.entry(entry_id)


@packaged
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ที่เชียงใหม่และลำปาง", {"เชียงใหม่", "ลำปาง"}),
        ("서울에서 부산까지", {"서울", "부산"}),
        ("東京と大阪で", {"東京", "大阪"}),
    ],
)
def test_names_in_scripts_without_spaces(world: Gazetteer, text: str, found: set[str]) -> None:
    assert found <= {text[start:end] for start, end, _ in world.find(text)}


@packaged
@pytest.mark.parametrize(("name", "now"), [("Alma-Ata", "Almaty"), ("Leningrad", "Saint Petersburg")])
def test_former_names_lead_to_the_present_place(world: Gazetteer, name: str, now: str) -> None:
    candidate = world.candidates(name)[0]
    assert (candidate.entry.name, candidate.name_type) == (now, "historic")


@packaged
def test_states_and_counties_by_code(world: Gazetteer) -> None:
    illinois, cook = world.region("US.IL"), world.region("US.IL.031")
    assert illinois is not None and illinois.name == "Illinois"
    assert cook is not None and (cook.name, cook.admin1_name, cook.feature) == ("Cook County", "Illinois", "A.ADM2")


@packaged
@pytest.mark.parametrize(
    ("query", "admin1"), [("Springfield, Illinois", "US.IL"), ("Vienna, Austria", "AT.09"), ("zhanaosen", "KZ.09")]
)
def test_lookup_in_the_world(world: Gazetteer, query: str, admin1: str) -> None:
    assert world.lookup(query)[0].admin1 == admin1


@packaged
def test_radius_grows_with_population(world: Gazetteer) -> None:
    almaty, hamlet = world.candidates("Almaty")[0].entry, world.nearest(43.0, 74.0)[0]
    assert almaty.radius_km > hamlet.radius_km >= 1
