"""The HTTP API: every question of the command line, reports, records, and what adds them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.serve.api import adding, asking, described, reports, reviews


def routes() -> list[BaseRoute]:
    """The routes under `/api`."""
    parts = (asking, reports, adding, reviews, described)
    return [route for part in parts for route in part.routes()]
