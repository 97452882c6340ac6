"""Fetches a page at an address that a visitor gives, from where visitors may have pages fetched.

The name is resolved once, every address it has is looked at, and the connection goes to the one
that was looked at: a name that resolves otherwise a moment later changes nothing. Each redirection
is looked at anew. Proxies that the environment names are not used.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from onrecord.errors import FetchFailed
from onrecord.intake.web import Page
from onrecord.serve.settings import Settings

REDIRECTIONS = 5
_CHUNK = 64 * 1024
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; onrecord; reads one page at a user's request)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",  # nothing that grows when it is unpacked
    "Connection": "close",
}
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: an address that was looked at, and the name it was asked under."""

    url: SplitResult
    host: str
    port: int
    address: str

    @property
    def path(self) -> str:
        """What to ask for."""
        query = f"?{self.url.query}" if self.url.query else ""
        return quote((self.url.path or "/") + query, safe="/:?#[]@!$&'()*+,;=%~-._")


def fetch(url: str, *, settings: Settings) -> Page:
    """The page at `url`; raises `FetchFailed` where it may not be fetched, or can't."""
    ends_at = time.monotonic() + settings.fetch_seconds
    at = url
    for _ in range(REDIRECTIONS + 1):
        to = target(at, private=settings.allow_private_addresses)
        with _answer(to, ends_at) as answer:
            if answer.status in _REDIRECTS and (onward := answer.getheader("Location")):
                at = urljoin(at, onward)
                continue
            if answer.status != 200:
                raise FetchFailed(f"{at}: the server answers {answer.status} {answer.reason}")
            data = _body(answer, at, settings=settings, ends_at=ends_at)
            return Page(data, at, answer.headers.get_content_charset())
    raise FetchFailed(f"{url}: redirected more than {REDIRECTIONS} times")


def target(url: str, *, private: bool) -> Target:
    """Where `url` leads; raises `FetchFailed` where no page may be fetched from there."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchFailed(f"{url}: this is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchFailed(f"{url}: wants http://... or https://...")
    if parts.username is not None:
        raise FetchFailed(f"{parts.hostname}: an address with a password in it isn't fetched")
    port = port or (443 if parts.scheme == "https" else 80)
    addresses = _resolved(url, host, port)
    closed = [one for one in addresses if not private and not is_public(one)]
    if closed:
        raise FetchFailed(
            f"{url}: leads to {closed[0]}, which isn't on the public internet; the server fetches "
            "from there only when it is started with --allow-private"
        )
    return Target(parts, host, port, addresses[0])


def _resolved(url: str, host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"{url}: there is no such server ({error})") from error
    return [str(one[4][0]) for one in found]


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, also as one that it wraps (RFC 4291, 6052)."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour
        if one in _NAT64:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if one.teredo or (inner is not None and not is_public(str(inner))):
            return False
        if one.ipv4_mapped:
            return True
    return one.is_global and not one.is_multicast and not one.is_reserved


@contextmanager
def _answer(to: Target, ends_at: float) -> Iterator[HTTPResponse]:
    """The server's answer; the connection is cut when the time is over, whatever it is doing."""
    name = to.url.geturl()
    connection = HTTPConnection(to.host, to.port)
    cut = None
    try:
        connection.sock = _connected(to, ends_at)
        cut = threading.Timer(max(0.0, ends_at - time.monotonic()), _cut, [connection.sock])
        cut.daemon = True
        cut.start()
        connection.request("GET", to.path, headers={**_HEADERS, "Host": to.url.netloc})
        yield connection.getresponse()
    except (OSError, HTTPException, ValueError) as error:
        late = time.monotonic() >= ends_at
        why = "took too long" if late else f"can't be reached: {error or type(error).__name__}"
        raise FetchFailed(f"{name}: {why}") from error
    finally:
        if cut is not None:
            cut.cancel()
        connection.close()


def _connected(to: Target, ends_at: float) -> socket.socket:
    left = max(0.001, ends_at - time.monotonic())
    plain = socket.create_connection((to.address, to.port), timeout=left)
    if to.url.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=to.host)
    except BaseException:
        plain.close()
        raise


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        sock.shutdown(socket.SHUT_RDWR)


def _body(answer: HTTPResponse, url: str, *, settings: Settings, ends_at: float) -> bytes:
    coding = answer.getheader("Content-Encoding", "identity").lower()
    if coding not in ("identity", ""):
        raise FetchFailed(f"{url}: is packed ({coding}), though it was asked for plain")
    parts: list[bytes] = []
    held = 0
    while part := answer.read1(_CHUNK):
        held += len(part)
        if held > settings.largest_page:
            raise FetchFailed(f"{url}: longer than {settings.largest_page >> 20} MB")
        parts.append(part)
    if time.monotonic() >= ends_at or (answer.length or 0) > 0:
        raise FetchFailed(f"{url}: took too long, or broke off")
    return b"".join(parts)
