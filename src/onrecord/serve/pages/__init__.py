"""The pages, one module each: `routes()` gives what it answers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from onrecord.errors import OnrecordError, StoreError
from onrecord.serve.problems import details, for_programs, title
from onrecord.serve.rendering import page

PAGES = (
    "start",
    "sign_in",
    "add",
    "report",
    "ledger",
    "positions",
    "timeline",
    "figures",
    "disputes",
    "actors",
    "sources",
    "search",
    "review",
    "review_actors",
    "review_log",
)
"""The modules here that have routes."""


def routes() -> list[BaseRoute]:
    """The routes of every page."""
    found: list[BaseRoute] = []
    for name in PAGES:
        found += importlib.import_module(f"{__name__}.{name}").routes()
    return found


def handlers() -> Mapping[Any, Callable[[Request, Exception], Response]]:
    """What is answered where a request fails."""
    return {
        HTTPException: _refused,
        StoreError: _store_failed,
        OnrecordError: _failed,
    }


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return _told(request, error.status_code, error.detail, headers)


def _store_failed(request: Request, error: Exception) -> Response:
    """A question that the store can't answer: 404; a store that can't be read: 503."""
    return _told(request, 503 if error.__cause__ else 404, str(error))


def _failed(request: Request, error: Exception) -> Response:
    return _told(request, 422, str(error))


def _told(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    if for_programs(request.scope):
        return details(status, detail, headers=dict(headers or {}))
    return page(
        request, "error.html", status=status, headers=headers, title=title(status), detail=detail
    )
