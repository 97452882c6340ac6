"""What people decided, in order, and the records that come of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from onrecord.record import one_line
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, rest
from onrecord.serve.rendering import page
from onrecord.serve.reviewing import deciding
from onrecord.store import Store
from onrecord.store.gold import gold
from onrecord.store.latest import latest_of
from onrecord.views import decisions

LISTED = 50
"""Reviewed reports that are listed; each has to be put together anew."""

SIZE = 40
"""Decisions on a page."""


def routes() -> list[BaseRoute]:
    """`/review/log` and `/review/gold`."""
    return [
        Route("/review/log", log, methods=["GET"]),
        Route("/review/gold", about_gold, methods=["GET"]),
        Route("/review/gold.jsonl", gold_records, methods=["GET"]),
    ]


def log(request: Request) -> Response:
    """Who decided what and when, the last first."""
    wanted = asked(request, size=SIZE)
    who = params.word(request.query_params, "who")

    def ask(connection: Connection) -> dict[str, Any]:
        made = decisions.log(connection, who=who, skip=wanted.skip, limit=wanted.size + 1)
        seen = latest_of(connection, [one.about for one in made])
        return {"found": rest(made, wanted), "seen": seen, **deciding.just_made(request)}

    return answer(request, "review_log.html", ask)


def about_gold(request: Request) -> Response:
    """What the gold records are, and where to get them."""
    with request.app.state.store.read() as connection:
        made = islice(gold(connection), LISTED + 1)
        counts = [(one.id, one.title, one.record["review"]) for one in made]
    return page(request, "review_gold.html", counts=counts[:LISTED], more=len(counts) > LISTED)


def gold_records(request: Request) -> Response:
    """The reviewed records, one on a line."""
    whole = request.query_params.get("whole") == "1"
    store: Store = request.app.state.store
    name = "gold-whole.jsonl" if whole else "gold.jsonl"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(
        _lines(store, whole=whole), media_type="application/jsonl", headers=headers
    )


def _lines(store: Store, *, whole: bool) -> Iterator[str]:
    with store.read() as connection:
        for one in gold(connection, whole=whole):
            yield one_line(json.dumps(one.record, ensure_ascii=False)) + "\n"
