"""Hostile files and options of our own: each is refused in one sentence, or gives a page; nothing crashes or hangs.

Every case here broke something once.  ``refused`` names a part of the sentence; None: the command does its work.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from mapgen.errors import MissingExtraError
from mapgen.gazetteer.index import HEAD as INDEX_HEAD
from mapgen.gazetteer.index import MAGIC
from tests.test_hostile import CONTROL, _run

REPORT = "Police clashed with protesters in Minsk on Wednesday, January 5, 2022, officials said."
DATED = ["--published", "2022-01-06"]
ESCAPE = "\x1b[31m"


def outcome(tmp_path: Path, *options: str | Path, report: str = REPORT) -> tuple[int, str]:
    """The exit code and the sentences of a command on an article; what is refused leaves no output."""
    article = tmp_path / "report.txt"
    article.write_text(report, encoding="utf-8")
    return outcome_of(article, *(DATED if "--published" not in options else []), *options)


def outcome_of(source: Path, *options: str | Path) -> tuple[int, str]:
    output = source.with_name("out.html")
    code, said = _run(["map", str(source), *map(str, options), "-o", str(output)])
    assert not CONTROL.search(said)
    assert "Traceback" not in said
    assert len(said) < 5_000
    assert output.exists() == (code != 2)
    return code, said


@pytest.mark.parametrize(
    ("toml", "refused"),
    [
        ("types = 5", "must hold one table for each name"),
        ("places = [1]", "must hold one table for each name"),
        ("[types.riot]\nlabel = 5", "label must be text"),
        ("[types.riot]\nicon = [1]", "icon must be text"),
        ("[types.riot]\ninto = {a = 1}", "into must be text"),
        ("[places.Minsk]\nlat = 1\nlon = 1\nname = 5", "name must be text"),
        ("[places.Minsk]\nlat = nan\nlon = 1", "needs lat"),
        ("[places.Minsk]\nlat = " + "9" * 5000 + "\nlon = 1", "not valid TOML"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ('title = "\\u0000\\u001b[31m</script>"', None),
        ('[types.riot]\nlabel = "</style>"\nicon = "M0 0\\" onload=\\"x"', None),
        ('publisher = "' + "x" * 100_000 + '"\ntitel = "' + "y" * 100_000 + '"', "no option titel"),
        ('[columns]\nplace = "\\u001b[31m"', None),
        ('basemap = "' + "z" * 100_000 + '"', "there is no basemap"),
        ('basemap = "http://[/x.pmtiles"', "basemap"),
    ],
)
def test_a_hostile_map_toml(tmp_path: Path, toml: str, refused: str | None) -> None:
    path = tmp_path / "map.toml"
    path.write_text(toml, encoding="utf-8")
    code, said = outcome(tmp_path, "--options", path)
    assert (code == 2 and refused in said) if refused else code == 0, said


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("long.csv", "name,lat,lon\n" + "A" * 200_000 + ",1,2\n", "line 2"),
        ("head.csv", "n" * 11_000_000 + ",name,lat,lon\nA,B,1,2\n", "line 1 cannot be read"),
        ("people.csv", "name,lat,lon,population\nA,1,2," + "9" * 5000, "must be a number from 0 to 1e+10"),
        ("radius.csv", "name,lat,lon,radius_km\nMinsk,1,2,-5", "radius_km"),
        ("fewer.csv", "name,lat,lon,population\nMinsk,1,2,-50", "must be a number from 0"),
        ("more.csv", "name,lat,lon\nMinsk,1,2,3,4,5\n", None),
        ("control.csv", f"name,lat,lon\n{ESCAPE},1000,2\n", "must be a number"),
        ("features.geojson", '{"features":{"a":1}}', "no GeoJSON Feature of a Point"),
        ("null.geojson", '{"features":[null]}', "no GeoJSON Feature of a Point"),
        ("point.geojson", '{"features":[{"geometry":{"type":"Point","coordinates":5}}]}', "no GeoJSON Feature"),
        ("deep.geojson", "[" * 100_000, "not a GeoJSON FeatureCollection"),
        (
            "types.geojson",
            '{"features":[{"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"name":"Zed","country":5,'
            '"alternates":7,"admin1":[1],"id":{},"feature":{}}}]}',
            None,
        ),
    ],
)
def test_a_hostile_file_of_names(tmp_path: Path, name: str, content: str, refused: str | None) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    code, said = outcome(tmp_path, "--gazetteer", path)
    assert (code == 2 and refused in said) if refused else code == 0, said


def test_halves_of_characters_in_an_overlay_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "overlay.geojson"
    path.write_text(
        '{"type":"FeatureCollection","name":"\\ud800","features":[{"type":"Feature","properties":{"name":"\\udc00 x"},'
        '"geometry":{"type":"Point","coordinates":[1,2]}}]}'
    )
    assert outcome(tmp_path, "--overlay", path)[0] == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_is(tmp_path: Path, day: str) -> None:
    report = "Police shot a man in Minsk last week. Next month, crowds will march in Aktau. " * 3
    assert outcome(tmp_path, "--published", day, report=report)[0] == 0
    rows = "place,date,type\nAktau,0001-01-01,riot\nMinsk,9999-12-31,protest\n"
    (tmp_path / "t.csv").write_text(rows)
    assert _run(["map", str(tmp_path / "t.csv"), str(tmp_path / "report.txt"), "--published", day, "-o",
                 str(tmp_path / "both.html")])[0] == 0  # fmt: skip


@pytest.mark.parametrize(
    "url", [f"http://{ESCAPE}/", "http://[/", "http://a]b/", "http://[1::2::3]/", "http://①②⑦.⓪.⓪.①/"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    path = tmp_path / "a.url"
    path.write_text(url, encoding="utf-8")
    assert outcome_of(path)[0] == 2


def archive(metadata: bytes = b"{}", tile: bytes = b"", tiles: int = 1, *, packed: bool = True) -> bytes:
    """A PMTiles archive of one tile, which stands for the first ``tiles`` ones; its own tables by gzip or not."""
    pack = gzip.compress if packed else bytes
    body = gzip.compress(tile)
    root, meta = pack(b"".join(map(varint_of, (1, 0, tiles, len(body), 1)))), pack(metadata)
    sizes = (127, len(root), 127 + len(root), len(meta), 127 + len(root) + len(meta), 0,
             127 + len(root) + len(meta), len(body), tiles, 1, 1)  # fmt: skip
    head = b"PMTiles\x03" + struct.pack("<11Q", *sizes) + bytes([1, 2 if packed else 1, 2, 1, 0, 4])
    return head.ljust(127, b"\0") + root + meta + body


def varint_of(n: int) -> bytes:
    found = b""
    while n > 127:
        found += bytes([n & 127 | 128])
        n >>= 7
    return found + bytes([n])


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (archive(b"[" * 100_000), "is damaged"),
        (archive(b'{"attribution":' + b"9" * 5000 + b"}"), "is damaged"),
        (archive(b" " * 50_000_000), "is damaged"),
        (archive(tiles=2**40)[:150], "is damaged"),
        (archive(b'{"attribution":"\\ud800<script>x</script>","vector_layers":[5,{"id":{}}]}', tiles=2**40), None),
        (archive(tile=b"\x1a\xff\xff\xff\xff\x0f" + b"x" * 100, tiles=2**20), None),
    ],
    ids=["deep metadata", "digits", "bomb", "cut", "endless run", "broken tile"],
)
def test_a_hostile_archive_of_tiles(tmp_path: Path, content: bytes, refused: str | None) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(content)
    code, said = outcome(tmp_path, "--basemap", path)
    assert (code == 2 and refused in said) if refused else code == 0, said


def sheet(rows: tuple[str, ...], dimension: str = "A1:B2") -> bytes:
    """A workbook whose first sheet holds these rows of XML."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs mapgen[xlsx]")
    plain, found = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/><sheetData>{"".join(rows)}</sheetData></worksheet>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, text if info.filename.endswith("sheet1.xml") else old.read(info))
    return found.getvalue()


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>place</t></is></c></row>'
MINSK = '<c r="A{0}" t="inlineStr"><is><t>Minsk</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ((HEAD, f'<row r="2">{MINSK.format(2)}</row>'), None),
        ((HEAD, '<row r="999999999"><c r="A9"><v>1</v></c></row>'), "more than"),
        ((HEAD, *('<row><c r="XFD2"><v>1</v></c></row>' for _ in range(4000))), "more than"),
    ],
    ids=["told size", "a far row", "wide rows"],
)
def test_a_workbook_that_is_mostly_nothing(tmp_path: Path, rows: tuple[str, ...], refused: str | None) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet(rows, "A1:XFD1048576"))
    code, said = outcome_of(path)
    assert (code == 2 and refused in said) if refused else code == 0, said


def test_a_geometry_of_geometries_without_end(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="needs mapgen[geo]")
    from pyarrow import parquet, table
    from shapely import Point

    path = tmp_path / "a.parquet"
    geopandas.GeoDataFrame({"name": ["Minsk"]}, geometry=[Point(27.5, 53.9)], crs=4326).to_parquet(path)
    assert outcome_of(path)[0] == 0
    (tmp_path / "out.html").unlink()
    about = parquet.read_schema(path).metadata
    nested = table({"geometry": [b"\x01\x07\0\0\0\x01\0\0\0" * 20_000], "name": ["x"]}).replace_schema_metadata(about)
    parquet.write_table(nested, path)
    code, said = outcome_of(path)
    assert code == 2
    assert "collections" in said


def test_a_table_without_geometry_in_a_geopackage(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="needs mapgen[geo]")
    import pandas

    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(pandas.DataFrame({"name": ["x"]}), path, layer=f"a{ESCAPE}", driver="GPKG")
    code, said = outcome_of(path)
    assert code == 2
    assert "holds no geometry" in said


def test_a_picture_of_another_kind_is_refused_first(tmp_path: Path) -> None:
    code, said = outcome(tmp_path, "--image", tmp_path / "a.exe")
    assert code == 2
    assert ".png or a .svg" in said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for a browser")
def test_a_chromium_that_does_not_start_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("playwright", reason="needs mapgen[image]")
    from mapgen.exporters.image import save_image

    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(broken))
    with pytest.raises(MissingExtraError, match="does not start"):
        save_image(tmp_path / "a.html", tmp_path / "a.png")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A compiled index of a hundred places."""
    folder = tmp_path_factory.mktemp("index")
    line = "{0}\tZed {0}\tZed {0}\tOther {0}\t{1}\t30.5\tP\tPPL\tUA\t\t01\t\t\t\t{0}\t\t\tEurope/Kyiv\t2024-01-01\n"
    (folder / "dump.txt").write_text("".join(line.format(n, 44 + n / 100) for n in range(1, 101)), encoding="utf-8")
    _run(["gazetteer", "build", str(folder / "dump.txt"), "-o", str(folder / "names.bin")])
    return (folder / "names.bin").read_bytes()


def changed(index: bytes, section: str, value: int | list[int] | None) -> bytes:
    """The index with a section full of a byte, or with another entry in its table of contents, and right checksums."""
    start = len(MAGIC) + INDEX_HEAD.size
    size, _ = INDEX_HEAD.unpack_from(index, len(MAGIC))
    contents, body = json.loads(index[start : start + size]), bytearray(index[start + size :])
    if isinstance(value, int):
        at, length = contents["sections"][section]
        body[at : at + length] = bytes([value]) * length
    elif value is None:
        del contents[section]
    else:
        contents["sections"][section] = value
    head = json.dumps(contents).encode()
    head += b" " * (-(start + len(head)) % 8)
    return MAGIC + INDEX_HEAD.pack(len(head), zlib.crc32(head)) + head + bytes(body)


@pytest.mark.parametrize("section", ["trie", "offsets", "postings", "rows", "strings", "tree"])
@pytest.mark.parametrize("value", [255, [0, 2**40], [3, 7], [0, 0]], ids=["filled", "beyond", "odd", "empty"])
def test_an_index_whose_parts_lead_out_of_it(
    tmp_path: Path, index: bytes, section: str, value: int | list[int]
) -> None:
    path = tmp_path / "names.bin"
    path.write_bytes(changed(index, section, value))
    code, said = outcome(tmp_path, "--gazetteer", path)
    assert code == 0 if (section, value) == ("tree", [0, 0]) else code == 2 and "is damaged" in said


@pytest.mark.parametrize("key", ["sections", "trie_crc", "countries", "counts", "numbered", "version", "size"])
def test_an_index_without_an_entry_of_its_table(tmp_path: Path, index: bytes, key: str) -> None:
    path = tmp_path / "names.bin"
    path.write_bytes(changed(index, key, None))
    code, said = outcome(tmp_path, "--gazetteer", path)
    assert code == 2
    assert "is damaged" in said


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_an_index_that_is_cut_off(tmp_path: Path, index: bytes, share: float) -> None:
    path = tmp_path / "names.bin"
    path.write_bytes(index[: int(len(index) * share)])
    assert outcome(tmp_path, "--gazetteer", path)[0] == 2
    path.write_bytes(index)
    assert outcome(tmp_path, "--gazetteer", path)[0] == 0
