"""Which reports there are, and what else is known of one: where it was found, copies, versions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from onrecord.store.schema import (
    appearances,
    entries,
    origin_members,
    origins,
    reports,
    versions,
)
from onrecord.views.filters import Filters

MANY = 50
"""Appearances, copies and versions of one report that are told at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One report of the store in a list."""

    n: int
    id: str
    title: str
    publisher: str
    day: str
    words: int
    authorities: Mapping[str, int]
    """Statements by authority."""
    verdicts: tuple[str, ...]
    """How the text bears out each claim of the headline."""
    copies: int
    """Reports that tell the same with the same words, this one among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A place where the text was found."""

    place: str
    name: str
    publisher: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Another report that is a copy or a version of one."""

    id: str
    title: str
    publisher: str
    day: str
    similarity: float
    diff: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)
    """Of a version: what the later one of the two added, dropped and changed, by layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the store knows of one report beside its record."""

    wire: tuple[str, ...]
    byline: str
    added_at: str
    appearances: tuple[Appearance, ...]
    copies: tuple[Kin, ...]
    earlier: tuple[Kin, ...]
    later: tuple[Kin, ...]


def reports_of(
    connection: Connection, filters: Filters, *, publisher: str = "", skip: int = 0
) -> list[Listed]:
    """The reports of some days and (where given) of one outlet, latest first, `limit` of them."""
    query = select(reports, origins.c.copies)
    query = query.join(origin_members, origin_members.c.report_n == reports.c.n, isouter=True)
    query = query.join(origins, origins.c.n == origin_members.c.origin_n, isouter=True)
    ordered = query.where(*_its(filters, publisher)).order_by(
        reports.c.day.desc(), reports.c.n.desc()
    )
    rows = connection.execute(ordered.offset(skip).limit(filters.limit)).all()
    said, verdicts = _said(connection, [row.n for row in rows])
    return [_listed(row, said[row.n], verdicts[row.n]) for row in rows]


def how_many(connection: Connection, filters: Filters, *, publisher: str = "") -> int:
    """How many reports that is in all."""
    counted = select(func.count()).select_from(reports).where(*_its(filters, publisher))
    return int(connection.scalar(counted) or 0)


def _its(filters: Filters, publisher: str) -> list[ColumnElement[bool]]:
    made = filters.days(reports.c.day)
    if publisher:
        made.append(reports.c.publisher == publisher)
    return made


def publishers(connection: Connection, *, recent: int = 2000) -> list[str]:
    """The outlets of the last `recent` reports, those with the most first."""
    last = select(reports.c.publisher).order_by(reports.c.n.desc()).limit(recent)
    counted = Counter(name for name in connection.scalars(last) if name)
    return [name for name, _ in counted.most_common(40)]


def _said(
    connection: Connection, numbers: Sequence[int]
) -> tuple[dict[int, Counter[str]], dict[int, list[str]]]:
    """Statements by authority, and the verdicts on the headline, of each of these reports."""
    said: dict[int, Counter[str]] = defaultdict(Counter)
    verdicts: dict[int, list[str]] = defaultdict(list)
    its = (entries.c.report_n.in_(numbers), entries.c.layer.in_(("statements", "headline")))
    columns = (entries.c.report_n, entries.c.layer, entries.c.authority, entries.c.label)
    query = select(*columns).where(*its).order_by(entries.c.report_n, entries.c.rank)
    for row in connection.execute(query):
        if row.layer == "headline":
            verdicts[row.report_n].append(row.label)
        else:
            said[row.report_n][row.authority] += 1
    return said, verdicts


def _listed(row: Row[Any], said: Counter[str], verdicts: list[str]) -> Listed:
    got = row._mapping
    return Listed(
        n=got["n"],
        id=got["id"],
        title=got["title"] or got["id"],
        publisher=got["publisher"] or "",
        day=got["day"],
        words=got["words"],
        authorities=dict(said),
        verdicts=tuple(verdicts),
        copies=got["copies"] or 1,
    )


def surroundings(connection: Connection, n: int) -> Surroundings:
    """What is known of report `n` beside its record."""
    columns = (reports.c.wire, reports.c.byline, reports.c.added_at)
    row = connection.execute(select(*columns).where(reports.c.n == n)).one()
    return Surroundings(
        wire=tuple(row.wire or ()),
        byline=row.byline or "",
        added_at=row.added_at,
        appearances=_appearances(connection, n),
        copies=_copies(connection, n),
        earlier=_versions(connection, n, earlier=True),
        later=_versions(connection, n, earlier=False),
    )


def _appearances(connection: Connection, n: int) -> tuple[Appearance, ...]:
    query = select(appearances).where(appearances.c.report_n == n).order_by(appearances.c.n)
    return tuple(
        Appearance(
            place=row.place,
            name=row.name,
            publisher=row.publisher or "",
            day=(row.published or "")[:10],
        )
        for row in connection.execute(query.limit(MANY))
    )


def _copies(connection: Connection, n: int) -> tuple[Kin, ...]:
    its = select(origin_members.c.origin_n).where(origin_members.c.report_n == n)
    origin = connection.scalar(its)
    if origin is None:
        return ()
    query = select(reports, origin_members.c.similarity).join(
        origin_members, origin_members.c.report_n == reports.c.n
    )
    others = query.where(origin_members.c.origin_n == origin, reports.c.n != n)
    rows = connection.execute(others.order_by(reports.c.day, reports.c.n).limit(MANY))
    return tuple(_kin(row) for row in rows)


def _versions(connection: Connection, n: int, *, earlier: bool) -> tuple[Kin, ...]:
    own, other = versions.c.report_n, versions.c.earlier_n
    if not earlier:
        own, other = other, own
    query = select(reports, versions.c.similarity, versions.c.diff)
    query = query.join(versions, other == reports.c.n).where(own == n)
    rows = connection.execute(query.order_by(reports.c.day, reports.c.n).limit(MANY))
    return tuple(_kin(row) for row in rows)


def _kin(row: Row[Any]) -> Kin:
    got = row._mapping
    return Kin(
        id=got["id"],
        title=got["title"] or got["id"],
        publisher=got["publisher"] or "",
        day=got["day"],
        similarity=got["similarity"],
        diff=got.get("diff") or {},
    )
