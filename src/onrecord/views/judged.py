"""Which entries people decided about: what, who and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from onrecord.store import decided
from onrecord.store.schema import reviews

_LISTED = 400
"""Ids in one list of a query: both databases bound how many there may be."""


class Judged(NamedTuple):
    """A decision about an entry that holds."""

    action: str
    """accept or correct."""
    who: str
    made_at: str


def judged(connection: Connection, ids: Sequence[str]) -> dict[str, Judged]:
    """The decision that holds for each of these entries (`REPORT:KEY`) that has one."""
    found: dict[str, Judged] = {}
    off = decided.undone(connection) if ids else frozenset()
    for k in range(0, len(ids), _LISTED):
        its = (reviews.c.target.in_(ids[k : k + _LISTED]), reviews.c.action.in_(decided.ACTIONS))
        query = select(
            reviews.c.id, reviews.c.target, reviews.c.action, reviews.c.who, reviews.c.made_at
        )
        for row in connection.execute(query.where(*its).order_by(reviews.c.n)):
            if row.id not in off:
                found[row.target] = Judged(row.action, row.who, row.made_at)
    return found
