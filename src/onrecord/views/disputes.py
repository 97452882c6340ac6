"""Accounts that contradict each other, side by side."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, union_all

from onrecord.store.schema import claim_members, claims, roles, tallies
from onrecord.store.schema import disputes as table
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, of_parties, parties
from onrecord.views.telling import Told, named, origins, parts, told

VOICES = 40
"""Members of a claim that are shown at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim that somebody denies, or two figures that can't both hold."""

    kind: str
    topic: str
    first_day: str
    last_day: str
    claim: Told
    """Its best telling."""
    who: tuple[str, ...]
    supporters: tuple[Told, ...]
    deniers: tuple[Told, ...]
    """Those who deny it; of figures, those who give the other one."""
    origins: int
    """Independent reports among the supporters."""


def disputes(connection: Connection, filters: Filters, *, skip: int = 0) -> list[Dispute]:
    """The disputes that somebody spoke in last, latest first.

    The first `skip` are left out; an authority in the filters is looked at behind that.
    """
    query = select(table, claims.c.entry_n).join(claims, claims.c.n == table.c.claim_n)
    query = query.where(*filters.days(table.c.last_day))
    if filters.topic:
        query = query.where(table.c.topic.in_(filters.topic))
    if filters.party:
        query = query.where(_theirs(connection, parties(connection, filters.party)))
    ordered = query.order_by(table.c.last_day.desc(), table.c.n.desc()).limit(filters.limit)
    found = connection.execute(ordered.offset(skip)).all()
    made = _disputes(connection, found)
    return [one for one in made if _allowed(one, filters)]


MANY = 40_000
"""Entries of a party from which its disputes are found faster by looking at the last disputes: a
microsecond for each of its entries, 12 for each dispute that isn't its own (100,000 reports)."""


def _theirs(connection: Connection, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Disputes in which one of these is told of, or speaks.

    Of a party that is everywhere, one of the last disputes is soon one; a rare party's own entries
    are soon looked through.
    """
    counted = select(func.sum(tallies.c.entries)).where(
        tallies.c.who_n.in_(numbers), tallies.c.side == "party", tallies.c.facet == ""
    )
    part = select(claim_members.c.claim_n)
    if (connection.scalar(counted) or 0) > MANY:
        mine = part.join(roles, roles.c.entry_n == claim_members.c.entry_n).where(
            of_parties(numbers), claim_members.c.claim_n == table.c.claim_n
        )
        return mine.exists()
    own = union_all(
        select(roles.c.entry_n).where(roles.c.party_n.in_(numbers)),
        select(roles.c.entry_n).where(roles.c.catalogue_n.in_(numbers)),
    )
    return table.c.claim_n.in_(part.where(claim_members.c.entry_n.in_(own)))


def _allowed(dispute: Dispute, filters: Filters) -> bool:
    voices = {told.authority for told in (*dispute.supporters, *dispute.deniers)}
    return not filters.authority or bool(voices & set(filters.authority))


def _disputes(connection: Connection, rows: Sequence[Row[Any]]) -> list[Dispute]:
    """With a query for each kind of thing, not for each dispute."""
    numbers = {n for row in rows for n in (row.claim_n, row.other_n) if n is not None}
    members = _members(connection, sorted(numbers))
    sides = [(row, *_sides(row, members)) for row in rows]
    wanted = [n for row, told_by, denied_by in sides for n in (row.entry_n, *told_by, *denied_by)]
    lines = told(connection, wanted)
    involved = parts(connection, [row.entry_n for row in rows])
    return [
        _dispute(
            row,
            lines[row.entry_n],
            tuple(lines[n] for n in told_by if n in lines),
            tuple(lines[n] for n in denied_by if n in lines),
            named(involved[row.entry_n], "actor", "by", "giver", "speaker"),
        )
        for row, told_by, denied_by in sides
        if row.entry_n in lines
    ]


_Members = Mapping[tuple[int, str], Sequence[int]]
"""The entries on a side of a claim."""


def _sides(row: Row[Any], members: _Members) -> tuple[Sequence[int], Sequence[int]]:
    """Those who say so, and those who deny it (of figures, who give the other one)."""
    told_by = members.get((row.claim_n, "supports"), ())
    if row.other_n is not None:
        return told_by, members.get((row.other_n, "supports"), ())
    return told_by, members.get((row.claim_n, "denies"), ())


def _dispute(
    row: Row[Any],
    best: Told,
    supporters: tuple[Told, ...],
    deniers: tuple[Told, ...],
    who: tuple[str, ...],
) -> Dispute:
    return Dispute(
        kind=row.kind,
        topic=row.topic,
        first_day=row.first_day,
        last_day=row.last_day,
        claim=best,
        who=who,
        supporters=supporters,
        deniers=deniers,
        origins=origins(supporters),
    )


_RANKED = (
    select(
        claim_members.c.claim_n,
        claim_members.c.side,
        claim_members.c.entry_n,
        func.row_number()
        .over(
            partition_by=(claim_members.c.claim_n, claim_members.c.side),
            order_by=claim_members.c.entry_n,
        )
        .label("place"),
    )
    .where(among(claim_members.c.claim_n))
    .subquery()
)
_FIRST = (
    select(_RANKED.c.claim_n, _RANKED.c.side, _RANKED.c.entry_n)
    .where(_RANKED.c.place <= VOICES)
    .order_by(_RANKED.c.entry_n)
)


def _members(connection: Connection, numbers: Sequence[int]) -> _Members:
    """The members of these claims by side, `VOICES` of each at most."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for claim_n, side, entry_n in connection.execute(_FIRST, {NUMBERS: numbers}).all():
        found[claim_n, side].append(entry_n)
    return found
