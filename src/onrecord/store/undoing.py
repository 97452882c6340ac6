"""What the undoing of a review changes in the store's rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from onrecord.store import catalogue as known
from onrecord.store import deciding, load
from onrecord.store.indexing import index
from onrecord.store.schema import reviews

ENTRIES = ("accept", "correct", "reject")
"""The actions on entries."""


def settle_undone(connection: Connection, review: Any, *, again: bool) -> None:
    """Brings the rows in line after `review` was undone, or (`again`) its undoing was."""
    if review.action in ENTRIES:
        n = load.number(connection, review.target.partition(":")[0])
        index(connection, n)
    elif review.action == "merge":
        one = known.number(connection, review.target)
        if again:
            known.merge(connection, one, known.number(connection, review.after["into"]))
        else:
            known.unmerge(connection, one)
    elif review.action == "split":
        if again:
            deciding.settle_split(connection, review.before, review.after)
        else:
            deciding.unsettle_split(connection, review.before)
    elif review.action == "undo":
        taken_back = select(reviews).where(reviews.c.id == review.target)
        settle_undone(connection, connection.execute(taken_back).one(), again=not again)
