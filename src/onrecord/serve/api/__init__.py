"""The HTTP API: every question of the command line, reports, records, and what adds them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from onrecord.serve.api import adding, asking, described, reports


def routes() -> list[BaseRoute]:
    """The routes under `/api`."""
    return [*asking.routes(), *reports.routes(), *adding.routes(), *described.routes()]
