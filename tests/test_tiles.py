"""Basemaps of others: of all the providers that xyzservices knows, those that need no key and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import xyzservices
from xyzservices import providers

from mapgen.errors import OptionsError
from mapgen.exporters.html import EventMap
from mapgen.exporters.page import escaped_json
from mapgen.exporters.tiles import tile_provider
from tests.browser.events import COLLECTION

ALL: dict[str, Any] = providers.flatten()
SECRET = re.compile(r"(?i)api_?key|access_?token|app_(?:id|code)|[?&](?:key|token)=|<insert")
OPEN = {"{s}", "{x}", "{y}", "{z}"}  # what Leaflet fills in


def needs_key(name: str) -> bool:
    """By the provider's own record, not by xyzservices' judgement of it."""
    address = ALL[name]["url"]
    return bool(SECRET.search(address)) or "<insert" in str(ALL[name])


def test_no_provider_that_is_taken_needs_a_key_and_none_without_is_refused() -> None:
    wrong = []
    for name in ALL:
        try:
            tiles = tile_provider(name)
        except OptionsError:
            taken = False
        else:
            taken = True
            if SECRET.search(tiles["url"]) or not set(re.findall(r"\{[^}]*\}", tiles["url"])) <= OPEN:
                wrong.append((name, tiles["url"]))
        if taken == needs_key(name):
            wrong.append((name, f"taken: {taken}"))
    assert len(ALL) > 100
    assert wrong == []


def test_every_host_fits_its_address_and_says_whose_map_it_is() -> None:
    for name in ALL:
        if needs_key(name):
            continue
        tiles = tile_provider(name)
        address, host = urlsplit(tiles["url"]), urlsplit(tiles["host"])
        assert host.scheme == address.scheme
        assert address.netloc.replace("{s}", "a").endswith(host.netloc.removeprefix("*"))
        assert re.fullmatch(r"https?://(\*\.)?[\w.:-]+", tiles["host"]), (
            f"{name}: {tiles['host']} is no source of a policy"
        )
        assert tiles["attribution"]


@pytest.mark.parametrize("name", ["OpenStreetMap.Mapnik", "OpenTopoMap", "Esri.WorldImagery"])
def test_the_page_may_ask_that_host_alone_and_names_the_provider(name: str, tmp_path: Path) -> None:
    tiles = tile_provider(name)
    page = EventMap(COLLECTION, basemap=name).render()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and f"img-src data: {tiles['host']};" in policy[1]
    assert policy[1].count("://") == 1
    assert escaped_json({"attribution": tiles["attribution"]})[1:-1] in page


def test_a_marked_provider_is_refused_in_one_sentence() -> None:
    name = next(name for name in ALL if needs_key(name))
    with pytest.raises(OptionsError, match=f"{re.escape(name)} needs a key; use offline"):
        tile_provider(name)


def test_the_library_is_one_that_marks_keys() -> None:
    assert xyzservices.TileProvider({"name": "a", "url": "https://a.example/{z}?k={apikey}", "attribution": "a",
                                     "apikey": "<insert your API key here>"}).requires_token()  # fmt: skip
