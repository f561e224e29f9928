"""Basemaps of others: the tile providers of xyzservices that need no key."""

from __future__ import annotations

import re
from typing import TypedDict
from urllib.parse import urlsplit

from mapgen.errors import OptionsError

_SEVERAL = r".*\{s\}[^.]*"  # a policy knows only *.example.org: no part of a label, and nothing before the star


class Tiles(TypedDict):
    """A tile provider as the page wants it: ``url`` with {z}, {x}, {y}; ``host`` for the page's policy."""

    url: str
    host: str
    attribution: str
    max_zoom: int
    subdomains: str


def tile_provider(name: str) -> Tiles:
    """The provider that xyzservices knows by ``name``; raises OptionsError where there is none, or it needs a key."""
    import xyzservices.providers  # type: ignore[import-untyped]

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise OptionsError(
            f"there is no basemap {name!r}; use offline, or an xyzservices name like OpenStreetMap.Mapnik"
        ) from error
    if provider.requires_token():
        raise OptionsError(f"the basemap {provider.name} needs a key; use offline, or a provider without one")
    url = provider.build_url(scale_factor="", fill_subdomain=False).replace("{r}", "")
    address = urlsplit(url)
    return Tiles(
        url=url,
        host=f"{address.scheme}://{re.sub(_SEVERAL, '*', address.netloc)}",
        attribution=str(provider.get("attribution", provider.name)),
        max_zoom=int(provider.get("max_zoom", 18)),
        subdomains=str(provider.get("subdomains", "abc")),
    )
