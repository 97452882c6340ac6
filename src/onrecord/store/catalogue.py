"""The actors across reports: which actor of a record is which, and what they are called.

The linking and the reviews decide; here is where their decisions are written, so that the columns
of `roles` that repeat them stay in step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, select, update

from onrecord.errors import StoreError
from onrecord.store.names import norm
from onrecord.store.rows import insert
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
    there = _there(connection, list(wanted))
    for n, made_by in there.items():
        if made_by == REVIEW and wanted[n].made_by != REVIEW:
            del wanted[n]
    if not wanted:
        return
    old = [{"actor": n} for n in wanted if n in there]
    if old:
        gone = delete(memberships).where(memberships.c.actor_n == bindparam("actor"))
        connection.execute(gone, old)
    insert(connection, memberships, [_row(one) for one in wanted.values()])
    _repeat(connection, wanted.values())


def _row(one: Membership) -> dict[str, object]:
    return {
        "actor_n": one.actor_n,
        "catalogue_n": one.catalogue_n,
        "party_n": one.party_n,
        "made_by": one.made_by,
        "confidence": one.confidence,
    }


def _there(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The actors that have a membership, and what made it."""
    found: dict[int, str] = {}
    for k in range(0, len(numbers), 500):  # PostgreSQL and SQLite both bound what one may list
        some = memberships.c.actor_n.in_(numbers[k : k + 500])
        query = select(memberships.c.actor_n, memberships.c.made_by).where(some)
        found |= {row.actor_n: row.made_by for row in connection.execute(query)}
    return found


def _repeat(connection: Connection, given: Iterable[Membership]) -> None:
    """Writes into `roles` who the actors are now, merges followed."""
    members = list(given)
    numbers = {n for one in members for n in (one.catalogue_n, one.party_n) if n is not None}
    now = currents(connection, numbers)
    rows = [
        {
            "actor": one.actor_n,
            "known": now.get(one.catalogue_n or 0, one.catalogue_n),
            "party": now.get(one.party_n or 0, one.party_n),
        }
        for one in members
    ]
    repeated = (
        update(roles)
        .where(roles.c.actor_n == bindparam("actor"))
        .values(catalogue_n=bindparam("known"), party_n=bindparam("party"))
    )
    connection.execute(repeated, rows)


def currents(connection: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """What those of these catalogue actors that were merged are now."""
    wanted = sorted(set(numbers))
    found: dict[int, int] = {}
    for k in range(0, len(wanted), 500):
        some = catalogue.c.n.in_(wanted[k : k + 500])
        merged = select(catalogue.c.n).where(some, catalogue.c.merged_n.is_not(None))
        found |= {n: current(connection, n) for n in connection.scalars(merged).all()}
    return found


def merge(connection: Connection, one: int, into: int) -> None:
    """Makes catalogue actor `one` a name of `into`. `memberships` keep who was taken for whom."""
    connection.execute(update(catalogue).where(catalogue.c.n == one).values(merged_n=into))
    _restate(connection, one)


def unmerge(connection: Connection, one: int) -> None:
    """Makes a catalogue actor that was merged its own again."""
    connection.execute(update(catalogue).where(catalogue.c.n == one).values(merged_n=None))
    _restate(connection, one)


def _restate(connection: Connection, one: int) -> None:
    """Writes `roles` anew for those who are `one`, or were merged into it."""
    now = current(connection, one)
    numbers = _merged_into(connection, one)
    for column in ("catalogue_n", "party_n"):
        its = select(memberships.c.actor_n).where(memberships.c[column].in_(numbers))
        changed = update(roles).where(roles.c.actor_n.in_(its))
        connection.execute(changed.values({column: now}))


def _merged_into(connection: Connection, one: int) -> list[int]:
    """`one` and all that were merged into it, however many steps ago."""
    found, new = [one], [one]
    while new:
        step = select(catalogue.c.n).where(catalogue.c.merged_n.in_(new))
        new = [n for n in connection.scalars(step) if n not in found]
        found += new
    return found


def number(connection: Connection, id: str) -> int:
    """The number of the catalogue actor with this id; raises `StoreError` where there is none."""
    found = connection.scalar(select(catalogue.c.n).where(catalogue.c.id == id))
    if found is None:
        raise StoreError(f"{id}: there is no such catalogue actor")
    return int(found)


def name_of(connection: Connection, n: int) -> str:
    """What a catalogue actor is called."""
    return str(connection.scalar(select(catalogue.c.name).where(catalogue.c.n == n)))


def create(connection: Connection, id: str, name: str, kind: str) -> int:
    """A new catalogue actor, made by a review."""
    n = int(connection.scalar(select(func.coalesce(func.max(catalogue.c.n), 0))) or 0) + 1
    made = {"n": n, "id": id, "name": name, "kind": kind, "made_by": REVIEW}
    connection.execute(catalogue.insert().values(made))
    called = {"catalogue_n": n, "norm": norm(name), "name": name, "kind": "name"}
    connection.execute(catalogue_names.insert().values({**called, "made_by": REVIEW}))
    return n


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
