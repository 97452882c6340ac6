"""What people decide about entries and actors: appended, never overwritten, undone by appending.

A target is an entry's id (`REPORT:KEY`), or a catalogue actor's. Each function writes one review
and brings the store's rows in line in the same transaction, and returns the review's id. All raise
`StoreError` where the target isn't there, and `RecordError` where a correction breaks the contract.
With `seen` (what was looked at, and its last review then: `onrecord.store.latest`) a decision that
another one has overtaken raises `ReviewOvertaken`, and nothing is changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store import catalogue as known
from onrecord.store import decided, deciding, keys, rows, save
from onrecord.store.engine import Store
from onrecord.store.indexing import index
from onrecord.store.latest import Seen, check
from onrecord.store.schema import reviews
from onrecord.store.undoing import ENTRIES as ENTRIES
from onrecord.store.undoing import settle_undone

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision as it was made."""

    id: str
    made_at: str
    who: str
    action: str
    target: str
    before: Json
    after: Json
    note: str | None
    holds: bool
    """Whether no later review has undone it."""


def accept(
    store: Store, target: str, *, who: str, note: str | None = None, seen: Seen | None = None
) -> str:
    """Says that an entry is right as it is; no later reading takes it out or changes it."""
    with store.write() as connection:
        check(connection, seen)
        n, key, record = deciding.entry(connection, target)
        held = deciding.holding(record, key)
        return _entry(connection, n, "accept", target, held, held, who, note)


def correct(
    store: Store,
    target: str,
    changes: Mapping[str, Any],
    *,
    who: str,
    note: str | None = None,
    seen: Seen | None = None,
    actors: Sequence[Mapping[str, str]] = (),
) -> str:
    """Changes fields of an entry; `changes` has them as the record does, with its ids.

    A span may lack its `text`. The entry keeps its id, also with other words. `actors` are some
    that the record lacks: `id` (what `changes` call it), `name` and `kind`.
    """
    with store.write() as connection:
        check(connection, seen)
        n, key, record = deciding.entry(connection, target)
        before = deciding.holding(record, key)
        after = deciding.changed(record, key, changes, actors)
        return _entry(connection, n, "correct", target, before, after, who, note)


def reject(
    store: Store, target: str, *, who: str, note: str | None = None, seen: Seen | None = None
) -> str:
    """Says that an entry is none; what stood in its voice stands in the one around it."""
    with store.write() as connection:
        check(connection, seen)
        n, key, record = deciding.entry(connection, target)
        before = deciding.holding(record, key)
        return _entry(connection, n, "reject", target, before, {}, who, note)


def _entry(
    connection: Connection,
    n: int,
    action: str,
    target: str,
    before: Json,
    after: Json,
    who: str,
    note: str | None,
) -> str:
    id = append(connection, action, target, before, after, who, note)
    index(connection, n)
    return id


def merge(
    store: Store,
    target: str,
    into: str,
    *,
    who: str,
    note: str | None = None,
    seen: Seen | None = None,
) -> str:
    """Says that two catalogue actors are one: what is `target`'s counts for `into`."""
    with store.write() as connection:
        check(connection, seen)
        one, other = known.number(connection, target), known.number(connection, into)
        if known.current(connection, other) == one or one == other:
            raise StoreError(f"{target}: is {into} already, or was merged with it")
        before = {"merged": None, "name": known.name_of(connection, one)}
        after = {"into": into, "name": known.name_of(connection, other)}
        id = append(connection, "merge", target, before, after, who, note)
        known.merge(connection, one, other)
        return id


def split(
    store: Store,
    actors: Sequence[str],
    *,
    name: str = "",
    into: str = "",
    who: str,
    note: str | None = None,
    seen: Seen | None = None,
) -> str:
    """Says that actors of records (`REPORT:KEY`) are somebody else than they were taken for.

    Somebody new called `name`, or the catalogue actor `into`.
    """
    if bool(name) == bool(into) or not actors:
        raise StoreError("a split wants actors, and either a name or a catalogue actor's id")
    with store.write() as connection:
        check(connection, seen)
        before = {"actors": {id: deciding.membership(connection, id) for id in actors}}
        after: Json = {"actors": list(actors), "into": into, "name": name}
        id = _new_id()
        after["into"] = into or f"c-{keys.sha256(f'{name}|{id}')[:20]}"
        append(connection, "split", after["into"], before, after, who, note, id=id)
        deciding.settle_split(connection, before, after)
        return id


def undo(
    store: Store, target: str, *, who: str, note: str | None = None, seen: Seen | None = None
) -> str:
    """Takes back a review, by its id; what it decided is as it was before."""
    with store.write() as connection:
        check(connection, seen)
        review = connection.execute(select(reviews).where(reviews.c.id == target)).first()
        if review is None:
            raise StoreError(f"{target}: there is no such review")
        if target in decided.undone(connection):
            raise StoreError(f"{target}: is undone already")
        id = append(connection, "undo", target, review.after, review.before, who, note)
        settle_undone(connection, review, again=False)
        return id


def history(connection: Connection, target: str | None = None) -> list[Review]:
    """The reviews of a target, or all, in the order in which they were made."""
    its = [] if target is None else [reviews.c.target == target]
    query = select(reviews).where(*its).order_by(reviews.c.n)
    off = decided.undone(connection)
    return [
        Review(
            id=row.id,
            made_at=row.made_at,
            who=row.who,
            action=row.action,
            target=row.target,
            before=row.before,
            after=row.after,
            note=row.note,
            holds=row.id not in off,
        )
        for row in connection.execute(query)
    ]


def restore(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Appends a review that another store exported; False where it is there already.

    `settle` then brings the rows in line.
    """
    if connection.scalar(select(reviews.c.n).where(reviews.c.id == row["id"])) is not None:
        return False
    names = ("id", "made_at", "who", "action", "target", "before", "after", "note")
    values = {name: row.get(name) for name in names}
    values["n"] = rows.next_number(connection, reviews)
    connection.execute(reviews.insert().values(values))
    return True


def settle(store: Store) -> None:
    """Applies the merges and splits that hold to what is there: after a linking or a re-reading."""
    with store.write() as connection:
        for review in history(connection):
            if review.holds and review.action == "merge":
                deciding.settle_merge(connection, review.target, review.after["into"])
            elif review.holds and review.action == "split":
                deciding.settle_split(connection, review.before, review.after)


def append(
    connection: Connection,
    action: str,
    target: str,
    before: Json,
    after: Json,
    who: str,
    note: str | None,
    *,
    id: str = "",
) -> str:
    """Writes one review; returns its id."""
    row = {
        "n": rows.next_number(connection, reviews),
        "id": id or _new_id(),
        "made_at": save.now(),
        "who": who,
        "action": action,
        "target": target,
        "before": before,
        "after": after,
        "note": note,
    }
    connection.execute(reviews.insert().values(row))
    return str(row["id"])


def _new_id() -> str:
    return f"v-{secrets.token_hex(10)}"
