"""What every answer forbids the browser, and which requests are refused unseen.

Reports are hostile: whatever a text holds, no script but the server's own files runs, nothing is
fetched from elsewhere, and no other site may frame the pages or write through a visitor's browser.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers as Given
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.problems import problem
from onrecord.serve.settings import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No inline script or style, no `eval`, nothing from elsewhere."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with every answer that doesn't set them itself."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class Headers:
    """Sets `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and the answer back with the headers."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


class Hosts:
    """Refuses requests for a name that isn't the server's.

    A page elsewhere can have its own name resolve to this machine, and then read what it likes
    (DNS rebinding); it can't do so under an address or a name that it doesn't own.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.names = {"localhost", settings.host.lower(), *(n.lower() for n in settings.hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 421."""
        if scope["type"] != "http" or self._known(Given(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
            return
        detail = "this server isn't reached under that name; give it with --allow-host"
        await problem(scope, 421, detail)(scope, receive, send)

    def _known(self, host: str) -> bool:
        name = hostname(host)
        return name in self.names or _is_address(name)


def hostname(host: str) -> str:
    """The name or address in a Host header, in small letters; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class CrossSite:
    """Refuses what another site has a visitor's browser write."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 403."""
        writes = scope["type"] == "http" and scope["method"] not in SAFE
        if writes and not same_site(Given(scope=scope)):
            detail = "a page of another site may not write here"
            await problem(scope, 403, detail)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def same_site(headers: Given) -> bool:
    """Whether a request comes from the server's own pages, or from no page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False
