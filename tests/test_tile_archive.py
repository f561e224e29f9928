"""PMTiles archives cut to a map: which tiles a page carries, and what is said where it cannot."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from mapgen.errors import InputError, OptionsError
from mapgen.exporters import tile_archive
from mapgen.exporters.html import EventMap
from mapgen.exporters.tile_archive import cut_archive, remote_archive
from tests.archives import basemap_tile, picture_tile, write_archive
from tests.browser.events import COLLECTION

NORWAY = (5.0, 58.0, 11.0, 63.0)
OSLO = (10.75, 59.91)
URL = "https://maps.example/world.pmtiles"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "nordic.pmtiles", basemap_tile, zooms=range(9))


def zooms_of(data: bytes) -> dict[int, int]:
    """How many tiles of each zoom are in an archive."""
    counts: dict[int, int] = {}
    for (zoom, _, _), _ in all_tiles(MemorySource(data)):
        counts[zoom] = counts.get(zoom, 0) + 1
    return counts


def test_a_page_carries_the_tiles_of_its_area_and_no_others(archive: Path) -> None:
    town = cut_archive(archive, (10.7, 59.9, 10.8, 59.95), [OSLO])
    country = cut_archive(archive, NORWAY, [OSLO])
    assert set(zooms_of(town.data)) == set(zooms_of(country.data)) == set(range(9))
    assert sum(zooms_of(town.data).values()) < 30 < sum(zooms_of(country.data).values()) < 400
    whole, cut = Reader(MemorySource(archive.read_bytes())), Reader(MemorySource(town.data))
    assert cut.get(8, 135, 74) == whole.get(8, 135, 74) != None  # noqa: E711
    assert cut.get(8, 132, 74) is None and whole.get(8, 132, 74)
    assert "<" not in town.attribution and town.attribution == "© A survey & friends"
    assert town.note.startswith("nordic.pmtiles: tiles of zoom 0 to 8, 0.0 MB of at most 3")


def test_the_finest_zooms_are_carried_around_the_events_only_where_all_is_too_much(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_archive, "BUDGET", 9_000)
    cut = cut_archive(archive, NORWAY, [OSLO])
    counts = zooms_of(cut.data)
    assert counts[7] == counts[8] == 9 < counts[6]
    assert len(cut.data) < 12_000
    assert re.search(r"tiles of zoom 0 to 6, and to 8 around the events", cut.note)
    monkeypatch.setattr(tile_archive, "BUDGET", 3_000)
    assert "its zooms to 8 are not" in cut_archive(archive, NORWAY, [OSLO]).note


def test_a_cut_is_the_same_each_time(archive: Path) -> None:
    assert cut_archive(archive, NORWAY, [OSLO]) == cut_archive(archive, NORWAY, [OSLO])
    assert EventMap(COLLECTION, basemap=str(archive)).render() == EventMap(COLLECTION, basemap=str(archive)).render()


def test_tiles_on_both_sides_of_the_antimeridian_are_carried(tmp_path: Path) -> None:
    box = (-180.0, -22.0, 179.9, -12.0)
    path = write_archive(tmp_path / "world.pmtiles", basemap_tile, zooms=range(6), box=box)
    columns = {
        x
        for (z, x, _), _ in all_tiles(MemorySource(cut_archive(path, (177.0, -20.0, 185.0, -15.0), []).data))
        if z == 5
    }
    assert {0, 31} <= columns and not columns & set(range(3, 29))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: b"", "damaged, or no PMTiles"),
        (lambda data: b"not an archive at all", "damaged, or no PMTiles"),
        (lambda data: b"PMTiles\x02" + data[8:], "damaged, or no PMTiles"),
        (lambda data: data[:300], "damaged, or no PMTiles"),
        (lambda data: data[:127] + bytes(len(data) - 127), "damaged, or no PMTiles"),
        (lambda data: data[:97] + bytes([Compression.BROTLI.value]) + data[98:], "brotli or zstd"),
        (lambda data: data[:98] + bytes([Compression.ZSTD.value]) + data[99:], "brotli or zstd"),
        (lambda data: data[:99] + bytes([TileType.MLT.value]) + data[100:], "holds MLT tiles"),
        (lambda data: data[:99] + b"\x63" + data[100:], "damaged, or no PMTiles"),
    ],
)  # fmt: skip
def test_an_archive_that_cannot_be_shown_is_refused_in_one_sentence(archive: Path, damage, said: str) -> None:  # type: ignore[no-untyped-def]
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(InputError, match=said) as told:
        cut_archive(archive, NORWAY, [OSLO])
    assert str(archive) in str(told.value)


def test_a_directory_that_unpacks_to_too_much_is_refused(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    bomb = gzip.compress(bytes(50_000_000))
    data[8:16], data[16:24] = len(data).to_bytes(8, "little"), len(bomb).to_bytes(8, "little")
    archive.write_bytes(bytes(data) + bomb)
    with pytest.raises(InputError, match="damaged"):
        cut_archive(archive, NORWAY, [OSLO])


def test_an_archive_of_another_country_or_too_large_a_one_is_refused(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="holds no tiles where the map's events are"):
        cut_archive(write_archive(archive, basemap_tile, zooms=[7, 8]), (70.0, 20.0, 75.0, 25.0), [(72.0, 22.0)])
    monkeypatch.setattr(tile_archive, "BUDGET", 10)
    with pytest.raises(InputError, match=r"larger than the 10 bytes .* --allow-remote"):
        cut_archive(archive, NORWAY, [OSLO])
    with pytest.raises(InputError, match="cannot be read"):
        cut_archive(archive.with_name("none.pmtiles"), NORWAY, [])


def test_an_address_needs_leave_and_is_the_only_one_that_the_page_may_ask() -> None:
    with pytest.raises(OptionsError, match="--allow-remote"):
        EventMap(COLLECTION, basemap=URL).render()
    page = EventMap(COLLECTION, basemap=URL, allow_remote=True).render()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].count("://") == 1 and "connect-src https://maps.example;" in policy[1]
    assert "require-trusted-types-for 'script'" in policy[1] and "unsafe-inline" not in policy[1]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/x.pmtiles",
        "https://u:p@a.example/x.pmtiles",
        'https://a.example/"x.pmtiles',
        "https://a.example; script-src */x.pmtiles",
    ],
)
def test_an_address_that_cannot_be_asked_is_refused(url: str) -> None:
    with pytest.raises(OptionsError, match="no http or https address"):
        remote_archive(url, True)


def test_a_page_without_an_archive_carries_nothing_of_it(tmp_path: Path) -> None:
    plain = EventMap(COLLECTION).render()
    assert "mapgen-tiles" not in plain and "connect-src" not in plain
    path = write_archive(tmp_path / "p.pmtiles", picture_tile, TileType.PNG, zooms=range(3))
    assert len(EventMap(COLLECTION, basemap=str(path)).render()) - len(plain) < 120_000
