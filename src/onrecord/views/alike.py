"""Actors that may be one, and what an actor is made of: for whoever merges and parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from onrecord.store import catalogue as known
from onrecord.store.apart import kept_apart
from onrecord.store.names import norm
from onrecord.store.schema import actors, catalogue, memberships, reports, tallies

COMPARED = 400
"""Actors that are compared with each other, those with most statements."""

MEMBERS = 200
"""Actors of records that are shown of one actor of the catalogue, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor of the catalogue."""

    n: int
    id: str
    name: str
    kind: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An actor of a record."""

    id: str
    """Its report's id, a colon, its key."""
    name: str
    role: str
    of: str
    title: str
    day: str
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The actors of records that are called alike."""

    name: str
    members: tuple[Member, ...]


def pairs(connection: Connection, *, limit: int = 20) -> list[tuple[Known, Known]]:
    """Pairs of much quoted actors, of which one's name has all words of the other's.

    The one with fewer statements stands first. Those are left out that a person said are two.
    """
    apart = kept_apart(connection)
    words = [(one, frozenset(norm(one.name).split())) for one in _quoted(connection)]
    found = [
        (other, one) if one.statements >= other.statements else (one, other)
        for (one, mine), (other, theirs) in combinations(words, 2)
        if mine and theirs and (mine <= theirs or theirs <= mine) and _may_be_one(one, other)
        if frozenset((one.id, other.id)) not in apart
    ]
    return sorted(found, key=lambda pair: -pair[0].statements)[:limit]


def _may_be_one(one: Known, other: Known) -> bool:
    """Whether their kinds allow it: a person is no group, and two states are two."""
    persons = (one.kind == "person") + (other.kind == "person")
    return persons != 1 and not one.kind == other.kind == "state"


def _quoted(connection: Connection) -> Iterator[Known]:
    query = (
        select(catalogue, tallies.c.entries)
        .join(tallies, tallies.c.who_n == catalogue.c.n)
        .where(
            tallies.c.side == "actor",
            tallies.c.layer == "statements",
            tallies.c.role == "speaker",
            tallies.c.facet == "",
            catalogue.c.merged_n.is_(None),
        )
        .order_by(tallies.c.entries.desc())
        .limit(COMPARED)
    )
    for row in connection.execute(query):
        yield Known(n=row.n, id=row.id, name=row.name, kind=row.kind, statements=row.entries)


def members(connection: Connection, n: int) -> list[Group]:
    """What was taken for catalogue actor `n`, by name; what was merged into it too."""
    numbers = [n, *_merged(connection, n)]
    query = (
        select(actors, reports.c.id, reports.c.title, reports.c.day, memberships.c.made_by)
        .join(memberships, memberships.c.actor_n == actors.c.n)
        .join(reports, reports.c.n == actors.c.report_n)
        .where(memberships.c.catalogue_n.in_(numbers))
        .order_by(reports.c.day.desc(), actors.c.n)
        .limit(MEMBERS)
    )
    by_name: dict[str, list[Member]] = {}
    for row in connection.execute(query):
        member = Member(
            id=f"{row.id}:{row.key}",
            name=row.name,
            role=row.role or "",
            of=row.of_name or "",
            title=row.title or "",
            day=row.day,
            made_by=row.made_by,
        )
        by_name.setdefault(row.norm, []).append(member)
    made = [Group(name=some[0].name, members=tuple(some)) for some in by_name.values()]
    return sorted(made, key=lambda group: -len(group.members))


def _merged(connection: Connection, n: int) -> Sequence[int]:
    query = select(catalogue.c.n).where(catalogue.c.merged_n == n)
    return list(connection.scalars(query))


def there(connection: Connection, id: str) -> Known:
    """The actor called `id`, or what it was merged into; `StoreError` where there is none."""
    n = known.current(connection, known.number(connection, id))
    row = connection.execute(select(catalogue).where(catalogue.c.n == n)).one()
    return Known(
        n=n, id=row.id, name=row.name, kind=row.kind, statements=_statements(connection, n)
    )


def _statements(connection: Connection, n: int) -> int:
    its = (
        tallies.c.side == "actor",
        tallies.c.who_n == n,
        tallies.c.layer == "statements",
        tallies.c.role == "speaker",
        tallies.c.facet == "",
    )
    return int(connection.scalar(select(func.sum(tallies.c.entries)).where(*its)) or 0)
