"""Signatures, bands, origins and versions in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from onrecord.linking import origins, versions
from onrecord.linking.origins import SCHEME, Likeness
from onrecord.linking.words import shingles
from onrecord.store import load
from onrecord.store.rows import insert, next_number
from onrecord.store.schema import bands, origin_members, reports, signatures
from onrecord.store.schema import origins as table
from onrecord.store.schema import versions as versions_table

CANDIDATES = 40
"""Reports sharing bands that are compared word by word at most, those sharing most first."""

REMEMBERED = 500
"""Texts whose shingles are remembered from one report to the next."""


@dataclass(slots=True)
class Shingled:
    """The shingles of reports, made once."""

    made: dict[int, frozenset[int]] = field(default_factory=dict)

    def of(self, connection: Connection, n: int) -> frozenset[int]:
        """The shingles of report `n`."""
        if n not in self.made:
            self.take(n, load.text(connection, n))
        return self.made[n]

    def take(self, n: int, text: str) -> None:
        """Makes the shingles of report `n`, whose text is at hand."""
        if n not in self.made and len(self.made) >= REMEMBERED:
            self.made.pop(next(iter(self.made)))
        self.made[n] = shingles(text)


def link(
    connection: Connection, numbers: Sequence[int], shingled: Shingled, again: Sequence[int]
) -> None:
    """Finds the origins of these reports, and the earlier versions of their stories.

    `again` are those that were linked before.
    """
    _sign(connection, numbers, shingled, again)
    for n in again:
        connection.execute(delete(versions_table).where(versions_table.c.report_n == n))
        _leave(connection, n, shingled)
    alone: list[int] = []
    for n in numbers:
        own = shingled.of(connection, n)
        near = {
            other: origins.likeness(own, shingled.of(connection, other))
            for other in _candidates(connection, n)
        }
        _versions(connection, n, near)
        if copies := [k for k, like in near.items() if like.copies]:
            _new(connection, alone)
            alone = [] if _join(connection, n, copies, shingled) else [n]
        else:
            alone.append(n)
    _new(connection, alone)


def _sign(
    connection: Connection, numbers: Sequence[int], shingled: Shingled, again: Sequence[int]
) -> None:
    for old in (signatures, bands) if again else ():
        connection.execute(delete(old).where(old.c.report_n.in_(again)))
    signed = {n: origins.signature(shingled.of(connection, n)) for n in numbers}
    rows = [
        {"report_n": n, "scheme": SCHEME, "body": made.astype("<u8").tobytes()}
        for n, made in signed.items()
    ]
    insert(connection, signatures, rows)
    banded = [
        {"scheme": SCHEME, "band": k, "hash": number, "report_n": n}
        for n, made in signed.items()
        for k, number in enumerate(origins.bands(made) if shingled.made[n] else ())
    ]
    insert(connection, bands, banded)


def _candidates(connection: Connection, n: int) -> list[int]:
    """The reports that share bands with report `n`, those that share most first."""
    own, other = bands.alias(), bands.alias()
    query = (
        select(other.c.report_n)
        .join(
            own,
            (own.c.scheme == other.c.scheme)
            & (own.c.band == other.c.band)
            & (own.c.hash == other.c.hash),
        )
        .where(own.c.report_n == n, other.c.report_n != n)
        .group_by(other.c.report_n)
        .order_by(func.count().desc(), other.c.report_n)
        .limit(CANDIDATES)
    )
    return [int(number) for number in connection.scalars(query)]


def _join(connection: Connection, n: int, copies: Sequence[int], shingled: Shingled) -> bool:
    """Puts report `n` into the origin of its copies; False where they have none yet.

    Origins that it ties together become one.
    """
    theirs = select(origin_members.c.origin_n).where(origin_members.c.report_n.in_(copies))
    found = sorted({int(o) for o in connection.scalars(theirs)})
    if not found:
        return False
    insert(connection, origin_members, [{"report_n": n, "origin_n": found[0], "similarity": 1.0}])
    for gone in found[1:]:
        moved = update(origin_members).where(origin_members.c.origin_n == gone)
        connection.execute(moved.values(origin_n=found[0]))
        connection.execute(delete(table).where(table.c.n == gone))
    _tidy(connection, found[0], shingled)
    return True


def _new(connection: Connection, numbers: Sequence[int]) -> None:
    """Origins of their own for reports that nobody else tells."""
    if not numbers:
        return
    query = select(reports.c.n, reports.c.day, reports.c.publisher, reports.c.wire)
    found = {row.n: row for row in connection.execute(query.where(reports.c.n.in_(numbers)))}
    first = next_number(connection, table)
    rows = [
        {
            "n": first + k,
            "first_n": n,
            "day": found[n].day,
            "publisher": _told_by([found[n]]),
            "copies": 1,
            "scheme": SCHEME,
        }
        for k, n in enumerate(numbers)
    ]
    insert(connection, table, rows)
    members = [
        {"report_n": row["first_n"], "origin_n": row["n"], "similarity": 1.0} for row in rows
    ]
    insert(connection, origin_members, members)


def _told_by(members: Sequence[Any]) -> str | None:
    """The agency that one of these credits, else the first one's publisher."""
    credited = (row.wire[0] for row in members if row.wire)
    told_by: str | None = next(credited, None) or members[0].publisher
    return told_by


def _tidy(connection: Connection, origin: int, shingled: Shingled) -> None:
    """Sets the first report of an origin, its day and publisher, and the likeness to it."""
    query = (
        select(reports.c.n, reports.c.day, reports.c.publisher, reports.c.wire)
        .join(origin_members, origin_members.c.report_n == reports.c.n)
        .where(origin_members.c.origin_n == origin)
    )
    members = sorted(connection.execute(query), key=lambda row: (row.day or "9999", row.n))
    first = members[0]
    values = {
        "first_n": first.n,
        "day": first.day,
        "publisher": _told_by(members),
        "copies": len(members),
        "scheme": SCHEME,
    }
    connection.execute(update(table).where(table.c.n == origin).values(values))
    for row in members[1:]:
        like = origins.likeness(shingled.of(connection, first.n), shingled.of(connection, row.n))
        its = update(origin_members).where(origin_members.c.report_n == row.n)
        connection.execute(its.values(similarity=round(like.contained, 3)))


def _leave(connection: Connection, n: int, shingled: Shingled) -> None:
    """Takes report `n` out of the origin that it was in; an origin without reports goes."""
    its = origin_members.c.report_n == n
    origin = connection.scalar(select(origin_members.c.origin_n).where(its))
    connection.execute(delete(origin_members).where(its))
    others = select(origin_members.c.report_n).where(origin_members.c.origin_n == origin)
    if origin is not None and connection.scalar(others.limit(1)) is not None:
        _tidy(connection, origin, shingled)
    elif origin is not None:
        connection.execute(delete(table).where(table.c.n == origin))


def _versions(connection: Connection, n: int, near: dict[int, Likeness]) -> None:
    """Links report `n` with the versions of its story before and after it that are likest to it."""
    close = [k for k, like in near.items() if like.contained >= versions.LATER]
    if not close:
        return
    connection.execute(delete(versions_table).where(versions_table.c.report_n == n))
    rows = _rows(connection, [n, *close])
    kin = [k for k in close if k in rows and _kin(rows[n], rows[k], near[k])]
    before = [k for k in kin if _order(rows[k]) < _order(rows[n])]
    after = [k for k in kin if _order(rows[k]) > _order(rows[n])]
    if before:
        _version(connection, n, max(before, key=lambda k: near[k].contained), near)
    for k in after:
        linked = select(versions_table.c.earlier_n).where(versions_table.c.report_n == k)
        if connection.scalar(linked) is None:
            _version(connection, k, n, {n: near[k]})


def _version(connection: Connection, late: int, early: int, near: dict[int, Likeness]) -> None:
    row = {
        "report_n": late,
        "earlier_n": early,
        "similarity": round(near[early].contained, 3),
        "diff": versions.diff(load.record(connection, early), load.record(connection, late)),
    }
    connection.execute(versions_table.insert().values(row))


def _rows(connection: Connection, numbers: list[int]) -> dict[int, Any]:
    query = select(reports.c.n, reports.c.day, reports.c.publisher)
    return {row.n: row for row in connection.execute(query.where(reports.c.n.in_(numbers)))}


def _order(row: Any) -> tuple[str, int]:
    return row.day or "9999", row.n


def _kin(one: Any, other: Any, like: Likeness) -> bool:
    outlet = bool(one.publisher) and one.publisher == other.publisher
    days = None
    if one.day and other.day:
        days = abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)
    return versions.is_version(like, one_outlet=outlet, days=days)
