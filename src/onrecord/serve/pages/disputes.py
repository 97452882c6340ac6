"""Disputes: accounts that contradict each other, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve.pages.asking import answer, asked, cut, rest
from onrecord.views.telling import STRENGTH, Told

SIZE = 10
"""Disputes on a page."""

VOICES = 5
"""Voices of a side that show at once; the others are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The voices on one side, each once a report, the strongest first."""

    shown: tuple[Told, ...]
    folded: tuple[Told, ...]


def routes() -> list[BaseRoute]:
    """`/disputes`."""
    return [Route("/disputes", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The disputes that somebody spoke in last, latest first."""
    wanted = asked(request, size=SIZE)

    def ask(connection: Connection) -> dict[str, Any]:
        if wanted.filters.authority:
            found = cut(views.disputes(connection, wanted.ahead), wanted)
        else:
            found = rest(views.disputes(connection, wanted.one_more, skip=wanted.skip), wanted)
        sides = [(one, side(one.supporters), side(one.deniers)) for one in found.rows]
        return {"found": found, "sides": sides}

    return answer(request, "disputes.html", ask)


def side(voices: Iterable[Told]) -> Side:
    """The voices of one side of a dispute."""
    once = list({(told.said_by, told.report, told.value): told for told in voices}.values())
    once.sort(key=lambda told: (STRENGTH.index(told.authority), told.day, told.n))
    return Side(shown=tuple(once[:VOICES]), folded=tuple(once[VOICES:]))
