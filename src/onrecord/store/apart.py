"""Actors of the catalogue that look like one and are two: what people decided so."""

from __future__ import annotations

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store import catalogue as known
from onrecord.store import decided
from onrecord.store.engine import Store
from onrecord.store.latest import Seen, check
from onrecord.store.reviews import append
from onrecord.store.schema import reviews

ACTION = "distinct"


def distinct(
    store: Store,
    target: str,
    into: str,
    *,
    who: str,
    note: str | None = None,
    seen: Seen | None = None,
) -> str:
    """Says that two catalogue actors are not the same, so that nobody is asked again.

    Nothing else changes: a merge, which somebody may still decide, counts as any other. Raises
    `StoreError` where one of them isn't there, or they are one already, and `ReviewOvertaken`;
    returns the review's id, which `onrecord.store.reviews.undo` takes.
    """
    with store.write() as connection:
        check(connection, seen)
        one, other = known.number(connection, target), known.number(connection, into)
        if known.current(connection, one) == known.current(connection, other):
            raise StoreError(f"{target}: is {into}, or was merged with it")
        before = {"name": known.name_of(connection, one)}
        after = {"into": into, "name": known.name_of(connection, other)}
        return append(connection, ACTION, target, before, after, who, note)


def kept_apart(connection: Connection) -> set[frozenset[str]]:
    """The pairs of catalogue actors, by their ids, that somebody said are not the same."""
    said = select(reviews.c.id, reviews.c.target, reviews.c.after).where(reviews.c.action == ACTION)
    rows = connection.execute(said).all()
    off = decided.undone(connection) if rows else frozenset()
    return {frozenset((row.target, row.after["into"])) for row in rows if row.id not in off}
