"""The timeline: what happened and what was said, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.serve import params
from onrecord.serve.pages.asking import Asked, Paged, answer, asked, cut
from onrecord.views.statements import Said, last_said, said
from onrecord.views.timeline import Event, Happening, events, happenings
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
        found = cut(_dated(connection, wanted, types=types, acts=acts, only=only), wanted)
        lines = Paged(_lines(connection, found.rows), found.number, found.more)
        days = [(day, list(some)) for day, some in groupby(lines.rows, key=lambda one: one[0])]
        return {"lines": lines, "days": days, "types": types, "acts": acts, "only": only}

    return answer(request, "timeline.html", lambda c: {**ask(c), **_LEGAL})


_LEGAL = {"EVENT_TYPES": EVENT_TYPES, "ACTS": ACTS}

Line = tuple[str, str, Happening | Said]
"""A day, `event` or `statement`, and the line."""


Found = tuple[str, Event | int]
"""A day, and an event or the number of a statement."""


def _dated(
    connection: Connection,
    wanted: Asked,
    *,
    types: Sequence[str],
    acts: Sequence[str],
    only: str,
) -> list[Found]:
    """Both kinds in one order of time; asking for types or acts alone leaves the other kind out."""
    made: list[Found] = []
    if only != "statements" and (types or not acts) and not wanted.filters.topic:
        made += [(one.day, one) for one in events(connection, wanted.ahead, types=types)]
    if only != "events" and (acts or not types) and not wanted.filters.topic:
        made += [(day, n) for n, day in last_said(connection, wanted.ahead, acts=acts)]
    return sorted(made, key=lambda line: line[0], reverse=True)


def _lines(connection: Connection, found: Sequence[Found]) -> list[Line]:
    """What is found, told in full."""
    some = [one for _, one in found if isinstance(one, Event)]
    happened = {one.best.n: one for one in happenings(connection, some)}
    told = {
        one.told.n: one
        for one in said(connection, [one for _, one in found if not isinstance(one, Event)])
    }
    made: list[Line] = []
    for day, one in found:
        if isinstance(one, Event):
            if one.best in happened:
                made.append((day, "event", happened[one.best]))
        elif one in told:
            made.append((day, "statement", told[one]))
    return made
