"""A user's PMTiles archive as the basemap of a page: cut to the map's area and carried in it, or named by its address.

PMTiles version 3 (github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md), vector tiles (MVT) or pictures.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmtiles.reader import MmapSource
from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    tileid_to_zxy,
    zxy_to_tileid,
)
from pmtiles.writer import Writer

from mapgen.errors import InputError, OptionsError
from mapgen.exporters.basemap import NARROWEST

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees; east may lie beyond 180
Point = tuple[float, float]  # lon, lat

BUDGET = 3_000_000  # bytes of tiles that a page may carry
PADDING = 0.35  # of the extent, on each side
MOST_TILES = 20_000  # of one zoom that are looked up: a page could not carry more
AROUND = 1  # tiles on each side of an event, where the whole area is too much
MOST_POINTS = 2_000
DIRECTORY = 4_000_000  # bytes of one directory, or of the metadata, unpacked
KINDS = (TileType.MVT, TileType.PNG, TileType.JPEG, TileType.WEBP, TileType.AVIF)
READ = (Compression.NONE, Compression.GZIP)  # what browsers unpack everywhere
_DAMAGE = (ValueError, EOFError, OSError, IndexError, RecursionError, zlib.error,
           MagicNumberNotFound, SpecVersionUnsupported)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TileArchive:
    """What a page carries of an archive: an archive of its own in ``data``, or else the address ``url`` of one."""

    data: bytes = b""
    url: str | None = None
    attribution: str = ""
    note: str = ""  # a sentence: which zooms it holds, and how large it is

    @property
    def origin(self) -> str | None:
        """Scheme and host that the page asks, as a Content-Security-Policy wants them."""
        parts = urlsplit(self.url) if self.url else None
        return f"{parts.scheme}://{parts.netloc}" if parts else None


def is_archive(basemap: str) -> bool:
    """Whether the name of a basemap is the path or the address of a PMTiles archive."""
    return re.split(r"[?#]", basemap)[0].lower().endswith(".pmtiles")


def remote_archive(url: str, allowed: bool) -> TileArchive:
    """An archive that the page reads where it stands; raises OptionsError for an address that cannot be asked, or may
    not be (``allowed``).
    """
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?/[^\s\"'<>{}]*", url):
        raise OptionsError(f"the basemap {url!r} is no http or https address of a .pmtiles file")
    if not allowed:
        raise OptionsError(
            f"the map would read its tiles from {url} when it is opened; give --allow-remote "
            "(EventMap(..., allow_remote=True)) if it may, or name a file on this machine"
        )
    return TileArchive(url=url)


def cut_archive(path: Path, extent: Bounds | None, points: Sequence[Point]) -> TileArchive:
    """The tiles of ``path`` around ``extent`` (None for the world), as an archive that a page can carry.

    Zooms are taken from the coarsest on while all of the area fits; finer ones around the ``points``.  Raises
    InputError where the file is no archive that a browser can show, holds no tiles here, or not even one zoom fits.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the path of a .pmtiles file") from error
    with file:
        try:
            archive = _Archive(MmapSource(file))  # type: ignore[no-untyped-call]
            chosen, whole = _chosen(archive, _area(extent), points)
            data = _written(archive, chosen, _area(extent)) if chosen else b""
        except _DAMAGE as error:
            raise InputError(f"{path}: is damaged, or no PMTiles archive of version 3") from error
    if archive.trouble:
        raise InputError(f"{path}: {archive.trouble}")
    if not chosen:
        raise InputError(
            f"{path}: holds no tiles where the map's events are"
            if whole is None
            else f"{path}: the coarsest tiles of the map's area are larger than the {BUDGET:,} bytes that a page may "
            "carry; put the archive on a server and name its address, with --allow-remote"
        )
    return TileArchive(data, None, archive.attribution, _note(path, archive, chosen, whole, len(data)))


class _Archive:
    """An open archive: what is in its header, its directories and its metadata.

    ``trouble`` says why a browser could not show it, where it could not.
    """

    def __init__(self, get: Callable[[int, int], bytes]) -> None:
        self.get = get
        self.header: HeaderDict = deserialize_header(get(0, 127))
        self.trouble = _trouble(self.header)
        self.directories: dict[int, list[Entry]] = {}
        raw = "{}" if self.trouble else self._unpacked(self.header["metadata_offset"], self.header["metadata_length"])
        metadata = json.loads(raw or "{}")
        self.metadata: dict[str, Any] = metadata if isinstance(metadata, dict) else {}

    @property
    def attribution(self) -> str:
        """Whose map it is, without markup."""
        return html.unescape(re.sub(r"<[^>]*>", "", str(self.metadata.get("attribution") or ""))).strip()[:300]

    @property
    def layers(self) -> list[dict[str, str]]:
        """The layers of vector tiles, by their ids."""
        told = self.metadata.get("vector_layers")
        rows = told if isinstance(told, list) else []
        return [{"id": str(row["id"])} for row in rows if isinstance(row, dict) and "id" in row]

    def entry(self, z: int, x: int, y: int) -> Entry | None:
        """Where a tile lies, or None."""
        tile = zxy_to_tileid(z, x, y)
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(4):  # the specification's depth
            found = find_tile(self._directory(offset, length), tile)
            if found is None or found.run_length > 0:
                return found
            offset, length = self.header["leaf_directory_offset"] + found.offset, found.length
        return None

    def tile(self, entry: Entry) -> bytes:
        """The bytes of a tile, as they are packed."""
        return self.get(self.header["tile_data_offset"] + entry.offset, entry.length)

    def _directory(self, offset: int, length: int) -> list[Entry]:
        if offset not in self.directories:
            self.directories[offset] = deserialize_directory(gzip.compress(self._unpacked(offset, length), 1))
        return self.directories[offset]

    def _unpacked(self, offset: int, length: int) -> bytes:
        if length > DIRECTORY:
            raise ValueError("a directory is too large")
        packed = self.get(offset, length)
        if self.header["internal_compression"] == Compression.NONE or not packed:
            return packed
        reader = zlib.decompressobj(wbits=31)
        found = reader.decompress(packed, DIRECTORY)
        if not reader.eof:
            raise ValueError("a directory is cut off or too large")
        return found


def _trouble(header: HeaderDict) -> str:
    if header["tile_type"] not in KINDS:
        return f"holds {header['tile_type'].name} tiles; those of a map are vector tiles (MVT), PNG, JPEG, WebP or AVIF"
    for key in ("internal_compression", "tile_compression"):
        if header[key] not in READ:
            return "is packed by brotli or zstd, which browsers do not unpack; make it with gzip"
    return ""


def _area(extent: Bounds | None) -> Bounds:
    west, south, east, north = extent or (-180.0, -85.0, 180.0, 85.0)
    pad = max(east - west, north - south, NARROWEST / 2) * PADDING
    spare = max(0.0, 360 - (east - west)) / 2  # once around the world is enough
    return west - min(pad, spare), max(south - pad, -85.0), east + min(pad, spare), min(north + pad, 85.0)


def _chosen(archive: _Archive, area: Bounds, points: Sequence[Point]) -> tuple[dict[int, Entry], int | None]:
    """The tiles to carry, by number, and down to which zoom they are all of the area (None where there are none)."""
    found: dict[int, Entry] = {}
    whole, size, everywhere = None, 0, True
    if archive.trouble:
        return found, whole
    for z in range(archive.header["min_zoom"], min(archive.header["max_zoom"], 24) + 1):
        tiles = _entries(archive, z, _over(area, z)) if everywhere else None
        if tiles is None or size + _bytes(tiles) > BUDGET:
            if everywhere and not found and tiles:
                return {}, z
            everywhere = False
            tiles = _entries(archive, z, _near(points, z)) or {}
            if not tiles or size + _bytes(tiles) > BUDGET:
                break
        elif tiles:
            whole = z
        found |= tiles
        size += _bytes(tiles)
    return found, whole


def _entries(archive: _Archive, z: int, tiles: Iterable[tuple[int, int]] | None) -> dict[int, Entry] | None:
    if tiles is None:
        return None
    entries = ((zxy_to_tileid(z, x, y), archive.entry(z, x, y)) for x, y in tiles)
    return {number: entry for number, entry in entries if entry is not None}


def _bytes(tiles: dict[int, Entry]) -> int:
    """What tiles weigh; those of the same bytes, like open sea, count once."""
    return sum({entry.offset: entry.length for entry in tiles.values()}.values())


def _over(area: Bounds, z: int) -> list[tuple[int, int]] | None:
    """Columns and rows of the tiles over an area; None where they are too many."""
    (left, top), (right, bottom) = _column_row(area[0], area[3], z), _column_row(area[2], area[1], z)
    if (right - left + 1) * (bottom - top + 1) > MOST_TILES:
        return None
    return sorted({(x % 2**z, y) for x in range(left, right + 1) for y in range(top, bottom + 1)})


def _near(points: Sequence[Point], z: int) -> Iterator[tuple[int, int]]:
    """Columns and rows of the tiles around points."""
    tiles = {_column_row(lon, lat, z) for lon, lat in points[:MOST_POINTS]}
    steps = range(-AROUND, AROUND + 1)
    around = {((x + dx) % 2**z, y + dy) for x, y in tiles for dx in steps for dy in steps}
    return ((x, y) for x, y in sorted(around) if 0 <= y < 2**z)


def _column_row(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The tile of a point, in Web Mercator; the column is counted on where the longitude lies beyond 180."""
    rise = math.asinh(math.tan(math.radians(max(-85.0, min(85.0, lat)))))
    return math.floor((lon + 180) / 360 * 2**z), min(math.floor((1 - rise / math.pi) / 2 * 2**z), 2**z - 1)


def _written(archive: _Archive, chosen: dict[int, Entry], area: Bounds) -> bytes:
    """The chosen tiles as an archive of their own."""
    file = io.BytesIO()
    writer = Writer(file)  # type: ignore[no-untyped-call]
    for number in sorted(chosen):
        writer.write_tile(number, archive.tile(chosen[number]))  # type: ignore[no-untyped-call]
    header = archive.header
    turned = area[0] < -180 or area[2] > 180
    west, east = (-180.0, 180.0) if turned else (area[0], area[2])
    own = {
        "tile_type": header["tile_type"],
        "tile_compression": header["tile_compression"],
        "min_lon_e7": max(header["min_lon_e7"], int(west * 1e7)),
        "min_lat_e7": max(header["min_lat_e7"], int(area[1] * 1e7)),
        "max_lon_e7": min(header["max_lon_e7"], int(east * 1e7)),
        "max_lat_e7": min(header["max_lat_e7"], int(area[3] * 1e7)),
    }
    writer.finalize(own, {"vector_layers": archive.layers})  # type: ignore[no-untyped-call]
    return file.getvalue()


def _note(path: Path, archive: _Archive, chosen: dict[int, Entry], whole: int | None, size: int) -> str:
    zooms = [tileid_to_zxy(number)[0] for number in chosen]
    told = f"{path.name}: tiles of zoom {min(zooms)} to {whole}" if whole is not None else f"{path.name}: tiles"
    told += f", and to {max(zooms)} around the events" if max(zooms) > (whole or 0) else ""
    finest = archive.header["max_zoom"]
    told += f", {size / 1e6:.1f} MB of at most {BUDGET / 1e6:.0f}, are in the page"
    return f"{told}; its zooms to {finest} are not" if max(zooms) < finest else told
