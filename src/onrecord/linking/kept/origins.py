"""Signatures, bands, origins and versions in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from onrecord.linking import origins, versions
from onrecord.linking.origins import SCHEME, Likeness
from onrecord.linking.words import shingles
from onrecord.store import load
from onrecord.store.save import next_number
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
            if len(self.made) >= REMEMBERED:
                self.made.pop(next(iter(self.made)))
            self.made[n] = shingles(load.text(connection, n))
        return self.made[n]


def link(connection: Connection, n: int, shingled: Shingled) -> int:
    """Finds the origin of report `n`, and the earlier version of its story; the origin's number."""
    own = shingled.of(connection, n)
    _sign(connection, n, own)
    near = {
        other: origins.likeness(own, shingled.of(connection, other))
        for other in _candidates(connection, n)
    }
    _versions(connection, n, near)
    return _origin(connection, n, {k: like for k, like in near.items() if like.copies}, shingled)


def _sign(connection: Connection, n: int, own: frozenset[int]) -> None:
    signed = origins.signature(own)
    for old in (signatures, bands):
        connection.execute(delete(old).where(old.c.report_n == n))
    row = {"report_n": n, "scheme": SCHEME, "body": signed.astype("<u8").tobytes()}
    connection.execute(signatures.insert().values(row))
    rows = [
        {"scheme": SCHEME, "band": k, "hash": number, "report_n": n}
        for k, number in enumerate(origins.bands(signed) if own else ())
    ]
    if rows:
        connection.execute(bands.insert(), rows)


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


def _origin(connection: Connection, n: int, copies: dict[int, Likeness], shingled: Shingled) -> int:
    """Puts report `n` into the origin of its copies; origins that it ties together become one."""
    left = _leave(connection, n)
    theirs = select(origin_members.c.origin_n).where(origin_members.c.report_n.in_(copies))
    found = sorted({int(o) for o in connection.scalars(theirs)}) if copies else []
    origin = found[0] if found else _new(connection, n)
    row = {"report_n": n, "origin_n": origin, "similarity": 1.0}
    connection.execute(origin_members.insert().values(row))
    for gone in found[1:]:
        moved = update(origin_members).where(origin_members.c.origin_n == gone)
        connection.execute(moved.values(origin_n=origin))
        connection.execute(delete(table).where(table.c.n == gone))
    _tidy(connection, origin, shingled)
    if left not in (None, origin):
        _left(connection, left, shingled)
    return origin


def _new(connection: Connection, n: int) -> int:
    origin = next_number(connection, table)
    row = {"n": origin, "first_n": n, "day": "", "copies": 1, "scheme": SCHEME}
    connection.execute(table.insert().values(row))
    return origin


def _tidy(connection: Connection, origin: int, shingled: Shingled) -> None:
    """Sets the first report of an origin, its day and publisher, and the likeness to it."""
    query = (
        select(reports.c.n, reports.c.day, reports.c.publisher, reports.c.wire)
        .join(origin_members, origin_members.c.report_n == reports.c.n)
        .where(origin_members.c.origin_n == origin)
    )
    members = sorted(connection.execute(query), key=lambda row: (row.day or "9999", row.n))
    first = members[0]
    agency = next((row.wire[0] for row in members if row.wire), None)
    values = {
        "first_n": first.n,
        "day": first.day,
        "publisher": agency or first.publisher,
        "copies": len(members),
        "scheme": SCHEME,
    }
    connection.execute(update(table).where(table.c.n == origin).values(values))
    for row in members[1:]:
        like = origins.likeness(shingled.of(connection, first.n), shingled.of(connection, row.n))
        its = update(origin_members).where(origin_members.c.report_n == row.n)
        connection.execute(its.values(similarity=round(like.contained, 3)))


def _leave(connection: Connection, n: int) -> int | None:
    """Takes report `n` out of the origin that it was in; None where it was in none."""
    its = origin_members.c.report_n == n
    left = connection.scalar(select(origin_members.c.origin_n).where(its))
    connection.execute(delete(origin_members).where(its))
    return None if left is None else int(left)


def _left(connection: Connection, origin: int | None, shingled: Shingled) -> None:
    """Brings an origin that a report has left into order; without reports it goes."""
    its = select(origin_members.c.report_n).where(origin_members.c.origin_n == origin)
    if origin is None or connection.scalar(its.limit(1)) is None:
        connection.execute(delete(table).where(table.c.n == origin))
    else:
        _tidy(connection, origin, shingled)


def _versions(connection: Connection, n: int, near: dict[int, Likeness]) -> None:
    """Links report `n` with the versions of its story before and after it that are likest to it."""
    connection.execute(delete(versions_table).where(versions_table.c.report_n == n))
    if not near:
        return
    rows = _rows(connection, [n, *near])
    kin = [k for k, like in near.items() if k in rows and _kin(rows[n], rows[k], like)]
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
