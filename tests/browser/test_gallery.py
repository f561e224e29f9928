"""The gallery: each example is built from its source and opens with the events that were reviewed."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.__main__ import INVENTED, MAPS, gallery

pytestmark = pytest.mark.browser
EXAMPLES = sorted(path.parent.name for path in MAPS.glob("*/map.toml") if path.parent.name != "thousands")
ENDS = "() => [...document.querySelectorAll('path[data-event]')].map((path) => path.getBoundingClientRect().width)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole gallery, made anew."""
    return gallery(tmp_path_factory.mktemp("gallery")).parent


def reviewed(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((MAPS / name / "events.geojson").read_text(encoding="utf-8"))["features"]
    return found


def options(name: str) -> dict[str, Any]:
    return tomllib.loads((MAPS / name / "map.toml").read_text(encoding="utf-8"))


def test_its_page_shows_each_map_with_its_picture_and_title(built: Path, watch: Callable[..., Any]) -> None:
    assert len(EXAMPLES) >= 6
    text = (built / "index.html").read_text(encoding="utf-8")
    for name in [*EXAMPLES, "thousands"]:
        assert f'href="{name}/index.html"' in text
        for file in ("index.html", "index.png", "index.card.png", "index.svg"):
            assert (built / name / file).stat().st_size > 5_000
    titles = [options(name)["title"] for name in EXAMPLES]
    assert all(title in text for title in titles)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [1280, 390])
def test_it_opens_with_the_reviewed_events(built: Path, watch: Callable[..., Any], name: str, width: int) -> None:
    page = watch(built / name / "index.html", width=width, height=844)
    ids = sorted(feature["id"] for feature in reviewed(name))
    steps = options(name).get("story", [])
    assert page.tab.locator(".step-card").count() == len(steps)
    if steps:  # it opens at its first step
        assert 0 < len(page.visible()) < len(ids)
        page.tab.evaluate("() => window.mapgen.setTime(null, null)")
    assert page.visible() == ids == sorted(set(ids))
    assert page.tab.title() == options(name)["title"]
    if width == 1280 and not steps:
        assert page.drawn() == {feature["id"] for feature in reviewed(name) if feature["geometry"]}
    assert page.tab.locator(".base-land").count() == 1


def test_thousands_of_events_are_there(built: Path, watch: Callable[..., Any]) -> None:
    page = watch(built / "thousands" / "index.html")
    with (built / "thousands" / "events.csv").open(encoding="utf-8") as file:
        kinds = Counter(row["event_type"] for row in csv.DictReader(file))
    assert page.tab.evaluate("() => window.mapgen.count") == INVENTED == kinds.total()
    page.tab.evaluate("() => window.mapgen.setType('riot', false)")
    assert len(page.visible()) == INVENTED - kinds["riot"]


def test_help_crosses_the_date_line_on_the_short_way(built: Path, watch: Callable[..., Any]) -> None:
    page = watch(built / "tonga-2022" / "index.html")
    widths = page.tab.evaluate(ENDS)
    world = 256 * 2 ** page.tab.evaluate("() => window.mapgen.state().zoom")
    assert len(widths) >= 3 and all(width < world / 2 for width in widths)


def test_many_contingents_meet_at_one_place(built: Path, watch: Callable[..., Any]) -> None:
    page = watch(built / "mali-2013" / "index.html")
    ways = sum(
        sum(place["role"] in ("origin", "contingent-origin") for place in feature["properties"]["places"])
        for feature in reviewed("mali-2013")
    )
    assert ways >= 6
    assert page.tab.locator("path[data-event]").count() == ways


def test_the_cyrillic_one_speaks_russian(built: Path, watch: Callable[..., Any]) -> None:
    page = watch(built / "chernobyl-1986" / "index.html")
    assert page.tab.evaluate("() => document.documentElement.lang") == "ru"
    assert page.tab.get_by_role("searchbox").get_attribute("aria-label") or page.tab.get_by_placeholder("Поиск").count()
