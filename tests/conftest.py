"""What several test modules need: the shared development data, and a collection of events to show."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mapgen.model import Claim, Document, Event, EventCollection, Figure, Place, Skipped, Source, When

ROOT = Path(__file__).parent.parent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What became of the hostile inputs, by what was expected of them."""
    outcomes = getattr(sys.modules.get("tests.test_hostile"), "OUTCOMES", None)
    if outcomes:
        terminalreporter.section("hostile inputs")
        for (command, expected, outcome), count in sorted(outcomes.items()):
            terminalreporter.line(f"{count:5}  {command:20} {expected:36} {outcome}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine: a connection to another address fails it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host != "localhost" and not ipaddress.ip_address(host.split("%")[0]).is_loopback:
            pytest.fail(f"a connection to {address} was tried")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared development data; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared"))
    if not (folder / "events").exists():
        pytest.skip(f"needs the shared development data, which is not at {folder} (set MAPGEN_SHARED)")
    return folder


def heeds_interrupts() -> None:
    """Undo what a shell does to a command in the background: Ctrl-C is ignored by it and by all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="module")
def fault_server(shared: Path) -> Iterator[str]:
    """host:port of the shared server that answers in bad ways."""
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
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def collection() -> EventCollection:
    """Five events of all shapes: a site, an area, a movement with two contingents, an unlocated and a denied one."""
    text = "Crowds stormed the hall in Talas. Troops from Osh and Naryn left for Talas. Banks shut across Kyrgyzstan."
    source = Source("A title", "https://example.org/a", "A paper", dt.date(2022, 1, 6), "doc-1")
    talas = Place(
        "Talas", 42.5228, 72.2427, "Talas", 27, 32, "site", "KG", "Talas", 1, "city", 12.0, 0.93, "geonames:1527299"
    )
    osh = Place(
        "Osh",
        40.5283,
        72.7985,
        "Osh",
        46,
        49,
        "contingent-origin",
        "KG",
        "Osh City",
        1,
        "city",
        15.0,
        0.9,
        "geonames:1527534",
    )
    naryn = Place(
        "Naryn",
        41.4287,
        75.9911,
        "Naryn",
        54,
        59,
        "contingent-origin",
        "KG",
        "Naryn",
        1,
        "city",
        10.0,
        0.8,
        "geonames:1527592",
    )
    country = Place(
        "Kyrgyzstan", 41.5, 75.0, "Kyrgyzstan", 93, 103, "area", "KG", None, 3, "country", 250.0, 1.0, "iso:KG"
    )
    day = When(dt.date(2022, 1, 5), dt.date(2022, 1, 5), 1, "on Wednesday")
    killed = {"killed": Figure(8, 8, None, "over", "at least eight")}
    events = (
        Event("riot", "Crowds stormed the hall", "confirmed", "police", day, ("crowds",), killed, (talas,), text[:33], 0, 33,
              source, (Claim("They stormed it.", 3, 9, "reported", "TASS", source, killed),), 0.9),
        Event("troop_movement", "Troops left for Talas", "planned", None, day, ("troops",), {},
              (osh, naryn, talas.at("destination")), text[34:76], 34, 76, source),
        Event("service_closure", "Banks shut", "reported", None, When(), (), {}, (country,), text[77:], 77, len(text), source),
        Event("arrests", "=HYPERLINK(1) “quoted”, \n {{7*7}} </script>", "denied", None, day, (), {}, (), None, None, None, source,
              extra={"colour": "red", "n": 3}),
        Event("protest", "'+1", "reported", None, day, ("-x", "@y"), {}, (talas,), None, None, None, Source(), note="a\u2028b"),
    )  # fmt: skip
    return EventCollection(
        tuple(event.identified() for event in events),
        (Document("doc-1", text, "A title", "https://example.org/a", "A paper", dt.date(2022, 1, 6), "en"),),
        {"doc-1": (talas, osh)},
        (Skipped("a.csv row 3", "has no place"),),
    )
