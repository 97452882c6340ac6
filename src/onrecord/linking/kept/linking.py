"""All links of a batch of reports, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.linking.kept import actors, claims, disputes, origins, pool, state
from onrecord.linking.kept.state import State
from onrecord.store import load, save
from onrecord.store.engine import Store
from onrecord.store.schema import origin_members, reports

VERSION = "linking/2"
"""Of all the rules together; reports that another version has linked may be linked again."""

BATCH = 16
"""Reports linked in one transaction: another writer waits a second or two at most."""


def link(store: Store, report_ids: Sequence[int]) -> None:
    """Links these reports of a store (by their numbers) with all others.

    Linking a report again, after another reading or by newer rules, replaces its links.
    """
    for k in range(0, len(report_ids), BATCH):
        try:
            with store.write() as connection:
                _batch(connection, report_ids[k : k + BATCH])
        except BaseException:
            state.forget(store.engine)
            raise


def _batch(connection: Connection, wanted: Sequence[int]) -> None:
    query = select(reports.c.n, reports.c.day).where(reports.c.n.in_(wanted))
    days = {row.n: row.day for row in connection.execute(query)}
    ordered = sorted(days, key=lambda n: (days[n] or "9999", n))
    if not ordered:
        return
    again = _linked(connection, ordered)
    known = None if again else state.held(connection)
    if known is None:
        known = State(pool=pool.fill(connection, max(days.values()), ordered))
    _all(connection, ordered, again, known)
    save.linked(connection, ordered, VERSION)
    known.pool.drop_old()
    state.leave(connection, known)


def _all(connection: Connection, ordered: Sequence[int], again: Sequence[int], at: State) -> None:
    """The links of each kind, all reports of the batch at once."""
    loaded = load.records_of(connection, ordered)
    records = {n: loaded[n] for n in ordered}
    for n, record in records.items():
        at.shingled.take(n, record.text)
    origins.link(connection, ordered, at.shingled, again)
    actors.link(connection, records, at.part)
    touched = claims.link(connection, records, at.pool, again)
    disputes.link(connection, touched, at.pool)


def _linked(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those of these reports that were linked before."""
    its = origin_members.c.report_n
    return [int(n) for n in connection.scalars(select(its).where(its.in_(numbers)))]
