"""Pages are made in processes beside the server: one interpreter uses one processor alone.

What is asked for without changing anything depends on the store only, so any process that has it
open can make it. Whatever writes, and the jobs, stay with the server itself.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.memo import STATE
from onrecord.serve.settings import Settings
from onrecord.serve.work import Work

_LOG = logging.getLogger("onrecord.serve")

HERE = ("/static/", "/sign-in", "/jobs", "/api/v1/jobs")
"""What the server answers itself."""

Answer = tuple[list[Message], bytes]
Make = Callable[[str, Settings], ASGIApp]
"""Makes what answers in a process, from the store's address and the settings."""


@dataclass
class Processes:
    """The processes, started with the server and anew where one of them dies."""

    make: Make
    url: str
    settings: Settings
    pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Starts them, without waiting until they are ready."""
        if self.settings.processes:
            self.pool = ProcessPoolExecutor(
                self.settings.processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self.make, self.url, self.settings),
            )
            for _ in range(self.settings.processes):
                self.pool.submit(_ready)

    def close(self) -> None:
        """Ends them."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
        self.pool = None

    async def answer(self, scope: Scope) -> Answer:
        """The answer to a request, made in one of them."""
        assert self.pool is not None
        pool, given = self.pool, {name: scope[name] for name in _NEEDED if name in scope}
        given["state"] = {name: scope.get("state", {}).get(name) for name in ("session", STATE)}
        try:
            return await asyncio.wrap_future(pool.submit(_answer, given))
        except BrokenProcessPool:
            _LOG.exception("a process that makes pages has died; others are started")
            if self.pool is pool:
                pool.shutdown(wait=False)
                self.start()
            raise


_NEEDED = (
    "type", "asgi", "http_version", "method", "scheme", "path", "raw_path", "query_string",
    "root_path", "headers", "client", "server",
)  # fmt: skip


class Spreading:
    """Has a process answer what is asked for, where there are any."""

    def __init__(self, app: ASGIApp, *, processes: Processes, work: Work) -> None:
        self.app = app
        self.processes = processes
        self.work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, to a process or to the routes here."""
        if not self._elsewhere(scope):
            await self.app(scope, receive, send)
            return
        begun, body = await self.processes.answer(scope)
        for message in begun:
            await send(message)
        await send({"type": "http.response.body", "body": body})

    def _elsewhere(self, scope: Scope) -> bool:
        if self.processes.pool is None or scope["type"] != "http" or scope["method"] != "GET":
            return False
        path: str = scope["path"]
        if path == "/":  # it tells of the jobs, which are here
            return not any(not job.over for job in self.work.recent())
        return not path.startswith(HERE)


def at_once(route: BaseRoute) -> BaseRoute:
    """The route without a thread for each request: a process has one request at a time anyway."""
    if not isinstance(route, Route) or not inspect.isfunction(route.endpoint):
        return route
    if inspect.iscoroutinefunction(route.endpoint):
        return route
    make: Callable[[Request], Response] = route.endpoint

    async def made(request: Request) -> Response:
        return make(request)

    return Route(route.path, made, methods=list(route.methods or ()), name=route.name)


_app: ASGIApp | None = None
_loop: asyncio.AbstractEventLoop | None = None


def _begin(make: Make, url: str, settings: Settings) -> None:
    """What a process does first; the server decides when it ends, not a key that is pressed."""
    global _app, _loop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    _app = make(url, settings)
    _loop = asyncio.new_event_loop()


def _end_with_the_server() -> None:
    """Ends this process where the server was killed and could not."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)


def _ready() -> None:
    """Something to do, so that a process is there before the first request."""


def _answer(scope: dict[str, Any]) -> Answer:
    """What a process does for a request."""
    assert _app is not None
    assert _loop is not None
    begun: list[Message] = []
    parts: list[bytes] = []

    async def receiving() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
        else:
            parts.append(message.get("body", b""))

    _loop.run_until_complete(_app(scope, receiving, sending))
    return begun, b"".join(parts)
