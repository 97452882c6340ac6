"""The ledger: what was proposed, on what terms, what for what, and what each party answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.serve.pages.asking import answer, asked, rest
from onrecord.views.ledger import Answer, LedgerRow, LedgerTerm, part

SIZE = 12
"""Proposals on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """Terms that are each other's price; `taken` is empty where they have none."""

    given: tuple[LedgerTerm, ...]
    taken: tuple[LedgerTerm, ...] = ()


def routes() -> list[BaseRoute]:
    """`/ledger`."""
    return [Route("/ledger", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The proposals, latest first."""
    wanted = asked(request, size=SIZE)

    def ask(connection: Connection) -> dict[str, Any]:
        found, before = part(
            connection, wanted.one_more, skip=wanted.skip, near=SIZE, passages=False
        )
        whole = [*before, *found]
        earlier = {row.superseded_by: row for row in whole if row.superseded_by}
        shown = rest(found, wanted)
        return {
            "rows": shown,
            "here": {row.told.entry for row in shown.rows},
            "answers": {row.told.entry: answers(row) for row in shown.rows},
            "bargains": {row.told.entry: bargains(row) for row in shown.rows},
            "later": {row.told.entry: row for row in whole},
            "earlier": earlier,
        }

    return answer(request, "ledger.html", ask)


def bargains(row: LedgerRow) -> list[Bargain]:
    """The terms of a proposal, those that are each other's price together, the others after."""
    by_entry = {term.told.entry: term for term in row.terms}
    made: list[Bargain] = []
    used: set[str] = set()
    for given, taken in row.exchange:
        sides = [tuple(by_entry[one] for one in side if one in by_entry) for side in (given, taken)]
        if all(sides):
            made.append(Bargain(given=sides[0], taken=sides[1]))
            used |= {*given, *taken}
    alone = tuple(term for term in row.terms if term.told.entry not in used)
    return [*made, Bargain(given=alone)] if alone else made


def answers(row: LedgerRow) -> list[Answer]:
    """The answers to a proposal; those that copies of one story tell stand once."""
    made: dict[object, Answer] = {}
    for one in row.answers:
        story = one.told.origin_n or one.told.report
        made.setdefault((one.who, one.stance, one.told.topic, story), one)
    return list(made.values())
