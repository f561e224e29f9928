"""How geopy asks over HTTP, within bounds: a service's answer is limited in size and time, and leads nowhere else."""

from __future__ import annotations

import io
import time
from http.client import HTTPResponse
from typing import Any
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener
from urllib.response import addinfourl

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

MAX_BYTES = 5_000_000  # of one answer; Nominatim's longest are a few hundred kilobytes


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]
    """geopy's urllib adapter, without redirects, proxies of the environment, or answers that do not end.

    Raises geopy's exceptions: GeocoderServiceError for an answer over ``MAX_BYTES``, GeocoderTimedOut for one that
    takes more than the request's time limit (seconds) in all.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._open = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler({}), _NoRedirect()).open
        self.urlopen = self._bounded

    def _bounded(self, request: Request, timeout: float) -> addinfourl:
        deadline = time.monotonic() + timeout
        with self._open(request, timeout=timeout) as answer:
            body = _read(answer, deadline)
            return addinfourl(io.BytesIO(body), answer.headers, answer.url, answer.status)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """None: urllib then raises an HTTPError that says so."""


def _read(answer: HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while chunk := answer.read1(65_536):
        body += chunk
        if len(body) > MAX_BYTES:
            raise GeocoderServiceError(f"the answer is larger than {MAX_BYTES // 10**6} MB")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("the answer took too long")
    return bytes(body)
