"""geopy's services by name, with keys and addresses from the environment, never from a file of ours."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from importlib.metadata import version
from urllib.parse import urlsplit

from geopy.exc import GeopyError
from geopy.geocoders import SERVICE_TO_GEOCODER
from geopy.geocoders.base import Geocoder

from mapgen.errors import OptionsError
from mapgen.geocoders.adapter import BoundedAdapter

TIMEOUT_S = 10.0
_KEYS = ("api_key", "apikey", "subscription_key", "username")  # what geopy calls a key, by service
_RETIRED = ("here", "baidu", "googlev3", "liveaddress", "what3words", "what3wordsv3")  # or no geocoder of place names
# Seconds between two questions: one where a public server asks for it (operations.osmfoundation.org/policies/nominatim;
# photon.komoot.io asks for fairness), a tenth elsewhere, since a key has limits of its own.
_PUBLIC_DELAY_S = {"nominatim": 1.0, "photon": 1.0}
_DELAY_S = 0.1


def service_names() -> list[str]:
    """The services that can be named."""
    return sorted(set(SERVICE_TO_GEOCODER) - set(_RETIRED))


def service(name: str, environment: Mapping[str, str] = os.environ) -> tuple[Geocoder, float]:
    """The geopy geocoder called ``name``, and the least time between two questions in seconds.

    ``MAPGEN_<NAME>_KEY`` holds its key, ``MAPGEN_<NAME>_URL`` the address of a server of the user's own.  Raises
    OptionsError for an unknown name, a missing key, or an address that is none.
    """
    if name.lower() not in service_names():
        raise OptionsError(f"there is no geocoder {name!r}; there are {', '.join(service_names())}")
    kind = SERVICE_TO_GEOCODER[name.lower()]
    accepted = inspect.signature(kind.__init__).parameters
    known_as = f"MAPGEN_{name.upper()}"
    given: dict[str, object] = {"timeout": TIMEOUT_S, "adapter_factory": BoundedAdapter}
    if "user_agent" in accepted:
        given["user_agent"] = f"mapgen/{version('mapgen')}"
    key = next((word for word in _KEYS if word in accepted), None)
    if key and environment.get(f"{known_as}_KEY"):
        given[key] = environment[f"{known_as}_KEY"]
    address = environment.get(f"{known_as}_URL")
    if address and "domain" in accepted:
        given["scheme"], given["domain"] = _split(address, f"{known_as}_URL")
    missing = [word for word, parameter in accepted.items() if word in (key, "domain")
               and parameter.default is parameter.empty and word not in given]  # fmt: skip
    if missing:
        wanted = " and ".join(f"{known_as}_{'URL' if word == 'domain' else 'KEY'}" for word in missing)
        raise OptionsError(f"the geocoder {name} needs {wanted}: set it in the environment")
    try:
        made = kind(**given)
    except (GeopyError, ValueError) as error:
        raise OptionsError(f"the geocoder {name} cannot be used ({error}); look at {known_as}_KEY") from error
    return made, _DELAY_S if address else _PUBLIC_DELAY_S.get(name.lower(), _DELAY_S)


def _split(address: str, variable: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise OptionsError(f"{variable} is {address!r}; it must be an http or https address")
    return parts.scheme, f"{parts.netloc}{parts.path}".rstrip("/")
