"""Fetching a page from the web without being led astray (server-side request forgery).

Only http and https; the host is resolved once, every address must be global, and the connection goes to the checked
address; the same again at each redirect.  No proxy, cookie or credential of the user's environment is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from mapgen.errors import FetchError

MAX_RAW, MAX_INFLATED = 10_000_000, 50_000_000  # bytes
MAX_SECONDS, MAX_REDIRECTS = 20.0, 5
_PORTS = {"http": 80, "https": 443}
_READABLE = ("text/", "application/xhtml", "application/xml", "application/json")


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered, inflated: its bytes, its final address, whether it is HTML."""

    data: bytes
    url: str
    is_html: bool


def fetch(url: str) -> Page:
    """The page at ``url``; raises FetchError for what must not or could not be fetched."""
    deadline = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url)
        connection = _connect(parts, url, deadline)
        try:
            answer = _ask(connection, parts, url)
            if answer.status not in (301, 302, 303, 307, 308):
                return _page(answer, url, deadline)
            url = urljoin(url, answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, FetchError):
                raise
            raise FetchError(f"{_shown(url)}: the server did not answer properly ({error})") from error
        finally:
            connection.close()
    raise FetchError(f"{_shown(url)}: was redirected more than {MAX_REDIRECTS} times")


def _shown(url: str) -> str:
    return url if len(url) <= 200 else f"{url[:200]}…"


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{_shown(url)}: is not a web address ({error})") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError(f"{_shown(url)}: is not an http or https address")
    if parts.username or parts.password:
        raise FetchError(f"{_shown(url)}: carries a user name or password; give the address without")
    if re.search(r"[\x00-\x20\x7f\\]", url) or port == 0:
        raise FetchError(f"{_shown(url)}: is not a proper web address")
    return parts


def _connect(parts: SplitResult, url: str, deadline: float) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{_shown(url)}: the host {host[:100]} was not found") from error
    addresses = [str(entry[4][0]) for entry in found]
    private = [address for address in addresses if not _is_global(address)]
    if private or not addresses:
        raise FetchError(f"{_shown(url)}: leads to the private address {private[0] if private else '?'}; refused")
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{_shown(url)}: took more than {MAX_SECONDS:.0f} seconds")
    try:
        stream = socket.create_connection((addresses[0], port), timeout=left)
        if parts.scheme == "https":
            stream = ssl.create_default_context().wrap_socket(stream, server_hostname=host)
    except (OSError, ssl.SSLError) as error:
        raise FetchError(f"{_shown(url)}: could not be reached ({error})") from error
    connection = http.client.HTTPConnection(host, port, timeout=left)
    connection.sock = stream
    return connection


def _is_global(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF).is_global
    return ip.is_global and not ip.is_multicast


def _ask(connection: http.client.HTTPConnection, parts: SplitResult, url: str) -> http.client.HTTPResponse:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        target.encode("ascii")
    except UnicodeEncodeError:
        from urllib.parse import quote

        target = quote(target, safe="/?&=%:;,+@!~*'()#$[]-._")
    connection.request(
        "GET",
        target,
        headers={"Accept": "text/html,text/plain;q=0.9", "Accept-Encoding": "gzip", "User-Agent": "mapgen"},
    )
    return connection.getresponse()


def _page(answer: http.client.HTTPResponse, url: str, deadline: float) -> Page:
    if answer.status != 200:
        raise FetchError(f"{_shown(url)}: the server answered {answer.status} {answer.reason}")
    kind = (answer.getheader("Content-Type") or "text/html").lower()
    if not kind.startswith(_READABLE):
        raise FetchError(f"{_shown(url)}: is {kind.split(';')[0][:60]}, not a page of text")
    encoding = (answer.getheader("Content-Encoding") or "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise FetchError(f"{_shown(url)}: comes in the encoding {encoding[:30]}, which was not asked for")
    inflate = zlib.decompressobj(31) if encoding == "gzip" else None
    raw, parts, size = 0, [], 0
    while chunk := answer.read1(65536):
        raw += len(chunk)
        try:
            piece = inflate.decompress(chunk, MAX_INFLATED - size + 1) if inflate else chunk
        except zlib.error as error:
            raise FetchError(f"{_shown(url)}: is damaged gzip") from error
        size += len(piece)
        parts.append(piece)
        if raw > MAX_RAW or size > MAX_INFLATED:
            raise FetchError(f"{_shown(url)}: is larger than {MAX_RAW // 10**6} MB")
        if time.monotonic() > deadline:
            raise FetchError(f"{_shown(url)}: took more than {MAX_SECONDS:.0f} seconds")
    return Page(b"".join(parts), url, not kind.startswith("text/plain"))
