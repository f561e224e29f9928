"""Fetching a page from the web without being led astray (server-side request forgery).

Only http and https; the host is resolved once, every address must be global, and the connection goes to the checked
address; the same again at each redirect.  No proxy, cookie or credential of the user's environment is used.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from mapgen.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_READABLE = (
    "text/", "application/xhtml", "application/xml", "application/json", "application/geo+json", "application/rss",
    "application/atom", "application/rdf", "application/feed", "application/pdf", "application/gpx",
    "application/vnd.google-earth.kml", "application/vnd.openxmlformats", "application/csv", "application/ld+json",
    "application/zip", "application/x-zip",
)  # fmt: skip


def is_global(address: str) -> bool:
    """Whether an IP address is one of the public internet, and not of a private, local or special network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF).is_global
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching may cost, and which addresses may be asked; for tests with a server of their own."""

    seconds: float = 20.0  # for all redirects together
    raw: int = 10_000_000  # bytes as they come
    inflated: int = 50_000_000  # bytes unpacked
    redirects: int = 5
    is_allowed: Callable[[str], bool] = is_global  # of an IP address


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered, inflated: its bytes, its final address, its media type ("text/html")."""

    data: bytes
    url: str
    kind: str


def fetch(url: str, limits: Limits | None = None) -> Page:
    """The page at ``url``; raises FetchError for what must not or could not be fetched."""
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    for _ in range(limits.redirects + 1):
        parts = _checked(url)
        connection = _connect(parts, url, deadline, limits)
        try:
            with _cut_off(connection, deadline):
                answer = _ask(connection, parts, url)
                if answer.status not in (301, 302, 303, 307, 308):
                    return _page(answer, url, deadline, limits)
                url = urljoin(url, answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, FetchError):
                raise
            if time.monotonic() >= deadline:
                raise _too_slow(url, limits) from error
            said = " ".join(str(error).split())[:100]
            raise FetchError(f"{_shown(url)}: the server did not answer properly ({said})") from error
        finally:
            connection.close()
    raise FetchError(f"{_shown(url)}: was redirected more than {limits.redirects} times")


@contextlib.contextmanager
def _cut_off(connection: http.client.HTTPConnection, deadline: float) -> Iterator[None]:
    """End a connection at the deadline, also one that sends a byte now and then."""
    stream = connection.sock

    def end() -> None:
        with contextlib.suppress(OSError):
            stream.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _too_slow(url: str, limits: Limits) -> FetchError:
    return FetchError(f"{_shown(url)}: took more than {limits.seconds:.0f} seconds")


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


def _connect(parts: SplitResult, url: str, deadline: float, limits: Limits) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{_shown(url)}: the host {host[:100]} was not found") from error
    addresses = [str(entry[4][0]) for entry in found]
    private = [address for address in addresses if not limits.is_allowed(address)]
    if private or not addresses:
        raise FetchError(f"{_shown(url)}: leads to the private address {private[0] if private else '?'}; refused")
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(url, limits)
    try:
        stream = socket.create_connection((addresses[0], port), timeout=left)
        if parts.scheme == "https":
            stream = ssl.create_default_context().wrap_socket(stream, server_hostname=host)
    except (OSError, ssl.SSLError) as error:
        raise FetchError(f"{_shown(url)}: could not be reached ({error})") from error
    connection = http.client.HTTPConnection(host, port, timeout=left)
    connection.sock = stream
    return connection


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
        headers={"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip", "User-Agent": "mapgen"},
    )
    return connection.getresponse()


def _page(answer: http.client.HTTPResponse, url: str, deadline: float, limits: Limits) -> Page:
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
            piece = inflate.decompress(chunk, limits.inflated - size + 1) if inflate else chunk
        except zlib.error as error:
            raise FetchError(f"{_shown(url)}: is damaged gzip") from error
        size += len(piece)
        parts.append(piece)
        if raw > limits.raw or size > limits.inflated:
            raise FetchError(f"{_shown(url)}: is larger than {limits.raw // 10**6} MB")
        if time.monotonic() > deadline:
            raise _too_slow(url, limits)
    if answer.length or (inflate and not inflate.eof):
        raise FetchError(f"{_shown(url)}: broke off before its end")
    if time.monotonic() > deadline:  # what was cut off may look like the end
        raise _too_slow(url, limits)
    return Page(b"".join(parts), url, kind.split(";")[0].strip())
