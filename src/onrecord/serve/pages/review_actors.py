"""Review of actors: which are one, and which were taken for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import StoreError
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, kept
from onrecord.serve.rendering import page
from onrecord.serve.reviewing import deciding
from onrecord.serve.reviewing.deciding import Sent
from onrecord.store import Store, reviews
from onrecord.store.apart import distinct
from onrecord.store.latest import latest, latest_of
from onrecord.views import alike, decisions
from onrecord.views.actors import actors

FOUND = 12
"""Actors of a name that are offered."""


def routes() -> list[BaseRoute]:
    """`/review/actors` and one page for each."""
    return [
        Route("/review/actors", index, methods=["GET"]),
        Route("/review/actors/{id}", show, methods=["GET"]),
        Route("/review/actors/{id}", decide, methods=["POST"]),
    ]


def index(request: Request) -> Response:
    """Actors that may be one, and those of a name."""
    name = params.word(request.query_params, "name")

    def ask(connection: Connection) -> dict[str, Any]:
        found = actors(connection, name=name, limit=FOUND) if name else []
        pairs = [] if name else kept(request, "pairs", lambda: alike.pairs(connection))
        known = {"pairs": pairs, "found": found, "name": name}
        seen = latest_of(connection, [less.id for less, _ in pairs])
        return {**known, "seen": seen, **deciding.just_made(request)}

    return answer(request, "review_actors.html", ask)


def show(request: Request) -> Response:
    """One actor: what was taken for it, and whom it could be merged with."""
    name = params.word(request.query_params, "name")
    with request.app.state.store.read() as connection:
        who = alike.there(connection, request.path_params["id"])
        found = actors(connection, name=name, limit=FOUND) if name else []
        context: dict[str, Any] = {
            "who": who,
            "groups": alike.members(connection, who.n),
            "found": [one for one in found if one.id != who.id],
            "name": name,
            "made": decisions.of(connection, who.id),
            "seen": latest(connection, who.id),
        }
    return page(request, "review_actor.html", **context, **deciding.just_made(request))


async def decide(request: Request) -> Response:
    """Merges an actor into another one, keeps it apart, or parts actors of records from it."""
    given = await deciding.sent(request)
    id = request.path_params["id"]
    action = given.word("action")
    how = _HOW.get(action)
    if how is None:
        raise HTTPException(422, f"action: {action[:40]!r}; wants one of {', '.join(_HOW)}")
    try:
        return await deciding.decided(request, id, given, how(request.app.state.store, id, given))
    except StoreError as error:
        raise HTTPException(422, str(error)) from error


def _merge(store: Store, id: str, given: Sent) -> Callable[[], str]:
    into = given.word("into")
    if not into:
        raise HTTPException(422, "into: is empty; choose the actor that it is")
    seen = deciding.seen(given, id)
    return lambda: reviews.merge(store, id, into, who=given.who, note=given.note, seen=seen)


def _distinct(store: Store, id: str, given: Sent) -> Callable[[], str]:
    into = given.word("into")
    if not into:
        raise HTTPException(422, "into: is empty; choose the actor that it isn't")
    seen = deciding.seen(given, id)
    return lambda: distinct(store, id, into, who=given.who, note=given.note, seen=seen)


def _split(store: Store, id: str, given: Sent) -> Callable[[], str]:
    members = [str(one) for one in given.form.getlist("actor")]
    name, into = given.word("called")[:300], given.word("into")
    if not members:
        raise HTTPException(422, "nobody was chosen; tick those who are somebody else")
    if not name and not into:
        raise HTTPException(422, "it isn't said who they are; give a name")
    seen = deciding.seen(given, id)
    return lambda: reviews.split(
        store,
        members,
        name="" if into else name,
        into=into,
        who=given.who,
        note=given.note,
        seen=seen,
    )


_HOW: Mapping[str, Callable[[Store, str, Sent], Callable[[], str]]] = {
    "merge": _merge,
    "split": _split,
    "distinct": _distinct,
}
