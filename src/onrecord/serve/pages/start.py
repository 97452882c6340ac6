"""The start: the latest reports, what changed, and where to give new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve.jobs import Job
from onrecord.serve.pages.asking import kept
from onrecord.serve.rendering import page
from onrecord.serve.sessions import current
from onrecord.store.schema import reports
from onrecord.views import Filters
from onrecord.views.disputes import Dispute
from onrecord.views.positions import Standing
from onrecord.views.reports import Listed, how_many, reports_of

REPORTS, CHANGES, DISPUTES = 8, 8, 5
"""So many of each are shown."""
PARTIES = 8
"""Parties whose positions are looked at for changes: those that take the most."""
DAYS = 14
"""Before the day of the latest report: what is told of as new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What the store has that is new."""

    count: int
    since: str = ""
    latest: list[Listed] = field(default_factory=list)
    changes: list[Standing] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)


def routes() -> list[BaseRoute]:
    """`/`."""
    return [Route("/", start, methods=["GET"])]


def start(request: Request) -> Response:
    """The page."""
    with request.app.state.store.read() as connection:
        news = kept(request, "news", lambda: what_is_new(connection))
    jobs: list[Job] = [job for job in request.app.state.work.recent() if not job.over]
    # What is being added shows here, and isn't the store's: the page is then made anew each time.
    headers = {"cache-control": "no-store"} if jobs else {}
    may_add = current(request) is not None
    return page(request, "start.html", headers=headers, news=news, jobs=jobs, may_add=may_add)


def what_is_new(connection: Connection) -> News:
    """The latest reports, and what changed in the days before the last of them."""
    count = how_many(connection, Filters())
    if not count:
        return News(count=0)
    since = _since(connection)
    changes = views.positions(connection, Filters(limit=PARTIES), changed_since=since, history=0)
    return News(
        count=count,
        since=since,
        latest=reports_of(connection, Filters(limit=REPORTS)),
        changes=sorted(changes, key=lambda one: one.latest.day, reverse=True)[:CHANGES],
        disputes=views.disputes(connection, Filters(since=since, limit=DISPUTES)),
    )


def _since(connection: Connection) -> str:
    """The day from which something is new; empty where no report is dated."""
    newest = connection.scalar(select(reports.c.day).order_by(reports.c.day.desc()).limit(1))
    if not newest:
        return ""
    return (date.fromisoformat(newest) - timedelta(days=DAYS)).isoformat()
