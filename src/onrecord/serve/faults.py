"""The last resort: a fault of onrecord's own in a request."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.problems import problem

_LOG = logging.getLogger("onrecord.serve")


class Faults:
    """Answers 500 where nothing else does; the log has what happened, the visitor doesn't."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            _LOG.exception("a fault in %s %s", scope["method"], scope["path"])
            detail = "a fault in onrecord; the server's log says more"
            await problem(scope, 500, detail)(scope, receive, send)
