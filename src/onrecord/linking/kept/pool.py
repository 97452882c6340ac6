"""What recent reports told, kept in memory between one batch of reports and the next.

The entries of a report compare with those of the reports nearest in time alone. A claim that is
told over months goes on from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from onrecord.linking import reading
from onrecord.linking.claims import Shelves
from onrecord.linking.shelves import Claim, Shelf, shelf
from onrecord.linking.telling import Told
from onrecord.linking.weights import Weights
from onrecord.record import Record
from onrecord.store import load
from onrecord.store.schema import claim_members, entries, reports

REPORTS = 150
"""Reports whose entries new ones compare with: in a stream of war reports, one or two weeks."""

SLACK = 1.2
"""How many times `REPORTS` the pool holds before it is cut down to them: cutting makes it anew."""


@dataclass(slots=True)
class Pool:
    """The claims of recent reports."""

    weights: Weights = field(default_factory=Weights)
    shelves: Shelves = field(default_factory=dict)
    reports: list[int] = field(default_factory=list)

    def claims(self) -> list[Claim]:
        """All claims of the pool."""
        return [claim for held in self.shelves.values() for claim in held.claims]

    def drop_old(self) -> None:
        """Forgets all but the last `REPORTS` reports, once there are `SLACK` times as many."""
        if len(self.reports) <= REPORTS * SLACK:
            return
        self.reports = self.reports[-REPORTS:]
        there = {str(n) for n in self.reports}
        claims = self.claims()
        for claim in claims:
            claim.members = [told for told in claim.members if told.report in there]
        self.shelve(claim for claim in claims if claim.members)

    def shelve(self, claims: Iterable[Claim]) -> None:
        """Puts these claims, and no others, on the shelves."""
        sorted_: dict[str, list[Claim]] = {}
        for claim in claims:
            sorted_.setdefault(shelf(claim.members[0]), []).append(claim)
        self.shelves = {name: Shelf.of(held) for name, held in sorted_.items()}


def fill(connection: Connection, day: str, without: Iterable[int]) -> Pool:
    """A pool of the linked reports around a day."""
    pool = Pool(reports=_near(connection, day, set(without)))
    members = _members(connection, pool.reports)
    records = load.records_of(connection, pool.reports)
    numbers = entry_numbers(connection, pool.reports)
    claims: dict[int, Claim] = {}
    for n in pool.reports:
        told = told_by(n, records[n], numbers[n])
        pool.weights.add(told)
        for one in told:
            if (row := members.get(int(one.id))) is not None:
                claims.setdefault(row, Claim([], row)).members.append(one)
    pool.shelve(claims.values())
    return pool


def _near(connection: Connection, day: str, without: set[int]) -> list[int]:
    """The linked reports nearest to a day, in order of their days."""
    linked = reports.c.linked_by.is_not(None)
    query = select(reports.c.n, reports.c.day).where(linked)
    before = query.where(reports.c.day <= day).order_by(reports.c.day.desc(), reports.c.n.desc())
    after = query.where(reports.c.day > day).order_by(reports.c.day, reports.c.n)
    rows = connection.execute(before.limit(REPORTS)).all()
    rows = [*reversed(rows), *connection.execute(after.limit(REPORTS // 3)).all()]
    return [row.n for row in rows if row.n not in without]


def _members(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    query = (
        select(claim_members.c.entry_n, claim_members.c.claim_n)
        .join(entries, entries.c.n == claim_members.c.entry_n)
        .where(entries.c.report_n.in_(numbers), claim_members.c.side == "supports")
    )
    return {row.entry_n: row.claim_n for row in connection.execute(query)}


def entry_numbers(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    """The rows of these reports' entries, by their ids in the records."""
    found: dict[int, dict[str, int]] = {n: {} for n in numbers}
    query = select(entries.c.report_n, entries.c.local, entries.c.n)
    for report, local, n in connection.execute(query.where(entries.c.report_n.in_(numbers))):
        found[report][local] = n
    return found


def told_by(n: int, record: Record, numbers: Mapping[str, int]) -> list[Told]:
    """What report `n` tells, its entries called by their rows."""
    names = {local: str(number) for local, number in numbers.items()}
    made = reading.told(record, report=str(n), names=names)
    return [told for told in made if told.id.isdigit()]
