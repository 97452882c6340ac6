"""Reads reports and records back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.record import Record
from onrecord.store import decided
from onrecord.store.packing import unpack
from onrecord.store.schema import readings, reports, reviews, texts

_BATCH = 200


def text(connection: Connection, n: int) -> str:
    """The text of report `n`; raises `StoreError` where there is none."""
    found = connection.scalar(select(texts.c.text).where(texts.c.report_n == n))
    if found is None:
        raise StoreError(f"there is no report {n}")
    return str(found)


def number(connection: Connection, id: str) -> int:
    """The number of the report called `id`, or whose id begins so; raises `StoreError`."""
    begins = reports.c.id.between(id, id + "\uffff")
    found = connection.execute(select(reports.c.n).where(begins).limit(2)).scalars().all()
    if len(found) != 1 or not id.startswith("r-"):
        why = "there is no such report" if not found else "more than one report begins so"
        raise StoreError(f"{id}: {why}; ids look like r-1f2e3d...")
    return int(found[0])


def reading(connection: Connection, n: int) -> Record:
    """The record of report `n` as the reader gave it."""
    body = connection.scalar(select(readings.c.body).where(readings.c.report_n == n))
    if body is None:
        raise StoreError(f"report {n} hasn't been read")
    return unpack(body, text(connection, n))


def record(connection: Connection, n: int) -> Record:
    """The record of report `n`, with what people decided."""
    decided_here = decisions(connection, n)
    made = reading(connection, n)
    return decided.apply(made, decided_here).record if decided_here else made


def records_of(connection: Connection, numbers: Sequence[int]) -> dict[int, Record]:
    """The records of these reports; of one that hasn't been read there is none."""
    found: dict[int, Record] = {}
    columns = (readings.c.report_n, readings.c.body, texts.c.text, reports.c.id)
    query = select(*columns).join(texts, texts.c.report_n == readings.c.report_n)
    query = query.join(reports, reports.c.n == readings.c.report_n)
    reviewed = _reviewed(connection)
    for k in range(0, len(numbers), _BATCH):
        some = readings.c.report_n.in_(numbers[k : k + _BATCH])
        for row in connection.execute(query.where(some)):
            made = unpack(row.body, row.text)
            its = decisions(connection, row.report_n) if row.id in reviewed else []
            found[row.report_n] = decided.apply(made, its).record if its else made
    return found


def _reviewed(connection: Connection) -> set[str]:
    """The ids of the reports of which an entry was ever reviewed."""
    on_entries = reviews.c.action.in_(decided.ACTIONS)
    targets = connection.scalars(select(reviews.c.target).where(on_entries).distinct())
    return {target.partition(":")[0] for target in targets}


def as_decided(connection: Connection, n: int) -> decided.Decided:
    """The same, with the keys of its entries."""
    return decided.apply(reading(connection, n), decisions(connection, n))


def decisions(connection: Connection, n: int) -> list[decided.Decision]:
    """The reviews of the entries of report `n` that hold, in order."""
    return decisions_on(connection, connection.scalar(select(reports.c.id).where(reports.c.n == n)))


def decisions_on(connection: Connection, id: str | None) -> list[decided.Decision]:
    """The same, by the report's id."""
    begins = reviews.c.target.between(f"{id}:", f"{id}:\uffff")
    rows = connection.execute(select(reviews).where(begins).order_by(reviews.c.n))
    made = [
        decided.Decision(row.id, row.action, row.target.partition(":")[2], row.after)
        for row in rows
    ]
    undone = decided.undone(connection) if made else frozenset()
    return [one for one in made if one.id not in undone]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report of the store with its number and its record."""

    n: int
    id: str
    record: Record


def records(connection: Connection) -> Iterator[Kept]:
    """Every report's record, in the order in which they were added."""
    last = 0
    while True:
        after = select(reports.c.n, reports.c.id).where(reports.c.n > last)
        rows = connection.execute(after.order_by(reports.c.n).limit(_BATCH)).all()
        if not rows:
            return
        for row in rows:
            yield Kept(row.n, row.id, record(connection, row.n))
        last = rows[-1].n
