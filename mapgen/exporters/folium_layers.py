"""Layers of folium and plugins in a page of ours: their scripts and styles from the bundle, where it knows them.

What the bundle does not know would be fetched from somewhere when the page is opened; it is refused, saying from where,
unless the user allows it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from mapgen.errors import OptionsError
from mapgen.exporters.page import Additions, asset, known_assets

# An address that a browser would fetch by itself: of a script, style, picture or tile; not one that is only linked to.
_REMOTE = re.compile(
    r"""(?:\bsrc=|<link\b[^>]*?\bhref=|\bfetch\(|\burl\()\s*["']?(https?://[^\s"'<>)]+)"""
    r"""|["'](https?://[^"'\s]*\{[xyzs]\}[^"'\s]*)["']"""
)


# Plugins that make code of text when they run, which the page's policy never allows, by the names of their files.
_MAKES_CODE = {"leaflet-measure.min.js": "MeasureControl"}


def additions(event_map: Any, allow_remote: bool) -> Additions:
    """What the children of a map bring with them; raises OptionsError where they would fetch something unasked."""
    children = list(event_map._children.values())
    if not children:
        return Additions()
    figure = event_map.get_root()
    for child in children:
        child.render()
    head, scripts, remote = [], [asset("folium.js")], []
    for key, element in figure.header._children.items():
        if key == "meta_http":  # the figure's own line about its encoding
            continue
        url = getattr(element, "url", None)
        name = PurePosixPath(urlsplit(url).path).name if url else ""
        if name in _MAKES_CODE:
            raise OptionsError(
                f"{_MAKES_CODE[name]} makes code of text when the map is opened, which its policy forbids; leave it out"
            )
        if name in known_assets():
            text = asset(f"plugin-{name}")
            if name.endswith(".css"):
                head.append(f"<style>{text}</style>")
            else:
                scripts.append(text)
            continue
        head.append(element.render())
        remote += [url] if url else []
    body = "".join(element.render() for element in figure.html._children.values())
    own = "".join(element.render() for element in figure.script._children.values())
    remote += [one or other for one, other in _REMOTE.findall("".join(head) + body + own)]
    if remote and not allow_remote:
        raise OptionsError(
            f"the layers added to this map would fetch {', '.join(sorted(set(remote)))} when the map is opened; "
            "leave them out, or make the map with EventMap(..., allow_remote=True)"
        )
    script = f"var {event_map.get_name()} = window.mapgen.map;\n{own}"
    return Additions("".join(head) + body, (*scripts, script), tuple(sorted(set(map(origin, remote)))))


def origin(url: str) -> str:
    """Scheme and host of an address, as a Content-Security-Policy wants them; {s} is any subdomain."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
