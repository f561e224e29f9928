"""Geocoding services, against a real local server that answers well and badly."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from geopy.geocoders import Nominatim

from mapgen.errors import GeocoderError
from mapgen.geocoders import ServiceGeocoder


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[str]:
    """host:port of the shared fault server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(shared / "hostile" / "fault_server.py"), str(port)])
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/log", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def geocoder(server: str, fault: str) -> ServiceGeocoder:
    service = Nominatim(user_agent="mapgen-tests", domain=f"{server}/geo/{fault}", scheme="http", timeout=2)
    return ServiceGeocoder(service, delay_s=0.01, retries=1)


def test_a_good_answer_is_a_place_with_its_provenance(server: str) -> None:
    place = geocoder(server, "ok")("Almaty", "Kazakhstan")
    assert place is not None
    assert (round(place.lat, 2), round(place.lon, 2)) == (43.24, 76.95)
    assert place.gazetteer == "nominatim:1"


def test_nothing_found_is_none_not_an_error(server: str) -> None:
    assert geocoder(server, "empty")("Nowhere") is None


@pytest.mark.parametrize(
    "fault", ["403", "500", "html-captcha", "truncated", "notjson", "nulls", "wrong-types", "nan", "out-of-range"]
)
def test_a_bad_answer_is_one_sentence_and_never_a_pin(server: str, fault: str) -> None:
    with pytest.raises(GeocoderError, match="nominatim"):
        geocoder(server, fault)("Almaty")


def test_each_name_is_asked_once(server: str) -> None:
    ask = geocoder(server, "ok")
    before = _asked(server)
    for _ in range(3):
        ask("Taraz")
    assert _asked(server) == before + 1


def _asked(server: str) -> int:
    with urllib.request.urlopen(f"http://{server}/log", timeout=2) as answer:
        return sum("Taraz" in row["path"] for row in json.load(answer))
