"""The timeline: what happened and what was said, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import Asked, answer, asked, cut
from onrecord.views.statements import Said, statements
from onrecord.views.timeline import Happening
from onrecord.vocabulary import ACTS, EVENT_TYPES

SIZE = 25
"""Lines on a page."""

KINDS = ("events", "statements")


def routes() -> list[BaseRoute]:
    """`/timeline`."""
    return [Route("/timeline", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The lines, latest first."""
    wanted = asked(request, size=SIZE)
    query = request.query_params
    types = params.several(query, "type", legal=EVENT_TYPES)
    acts = params.several(query, "act", legal=ACTS)
    only = params.word(query, "show", legal=KINDS)

    def ask(connection: Connection) -> dict[str, Any]:
        found = _lines(connection, wanted, types=types, acts=acts, only=only)
        lines = cut(found, wanted)
        days = [(day, list(some)) for day, some in groupby(lines.rows, key=lambda one: one[0])]
        return {"lines": lines, "days": days, "types": types, "acts": acts, "only": only}

    return answer(request, "timeline.html", lambda c: {**ask(c), **_LEGAL})


_LEGAL = {"EVENT_TYPES": EVENT_TYPES, "ACTS": ACTS}

Line = tuple[str, str, Happening | Said]
"""A day, `event` or `statement`, and the line."""


def _lines(
    connection: Connection,
    wanted: Asked,
    *,
    types: Sequence[str],
    acts: Sequence[str],
    only: str,
) -> list[Line]:
    """Both kinds in one order of time; asking for types or acts alone leaves the other kind out."""
    made: list[Line] = []
    if only != "statements" and (types or not acts) and not wanted.filters.topic:
        happened = views.timeline(connection, wanted.ahead, types=types)
        made += [(one.day, "event", one) for one in happened]
    if only != "events" and (acts or not types) and not wanted.filters.topic:
        told = statements(connection, wanted.ahead, acts=acts)
        made += [(one.told.day, "statement", one) for one in told]
    return sorted(made, key=lambda line: line[0], reverse=True)
