"""What ``mapgen doctor`` looks at: whether this installation has all it needs, and what optional parts are there."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from mapgen.errors import MapgenError

_EXTRAS = {
    "openpyxl": "xlsx",
    "pyarrow": "parquet",
    "playwright": "image",
    "httpx": "llm",
    "spacy": "ner",
}  # distribution ─► extra that brings it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``state`` is "ok", "missing" (mapgen cannot do its work without it) or "optional"."""

    name: str
    state: str
    found: str


def examine() -> Iterator[Finding]:
    """Look at everything in turn; a part that is damaged is a finding, not an error."""
    yield Finding("mapgen", "ok", version("mapgen"))
    yield Finding("Python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield _needed("gazetteer", _gazetteer)
    yield _needed("page", _page)
    for distribution, extra in _EXTRAS.items():
        yield _extra(distribution, extra)
    yield _chromium()
    yield _needed("geocoder cache", _cache)


def _needed(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, "ok", look())
    except MapgenError as error:
        return Finding(name, "missing", str(error))


def _gazetteer() -> str:
    from mapgen.gazetteer import PACKAGED, Gazetteer

    gazetteer = Gazetteer()
    return f"{len(gazetteer):,} places in {PACKAGED} ({gazetteer.sources})"


def _page() -> str:
    from mapgen.exporters.page import asset, languages

    size = len(asset("mapgen.js")) + len(asset("style.css"))
    return f"{size / 1000:.0f} kB of script and style, in {', '.join(languages())}"


def _extra(distribution: str, extra: str) -> Finding:
    try:
        return Finding(distribution, "ok", version(distribution))
    except PackageNotFoundError:
        return Finding(distribution, "optional", f"not installed: pip install 'mapgen[{extra}]'")


def _chromium() -> Finding:
    from mapgen.exporters.image import chromium_path

    path = chromium_path()
    if path:
        return Finding("Chromium", "ok", path)
    return Finding("Chromium", "optional", "not found: install it, run `playwright install chromium`, or set CHROMIUM")


def _cache() -> str:
    from mapgen.geocoders import AnswerCache, cache_path

    path = cache_path()
    if not path.exists():
        return f"empty, will be {path}"
    cache = AnswerCache(path)
    try:
        return f"{len(cache):,} answers in {path}"
    finally:
        cache.close()
