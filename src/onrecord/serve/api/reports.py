"""Reports, their texts, their records."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.serve import params
from onrecord.serve.api import parameters as known
from onrecord.serve.api.paging import envelope, place
from onrecord.serve.api.parameters import PAGING, PUBLISHER, SINCE, UNTIL
from onrecord.store import load
from onrecord.store.schema import reports as table
from onrecord.views import Filters
from onrecord.views.reports import Listed, reports_of, surroundings

LIST = (PUBLISHER, SINCE, UNTIL, *PAGING)


def routes() -> list[BaseRoute]:
    """`/reports`, `/reports/{id}` and `/records/{id}`."""
    return [
        Route("/api/v1/reports", listed, methods=["GET"]),
        Route("/api/v1/reports/{id}", report, methods=["GET"]),
        Route("/api/v1/records/{id}", record, methods=["GET"]),
    ]


def listed(request: Request) -> Response:
    """The reports, latest first."""
    query = request.query_params
    known.check(query, LIST)
    at = place(request)
    filters = Filters(
        since=params.day(query, "since"), until=params.day(query, "until"), limit=at.limit + 1
    )
    publisher = params.word(query, "publisher")
    with request.app.state.store.read() as connection:
        found = reports_of(connection, filters, publisher=publisher, skip=at.skip)
    rows = [_row(one) for one in found[: at.limit]]
    return JSONResponse(envelope(rows, at, more=len(found) > at.limit))


def _row(one: Listed) -> dict[str, Any]:
    return {
        "report": one.id,
        "title": one.title,
        "publisher": one.publisher or None,
        "day": one.day or None,
        "words": one.words,
        "copies": one.copies,
        "authorities": dict(one.authorities),
        "headline": list(one.verdicts),
    }


def report(request: Request) -> Response:
    """A report as it was published, where it was found, its copies and versions."""
    known.check(request.query_params, ())
    with request.app.state.store.read() as connection:
        n = _number(connection, request)
        row = connection.execute(select(table).where(table.c.n == n)).one()
        around = asdict(surroundings(connection, n))
        text = load.text(connection, n)
    return JSONResponse(
        {
            "report": row.id,
            "title": row.title or "",
            "publisher": row.publisher,
            "published": row.published,
            "day": row.day or None,
            "language": row.language,
            "words": row.words,
            "text": text,
            **around,
        }
    )


def record(request: Request) -> Response:
    """A report's record, with what people decided."""
    known.check(request.query_params, ())
    with request.app.state.store.read() as connection:
        n = _number(connection, request)
        return JSONResponse(load.record(connection, n).to_dict())


def _number(connection: Connection, request: Request) -> int:
    """The number of the report that the address names, whole; raises `HTTPException` (404)."""
    id = request.path_params["id"]
    found = connection.scalar(select(table.c.n).where(table.c.id == id))
    if found is None:
        raise HTTPException(404, f"{id[:80]}: there is no such report")
    return int(found)
