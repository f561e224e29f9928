"""The page as text: assets, data and a policy by hash, put together without any template.

Text from an input enters as one JSON block, whose strings hold none of ``{ } < > &`` and no U+2028/9 unescaped, so that
neither an HTML parser nor a template engine that gets hold of the page finds anything in them; of many events, in
base64 beside it; and as HTML-escaped text in ``<title>`` and ``<noscript>``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mapgen.errors import MapgenError
from mapgen.exporters.tile_archive import TileArchive

Json = dict[str, Any]

_DIST = Path(__file__).parent.parent / "web" / "dist"
_STRINGS = _DIST.parent / "strings"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ACTIVE = re.compile("[{}<>&\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Additions:
    """What layers of others bring into the page: markup for its head, and scripts that run after our own."""

    head: str = ""
    scripts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()  # hosts that they load from, "https://cdn.example"


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """A built file of the front end; raises MapgenError where it has not been built."""
    try:
        return (_DIST / name).read_text(encoding="utf-8")
    except OSError as error:
        raise MapgenError(f"{_DIST / name} is missing: build the front end with `make web`, or reinstall") from error


@lru_cache(maxsize=1)
def known_assets() -> frozenset[str]:
    """The files of Leaflet plugins that the bundle has, by the names that folium fetches them by."""
    return frozenset(path.name.removeprefix("plugin-") for path in _DIST.glob("plugin-*"))


def languages() -> list[str]:
    """The languages that the page's interface speaks, as ISO 639-1 codes."""
    return sorted(path.stem for path in _STRINGS.glob("*.json"))


def strings(lang: str) -> Json:
    """The words of the interface in ``lang``; what it lacks is English."""
    words: Json = {}
    for each in ("en", lang):
        words |= json.loads((_STRINGS / f"{each}.json").read_text(encoding="utf-8"))
    return words


def escaped_json(data: Json) -> str:
    """``data`` as JSON for an HTML page: see the module's docstring."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _STRING.sub(lambda found: _ACTIVE.sub(lambda char: f"\\u{ord(char.group()):04x}", found.group()), text)


def render(
    data: Json,
    *,
    plain: str,
    description: str,
    tile_host: str | None = None,
    archive: TileArchive | None = None,
    additions: Additions | None = None,
) -> str:
    """The whole page for ``data`` (the shape is in ``mapgen/web/types.js``); the same data, the same bytes.

    ``plain`` is finished markup for readers without scripts, ``description`` one line of text for previews of links;
    ``archive`` are tiles over the own base.
    """
    more = additions or Additions()
    large = data["tiles"] or data["events"]["packed"]
    opened = bool(more.scripts or archive)  # to layers that are not ours: all of Leaflet
    script = "mapgen-open.js" if opened else "mapgen-large.js" if large else "mapgen.js"
    style = asset("style-open.css" if opened else "style.css")
    scripts = [asset(script), *([asset("pmtiles.js")] if archive else []), *more.scripts]
    policy = _policy(scripts, style, tile_host, archive.origin if archive else None, more)
    columns = dict(data["events"])
    packed = columns.pop("packed")  # base64: nothing in it to be escaped
    return "\n".join((
        "<!doctype html>",
        f'<html lang="{html.escape(data["lang"])}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="mapgen">',
        *_preview(data["title"], description),
        f"<title>{_escaped(data['title'])}</title>",
        f"<style>{style}</style>",
        more.head,
        "</head>",
        "<body>",
        '<div id="mapgen"></div>',
        f"<noscript>{plain}</noscript>",
        f'<script type="application/json" id="mapgen-data">{escaped_json({**data, "events": columns})}</script>',
        *([f'<script type="text/plain" id="mapgen-packed">{packed}</script>'] if packed else []),
        *([_tiles(archive)] if archive else []),
        *(f"<script>{text}</script>" for text in scripts),
        "</body>",
        "</html>",
        "",
    ))  # fmt: skip


def frame(page: str, title: str, height: int = 600) -> str:
    """The page inside a sandboxed iframe, for a notebook; ``height`` in CSS pixels."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" title="{_escaped(title)}" sandbox="allow-scripts allow-popups" '
        f'style="width:100%;height:{height}px;border:0"></iframe>'
    )


def _tiles(archive: TileArchive) -> str:
    address = f' data-url="{_escaped(archive.url)}"' if archive.url else ""
    return f'<script type="text/plain" id="mapgen-tiles"{address}>{base64.b64encode(archive.data).decode()}</script>'


def _policy(
    scripts: Sequence[str], style: str, tile_host: str | None, archive_host: str | None, more: Additions
) -> str:
    origins = " ".join(more.origins)
    rules = [
        "default-src 'none'",
        f"script-src {' '.join(map(_hash, scripts))} {origins}",
        # layers of others write style attributes; our own page needs none
        f"style-src {_hash(style)}" if not more.scripts else f"style-src 'unsafe-inline' {origins}",
        f"img-src data: {tile_host or ''} {origins}",
        f"font-src data: {origins}" if origins else "",
        f"connect-src {archive_host or ''} {origins}" if archive_host or origins else "",
        "base-uri 'none'",
        "form-action 'none'",
        "" if more.scripts else "require-trusted-types-for 'script'",
        "" if more.scripts else "trusted-types default",
    ]
    return "; ".join(" ".join(rule.split()) for rule in rules if rule)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _preview(title: str, description: str) -> list[str]:
    """What search engines and networks show of a link (ogp.me); addresses are added by ``mapgen embed --url``."""
    told = {"og:type": "website", "og:title": title, "og:description": description}
    return [
        f'<meta name="description" content="{_escaped(description)}">',
        *(f'<meta property="{name}" content="{_escaped(text)}">' for name, text in told.items()),
        '<meta name="twitter:card" content="summary_large_image">',
    ]


def _escaped(text: str) -> str:
    """Text for HTML; braces too, so that no template engine finds an expression in it."""
    safe = re.sub("[\ud800-\udfff\x00]", "\N{REPLACEMENT CHARACTER}", text)
    return html.escape(safe).replace("{", "&#123;").replace("}", "&#125;")
