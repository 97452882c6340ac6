"""Reports: the list of them, and one page for each: its text with the record beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.export import telling
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, kept, rest
from onrecord.serve.pages.beside import Beside
from onrecord.serve.pages.text import text
from onrecord.serve.pages.window import Window, find
from onrecord.store import load
from onrecord.store.schema import reports
from onrecord.views.reports import how_many, publishers, reports_of, surroundings

SIZE = 25
"""Reports on a page of the list."""


def routes() -> list[BaseRoute]:
    """`/reports` and `/reports/ID`."""
    return [
        Route("/reports", index, methods=["GET"]),
        Route("/reports/{id}", show, methods=["GET"]),
    ]


def index(request: Request) -> Response:
    """The reports, latest first."""
    wanted = asked(request, size=SIZE)
    outlet = params.word(request.query_params, "publisher")

    def ask(connection: Connection) -> dict[str, Any]:
        found = reports_of(connection, wanted.one_more, publisher=outlet, skip=wanted.skip)
        return {
            "found": rest(found, wanted),
            "count": kept(
                request,
                ("count", wanted.filters.since, wanted.filters.until, outlet),
                lambda: how_many(connection, wanted.filters, publisher=outlet),
            ),
            "outlets": kept(request, "outlets", lambda: publishers(connection)),
            "publisher": outlet,
        }

    return answer(request, "reports.html", ask)


def show(request: Request) -> Response:
    """One report, or a part of a long one: `?part=2`, or `?at=KEY` for that with an entry."""
    number = params.whole(request.query_params, "part", default=1, most=100_000)
    at = params.word(request.query_params, "at")

    def ask(connection: Connection) -> dict[str, Any]:
        n = load.number(connection, request.path_params["id"])
        decided = load.as_decided(connection, n)
        part = find(decided.record, at, decided.key) if at else number
        window = Window.of(decided.record.text, part)
        beside = Beside.of(connection, n, decided, window)
        headline, body = text(decided.record, decided.key, window)
        told = Counter(statement.authority for statement in decided.record.statements)
        return {
            "report_id": connection.scalar(select(reports.c.id).where(reports.c.n == n)),
            "record": decided.record,
            "beside": beside,
            "headline": headline,
            "body": body,
            "name": telling.shortened(telling.title(decided.record), 90),
            "around": surroundings(connection, n),
            "authorities": told,
            "counted": telling.counted(decided.record),
        }

    return answer(request, "report.html", ask)
