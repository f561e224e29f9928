"""Geocoding services, against a real local server that answers well and badly."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from geopy.geocoders import Nominatim, OpenCage, Pelias, Photon

from mapgen.errors import GeocoderError, OptionsError
from mapgen.geocoders import AnswerCache, ServiceGeocoder
from mapgen.geocoders.adapter import BoundedAdapter
from mapgen.geocoders.services import service, service_names


@pytest.fixture(scope="module")
def server(fault_server: str) -> str:
    return fault_server


def geocoder(server: str, fault: str, cache: AnswerCache | None = None, retries: int = 1) -> ServiceGeocoder:
    asked = Nominatim(
        user_agent="mapgen-tests",
        domain=f"{server}/geo/{fault}",
        scheme="http",
        timeout=1,
        adapter_factory=BoundedAdapter,
    )
    return ServiceGeocoder(asked, cache, delay_s=0.01, retries=retries, patience_s=3)


def test_a_good_answer_is_a_place_with_its_provenance(server: str) -> None:
    place = geocoder(server, "ok")("Almaty", "Kazakhstan")
    assert place is not None
    assert (round(place.lat, 2), round(place.lon, 2)) == (43.24, 76.95)
    assert place.gazetteer == "nominatim:1"
    assert (place.radius_km, place.granularity) == (22.2, "city")  # half the height of the box that was answered


def test_nothing_found_is_none_not_an_error(server: str) -> None:
    assert geocoder(server, "empty")("Nowhere") is None


@pytest.mark.parametrize(
    "fault",
    ["403", "429-noretry", "500", "html-captcha", "huge", "notjson", "nan", "nulls", "out-of-range", "redirect",
     "timeout", "truncated", "wrong-types"],
)  # fmt: skip
def test_a_bad_answer_is_one_sentence_and_never_a_pin(server: str, fault: str) -> None:
    with pytest.raises(GeocoderError, match="nominatim"):
        geocoder(server, fault)("Almaty")


def test_text_of_a_service_stays_text(server: str) -> None:
    place = geocoder(server, "xss")("Almaty")
    assert place is not None
    assert place.name == "Almaty"


def test_each_name_is_asked_once(server: str) -> None:
    ask = geocoder(server, "ok")
    before = _asked(server, "Taraz")
    for _ in range(3):
        ask("Taraz")
    assert _asked(server, "Taraz") == before + 1


def test_a_server_that_fails_now_and_then_is_asked_again(server: str) -> None:
    ask = geocoder(server, "flaky", retries=2)
    assert ask("Shymkent") and ask("Kokshetau")


def test_the_service_is_given_the_time_that_it_asks_for(server: str) -> None:
    with pytest.raises(GeocoderError, match="RateLimited"):
        geocoder(server, "429")("Semey")
    with urllib.request.urlopen(f"http://{server}/log", timeout=2) as answer:
        first, second = [row["t"] for row in json.load(answer) if "Semey" in row["path"]]
    assert second - first >= 2  # the Retry-After of the fault server


def test_a_service_that_keeps_failing_is_left_alone(server: str) -> None:
    ask = geocoder(server, "500", retries=0)
    for name in ("Rudny1", "Rudny2", "Rudny3", "Rudny4", "Rudny5"):
        with pytest.raises(GeocoderError):
            ask(name)
    assert _asked(server, "Rudny") == 3


def test_an_answer_is_kept_with_its_raw_form_and_not_asked_for_again(server: str, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "answers.sqlite"
    first = geocoder(server, "ok", AnswerCache(path))("Uralsk")
    assert geocoder(server, "ok", AnswerCache(path))("Uralsk") == first
    assert geocoder(server, "empty", AnswerCache(path))("Nonesuch") is None
    assert geocoder(server, "empty", AnswerCache(path))("Nonesuch") is None
    assert (_asked(server, "Uralsk"), _asked(server, "Nonesuch")) == (1, 1)
    query, provider, answer, asked_at = (
        sqlite3.connect(path).execute("select query, provider, answer, asked_at from answers where query = 'Uralsk'")
    ).fetchone()
    assert (query, provider) == ("Uralsk", "nominatim")
    assert json.loads(answer)["raw"]["class"] == "place"
    assert time.time() - asked_at < 600


def test_an_error_is_never_kept(server: str, tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers.sqlite")
    with pytest.raises(GeocoderError):
        geocoder(server, "nulls", cache)("Balkhash")
    assert len(cache) == 0
    assert geocoder(server, "ok", cache)("Balkhash") is not None


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_is_begun_anew_and_says_so(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        cache = AnswerCache(path)
        cache.put("nominatim", "Aktobe", {"lat": 50.3})
    assert cache.get("nominatim", "Aktobe") == ({"lat": 50.3},)
    assert ("begun anew" in caplog.text) == bool(damage)


def test_a_cache_that_is_damaged_while_it_is_open_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    cache = AnswerCache(path)
    for n in range(500):
        cache.put("nominatim", f"place {n}", {"lat": n, "raw": "x" * 200})
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 60_000)
    fresh = AnswerCache(path)
    assert all(fresh.get("nominatim", f"place {n}") in (None, ({"lat": n, "raw": "x" * 200},)) for n in range(500))
    fresh.put("nominatim", "Aktobe", None)
    assert fresh.get("nominatim", "Aktobe") == (None,)


def _put_many(path: Path, worker: int) -> int:
    cache = AnswerCache(path)
    for n in range(40):
        cache.put("nominatim", f"{worker} {n}", {"lat": n})
    return os.getpid()


def test_several_processes_share_one_cache(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(_put_many, [path] * 4, range(4)))
    assert len(AnswerCache(path)) == 160


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(GeocoderError, match="MAPGEN_CACHE"):
        AnswerCache(tmp_path / "file" / "answers.sqlite")


def test_services_are_named_and_take_keys_and_addresses_from_the_environment() -> None:
    assert {"nominatim", "photon", "pelias", "opencage"} <= set(service_names())
    assert isinstance(service("nominatim", {})[0], Nominatim)
    made, delay_s = service("photon", {"MAPGEN_PHOTON_URL": "http://127.0.0.1:2322"})
    assert isinstance(made, Photon)
    assert (made.scheme, made.domain, delay_s) == ("http", "127.0.0.1:2322", 0.1)
    assert isinstance(service("opencage", {"MAPGEN_OPENCAGE_KEY": "k"})[0], OpenCage)
    assert isinstance(service("pelias", {"MAPGEN_PELIAS_URL": "https://pelias.example"})[0], Pelias)


def test_the_public_nominatim_is_asked_once_a_second_at_most() -> None:
    assert service("nominatim", {})[1] >= 1


@pytest.mark.parametrize(
    ("name", "environment", "told"),
    [
        ("atlantis", {}, "nominatim"),
        ("opencage", {}, "MAPGEN_OPENCAGE_KEY"),
        ("pelias", {}, "MAPGEN_PELIAS_URL"),
        ("nominatim", {"MAPGEN_NOMINATIM_URL": "ftp://x"}, "http"),
    ],
)
def test_a_service_that_cannot_be_used_says_what_is_missing(name: str, environment: dict[str, str], told: str) -> None:
    with pytest.raises(OptionsError, match=told):
        service(name, environment)


@pytest.mark.parametrize(("first", "asked"), [([], 1), (["--service-first"], 2)])
def test_a_table_is_geocoded_by_gazetteer_and_service(
    server: str, tmp_path: Path, first: list[str], asked: int
) -> None:
    table = tmp_path / "events.csv"
    table.write_text("place,date,type\nKyzylorda,2022-01-05,protest\nXyzzyville,2022-01-05,protest\n")
    environment = {**os.environ, "MAPGEN_NOMINATIM_URL": f"http://{server}/geo/ok", "MAPGEN_CACHE": str(tmp_path)}
    before = _asked(server, "Kyzylorda") + _asked(server, "Xyzzyville")
    command = [sys.executable, "-m", "mapgen", "events", str(table), "-o", "-", "--geocoder", "nominatim", *first]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    places = [feature["properties"]["places"][0] for feature in json.loads(done.stdout)["features"]]
    assert [place["gazetteer"].split(":")[0] for place in places] == ["nominatim" if first else "geonames", "nominatim"]
    assert _asked(server, "Kyzylorda") + _asked(server, "Xyzzyville") == before + asked


def test_a_row_that_the_service_cannot_place_is_listed_with_the_reason(server: str, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("place,date,type\nKyzylorda,2022-01-05,protest\nXyzzyville,2022-01-05,protest\n")
    environment = {**os.environ, "MAPGEN_NOMINATIM_URL": f"http://{server}/geo/nulls", "MAPGEN_CACHE": str(tmp_path)}
    command = [sys.executable, "-m", "mapgen", "events", str(table), "-o", "-", "--geocoder", "nominatim"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["features"]) == 1
    assert "row 3: nominatim: no answer for 'Xyzzyville' (ValueError: 0.0, 0.0 is no place)" in done.stderr


def _asked(server: str, name: str) -> int:
    with urllib.request.urlopen(f"http://{server}/log", timeout=2) as answer:
        return sum(name in row["path"] for row in json.load(answer))
