"""What an editor pastes into an article to show a map: iframe, oEmbed JSON, and a picture for where neither works.

oEmbed's fields are those of its specification (oembed.com, version 1.0, "rich" type).
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from mapgen.errors import InputError, OptionsError

WIDTH, HEIGHT = 1000, 640  # CSS pixels; the iframe is as wide as its column


def snippets(page: Path, url: str | None = None) -> str:
    """Three blocks of text for the map in ``page``: iframe, oEmbed JSON and image markup.

    ``url`` is where the page will stand, by default its file name.  Raises InputError where there is no such page,
    OptionsError where ``url`` is neither http nor https.
    """
    if url is not None and not re.match(r"https?://[^\s\"'<>]+\Z", url):
        raise OptionsError(f"--url must be an http or https address, not {url!r}")
    title = html.escape(_title(page), quote=True)
    address = html.escape(url or page.name, quote=True)
    picture = html.escape(re.sub(r"\.html?\Z", "", url or page.name) + ".png", quote=True)
    frame = (
        f'<iframe src="{address}" title="{title}" loading="lazy" sandbox="allow-scripts allow-popups" '
        f'style="width:100%;height:{HEIGHT}px;border:0"></iframe>'
    )
    oembed = {
        "version": "1.0",
        "type": "rich",
        "title": html.unescape(title),
        "width": WIDTH,
        "height": HEIGHT,
        "html": frame,
    }
    image = f'<a href="{address}"><img src="{picture}" alt="{title}" loading="lazy" style="max-width:100%"></a>'
    return f"{frame}\n\n{json.dumps(oembed, ensure_ascii=False, indent=1)}\n\n{image}"


def _title(page: Path) -> str:
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{page}: cannot be read as a page; give the HTML file that `mapgen map` wrote") from error
    found = re.search(r"<title>([^<]*)</title>", text)
    if not found:
        raise InputError(f"{page}: has no title, so it is no map; give the HTML file that `mapgen map` wrote")
    return html.unescape(found.group(1))
