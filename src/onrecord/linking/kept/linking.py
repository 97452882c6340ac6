"""All links of a batch of reports, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from onrecord.linking.kept import actors, claims, origins
from onrecord.store import load, save
from onrecord.store.engine import Store
from onrecord.store.schema import reports

VERSION = "linking/1"
"""Of all the rules together; reports that another version has linked may be linked again."""

BATCH = 16
"""Reports linked in one transaction: another writer waits a second or two at most."""

_pools: WeakKeyDictionary[Engine, claims.Pool] = WeakKeyDictionary()


def link(store: Store, report_ids: Sequence[int]) -> None:
    """Links these reports of a store (by their numbers) with all others.

    Linking a report again, after another reading or by newer rules, replaces its links.
    """
    for k in range(0, len(report_ids), BATCH):
        with store.write() as connection:
            _batch(
                connection,
                report_ids[k : k + BATCH],
                _pools.setdefault(store.engine, claims.Pool()),
            )


def _batch(connection: Connection, wanted: Sequence[int], pool: claims.Pool) -> None:
    query = select(reports.c.n, reports.c.day).where(reports.c.n.in_(wanted))
    days = {row.n: row.day for row in connection.execute(query)}
    ordered = sorted(days, key=lambda n: (days[n] or "9999", n))
    if not ordered:
        return
    claims.fill(connection, pool, max(days.values()), ordered)
    shingled = origins.Shingled()
    touched: set[claims.Kept] = set()
    for n in ordered:
        record = load.record(connection, n)
        origins.link(connection, n, shingled)
        actors.link(connection, n, record)
        touched |= claims.link(connection, n, record, pool)
    claims.summarise(connection, {kept.n for kept in touched if kept.n})
    claims.dispute(connection, touched, pool)
    save.linked(connection, ordered, VERSION)
    claims.leave(connection, pool)
