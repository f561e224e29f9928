"""What places are called in other languages, where known: countries by CLDR, and what geodata/exonyms.csv lists."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from mapgen.model import GazetteerEntry

PACKAGED = Path(__file__).parent.parent / "data" / "display_names.json"


def display_name(entry: GazetteerEntry, lang: str | None) -> str:
    """The entry's name in a language (ISO 639: "ru"), or else its own."""
    language = (lang or "").lower().partition("-")[0]
    return _names().get(language, {}).get(entry.id, entry.name) if language else entry.name


@cache
def _names() -> dict[str, dict[str, str]]:
    if not PACKAGED.exists():
        return {}
    names: dict[str, dict[str, str]] = json.loads(PACKAGED.read_text(encoding="utf-8"))
    return names
