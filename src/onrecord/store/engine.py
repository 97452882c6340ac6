"""Opens a store: a file of SQLite's, or a database of PostgreSQL's by its URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from onrecord.errors import StoreError
from onrecord.store import migrations

DEFAULT = "onrecord.db"
"""The store of every command that isn't given another one."""

PATIENCE = 60
"""Seconds that a writer waits for another one: far longer than any transaction here lasts."""

_CACHE = 64 * 1024
"""KiB of pages that a connection to SQLite keeps in memory."""

_LOOKED_AT = 1000
"""Rows of each index that SQLite looks at to learn how they are spread."""

_WRITERS = 0x6F6E7265  # "onre"
"""The advisory lock that a writer to PostgreSQL holds until its transaction ends."""

_WAL = 4000
"""Pages that a transaction log of SQLite's may have before they are written to their places: the
pages at which an index ends are written anew with every report."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA cache_size = -{_CACHE}",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA wal_autocheckpoint = {_WAL}",
)


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is open. `read` and `write` give connections; close it at the end."""

    engine: Engine
    url: str
    """As people name it, a password hidden."""

    @classmethod
    def open(cls, url: str | Path = DEFAULT, *, create: bool = True) -> Store:
        """The store at a path or URL, made new there or brought to this version's tables.

        With `create=False` one that isn't there raises `StoreError`, as does what is no store;
        one that a newer onrecord has written raises `StoreVersionError`.
        """
        path = _path(str(url))
        if path is not None and not create and not path.exists():
            raise StoreError(f"{path}: there is no store; `onrecord add` makes one")
        store = cls(_engine(str(url), path), _shown(str(url)))
        try:
            migrations.migrate(store, create=create)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the store as it is now, whatever is written meanwhile."""
        with self._connection(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one connection that may write: all of what it does is kept, or nothing.

        A second writer, in this process or another, waits up to `PATIENCE` seconds for the first.
        """
        with self._connection(writes=True) as connection:
            yield connection

    def analyse(self) -> None:
        """Lets the database look at how its rows are spread, by which it chooses its indexes.

        PostgreSQL does that by itself, SQLite only when it is asked to; it looks at a part.
        """
        if self.dialect == "sqlite":
            with self.write() as connection:
                connection.exec_driver_sql(f"PRAGMA analysis_limit = {_LOOKED_AT}")
                connection.exec_driver_sql("ANALYZE")

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        try:
            connected = self.engine.connect().execution_options(writes=writes)
            with connected as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise StoreError(f"{self.url}: {told(error)}") from error

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _path(url: str) -> Path | None:
    """The file of an SQLite store; None for a URL of another database."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    return None if "://" in url else Path(url)


def _engine(url: str, path: Path | None) -> Engine:
    if path is not None:
        return _sqlite(path)
    name, _, rest = url.partition("://")
    if name.split("+")[0] not in ("postgresql", "postgres"):
        raise StoreError(f"{_shown(url)}: legal are a path, sqlite:///PATH and postgresql://...")
    try:
        engine = create_engine(
            f"postgresql+psycopg://{rest}",
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10},
        )
    except ArgumentError as error:
        raise StoreError(f"{_shown(url)}: {error}") from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _sqlite(path: Path) -> Engine:
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}")
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": PATIENCE, "isolation_level": None}
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that reads first and writes then would have to fail."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS})
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True) if "://" in url else url


_HINTS = (
    ("database or disk is full", "the disk is full; what was added before is kept"),
    ("No space left on device", "the server's disk is full; what was added before is kept"),
    ("file is not a database", "this is no store: SQLite can't read it"),
    ("malformed", "the file is damaged; `onrecord doctor` says where"),
    ("database is locked", f"another process has been writing for {PATIENCE} seconds"),
    ("readonly database", "can't be written to"),
    ("unable to open database", "can't be opened"),
)


def told(error: DBAPIError) -> str:
    """What a database's error means, in a line."""
    why = " ".join(str(error.orig).split())
    for sign, meaning in _HINTS:
        if sign in why:
            return meaning
    if error.connection_invalidated or isinstance(error, OperationalError):
        return f"the database is gone or can't be reached; what was added before is kept ({why})"
    return why
