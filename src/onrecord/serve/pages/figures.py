"""Figures: each series as a plot and a table, every figure as given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, rest
from onrecord.serve.words import amount
from onrecord.store.names import norm
from onrecord.views.figures import LONGEST, Series
from onrecord.views.telling import Told
from onrecord.vocabulary import COUNTED

SIZE = 6
"""Series on a page."""

ALONGSIDE = 100
"""Figures of a series, the last ones, where several are shown: each gets a point in its plot."""

AMOUNTS = 12
"""Amounts of a series in its table, the first and the last ones, where there are more series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One amount, and all who give it, the first one first."""

    figures: tuple[Told, ...]

    @property
    def first(self) -> Told:
        """The first telling."""
        return self.figures[0]

    @property
    def voices(self) -> int:
        """How many give it."""
        return len({told.said_by for told in self.figures})

    @property
    def last_day(self) -> str:
        """The last day on which it was given."""
        return max(told.happened or told.day for told in self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A series as the page has it."""

    series: Series
    rows: tuple[Given, ...]
    left_out: int
    """Amounts between the first and the last rows."""
    points: list[list[Any]]
    """Day, value, upper, bound, giver and authority of each dated figure, for the plot."""


def routes() -> list[BaseRoute]:
    """`/figures`."""
    return [Route("/figures", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The series."""
    wanted = asked(request, size=SIZE)
    what = params.word(request.query_params, "what", legal=COUNTED)
    who = params.word(request.query_params, "who")
    whole = params.word(request.query_params, "all", legal=("yes",)) == "yes"

    def ask(connection: Connection) -> dict[str, Any]:
        longest = LONGEST if what and who else ALONGSIDE
        found = views.figures(
            connection, wanted.ahead, what=what, who=who, skip=wanted.skip, longest=longest
        )
        series = rest(found, wanted)
        rows = [
            shown(one, every=len(series.rows) == 1 or (whole and one.who == norm(who)))
            for one in series.rows
        ]
        known = {"series": series, "shown": rows, "what": what, "who": who, "COUNTED": COUNTED}
        return {**known, "longest": longest}

    return answer(request, "figures.html", ask)


def shown(series: Series, *, every: bool) -> Shown:
    """A series with its amounts; `every`: all of them, not just the first and last ones."""
    same: dict[str, list[Told]] = {}
    for told in series.figures:
        same.setdefault(amount(told), []).append(told)
    rows = tuple(Given(figures=tuple(some)) for some in same.values())
    left_out = 0 if every or len(rows) <= AMOUNTS else len(rows) - AMOUNTS
    if left_out:
        rows = (*rows[: AMOUNTS // 2], *rows[-AMOUNTS // 2 :])
    return Shown(series=series, rows=rows, left_out=left_out, points=_points(series))


def _points(series: Series) -> list[list[Any]]:
    dated = [told for told in series.figures if told.happened or told.day]
    return [
        [
            told.happened or told.day,
            told.value,
            told.upper,
            told.status,
            told.said_by[:80],
            told.authority,
            told.entry,
        ]
        for told in dated
    ]
