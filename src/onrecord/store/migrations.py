"""Brings a store to the tables of this version, step by step.

`MIGRATIONS` is in order and only ever grows: the step at index k brings version k to k + 1. A new
store takes all of them, so that it is the same as one that grew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, update

from onrecord.errors import StoreError, StoreVersionError
from onrecord.store import _triggers, schema

if TYPE_CHECKING:
    from onrecord.store.engine import Store


def _first(connection: Connection) -> None:
    """All tables, the full-text index, and the triggers that keep texts and reviews as they are."""
    schema.metadata.create_all(connection)
    for statement in _triggers.FIRST[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _jobs(connection: Connection) -> None:
    """The jobs of servers; a new store has their tables already."""
    schema.metadata.create_all(connection, tables=[schema.jobs, schema.job_files])


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _jobs)


def version(connection: Connection) -> int:
    """The version of the tables that are there; 0 where there are none."""
    if not inspect(connection).has_table("meta"):
        return 0
    found = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "schema"))
    return int(found or 0)


def migrate(store: Store, *, create: bool = True) -> None:
    """Runs the steps that are missing, in one transaction.

    Raises `StoreVersionError` for a newer store, `StoreError` where there is none and `create` is
    off, or where the database holds tables that aren't a store's.
    """
    with store.read() as connection:
        found = version(connection)
        strange = not found and bool(inspect(connection).get_table_names())
    if found > schema.VERSION:
        raise StoreVersionError(
            f"{store.url}: written by a newer onrecord (tables of version {found}, this one knows "
            f"{schema.VERSION}); nothing was changed"
        )
    if found == schema.VERSION:
        return
    if strange or (not found and not create):
        why = "holds tables that aren't a store's" if strange else "there is no store in it"
        raise StoreError(f"{store.url}: {why}")
    with store.write() as connection:
        _step(connection)


def _step(connection: Connection) -> None:
    """The missing steps; another process may have taken them while this one waited."""
    found = version(connection)
    for migration in MIGRATIONS[found:]:
        migration(connection)
    values = {"key": "schema", "value": str(schema.VERSION)}
    if found == 0:
        connection.execute(schema.meta.insert().values(values))
    elif found < schema.VERSION:
        where = schema.meta.c.key == "schema"
        connection.execute(update(schema.meta).where(where).values(values))
