"""Review: what to look at first, and one entry with its words and fields, to decide about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import RecordError, StoreError
from onrecord.serve import params
from onrecord.serve.pages.asking import Paged, answer, asked, kept, rest
from onrecord.serve.rendering import address, page
from onrecord.serve.reviewing import deciding
from onrecord.serve.reviewing.deciding import Sent
from onrecord.serve.reviewing.entry import look
from onrecord.serve.reviewing.given import as_sent, changes
from onrecord.serve.reviewing.newcomers import joining, newcomers, settled, without
from onrecord.store import Store, reviews
from onrecord.store.latest import latest_of
from onrecord.views import decisions
from onrecord.views.queue import PARTS, Weighed, waiting, weighed
from onrecord.views.telling import parts
from onrecord.vocabulary import KINDS

SIZE = 20
"""Entries of the queue on a page."""

AHEAD = 200
"""Entries of the queue among which the next one is looked for."""

ACTIONS = ("accept", "correct", "reject")


def routes() -> list[BaseRoute]:
    """`/review`, and what lies below it about entries."""
    return [
        Route("/review", show, methods=["GET"]),
        Route("/review/next", following, methods=["GET"]),
        Route("/review/entries/{id}", entry, methods=["GET"]),
        Route("/review/entries/{id}", decide, methods=["POST"]),
        Route("/review/undo", undo, methods=["POST"]),
    ]


# ---- the queue -----------------------------------------------------------------------------------


def show(request: Request) -> Response:
    """What waits."""
    wanted = asked(request, size=SIZE)

    def ask(connection: Connection) -> dict[str, Any]:
        some = rest(_weighed(request, connection)[wanted.skip :][: wanted.size + 1], wanted)
        found = Paged(waiting(connection, some.rows), some.number, some.more)
        seen = latest_of(connection, [one.told.entry for one in found.rows])
        who = parts(connection, [one.told.n for one in found.rows])
        known = {"found": found, "seen": seen, "who": who, "layers": tuple(PARTS)}
        return {**known, **deciding.just_made(request)}

    return answer(request, "review.html", ask)


def _weighed(request: Request, connection: Connection) -> list[Weighed]:
    """What waits, in order; the same until something is decided or added."""
    query = request.query_params
    layers = params.several(query, "layer", legal=tuple(PARTS))
    report = params.word(query, "report")
    filters = params.filters(query)
    limits = (filters.party, filters.topic, filters.since, filters.until, filters.authority)
    return kept(
        request,
        ("queue", layers, report, limits),
        lambda: weighed(connection, filters, layers=layers, report=report),
    )


def following(request: Request) -> Response:
    """Leads to the entry of the queue behind `after`; to the first one where that isn't in it."""
    query = request.query_params
    with request.app.state.store.read() as connection:
        found = waiting(connection, _weighed(request, connection)[:AHEAD], passages=False)
    ids = [one.told.entry for one in found]
    after = query.get("after", "")
    place = ids.index(after) + 1 if after in ids else 0
    limits = {name: query.getlist(name) for name in query if name not in ("after", "done")}
    if place >= len(ids):
        return RedirectResponse(address("/review", **limits, done=query.get("done")), 303)
    leads = address(f"/review/entries/{ids[place]}", **limits, done=query.get("done"))
    return RedirectResponse(leads, 303, headers={"Cache-Control": "no-store"})


# ---- one entry -----------------------------------------------------------------------------------


def entry(request: Request) -> Response:
    """One entry with its fields."""
    return _entry(request)


def _entry(
    request: Request, *, status: int = 200, fault: str = "", given: Mapping[str, Any] | None = None
) -> Response:
    """The page of an entry; with what was sent, where that had a fault."""
    with request.app.state.store.read() as connection:
        found = look(connection, request.path_params["id"])
    if found is None:
        raise HTTPException(404, f"{request.path_params['id']}: there is no such entry")
    query = request.query_params
    limits = {name: query.getlist(name) for name in query if name not in ("done", "onward")}
    onward = deciding.inside(query["onward"]) if "onward" in query else ""
    return page(
        request,
        "review_entry.html",
        status=status,
        fault=fault,
        it=found,
        values={**found.values, **(given or {}).get("values", {})},
        newcomers=(given or {}).get("newcomers", {}),
        KINDS_OF=KINDS,
        note=(given or {}).get("note", ""),
        onward=onward or address("/review/next", **limits),
        after=address("/review/next", **limits, after=found.id),
        back=onward or address("/review", **limits),
        **deciding.just_made(request),
    )


async def decide(request: Request) -> Response:
    """Accepts, corrects or rejects an entry."""
    given = await deciding.sent(request)
    id = request.path_params["id"]
    action = given.word("action")
    if action not in ACTIONS:
        raise HTTPException(422, f"action: {action[:40]!r}; wants one of {', '.join(ACTIONS)}")
    try:
        how = await run_sync(_how, request, id, action, given)
        return await deciding.decided(request, id, given, how)
    except (RecordError, HTTPException) as error:
        if action != "correct" or getattr(error, "status_code", 422) != 422:
            raise
        fault = str(getattr(error, "detail", error))
        return await run_sync(_again, request, given, fault)


def _how(request: Request, id: str, action: str, given: Sent) -> Callable[[], str]:
    """What makes the decision; raises `RecordError` for a correction that can't be one."""
    store: Store = request.app.state.store
    seen = deciding.seen(given, id)
    if action == "accept":
        return lambda: reviews.accept(store, id, who=given.who, note=given.note, seen=seen)
    if action == "reject":
        return lambda: reviews.reject(store, id, who=given.who, note=given.note, seen=seen)
    changed = _changed(store, id, given)
    new = joining(changed)
    return lambda: reviews.correct(
        store, id, changed, who=given.who, note=given.note, seen=seen, actors=new
    )


def _changed(store: Store, id: str, given: Sent) -> dict[str, Any]:
    with store.read() as connection:
        found = look(connection, id)
        if found is None:
            raise StoreError(f"{id}: there is no such entry")
        if found.entry is None:
            return {}  # somebody rejected it meanwhile, which the decision's own check tells
        sent = settled(connection, found.layer, as_sent(found.layer, given.form))
    changed = changes(found.layer, found.entry, sent, found.report.text, found.options)
    if not changed and given.word("seen") == found.seen:
        raise RecordError("nothing is changed; accept the entry if it is right as it is")
    return changed


def _again(request: Request, given: Sent, fault: str) -> Response:
    """The form as it was sent, with what is wrong with it."""
    with request.app.state.store.read() as connection:
        found = look(connection, request.path_params["id"])
    sent: dict[str, Any] = {"note": given.note or ""}
    if found is not None and found.entry is not None:
        values = as_sent(found.layer, given.form)
        sent["newcomers"] = newcomers(found.layer, values)
        sent["values"] = without(found.layer, values)
    return _entry(request, status=422, fault=fault, given=sent)


# ---- undoing -------------------------------------------------------------------------------------


async def undo(request: Request) -> Response:
    """Takes back a decision, an undoing too."""
    given = await deciding.sent(request)
    store: Store = request.app.state.store
    made = await run_sync(_decision, store, given.word("id"))
    what = made.about
    return await deciding.decided(
        request,
        what,
        given,
        lambda: reviews.undo(
            store, made.id, who=given.who, note=given.note, seen=deciding.seen(given, what)
        ),
    )


def _decision(store: Store, id: str) -> decisions.Made:
    with store.read() as connection:
        made = decisions.one(connection, id)
    if made is None:
        raise HTTPException(404, f"{id[:40]}: there is no such decision")
    return made
