"""The questions: what the command line asks the store, with the same filters and rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.cli import flat
from onrecord.serve import params
from onrecord.serve.api import parameters as known
from onrecord.serve.api import shapes
from onrecord.serve.api.paging import Place, envelope, place
from onrecord.serve.api.parameters import FILTERS, PAGING, Parameter
from onrecord.views import Filters
from onrecord.views.actors import actors

Row = dict[str, Any]
Ask = Callable[[Connection, Filters, QueryParams, Place], list[list[Row]]]
"""What stands from the place on: for each thing that was found (one more than the page has, where
there are more) its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question."""

    name: str
    says: str
    ask: Ask
    row: shapes.Shape
    """The schema of a row."""
    parameters: tuple[Parameter, ...]

    @property
    def path(self) -> str:
        """Its address."""
        return f"/api/v1/{self.name}"

    def answer(self, request: Request) -> Response:
        """The page that is asked for."""
        query = request.query_params
        known.check(query, self.parameters)
        at = place(request)
        filters = replace(params.filters(query), limit=at.whole)
        with request.app.state.store.read() as connection:
            found = self.ask(connection, filters, query, at)
        rows = [row for rows in found[: at.limit] for row in rows]
        return JSONResponse(envelope(rows, at, more=len(found) > at.limit))


Flat = Callable[[Sequence[Any]], list[Row]]
_TRIES = 3
"""Views look at so many entries for what they group; where too few groups come, at more."""


def _all(view: Callable[[Filters], Sequence[Any]], filters: Filters) -> Sequence[Any]:
    """What a view finds, up to the limit; asked for more where grouping leaves fewer."""
    found = view(filters)
    for _ in range(_TRIES):
        if len(found) >= filters.limit:
            break
        wider = view(replace(filters, limit=filters.limit * 2))
        if len(wider) <= len(found):
            break
        filters, found = replace(filters, limit=filters.limit * 2), wider
    return found


def _each(
    view: Callable[[Filters], Sequence[Any]], filters: Filters, at: Place, rows: Flat
) -> list[list[Row]]:
    found = _all(view, filters)[at.skip : at.whole]
    return [rows([one]) for one in found]


def _plain(view: Callable[[Connection, Filters], Sequence[Any]], rows: Flat) -> Ask:
    return lambda c, filters, query, at: _each(lambda wanted: view(c, wanted), filters, at, rows)


def _positions(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    """A page is of parties."""
    since = params.day(query, "changed-since")
    by_party: dict[str, list[Row]] = {}
    for one in views.positions(c, filters, changed_since=since):
        by_party.setdefault(one.party_id, []).extend(flat.positions([one]))
    return list(by_party.values())[at.skip : at.whole]


def _timeline(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    types = params.several(query, "type")
    return _each(lambda f: views.timeline(c, f, types=types), filters, at, flat.timeline)


def _figures(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    what, who = params.word(query, "what"), params.word(query, "who")
    found = views.figures(c, filters, what=what, who=who, skip=at.skip)
    return [flat.figures([one]) for one in found]


def _disputes(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    found = _each(lambda f: views.disputes(c, f), filters, at, flat.disputes)
    return [[{**row, "dispute": n} for row in rows] for n, rows in enumerate(found, at.skip + 1)]


def _sources(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    if query.get("weak") == "true":
        return _each(lambda f: views.weak(c, f), filters, at, flat.weak)
    return [[row] for row in flat.sources(views.sources(c, filters)[at.skip : at.whole])]


def _search(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    return [[row] for row in flat.search(views.search(c, query["q"], filters)[at.skip :])]


def _actors(c: Connection, filters: Filters, query: QueryParams, at: Place) -> list[list[Row]]:
    name, kind = params.word(query, "name"), params.word(query, "kind")
    found = actors(c, name=name, kind=kind, skip=at.skip, limit=at.limit + 1)
    return [
        [
            {
                "actor": one.id,
                "name": one.name,
                "kind": one.kind,
                "party": one.party or None,
                "party_id": one.party_id or None,
                "statements": one.statements,
            }
        ]
        for one in found
    ]


QUESTIONS = (
    Question(
        name="ledger",
        says="What was proposed, on what terms, what for what, and what each party answered.",
        ask=_plain(views.ledger, flat.ledger),
        row=shapes.LEDGER,
        parameters=FILTERS,
    ),
    Question(
        name="positions",
        says="Where each party stands on each topic, and where it stood before; pages of parties.",
        ask=_positions,
        row=shapes.POSITION,
        parameters=(*FILTERS, known.CHANGED_SINCE),
    ),
    Question(
        name="timeline",
        says="What happened, latest first: each event once, with who tells it and who denies it.",
        ask=_timeline,
        row=shapes.HAPPENING,
        parameters=(*FILTERS, known.TYPE),
    ),
    Question(
        name="figures",
        says="Every figure, as given and by whom; pages of series (what is counted, of whom).",
        ask=_figures,
        row=shapes.FIGURE,
        parameters=(*FILTERS, known.WHAT, known.WHO),
    ),
    Question(
        name="disputes",
        says="Accounts that contradict each other, a row a voice; pages of disputes.",
        ask=_disputes,
        row=shapes.VOICE,
        parameters=FILTERS,
    ),
    Question(
        name="sources",
        says="Who is quoted and on what authority; or what rests on unnamed sources alone.",
        ask=_sources,
        row=shapes.SOURCE,
        parameters=(*FILTERS, known.WEAK),
    ),
    Question(
        name="search",
        says="Reports that have the words, the best first, and whose words they are.",
        ask=_search,
        row=shapes.HIT,
        parameters=(known.QUERY, *FILTERS),
    ),
    Question(
        name="actors",
        says="Who is quoted most, across reports.",
        ask=_actors,
        row=shapes.ACTOR,
        parameters=(known.NAME, known.KIND, *PAGING),
    ),
)


def routes() -> list[BaseRoute]:
    """An address for each question."""
    return [Route(one.path, one.answer, methods=["GET"]) for one in QUESTIONS]
