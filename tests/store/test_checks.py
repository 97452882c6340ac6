import pytest
from sqlalchemy import text, update
from tests.store.building import link_by_name, record

from onrecord.store import Store, checks, save, schema


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as connection:
        for k in range(3):
            save.put(connection, record(k), save.Found(place="here"), reader="test")
        link_by_name(connection)
        save.linked(connection, [1, 2, 3], "by name")
    return store


def wrong(store: Store, *, mend: bool = False) -> list[str]:
    return [one.check for one in checks.check(store, mend=mend) if one.faults]


def test_a_sound_store_has_no_faults(filled: Store) -> None:
    assert wrong(filled) == []


FAULTS = {
    "spans": update(schema.entries).where(schema.entries.c.local == "e1").values(quote="denied"),
    "tallies": update(schema.tallies).values(entries=7),
    "parts": update(schema.roles).where(schema.roles.c.role == "speaker").values(catalogue_n=None),
    "texts": update(schema.reports).where(schema.reports.c.n == 1).values(sha256="0"),
    "records": update(schema.readings).where(schema.readings.c.report_n == 1).values(body=b"x"),
    "links": update(schema.reports).where(schema.reports.c.n == 1).values(linked_by=None),
}


@pytest.mark.parametrize("check", list(FAULTS))
def test_each_fault_is_found(filled: Store, check: str) -> None:
    with filled.write() as connection:
        connection.execute(FAULTS[check])
    assert check in wrong(filled)


@pytest.mark.parametrize("check", ["spans", "tallies", "parts"])
def test_what_can_be_made_anew_is_mended(filled: Store, check: str) -> None:
    with filled.write() as connection:
        connection.execute(FAULTS[check])
    assert check in wrong(filled, mend=True)
    assert check not in wrong(filled)


def test_a_search_index_that_lacks_a_text_is_rebuilt(filled: Store) -> None:
    if filled.dialect != "sqlite":
        pytest.skip("PostgreSQL makes it from the text")
    with filled.write() as connection:
        connection.execute(text("INSERT INTO texts_fts(texts_fts) VALUES('delete-all')"))
    assert wrong(filled, mend=True) == ["search"]
    assert wrong(filled) == []


def test_rows_whose_report_is_gone_are_found_and_go(filled: Store) -> None:
    if filled.dialect != "sqlite":
        pytest.skip("PostgreSQL lets no such row be")
    with filled.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DELETE FROM entries WHERE local = 's1'")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    assert "orphans" in wrong(filled, mend=True)
    assert "orphans" not in wrong(filled)
