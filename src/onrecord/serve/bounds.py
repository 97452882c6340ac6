"""Bounds on what a request may send: so many bytes, in so many seconds."""

from __future__ import annotations

import anyio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.problems import problem
from onrecord.serve.settings import Settings


class Bounds:
    """Stops reading a body that is too large or too slow, wherever it is being read."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with a bounded body; 413 at once where it says it is larger."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _declared(scope) > self.settings.largest_body:
            await problem(scope, 413, self._too_large())(scope, receive, send)
            return
        await self.app(scope, self._bounded(receive), send)

    def _bounded(self, receive: Receive) -> Receive:
        taken = 0
        ends_at = anyio.current_time() + self.settings.upload_seconds
        whole = False

        async def receiving() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()  # waits for the browser to leave, which may take long
            with anyio.CancelScope(deadline=ends_at) as bounded:
                message = await receive()
            if bounded.cancelled_caught:
                seconds = self.settings.upload_seconds
                raise HTTPException(408, f"the body took longer than {seconds:.0f} seconds")
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > self.settings.largest_body:
                raise HTTPException(413, self._too_large())
            return message

        return receiving

    def _too_large(self) -> str:
        return f"the body is larger than {self.settings.largest_body >> 20} MB"


def _declared(scope: Scope) -> int:
    try:
        return int(Headers(scope=scope).get("content-length", "0"))
    except ValueError:
        return 0
