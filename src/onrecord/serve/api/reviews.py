"""Reviews: what people and programs decided, and new decisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from anyio.to_thread import run_sync
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import RecordError, ReviewOvertaken, StoreError
from onrecord.serve.api import parameters as known
from onrecord.serve.api.paging import envelope, place
from onrecord.serve.api.parameters import PAGING, TARGET
from onrecord.serve.reviewing.deciding import relink
from onrecord.serve.sessions import writer
from onrecord.store import Store, reviews
from onrecord.store.apart import distinct
from onrecord.store.latest import latest

LIST = (TARGET, *PAGING)

FIELDS: Mapping[str, tuple[str, ...]] = {
    "accept": (),
    "correct": ("changes",),
    "reject": (),
    "merge": ("into",),
    "split": ("actors",),
    "distinct": ("into",),
    "undo": (),
}
"""What each action wants beside its target; a split takes `name` or `into` too, a correction
`new_actors`."""

_MAY: Mapping[str, tuple[str, ...]] = {"split": ("name", "into"), "correct": ("new_actors",)}
_ACTOR = ("id", "name", "kind")
"""What is told of an actor that the record lacks."""

_KINDS: Mapping[str, type] = {"changes": dict, "actors": list, "new_actors": list}
_ALWAYS = ("action", "target", "seen", "note")


def routes() -> list[BaseRoute]:
    """`/reviews`."""
    return [
        Route("/api/v1/reviews", listed, methods=["GET"]),
        Route("/api/v1/reviews", decide, methods=["POST"]),
    ]


def listed(request: Request) -> Response:
    """The reviews of a target, or all, latest first; of a target the last one's id too."""
    query = request.query_params
    known.check(query, LIST)
    at = place(request)
    target = query.get("target")
    with request.app.state.store.read() as connection:
        found = list(reversed(reviews.history(connection, target)))[at.skip : at.whole]
        last = latest(connection, target) if target else None
    rows = [asdict(one) for one in found[: at.limit]]
    return JSONResponse({**envelope(rows, at, more=len(found) > at.limit), "latest": last})


async def decide(request: Request) -> Response:
    """Makes a decision; 409 where another one was made after what its maker had seen."""
    session = writer(request)
    known.check(request.query_params, ())
    given = _checked(await _json(request))
    store: Store = request.app.state.store
    try:
        made = await run_sync(_decision(store, given, session.who))
    except ReviewOvertaken as error:
        raise HTTPException(409, str(error)) from error
    except RecordError as error:
        raise HTTPException(422, str(error)) from error
    except StoreError as error:
        raise HTTPException(503 if error.__cause__ else 404, str(error)) from error
    body = {"review": made, "target": given["target"], "action": given["action"]}
    return JSONResponse(body, status_code=201, background=BackgroundTask(relink, store))


def _decision(store: Store, given: Mapping[str, Any], who: str) -> Callable[[], str]:
    """What makes the decision."""
    action, target = given["action"], given["target"]
    common: dict[str, Any] = {
        "who": who,
        "note": given.get("note"),
        "seen": {target: given["seen"]},
    }
    if action == "correct":
        new = given.get("new_actors") or ()
        return lambda: reviews.correct(store, target, given["changes"], actors=new, **common)
    if action == "merge":
        return lambda: reviews.merge(store, target, given["into"], **common)
    if action == "distinct":
        return lambda: distinct(store, target, given["into"], **common)
    if action == "split":
        name, into = given.get("name") or "", given.get("into") or ""
        return lambda: reviews.split(store, given["actors"], name=name, into=into, **common)
    plain = {"accept": reviews.accept, "reject": reviews.reject, "undo": reviews.undo}[action]
    return lambda: plain(store, target, **common)


async def _json(request: Request) -> Any:
    """The body; raises `HTTPException`: 415 or 400 where it isn't JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, f"a body of {kind or 'no kind'}; wants application/json")
    try:
        return json.loads((await request.body()).decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise HTTPException(400, f"the body is no UTF-8 or no JSON: {error}") from error


def _checked(given: Any) -> dict[str, Any]:
    """The decision that a body asks for; raises `HTTPException` (422) where it isn't legal."""
    if not isinstance(given, dict):
        raise HTTPException(422, "wants a JSON object with action, target and seen")
    action = given.get("action")
    if not isinstance(action, str) or action not in FIELDS:
        raise HTTPException(422, f"action: wants one of {', '.join(FIELDS)}")
    wanted = ("target", "seen", *FIELDS[action])
    legal = {*_ALWAYS, *FIELDS[action], *_MAY.get(action, ())}
    for name in wanted:
        if name not in given:
            raise HTTPException(422, f"{name}: is missing; {action} wants {', '.join(wanted)}")
    for name, value in given.items():
        _check_field(name, value, legal)
    if action == "split" and bool(given.get("name")) == bool(given.get("into")):
        raise HTTPException(422, "a split wants a name or another actor's id (into)")
    return given


def _check_field(name: str, value: Any, legal: set[str]) -> None:
    if name not in legal:
        raise HTTPException(422, f"{name[:80]!r}: no such field; legal: {', '.join(sorted(legal))}")
    kind = _KINDS.get(name, str)
    optional = value is None and name in ("note", "name", "into")
    if not optional and not isinstance(value, kind):
        raise HTTPException(422, f"{name}: wants {'an object' if kind is dict else 'a string'}")
    if name == "new_actors":
        _check_actors(value)
    elif kind is list and not (value and all(isinstance(one, str) for one in value)):
        raise HTTPException(422, f"{name}: wants a list of ids")
    if kind is str and "\x00" in (value or ""):
        raise HTTPException(422, f"{name}: has a NUL")


def _check_actors(given: Any) -> None:
    """Raises `HTTPException` where one has other members than `_ACTOR`, or others than strings."""
    for one in given:
        told = isinstance(one, dict) and sorted(one) == sorted(_ACTOR)
        if not told or not all(_is_line(value) for value in one.values()):
            raise HTTPException(422, f"new_actors: each wants {', '.join(_ACTOR)}, all strings")


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value
