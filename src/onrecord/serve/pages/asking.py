"""What a page is asked for: filters, and which of its pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import StoreError
from onrecord.serve import params
from onrecord.serve.memo import Memo
from onrecord.serve.rendering import page
from onrecord.store.schema import catalogue, reports, tallies
from onrecord.views import Filters
from onrecord.vocabulary import AUTHORITIES, TOPICS

T = TypeVar("T")

DEEPEST = 50
"""The last page of an answer: what lies behind it is found by narrowing the days."""

WIDEST = 3
"""How many times as many rows as usual a page may be asked for: more would make it heavy."""

OFFERED = 40
"""Names that a field for a party offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Filters, and the number of the page from 1."""

    filters: Filters
    page: int
    size: int

    @property
    def ahead(self) -> Filters:
        """The filters with room for all pages up to this one, and one row more."""
        return replace(self.filters, limit=self.page * self.size + 1)

    @property
    def skip(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size

    @property
    def one_more(self) -> Filters:
        """The filters with room for this page alone, and one row more."""
        return replace(self.filters, limit=self.size + 1)


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of an answer."""

    rows: Sequence[T]
    number: int
    more: bool


def asked(request: Request, *, size: int) -> Asked:
    """What the address asks for; raises `HTTPException` (422) where it isn't legal."""
    query = request.query_params
    size = min(params.whole(query, "limit", default=size, most=params.MOST), WIDEST * size)
    number = params.whole(query, "page", default=1, most=DEEPEST)
    return Asked(filters=params.filters(query, limit=size), page=number, size=size)


def cut(found: Sequence[T], wanted: Asked) -> Paged[T]:
    """The page that is wanted of all rows up to it."""
    return rest(found[wanted.skip :], wanted)


def rest(found: Sequence[T], wanted: Asked) -> Paged[T]:
    """The page that is wanted of the rows from its first one on."""
    more = len(found) > wanted.size and wanted.page < DEEPEST
    return Paged(found[: wanted.size], wanted.page, more)


def answer(
    request: Request, template: str, ask: Callable[[Connection], dict[str, Any]]
) -> Response:
    """A page with what `ask` finds; one that tells why where the question has no answer."""
    with request.app.state.store.read() as connection:
        common: dict[str, Any] = {
            **_CHOICES,
            "names": kept(request, "names", lambda: offered(connection)),
            "newest": kept(request, "newest", lambda: newest(connection)),
        }
        try:
            found = {**common, **ask(connection), "fault": ""}
        except StoreError as error:
            if error.__cause__ is not None:
                raise
            return page(request, "unanswered.html", status=404, **common, fault=str(error))
    return page(request, template, status=200, headers=None, **found)


def kept(request: Request, key: Hashable, find: Callable[[], T]) -> T:
    """What `find` finds, found once for each state of the store."""
    memo: Memo = request.app.state.memo
    return memo.of(request.scope, key, find)


_CHOICES: dict[str, Any] = {"TOPICS": TOPICS, "AUTHORITIES": (*AUTHORITIES, "report")}


def newest(connection: Connection) -> str:
    """The day of the latest report; empty where none is dated."""
    last = select(reports.c.day).order_by(reports.c.day.desc()).limit(1)
    return connection.scalar(last) or ""


def offered(connection: Connection) -> list[str]:
    """The names of the parties that do most."""
    its = (tallies.c.side == "party", tallies.c.layer == "events", tallies.c.facet == "")
    most = select(tallies.c.who_n).where(*its, tallies.c.role == "actor")
    numbers = connection.scalars(most.order_by(tallies.c.entries.desc()).limit(OFFERED)).all()
    query = select(catalogue.c.name).where(catalogue.c.n.in_(numbers)).order_by(catalogue.c.name)
    return list(dict.fromkeys(connection.scalars(query)))
