"""`mapgen gazetteer build`: a GeoNames dump becomes an index that serves beside the packaged one."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapgen.cli import cli
from mapgen.errors import GazetteerError, InputError
from mapgen.gazetteer import PACKAGED, Gazetteer
from mapgen.gazetteer.dump import Dump, build
from mapgen.model import Document
from mapgen.toponyms import find_places

packaged = pytest.mark.skipif(not PACKAGED.exists(), reason="the index is not built (python -m geodata.build)")


def row(number: int, name: str, lat: float, lon: float, **more: object) -> str:
    """A line of a dump, in the form of https://download.geonames.org/export/dump/readme.txt."""
    told = {"others": "", "letter": "P", "code": "PPL", "country": "XA", "admin1": "01", "people": 0, **more}
    cells = [number, name, name, told["others"], lat, lon, told["letter"], told["code"], told["country"], "",
             told["admin1"], "", "", "", told["people"], "", 120, "Europe/Kyiv", "2024-01-01"]  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


ROWS = (
    row(9000002, "Upper Zelvanka", 48.1, 37.5, others="Zelvanka,ZLV,Верхня Зельванка", people=120),
    row(9000001, "Lower Zelvanka", 48.2, 37.6, people=4000),
    row(9000003, "Zelvanka Oblast", 48.0, 37.0, letter="A", code="ADM1"),
    row(9000004, "Zelvanka", 48.3, 37.4, letter="H", code="STM", country="XB", admin1="00"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "XA.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("readme.txt", "Readme for GeoNames" * 1000)
        out.writestr("XA.txt", "".join(ROWS))
    return path


def test_every_row_of_a_dump_is_in_the_index(archive: Path, tmp_path: Path) -> None:
    counts = build(Dump(archive), tmp_path / "xa.bin")
    gazetteer = Gazetteer(tmp_path / "xa.bin")
    assert counts["entries"] == len(gazetteer) == 4
    village = gazetteer.candidates("Верхня Зельванка")[0].entry
    assert (village.id, village.lat, village.lon, village.population) == ("geonames:9000002", 48.1, 37.5, 120)
    assert (village.admin1, village.admin1_name, village.country) == ("XA.01", "Zelvanka Oblast", "XA")
    kinds = {c.entry.feature: (c.entry.granularity, c.name_type) for c in gazetteer.candidates("Zelvanka")}
    assert kinds == {"H.STM": ("region", "main"), "P.PPL": ("city", "alternate")}
    assert gazetteer.candidates("ZLV")[0].name_type == "code"
    assert [e.name for e in gazetteer.nearest(48.19, 37.6, 2)] == ["Lower Zelvanka", "Upper Zelvanka"]
    assert gazetteer.sources == "GeoNames (CC BY 4.0)"


def test_the_text_and_the_archive_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "XA.txt").write_text("".join(reversed(ROWS)), encoding="utf-8")
    build(Dump(archive), tmp_path / "a.bin")
    build(Dump(tmp_path / "XA.txt"), tmp_path / "b.bin")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--country", "xb"], {"Zelvanka"}),
        (["--min-population", "1000"], {"Lower Zelvanka", "Zelvanka Oblast", "Zelvanka"}),
        (["--country", "XA", "--min-population", "121"], {"Lower Zelvanka", "Zelvanka Oblast"}),
    ],
)
def test_a_part_of_a_dump(archive: Path, tmp_path: Path, options: list[str], names: set[str]) -> None:
    out = tmp_path / "part.bin"
    done = CliRunner().invoke(
        cli, ["gazetteer", "build", str(archive), "-o", str(out), *options], standalone_mode=False
    )
    assert done.return_value == 0, done.output
    gazetteer = Gazetteer(out)
    assert len(gazetteer) == len(names)
    assert all(gazetteer.candidates(name)[0].entry.name == name for name in names)
    assert f"{4 - len(names)} rows left out as asked" in done.stderr


def test_unusable_rows_are_counted_and_listed(tmp_path: Path) -> None:
    dump, out, report = tmp_path / "bad.txt", tmp_path / "bad.bin", tmp_path / "report.csv"
    lines = [
        ROWS[0],
        "9000009\tToo short\n",
        row(9000010, "North of the pole", 95.0, 0.0),
        row(9000011, "", 1.0, 1.0),
        ROWS[1].rstrip("\n"),
    ]
    dump.write_bytes("".join(lines[:4]).encode() + b"9000012\t\xff\xfe\n" + lines[4].encode())
    arguments = ["gazetteer", "build", str(dump), "-o", str(out), "--report", str(report)]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert done.return_value == 1
    assert len(Gazetteer(out)) == 2
    assert "4 skipped:" in done.stderr
    listed = report.read_text(encoding="utf-8")
    for said in (
        "line 2,has 2 tab-separated columns",
        "line 3,has '95.0'",
        "has no GeoNames number and name",
        "not UTF-8",
    ):
        assert said in listed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"", "holds no row of a GeoNames dump"),
        (b"name,lat,lon\nA,1,2\n", "holds no row of a GeoNames dump"),
        (b"PK\x03\x04 cut short", "holds no row|damaged"),
    ],
)
def test_what_is_no_dump_is_said_in_one_sentence_and_writes_nothing(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    dump = tmp_path / "dump.zip"
    if content is not None:
        dump.write_bytes(content)
    (tmp_path / "old.bin").write_bytes(b"as it was")
    with pytest.raises(InputError, match=said):
        build(Dump(dump), tmp_path / "old.bin")
    assert (tmp_path / "old.bin").read_bytes() == b"as it was"
    assert {path.name for path in tmp_path.iterdir()} <= {"dump.zip", "old.bin"}


def test_a_country_that_is_not_in_the_dump(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--country"):
        build(Dump(archive, countries={"ZZ"}), tmp_path / "none.bin")


def test_a_missing_folder_is_said(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        build(Dump(archive), tmp_path / "nowhere" / "x.bin")


@packaged
def test_packaged_and_compiled_names_serve_at_once(archive: Path, tmp_path: Path) -> None:
    build(Dump(archive), tmp_path / "xa.bin")
    both = Gazetteer(extra=[tmp_path / "xa.bin"])
    places = find_places(Document("d", "Shells hit Lower Zelvanka and Almaty on Monday."), both)
    assert [(p.name, p.gazetteer) for p in places] == [
        ("Lower Zelvanka", "geonames:9000001"), ("Almaty", "geonames:1526384"),
    ]  # fmt: skip
    assert "GeoNames" in both.sources and "Natural Earth" in both.sources


@packaged
def test_a_place_of_both_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "KZ.txt").write_text(row(1526384, "Almaty", 43.3, 76.9, country="KZ", people=5), encoding="utf-8")
    build(Dump(tmp_path / "KZ.txt"), tmp_path / "kz.bin")
    both = Gazetteer(extra=[tmp_path / "kz.bin"])
    found = [c.entry for c in both.candidates("Almaty") if c.entry.id == "geonames:1526384"]
    assert [entry.population > 1_000_000 for entry in found] == [True]
    assert [e.id for e in both.nearest(43.25, 76.9, 2)].count("geonames:1526384") == 1


@packaged
def test_names_of_a_file_reach_every_command(tmp_path: Path) -> None:
    own, article = tmp_path / "own.csv", tmp_path / "a.txt"
    own.write_text("name,lat,lon,country\nKhutor Zelvanka,48.5,37.5,UA\n", encoding="utf-8")
    article.write_text("Russian forces shelled Khutor Zelvanka on Monday, killing two people.", encoding="utf-8")
    extra = ["--gazetteer", str(own)]
    runner = CliRunner()
    found = runner.invoke(cli, ["lookup", "khutor zelvanka", *extra, "--json"], standalone_mode=False)
    assert '"lat": 48.5' in found.stdout
    told = runner.invoke(
        cli, ["toponyms", *extra], input='{"doc_id": "1", "text": "Fire in Khutor Zelvanka."}', standalone_mode=False
    )
    assert '"gazetteer": "user:own-1"' in told.stdout
    events = ["events", str(article), "--published", "2024-03-06", "-o", "-", *extra]
    assert "user:own-1" in runner.invoke(cli, events, standalone_mode=False).stdout
    page = tmp_path / "map.html"
    assert runner.invoke(cli, ["map", str(article), "-o", str(page), *extra], standalone_mode=False).return_value in (
        0,
        1,
    )
    assert "Khutor Zelvanka" in page.read_text(encoding="utf-8")


@packaged
def test_names_of_a_map_toml(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name,lat,lon,country\nKhutor Zelvanka,48.5,37.5,UA\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Police arrested ten people in Khutor Zelvanka on Monday.", encoding="utf-8")
    (tmp_path / "map.toml").write_text('inputs = ["a.txt"]\ngazetteers = ["own.csv"]\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["events", str(tmp_path), "-o", "-"], standalone_mode=False)
    assert "user:own-1" in done.stdout


def test_a_missing_file_of_names_is_said(tmp_path: Path) -> None:
    for name, error in (("none.csv", InputError), ("none.bin", GazetteerError)):
        with pytest.raises(error, match=name):
            Gazetteer(extra=[tmp_path / name])


def test_what_was_built_can_be_had_as_json(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "xa.bin"
    done = CliRunner().invoke(cli, ["gazetteer", "build", str(archive), "-o", str(output), "--json"])
    told = json.loads(done.stdout)
    assert (told["output"], told["entries"], told["unusable"], told["skipped"]) == (str(output), 4, 0, [])
