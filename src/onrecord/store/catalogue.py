"""The actors across reports: which actor of a record is which, and what they are called.

The linking and the reviews decide; here is where their decisions are written, so that the columns
of `roles` that repeat them stay in step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update

from onrecord.store.names import norm
from onrecord.store.schema import catalogue, catalogue_names, memberships, roles

REVIEW = "review"
"""`made_by` of what a person decided; nothing but another review changes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One actor of a record, who that is, and whose side it is on; None: nobody known elsewhere."""

    actor_n: int
    catalogue_n: int | None
    party_n: int | None
    made_by: str
    confidence: float | None = None


def assign(connection: Connection, given: Iterable[Membership]) -> None:
    """Writes memberships, over those that are there, and what `roles` repeats of them.

    What a review decided stays, unless this is a review too.
    """
    wanted = {one.actor_n: one for one in given}
    for n in _reviewed(connection, list(wanted)):
        if wanted[n].made_by != REVIEW:
            del wanted[n]
    if not wanted:
        return
    numbers = [{"actor": n} for n in wanted]
    connection.execute(
        delete(memberships).where(memberships.c.actor_n == bindparam("actor")), numbers
    )
    connection.execute(memberships.insert(), [_row(one) for one in wanted.values()])
    _repeat(connection, wanted.values())


def _row(one: Membership) -> dict[str, object]:
    return {
        "actor_n": one.actor_n,
        "catalogue_n": one.catalogue_n,
        "party_n": one.party_n,
        "made_by": one.made_by,
        "confidence": one.confidence,
    }


def _reviewed(connection: Connection, numbers: Sequence[int]) -> list[int]:
    found: list[int] = []
    for k in range(0, len(numbers), 500):  # PostgreSQL and SQLite both bound what one may list
        some = memberships.c.actor_n.in_(numbers[k : k + 500])
        reviewed = select(memberships.c.actor_n).where(some, memberships.c.made_by == REVIEW)
        found += connection.scalars(reviewed)
    return found


def _repeat(connection: Connection, given: Iterable[Membership]) -> None:
    rows = [{"actor": one.actor_n, "known": one.catalogue_n, "party": one.party_n} for one in given]
    repeated = (
        update(roles)
        .where(roles.c.actor_n == bindparam("actor"))
        .values(catalogue_n=bindparam("known"), party_n=bindparam("party"))
    )
    connection.execute(repeated, rows)


def find(connection: Connection, name: str) -> list[int]:
    """The catalogue actors called `name`, most used first, what was merged followed to its end."""
    called = (
        select(catalogue_names.c.catalogue_n)
        .where(catalogue_names.c.norm == norm(name))
        .order_by(catalogue_names.c.used.desc(), catalogue_names.c.catalogue_n)
    )
    found = [current(connection, n) for n in connection.scalars(called).all()]
    return list(dict.fromkeys(found))


def current(connection: Connection, n: int) -> int:
    """What catalogue actor `n` is now: itself, or what it was merged into."""
    merged = select(catalogue.c.merged_n)
    seen = {n}
    while (into := connection.scalar(merged.where(catalogue.c.n == n))) is not None:
        if into in seen:
            break
        seen.add(into)
        n = into
    return n
