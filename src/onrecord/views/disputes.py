"""Accounts that contradict each other, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from onrecord.store.schema import claim_members, claims, roles, tallies
from onrecord.store.schema import disputes as table
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


def disputes(connection: Connection, filters: Filters) -> list[Dispute]:
    """The disputes that somebody spoke in last, latest first."""
    query = select(table, claims.c.entry_n).join(claims, claims.c.n == table.c.claim_n)
    query = query.where(*filters.days(table.c.last_day))
    if filters.topic:
        query = query.where(table.c.topic.in_(filters.topic))
    if filters.party:
        query = query.where(_theirs(connection, parties(connection, filters.party)))
    ordered = query.order_by(table.c.last_day.desc(), table.c.n.desc()).limit(filters.limit)
    found = connection.execute(ordered).all()
    made = [_dispute(connection, row) for row in found]
    return [one for one in made if one is not None and _allowed(one, filters)]


MANY = 2000
"""Entries of a party from which its disputes are found faster by looking at the last disputes."""


def _theirs(connection: Connection, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Disputes in which one of these is told of, or speaks.

    Of a party that is everywhere, one of the last disputes is soon one; a rare party's own entries
    are soon looked through.
    """
    part = select(claim_members.c.claim_n).join(roles, roles.c.entry_n == claim_members.c.entry_n)
    theirs = part.where(of_parties(numbers))
    counted = select(func.sum(tallies.c.entries)).where(
        tallies.c.who_n.in_(numbers), tallies.c.side == "party", tallies.c.facet == ""
    )
    if (connection.scalar(counted) or 0) > MANY:
        return theirs.where(claim_members.c.claim_n == table.c.claim_n).exists()
    return table.c.claim_n.in_(theirs)


def _allowed(dispute: Dispute, filters: Filters) -> bool:
    voices = {told.authority for told in (*dispute.supporters, *dispute.deniers)}
    return not filters.authority or bool(voices & set(filters.authority))


def _dispute(connection: Connection, row: Row[Any]) -> Dispute | None:
    got = row._mapping
    supporters = _members(connection, got["claim_n"], "supports")
    if got["other_n"] is not None:
        deniers = _members(connection, got["other_n"], "supports")
    else:
        deniers = _members(connection, got["claim_n"], "denies")
    lines = told(connection, [got["entry_n"], *supporters, *deniers])
    if got["entry_n"] not in lines:
        return None
    best = lines[got["entry_n"]]
    involved = parts(connection, [best.n])[best.n]
    told_by = tuple(lines[n] for n in supporters if n in lines)
    return Dispute(
        kind=got["kind"],
        topic=got["topic"],
        first_day=got["first_day"],
        last_day=got["last_day"],
        claim=best,
        who=named(involved, "actor", "by", "giver", "speaker"),
        supporters=told_by,
        deniers=tuple(lines[n] for n in deniers if n in lines),
        origins=origins(told_by),
    )


def _members(connection: Connection, claim_n: int, side: str) -> list[int]:
    its = (claim_members.c.claim_n == claim_n, claim_members.c.side == side)
    return list(connection.scalars(select(claim_members.c.entry_n).where(*its).limit(VOICES)))
