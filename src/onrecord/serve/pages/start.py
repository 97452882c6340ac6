"""The start: the latest reports, what changed, and where to give new ones."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.serve.rendering import page


def routes() -> list[BaseRoute]:
    """`/`."""
    return [Route("/", start, methods=["GET"])]


def start(request: Request) -> Response:
    """The page."""
    return page(request, "start.html")
