"""Whether the store has changed: what is cheaper to ask than any question."""

from __future__ import annotations

import sqlite3
import threading
from typing import Protocol

from anyio.to_thread import run_sync
from sqlalchemy import text
from sqlalchemy.pool import PoolProxiedConnection

from onrecord.store import Store


class State(Protocol):
    """Names the store's state."""

    async def now(self) -> object:
        """Something that is another one after each write, by whichever process."""

    def close(self) -> None:
        """Gives back what it holds."""


def state_of(store: Store) -> State:
    """What watches this store."""
    return SqliteState(store) if store.dialect == "sqlite" else PostgresState(store)


class SqliteState:
    """Asks SQLite, on a connection of its own that never writes, whether others have written."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lock = threading.Lock()
        self.connection: PoolProxiedConnection | None = None

    async def now(self) -> object:
        """SQLite's count of changes; microseconds, so no thread is needed."""
        with self.lock:
            if self.connection is None:
                self.connection = self.store.engine.raw_connection()
            driver = self.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return driver.execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        """Gives the connection back."""
        with self.lock:
            if self.connection is not None:
                self.connection.close()
            self.connection = None


class PostgresState:
    """Asks PostgreSQL for the number of its next transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def now(self) -> object:
        """The snapshot's upper end, which every transaction that writes moves on."""
        return await run_sync(self._ask)

    def _ask(self) -> object:
        with self.store.read() as connection:
            return connection.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))

    def close(self) -> None:
        """Holds nothing."""
