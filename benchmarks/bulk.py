"""A bulk load: what slows it down is taken out of a store, and put back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select, text

from onrecord.store import Store, _triggers, schema


@contextmanager
def bulk(store: Store) -> Iterator[None]:
    """Within it a store has no indexes, tallies and (SQLite) checks of what rows refer to.

    All of that is made at the end, and counted once.
    """
    _checked(store, on=False)
    with store.write() as connection:
        _without(connection)
    yield
    with store.write() as connection:
        for table in schema.metadata.sorted_tables:
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                index.create(connection)
        _count(connection)
        for statement in _triggers.TALLIES[store.dialect]:
            connection.exec_driver_sql(statement)
    store.analyse()
    _checked(store, on=True)


def _checked(store: Store, *, on: bool) -> None:
    """Whether SQLite looks for what each row refers to; settable outside of a transaction only."""
    if store.dialect == "sqlite":
        raw = store.engine.raw_connection()
        raw.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
        raw.close()


def _without(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for side in ("party", "actor"):
            for when in ("in", "out", "from", "to"):
                connection.execute(text(f"DROP TRIGGER tally_{side}_{when}"))
    else:
        connection.execute(text("DROP TRIGGER roles_tally ON roles"))
        connection.execute(text("DROP FUNCTION roles_tally()"))
    for table in schema.metadata.sorted_tables:
        for index in table.indexes:
            index.drop(connection)


def _count(connection: Connection) -> None:
    roles = schema.roles.c
    for side, who in (("party", roles.party_n), ("actor", roles.catalogue_n)):
        for facet in (roles.facet, func.substr("", 1)):
            grouped = (
                select(func.substr(side, 1), who, roles.layer, roles.role, facet, func.count())
                .where(who.is_not(None))
                .group_by(who, roles.layer, roles.role, *([facet] if facet is roles.facet else []))
            )
            names = ["side", "who_n", "layer", "role", "facet", "entries"]
            connection.execute(schema.tallies.insert().from_select(names, grouped))
