"""Addresses that visitors give lead to the public internet, or nowhere."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from onrecord.errors import FetchFailed
from onrecord.serve import fetching
from onrecord.serve.fetching import fetch, is_public
from onrecord.serve.settings import Settings

OPEN = Settings(allow_private_addresses=True, fetch_seconds=1.0, largest_page=5000)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::",
        "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_loopback_private_and_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_others_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/", "http://2130706433/",
        "http://0x7f.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/", "https://10.0.0.1/",
    ],
)  # fmt: skip
def test_the_server_itself_and_its_network_are_not_fetched_from(url: str) -> None:
    with pytest.raises(FetchFailed, match=r"isn't on the public|no such server"):
        fetch(url, settings=Settings())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "gopher://a/", "javascript:alert(1)", "//a"]
)
def test_only_web_pages_are_fetched(url: str) -> None:
    with pytest.raises(FetchFailed, match="wants http"):
        fetch(url, settings=OPEN)


def test_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchFailed, match=r"127\.0\.0\.1"):
        fetch("http://two-faced.example/", settings=Settings())


Handle = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serving() -> Iterator[Callable[[Handle], str]]:
    """Starts a server on loopback that answers as told."""
    servers: list[ThreadingHTTPServer] = []

    def start(handle: Handle) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                handle(self)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _page(handler: BaseHTTPRequestHandler, body: bytes = b"A report.", **headers: str) -> None:
    handler.send_response(200)
    for name, value in {"Content-Type": "text/plain; charset=utf-8", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_is_fetched_where_the_settings_allow_it(serving: Callable[[Handle], str]) -> None:
    url = serving(_page)
    page = fetch(url, settings=OPEN)
    assert (page.data, page.url, page.charset) == (b"A report.", url, "utf-8")


def test_the_connection_goes_to_the_address_that_was_looked_at(
    serving: Callable[[Handle], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(serving(_page).rsplit(":", 1)[1].strip("/"))
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: resolve(host) if "example" in host else real(host, *a, **k),
    )
    assert fetch(f"http://rebinding.example:{port}/", settings=OPEN).data == b"A report."
    assert asked == ["rebinding.example"]


def test_a_redirection_is_looked_at_anew(
    serving: Callable[[Handle], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def onward(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        handler.end_headers()

    url = serving(onward)
    monkeypatch.setattr(
        fetching, "is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    with pytest.raises(FetchFailed, match=r"169\.254\.169\.254"):
        fetch(url, settings=Settings(fetch_seconds=2))


def test_redirections_come_to_an_end(serving: Callable[[Handle], str]) -> None:
    def round_and_round(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(301)
        handler.send_header("Location", "/again")
        handler.end_headers()

    with pytest.raises(FetchFailed, match="redirected more than"):
        fetch(serving(round_and_round), settings=OPEN)


def test_a_page_that_never_ends_is_cut(serving: Callable[[Handle], str]) -> None:
    with pytest.raises(FetchFailed, match="longer than"):
        fetch(serving(lambda handler: _page(handler, b"x" * 20_000)), settings=OPEN)


def test_a_server_that_drips_is_cut(serving: Callable[[Handle], str]) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(100):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    begun = time.monotonic()
    with pytest.raises(FetchFailed):
        fetch(serving(drip), settings=OPEN)
    assert time.monotonic() - begun < 5


def test_what_is_packed_is_not_unpacked(serving: Callable[[Handle], str]) -> None:
    with pytest.raises(FetchFailed, match="packed"):
        fetch(serving(lambda h: _page(h, Content_Encoding="gzip")), settings=OPEN)


def test_an_address_with_a_password_is_refused_without_telling_it() -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch("http://ana:secret@example.org/", settings=OPEN)
    assert "secret" not in str(caught.value)
