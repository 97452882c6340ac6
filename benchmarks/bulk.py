"""A bulk load: what slows it down is taken out of a store, and put back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select, text

from onrecord.store import Store, _triggers, schema

_TABLES = schema.metadata.sorted_tables

_WORDS = "CREATE INDEX texts_words ON texts USING gin (words)"
"""The full-text index of PostgreSQL's, which SQLAlchemy doesn't know of."""


@contextmanager
def bulk(store: Store) -> Iterator[None]:
    """Within it a store has no indexes, tallies and checks of what rows refer to.

    All of that is made at the end, and counted once. In PostgreSQL it wants a superuser.
    """
    _checked(store, on=False)
    with store.write() as connection:
        _without(connection)
    yield
    with store.write() as connection:
        for table in _TABLES:
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                index.create(connection)
        if store.dialect == "postgresql":
            connection.exec_driver_sql(_WORDS)
        _count(connection)
        for statement in _triggers.TALLIES[store.dialect]:
            connection.exec_driver_sql(statement)
    _checked(store, on=True)
    _analyse(store)


def _checked(store: Store, *, on: bool) -> None:
    """Whether the database looks for what each row refers to.

    SQLite is told so outside of a transaction only, PostgreSQL for each table.
    """
    if store.dialect == "sqlite":
        raw = store.engine.raw_connection()
        raw.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
        raw.close()
        return
    with store.write() as connection:
        for table in _TABLES:
            does = "ENABLE" if on else "DISABLE"
            connection.exec_driver_sql(f"ALTER TABLE {table.name} {does} TRIGGER ALL")


def _analyse(store: Store) -> None:
    """Lets the database look at its rows; PostgreSQL does so by itself, but only after a while."""
    store.analyse()
    if store.dialect == "postgresql":
        raw = store.engine.raw_connection()
        raw.driver_connection.autocommit = True  # type: ignore[union-attr]
        raw.cursor().execute("VACUUM ANALYZE")
        raw.invalidate()


def _without(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for side in ("party", "actor"):
            for when in ("in", "out", "from", "to"):
                connection.execute(text(f"DROP TRIGGER tally_{side}_{when}"))
    else:
        connection.execute(text("DROP TRIGGER roles_tally ON roles"))
        connection.execute(text("DROP FUNCTION roles_tally()"))
        connection.execute(text("DROP INDEX texts_words"))
    for table in _TABLES:
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
