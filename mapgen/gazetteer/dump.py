"""A GeoNames dump (allCountries.zip, UA.zip, UA.txt) as records for an index, read line by line.

The dump has 19 tab-separated columns without a header (https://download.geonames.org/export/dump/readme.txt): number,
name, ASCII name, other names with commas, latitude, longitude, feature class, feature code, country, further
countries, four administrative codes, population, elevation, terrain, time zone, day of change.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from mapgen.errors import InputError
from mapgen.gazetteer.extra import RADIUS_KM, granularity_of
from mapgen.gazetteer.index import Record
from mapgen.gazetteer.writer import write
from mapgen.model import GazetteerEntry, Skipped

SOURCES = "GeoNames (CC BY 4.0)"
PEOPLE_PER_KM2 = 3000  # of a built-up area; a common figure for cities (Almaty 2,900, Kyiv 3,500, Chicago 4,600)
_COLUMNS = 19
_LONGEST = 1 << 20  # bytes of a line
_CODE = re.compile(r"[A-Z]{2,4}\Z")
_RULED = re.compile(r"[a-z][a-z' .-]*\Z")  # GeoNames' own romanisations of other scripts are in small letters
_LINK = re.compile(r"https?://|\A[\d-]+\Z")
_LEVEL_RADIUS_KM = {"A.ADM1": 100.0, "A.ADM2": 30.0, "A.ADM3": 10.0, "A.ADM4": 5.0, "A.ADM5": 3.0}


@dataclass
class Dump:
    """A dump and what is to be taken of it; while it is read, what could not be taken is counted and listed.

    ``countries`` are ISO 3166-1 alpha-2 codes (empty: all); populated places of fewer than ``min_population`` people
    are left out.
    """

    path: Path
    countries: Collection[str] = ()
    min_population: int = 0
    skipped: list[Skipped] = field(default_factory=list)  # the first rows that could not be used
    unusable: int = 0  # how many there were
    left_out: int = 0  # rows of other countries, and of smaller places

    LISTED = 1000

    def size(self) -> int:
        """Bytes of text in the dump; raises InputError where there is none."""
        with self._opened() as (_, size):
            return size

    def records(self, progress: Callable[[int], None] = lambda _: None) -> Iterator[Record]:
        """The records; ``progress`` is told the bytes that have been read since it was last told."""
        with self._opened() as (file, _):
            number = told = 0
            while line := file.readline(_LONGEST):
                number, told = number + 1, told + len(line)
                if told > 1 << 20:
                    progress(told)
                    told = 0
                try:
                    record = self._record(line)
                except ValueError as error:
                    self.unusable += 1
                    if len(self.skipped) < self.LISTED:
                        self.skipped.append(Skipped(f"{self.path} line {number}", str(error)))
                    continue
                if record:
                    yield record
            progress(told)

    def _record(self, line: bytes) -> Record | None:
        """The record of a line, None where it is not wanted; raises ValueError for one that is no row of a dump."""
        try:
            cells = line.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            raise ValueError("is not UTF-8") from None
        if len(cells) != _COLUMNS:
            raise ValueError(f"has {len(cells)} tab-separated columns; a row of a GeoNames dump has {_COLUMNS}")
        number, name, ascii_name, others, lat, lon, letter, code, country, _, admin1 = cells[:11]
        if not number.isdecimal() or int(number) >= 1 << 32 or not name:
            raise ValueError(f"has no GeoNames number and name, but {number[:20]!r} and {name[:20]!r}")
        people = int(cells[14]) if cells[14].isdecimal() else 0
        if (self.countries and country not in self.countries) or (letter == "P" and people < self.min_population):
            self.left_out += 1
            return None
        feature = f"{letter}.{code}" if letter and code else "P.PPL"
        entry = GazetteerEntry(
            id=f"geonames:{number}", name=name, lat=_degrees(lat, 90), lon=_degrees(lon, 180), country=country or None,
            admin1=f"{country}.{admin1}" if admin1 not in ("", "00") else None, feature=feature,
            population=min(people, (1 << 32) - 1), granularity=granularity_of(feature),
            radius_km=_radius_km(feature, people),
        )  # fmt: skip
        names = [(name, "main"), (ascii_name, "alternate")]
        names += ((other, name_type(other)) for other in others.split(",") if other and not _LINK.match(other))
        return Record(entry, names, list(_aliases(entry)))

    @contextmanager
    def _opened(self) -> Iterator[tuple[IO[bytes], int]]:
        """The text of the dump, and its size in bytes."""
        try:
            if not zipfile.is_zipfile(self.path):
                with self.path.open("rb") as file:
                    yield file, self.path.stat().st_size
                return
            with zipfile.ZipFile(self.path) as archive:
                members = [m for m in archive.infolist() if m.filename.endswith(".txt") and m.filename != "readme.txt"]
                if not members:
                    raise InputError(f"{self.path} holds no .txt file; give a GeoNames dump such as allCountries.zip")
                largest = max(members, key=lambda member: member.file_size)
                with archive.open(largest) as file:
                    yield file, largest.file_size
        except OSError as error:
            raise InputError(f"{self.path} cannot be read ({error.strerror}); give a GeoNames dump") from error
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise InputError(f"{self.path} is a damaged or encrypted archive ({error}); download it again") from error


def build(dump: Dump, target: Path, progress: Callable[[int], None] = lambda _: None) -> dict[str, int]:
    """Compile ``dump`` into the index file ``target``, atomically; returns counts of entries, names and postings.

    Raises InputError where the dump cannot be read or holds no row that can be used.
    """

    def usable() -> Iterator[Record]:
        found = False
        for record in dump.records(progress):
            found = True
            yield record
        if not found:
            wanted = "that --country and --min-population leave" if dump.left_out else "of a GeoNames dump"
            raise InputError(f"{dump.path} holds no row {wanted}, so no index was written")

    return write(target, usable(), sources=SOURCES)


def name_type(name: str) -> str:
    """What an alternate name of GeoNames is: a code (ALA), a romanisation by rule (almaty) or a name."""
    if _CODE.match(name):
        return "code"
    return "romanised" if _RULED.match(name) else "alternate"


def town_radius_km(population: int) -> float:
    """The radius of a disc that holds ``population`` at PEOPLE_PER_KM2, at least 1 km."""
    return max(1.0, math.sqrt(population / (PEOPLE_PER_KM2 * math.pi)))


def _radius_km(feature: str, people: int) -> float:
    if feature.startswith("P."):
        return town_radius_km(people)
    return _LEVEL_RADIUS_KM.get(feature) or RADIUS_KM[granularity_of(feature)] / (1 if feature[0] == "A" else 5)


def _degrees(value: str, limit: int) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not abs(number) <= limit:
        raise ValueError(f"has {value[:20]!r} where a coordinate of at most {limit} degrees stands")
    return number


def _aliases(entry: GazetteerEntry) -> Iterator[str]:
    if entry.feature == "A.ADM1" and entry.admin1:
        yield f"region:{entry.admin1}"
    elif entry.feature == "A.PCLI" and entry.country:
        yield f"country:{entry.country}"
