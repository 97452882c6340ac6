"""A store with four reports of the invented conflict, in which a number grows and a truce fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from tests.store.building import link_by_name, record

from onrecord.store import Store, save, schema

REPORTS = (
    record(1, published="2025-05-26", killed=40),
    record(2, published="2025-05-28", killed=52, publisher="The Daily", title="Truce fails"),
    record(3, published="2025-06-02", killed=61),
    record(4, published=None, killed=38),
)


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store."""
    path: Path = tmp_path_factory.mktemp("views") / "store.db"
    with Store.open(path) as store:
        with store.write() as connection:
            for made in REPORTS:
                save.put(connection, made, save.Found(place="here"), reader="test")
            link_by_name(connection)
            _claims(connection)
        yield store


def _claims(connection: Connection) -> None:
    """The rejection told in every report is one claim, which Velmar's spokesman denies."""
    told = select(schema.entries).where(schema.entries.c.local == "e1")
    rows = connection.execute(told.order_by(schema.entries.c.n)).all()
    claim = {"n": 1, "id": "k-1", "layer": "events", "label": "REJECT", "entry_n": rows[0].n}
    days = {"first_day": "2025-05-26", "last_day": "2025-06-02"}
    counts = {"tellings": 4, "supporters": 1, "deniers": 1, "origins": 4, "authority": "unnamed"}
    connection.execute(schema.claims.insert().values({**claim, **days, **counts, "made_by": "t"}))
    denied = select(schema.entries.c.n).where(schema.entries.c.local == "s3").limit(1)
    members = [{"entry_n": row.n, "claim_n": 1, "side": "supports"} for row in rows]
    members.append({"entry_n": connection.scalar(denied), "claim_n": 1, "side": "denies"})
    connection.execute(schema.claim_members.insert(), members)
    dispute = {"n": 1, "claim_n": 1, "kind": "denied", "topic": "", **days}
    connection.execute(schema.disputes.insert().values(dispute))


@pytest.fixture
def connection(filled: Store) -> Iterator[Connection]:
    """A connection that reads it."""
    with filled.read() as connected:
        yield connected
