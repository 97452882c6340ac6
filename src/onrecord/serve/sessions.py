"""Who asks: a token in the `Authorization` header, or a session that was signed in with one.

A session is a signed cookie: who, until when, and a random part from which the token of its forms
is made. Nothing is kept on the server, so that a session outlives a restart with the same tokens.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.serve.problems import details, for_programs
from onrecord.serve.settings import Settings

FORM_FIELD = "csrf"
"""The hidden field of every form that writes."""
FORM_HEADER = "x-csrf-token"
"""The header in which scripts send the same."""
OPEN = ("/static/", "/sign-in", "/api/v1/openapi.json")
"""What is open to those who have not signed in, wherever the server listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who may write."""

    who: str
    form_token: str
    """What a form must send back; empty where the request brought a token itself."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Checks tokens, and signs sessions with a key made from them."""

    settings: Settings
    secret: bytes

    @classmethod
    def of(cls, settings: Settings) -> Keys:
        """The keys of a server; sessions end where its tokens change."""
        joined = "\n".join(sorted(settings.tokens)) or secrets.token_hex(32)
        return cls(settings, hashlib.sha256(f"onrecord session\n{joined}".encode()).digest())

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers share cookies between the ports of a machine."""
        return f"onrecord-{self.settings.port}"

    def owner(self, token: str) -> str | None:
        """Whose token this is, perhaps nobody's in particular; None where it is none."""
        found = None
        for known, who in self.settings.tokens.items():  # all of them: time must tell nothing
            if hmac.compare_digest(known.encode(), token.encode()):
                found = who
        return found

    def sign(self, who: str) -> str:
        """A new session's cookie."""
        until = int(time.time()) + self.settings.session_seconds
        body = json.dumps([who, until, secrets.token_hex(16)]).encode()
        packed = base64.urlsafe_b64encode(body).decode().rstrip("=")
        return f"{packed}.{self._mac('session', packed)}"

    def session(self, cookie: str) -> Session | None:
        """The session of a cookie; None where it isn't signed so, or has ended."""
        packed, _, mac = cookie.partition(".")
        if not hmac.compare_digest(mac.encode(), self._mac("session", packed).encode()):
            return None
        who, until, _ = json.loads(base64.urlsafe_b64decode(packed + "=="))
        if until < time.time():
            return None
        return Session(who=who, form_token=self._mac("form", packed))

    def _mac(self, use: str, packed: str) -> str:
        return hmac.new(self.secret, f"{use}\n{packed}".encode(), "sha256").hexdigest()


class Sessions:
    """Puts the session, or None, into `request.state.session`; turns away who needs one."""

    def __init__(self, app: ASGIApp, *, settings: Settings, keys: Keys) -> None:
        self.app = app
        self.settings = settings
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or sends its maker to sign in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            session = self._session(HTTPConnection(scope))
        except HTTPException as error:
            answer: Response = unsigned(scope, error.detail)
        else:
            scope.setdefault("state", {})["session"] = session
            if session or self.settings.loopback or scope["path"].startswith(OPEN):
                await self.app(scope, receive, send)
                return
            answer = unsigned(scope, "this server wants credentials")
        await answer(scope, receive, send)

    def _session(self, asked: HTTPConnection) -> Session | None:
        given = _bearer(asked.headers)
        if given is None:
            return self.keys.session(asked.cookies.get(self.keys.cookie, ""))
        owner = self.keys.owner(given)
        if owner is None:
            raise HTTPException(401, "that token isn't one of this server's")
        return Session(who=owner or "a program", form_token="")


def _bearer(headers: Headers) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def unsigned(scope: Scope, detail: str) -> Response:
    """What somebody gets who has not signed in."""
    if for_programs(scope):
        return details(401, detail, headers={"WWW-Authenticate": "Bearer"})
    return RedirectResponse("/sign-in", status_code=303, headers={"Cache-Control": "no-store"})


def current(request: Request) -> Session | None:
    """The session of a request."""
    session: Session | None = request.state.session
    return session


def writer(request: Request, form: Any = None) -> Session:
    """The session of a request that writes, its form's token checked.

    `form` is what the form sent (`await request.form()`); scripts send the token in a header.
    Raises `HTTPException`: 401 without a session, 403 where the token isn't the session's.
    """
    session = current(request)
    if session is None:
        raise HTTPException(401, "sign in, or send a token in the Authorization header")
    given = str((form or {}).get(FORM_FIELD) or request.headers.get(FORM_HEADER, ""))
    wanted = session.form_token
    if wanted and not hmac.compare_digest(given.encode(), wanted.encode()):
        raise HTTPException(403, "the form is an old one; load the page again and send it anew")
    return session
