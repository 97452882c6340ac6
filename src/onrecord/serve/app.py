"""Puts the server together: routes, and around them what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from onrecord.serve import api, giving, pages
from onrecord.serve.bounds import Bounds
from onrecord.serve.faults import Faults
from onrecord.serve.memo import Memo
from onrecord.serve.reader import SharedReader, shipped
from onrecord.serve.remembering import Remembering
from onrecord.serve.rendering import STATIC
from onrecord.serve.security import CrossSite, Headers, Hosts
from onrecord.serve.sessions import Keys, Sessions
from onrecord.serve.settings import Settings, check
from onrecord.serve.spreading import Processes, Spreading, at_once
from onrecord.serve.state import state_of
from onrecord.serve.statics import Static
from onrecord.serve.work import Work
from onrecord.store import Store
from onrecord.store.adding import Reading

READING = 4
"""Texts that wait to be read without being kept, and the one that is being read."""


def create_app(
    *, store: Store, settings: Settings, reader: Callable[[], Reading] | None = None
) -> Starlette:
    """The server over a store that is open, and stays so until the server ends.

    `reader` makes the reader with the first text that wants reading; by default the shipped one.
    Raises `ServeError` where the settings would leave the server open to anybody.
    """
    check(settings)
    keys, state = Keys.of(settings), state_of(store)
    shared = SharedReader(reader or shipped)
    work = Work(
        store,
        shared,
        waiting=settings.waiting_jobs,
        resume=lambda left: giving.resumed(left, settings),
    )
    url = store.engine.url.render_as_string(hide_password=False)
    processes = Processes(_in_a_process, url, settings)
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Headers),
            Middleware(Faults),
            Middleware(Hosts, settings=settings),
            Middleware(CrossSite),
            Middleware(Bounds, settings=settings),
            Middleware(Sessions, settings=settings, keys=keys),
            Middleware(Remembering, settings=settings, state=state),
            Middleware(Spreading, processes=processes, work=work),
        ],
        exception_handlers=pages.handlers(),
        lifespan=_lifespan,
    )
    _hand(app, store=store, settings=settings, keys=keys, reader=shared, work=work)
    app.state.watch = state
    app.state.processes = processes
    return app


def _in_a_process(url: str, settings: Settings) -> Starlette:
    """What answers in a process beside the server, which has guarded the requests already."""
    store = Store.open(url, create=False)
    shared = SharedReader(shipped)
    app = Starlette(routes=[at_once(one) for one in _routes()], exception_handlers=pages.handlers())
    work = Work(store, shared, waiting=settings.waiting_jobs)
    _hand(app, store=store, settings=settings, keys=Keys.of(settings), reader=shared, work=work)
    return app


def _hand(
    app: Starlette,
    *,
    store: Store,
    settings: Settings,
    keys: Keys,
    reader: SharedReader,
    work: Work,
) -> None:
    """Hands the pages what they need."""
    app.state.store = store
    app.state.settings = settings
    app.state.keys = keys
    app.state.reader = reader
    app.state.work = work
    app.state.memo = Memo()
    app.state.reading = anyio.CapacityLimiter(READING)


def _routes() -> list[BaseRoute]:
    return [*pages.routes(), *api.routes(), Mount("/static", Static(directory=STATIC))]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Bounds the threads that work on requests; at the end, lets the report being read be kept."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.settings.threads
    app.state.processes.start()
    await anyio.to_thread.run_sync(app.state.work.start)
    yield
    await anyio.to_thread.run_sync(app.state.processes.close)
    await anyio.to_thread.run_sync(app.state.work.close)
    app.state.watch.close()
