"""From what a form sent to a decision, and where its sender goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from anyio.to_thread import run_sync
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import ReviewOvertaken, StoreError
from onrecord.serve.rendering import page
from onrecord.serve.sessions import writer
from onrecord.store import Store, reviews
from onrecord.store.adding import link, pending
from onrecord.store.latest import Seen, latest
from onrecord.views import decisions

MOST_FIELDS = 2000
"""Fields of a form: an entry with some hundred participants has as many."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form, and who sent it."""

    form: FormData
    who: str

    def word(self, name: str) -> str:
        """A field's value; empty where it wasn't sent."""
        return str(self.form.get(name, "")).strip()

    @property
    def note(self) -> str | None:
        """Why, where a reason was given."""
        return self.word("note")[:2000] or None

    @property
    def onward(self) -> str:
        """Where to go on: an address on this server, else the queue."""
        return inside(self.word("onward"))


async def sent(request: Request) -> Sent:
    """The form of a request that writes; raises `HTTPException` where it may not."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return Sent(form, writer(request, form).who)


def inside(address: str) -> str:
    """An address on this server, to go on to; anything else leads to the queue."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and address.isprintable() else "/review"


async def decided(request: Request, what: str, given: Sent, decide: Callable[[], str]) -> Response:
    """Makes a decision about `what` and goes on; 409 where another one has overtaken it."""
    try:
        made = await run_sync(decide)
    except ReviewOvertaken:
        return await run_sync(overtaken, request, what, given)
    except StoreError as error:
        raise HTTPException(503 if error.__cause__ else 422, str(error)) from error
    store: Store = request.app.state.store
    return RedirectResponse(
        _with(given.onward, made), status_code=303, background=BackgroundTask(relink, store)
    )


def _with(address: str, made: str) -> str:
    """The address with the decision in it that was just made, so that it can be undone there."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("done", made)])))


def relink(store: Store) -> None:
    """Links the reports anew whose entries were decided about; merges and splits stay."""
    link(store, pending(store))
    reviews.settle(store)


def overtaken(request: Request, what: str, given: Sent) -> Response:
    """What is told to the second of two who decide about the same thing."""
    seen = given.word("seen")
    with request.app.state.store.read() as connection:
        made = decisions.of(connection, what)
    newer = [one.id for one in made].index(seen) if seen in {one.id for one in made} else len(made)
    wanted = {"action": given.word("action"), "note": given.note or ""}
    address = f"/review/{'entries' if ':' in what else 'actors'}/{what}"
    return page(
        request,
        "review_overtaken.html",
        status=409,
        headers={"Cache-Control": "no-store"},
        since=made[:newer],
        wanted=wanted,
        fields=_fields(given.form),
        address_of_it=address,
    )


def _fields(form: FormData) -> list[tuple[str, str]]:
    """What was sent, for its sender to take over by hand."""
    ours = ("csrf", "seen", "onward", "action", "note", "id")
    return [
        (name.removesuffix(".words"), str(value))
        for name, value in form.multi_items()
        if name not in ours and not name.endswith(".at") and value
    ]


def seen(given: Sent, what: str) -> Seen:
    """What the form's sender has seen decided about `what`."""
    return {what: given.word("seen")}


def looked_at(request: Request, what: str) -> str:
    """The last decision about something, for a form about it to carry."""
    with request.app.state.store.read() as connection:
        return latest(connection, what)


def just_made(request: Request) -> Mapping[str, Any]:
    """The decision that led here, where it holds: for a notice with its undoing."""
    id = request.query_params.get("done", "")
    if not id:
        return {"done": None, "done_seen": ""}
    with request.app.state.store.read() as connection:
        made = decisions.one(connection, id)
        what = "" if made is None else made.about
        return {"done": made, "done_seen": latest(connection, what) if what else ""}
