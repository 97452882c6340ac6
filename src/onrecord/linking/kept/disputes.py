"""Disputes in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from onrecord.linking.disputes import Counts, denied
from onrecord.linking.kept.pool import Pool
from onrecord.linking.shelves import Claim
from onrecord.store.rows import insert, next_number
from onrecord.store.schema import claims, disputes

_LISTED = 400
"""Claims asked for in one query: both databases bound how many may be listed."""

Pair = tuple[int, int | None]
"""The claim of a dispute, and the one that it excludes, where that is a figure."""


def link(connection: Connection, touched: Sequence[Claim], pool: Pool) -> None:
    """Writes which of the claims touched are disputed, and takes out what isn't any more."""
    rows = [claim.row for claim in touched if claim.row is not None]
    for k in range(0, len(rows), _LISTED):
        for column in (disputes.c.claim_n, disputes.c.other_n):
            connection.execute(delete(disputes).where(column.in_(rows[k : k + _LISTED])))
    counts = Counts.of(pool.claims())
    pairs = {pair: None for claim in touched for pair in _pairs(claim, counts, pool)}
    days = _days(connection, {n for pair in pairs for n in pair if n is not None})
    first = next_number(connection, disputes)
    insert(connection, disputes, [_row(first + k, pair, days) for k, pair in enumerate(pairs)])


def _pairs(claim: Claim, counts: Counts, pool: Pool) -> list[Pair]:
    if claim.row is None:
        return []
    found: list[Pair] = [(claim.row, None)] if denied(claim, pool.weights) else []
    others = (other.row for other in counts.against(claim, pool.weights))
    return found + [
        (min(claim.row, other), max(claim.row, other)) for other in others if other is not None
    ]


def _days(connection: Connection, numbers: set[int]) -> dict[int, Any]:
    query = select(claims.c.n, claims.c.topic, claims.c.first_day, claims.c.last_day)
    found: dict[int, Any] = {}
    listed = sorted(numbers)
    for k in range(0, len(listed), _LISTED):
        some = query.where(claims.c.n.in_(listed[k : k + _LISTED]))
        found |= {row.n: row for row in connection.execute(some)}
    return found


def _row(n: int, pair: Pair, days: dict[int, Any]) -> dict[str, Any]:
    both = [days[k] for k in pair if k is not None]
    return {
        "n": n,
        "claim_n": pair[0],
        "other_n": pair[1],
        "kind": "denied" if pair[1] is None else "figures",
        "topic": both[0].topic,
        "first_day": min((row.first_day for row in both if row.first_day), default=""),
        "last_day": max((row.last_day for row in both if row.last_day), default=""),
    }
