"""Answers carry strong ETags, and are given again while the store stays as it is."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.memo import STATE
from onrecord.serve.settings import Settings
from onrecord.serve.state import State

LARGEST = 1024 * 1024
"""Bytes of an answer beyond which it isn't kept."""

NEVER = ("/static/", "/sign-in", "/jobs", "/api/v1/jobs")
"""What changes while the store doesn't, or has ETags of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: str


class Remembering:
    """Keeps the last answers to GET, and answers 304 to those who have them."""

    def __init__(self, app: ASGIApp, *, settings: Settings, state: State) -> None:
        self.app = app
        self.settings = settings
        self.state = state
        self.kept: OrderedDict[object, Answer] = OrderedDict()
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers it as before."""
        asks = scope["type"] == "http" and scope["method"] == "GET"
        if not asks or scope["path"].startswith(NEVER):
            await self.app(scope, receive, send)
            return
        key = await self._key(scope)
        scope.setdefault("state", {})[STATE] = key[0]
        known = self.kept.get(key)
        if known is not None:
            self.kept.move_to_end(key)
            await _give(known, scope, send)
            return
        await self._ask(key, scope, receive, send)

    async def _key(self, scope: Scope) -> tuple[object, ...]:
        """The store's state, and what else an answer depends on; it tells dates by their age, so
        the day is part of it."""
        headers = Headers(scope=scope)
        given = (_cookie(headers, self.settings.port), headers.get("authorization", ""))
        part = headers.get("hx-request", "")
        today = datetime.now(UTC).date()
        address = (scope["path"], scope.get("query_string", b""))
        return (await self.state.now(), today, address, given, part)

    async def _ask(self, key: object, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request be answered, and keeps what can be kept."""
        first: Message = {}
        parts: list[bytes] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                first.update(message)
                if not _may_keep(message):
                    await send(message)
            elif not _may_keep(first):
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    answer = _answer(first, b"".join(parts))
                    self._keep(key, answer)
                    await _give(answer, scope, send)

        await self.app(scope, receive, sending)

    def _keep(self, key: object, answer: Answer) -> None:
        if len(answer.body) > min(LARGEST, self.settings.remembered):
            return
        old = self.kept.pop(key, None)
        self.kept[key] = answer
        self.held += len(answer.body) - (len(old.body) if old else 0)
        while self.held > self.settings.remembered:
            self.held -= len(self.kept.popitem(last=False)[1].body)


def _cookie(headers: Headers, port: int) -> str:
    """The session's cookie, of all that the browser sends."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(f"onrecord-{port}")
    except CookieError:
        return headers.get("cookie", "")
    return found.value if found else ""


def _may_keep(first: Message) -> bool:
    """Whether an answer is the same for whoever asks the same."""
    if first.get("status") != 200:
        return False
    headers = Headers(raw=list(first["headers"]))
    return "set-cookie" not in headers and "no-store" not in headers.get("cache-control", "")


def _answer(first: Message, body: bytes) -> Answer:
    """The answer with its ETag: a digest of all its bytes, and so a strong one."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = MutableHeaders(raw=list(first["headers"]))
    headers["etag"] = etag
    headers["cache-control"] = "private, no-cache"
    headers["vary"] = "Cookie, Authorization, HX-Request"
    return Answer(tuple(headers.raw), body, etag)


async def _give(answer: Answer, scope: Scope, send: Send) -> None:
    """Sends an answer, or 304 where the asker has it."""
    headers = list(answer.headers)
    known = _has(Headers(scope=scope).get("if-none-match", ""), answer.etag)
    if known:
        headers = [one for one in headers if not one[0].startswith(b"content-")]
    status = 304 if known else 200
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if known else answer.body})


def _has(given: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag; `W/` before one doesn't matter there (RFC 9110)."""
    named = (one.strip().removeprefix("W/") for one in given.split(","))
    return any(one in (etag, "*") for one in named)
