"""Positions: parties by topics, each cell the latest stance; a cell opens its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, rest
from onrecord.views.positions import Standing
from onrecord.vocabulary import TOPICS

SIZE = 12
"""Parties on a page."""

HISTORY = 60
"""Positions in a cell's history."""


def routes() -> list[BaseRoute]:
    """`/positions` and `/positions/history`."""
    return [
        Route("/positions", show, methods=["GET"]),
        Route("/positions/history", history, methods=["GET"]),
    ]


def show(request: Request) -> Response:
    """The matrix."""
    wanted = asked(request, size=SIZE)
    since = params.day(request.query_params, "changed-since")

    def ask(connection: Connection) -> dict[str, Any]:
        found = views.positions(
            connection,
            wanted.one_more,
            changed_since=since,
            unchanged=True,
            history=0,
            skip=wanted.skip,
        )
        cells: dict[str, dict[str, Standing]] = {}
        for one in found:
            cells.setdefault(one.party_id, {})[one.topic] = one
        parties = rest(list(cells), wanted)
        shown = {id: cells[id] for id in parties.rows}
        return {
            "parties": parties,
            "cells": shown,
            "topics": _topics(shown),
            "since": since,
            "changes": sum(one.changed for row in shown.values() for one in row.values()),
        }

    return answer(request, "positions.html", ask)


def _topics(cells: dict[str, dict[str, Standing]]) -> list[str]:
    """The topics that somebody stands on, those that most stand on first, `other` last."""
    counted = {t: sum(t in row for row in cells.values()) for t in TOPICS}
    ordered = sorted(TOPICS, key=lambda t: (t == "other", -counted[t]))
    return [topic for topic in ordered if counted[topic]]


def history(request: Request) -> Response:
    """What a party has said on a topic, with the words; a part of the matrix where htmx asks."""
    query = request.query_params
    wanted = params.filters(query, limit=1)
    if len(wanted.party) != 1 or len(wanted.topic) != 1:
        raise HTTPException(422, "a history is of one party and one topic: ?party=…&topic=…")
    since = params.day(query, "changed-since")
    partial = request.headers.get("hx-request") == "true"

    def ask(connection: Connection) -> dict[str, Any]:
        found = views.positions(
            connection, wanted, changed_since=since, unchanged=True, history=HISTORY
        )
        return {
            "found": found,
            "partial": partial,
            "since": since,
            "topic": wanted.topic[0],
            "party": wanted.party[0],
        }

    return answer(
        request, "positions_history_part.html" if partial else "positions_history.html", ask
    )
