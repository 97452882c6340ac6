"""Actors: who there is, and one page for each: roles, names, what it said, who denied it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, rest
from onrecord.views.actors import actors, profile
from onrecord.views.statements import by, denying
from onrecord.vocabulary import ACTS, KINDS

SIZE = 40
"""Actors on a page of the list."""

SAID = 12
"""Statements on a page of one actor."""

DENIED = 6
"""Denials on the page of one actor, and disputes."""


def routes() -> list[BaseRoute]:
    """`/actors` and `/actors/ID`."""
    return [
        Route("/actors", index, methods=["GET"]),
        Route("/actors/{id}", show, methods=["GET"]),
    ]


def index(request: Request) -> Response:
    """Those who are quoted most, or who are called so."""
    wanted = asked(request, size=SIZE)
    name = params.word(request.query_params, "name")
    kind = params.word(request.query_params, "kind", legal=KINDS)

    def ask(connection: Connection) -> dict[str, Any]:
        found = actors(
            connection, name=name, kind=kind, skip=wanted.skip, limit=wanted.one_more.limit
        )
        return {"found": rest(found, wanted), "name": name, "kind": kind, "KINDS": KINDS}

    return answer(request, "actors.html", ask)


def show(request: Request) -> Response:
    """One actor."""
    wanted = asked(request, size=SAID)
    acts = params.several(request.query_params, "act", legal=ACTS)

    def ask(connection: Connection) -> dict[str, Any]:
        who = profile(connection, request.path_params["id"])
        said = by(connection, who.n, wanted.one_more, acts=acts, skip=wanted.skip)
        filters = replace(wanted.filters, party=(who.id,), topic=(), limit=DENIED)
        return {
            "who": who,
            "said": rest(said, wanted),
            "denials": denying(connection, who.n, replace(filters, party=(), authority=())),
            "disputes": views.disputes(connection, filters),
            "standings": views.positions(connection, filters, unchanged=True, history=0),
            "acts": acts,
            "ACTS": ACTS,
        }

    return answer(request, "actor.html", ask)
