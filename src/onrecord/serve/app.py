"""Puts the server together: routes, and around them what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from onrecord.serve import pages
from onrecord.serve.bounds import Bounds
from onrecord.serve.faults import Faults
from onrecord.serve.rendering import STATIC
from onrecord.serve.security import CrossSite, Headers, Hosts
from onrecord.serve.sessions import Keys, Sessions
from onrecord.serve.settings import Settings, check
from onrecord.store import Store
from onrecord.store.adding import Reading


def create_app(
    *, store: Store, settings: Settings, reader: Callable[[], Reading] | None = None
) -> Starlette:
    """The server over a store that is open, and stays so until the server ends.

    `reader` makes the reader with the first text that wants reading; by default the shipped one.
    Raises `ServeError` where the settings would leave the server open to anybody.
    """
    check(settings)
    keys = Keys.of(settings)
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Headers),
            Middleware(Faults),
            Middleware(Hosts, settings=settings),
            Middleware(CrossSite),
            Middleware(Bounds, settings=settings),
            Middleware(Sessions, settings=settings, keys=keys),
        ],
        exception_handlers=pages.handlers(),
        lifespan=_lifespan,
    )
    app.state.store = store
    app.state.settings = settings
    app.state.keys = keys
    return app


def _routes() -> list[BaseRoute]:
    static = Mount("/static", StaticFiles(directory=STATIC), name="static")
    return [*pages.routes(), static]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Bounds the threads that work on requests while the server runs."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.settings.threads
    yield
