from pathlib import Path

import pytest
from sqlalchemy import text, update

from onrecord.errors import StoreError, StoreVersionError
from onrecord.store import Store, schema
from onrecord.store.migrations import MIGRATIONS


def test_there_is_a_migration_for_every_version() -> None:
    assert len(MIGRATIONS) == schema.VERSION


def test_a_store_that_is_opened_again_is_as_it_was(url: str) -> None:
    for _ in range(2):
        with Store.open(url) as store, store.read() as connection:
            found = connection.execute(text("SELECT value FROM meta WHERE key = 'schema'"))
            assert found.scalars().all() == [str(schema.VERSION)]


def test_a_store_of_a_newer_version_is_refused(url: str) -> None:
    with Store.open(url) as store, store.write() as connection:
        connection.execute(update(schema.meta).values(value="99"))
    with pytest.raises(StoreVersionError, match="version 99"):
        Store.open(url)


def test_a_database_of_something_else_is_refused(url: str) -> None:
    with Store.open(url) as store, store.write() as connection:
        connection.execute(text("ALTER TABLE meta RENAME TO other"))
    with pytest.raises(StoreError, match="aren't a store's"):
        Store.open(url)


def test_a_question_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="onrecord add"):
        Store.open(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Notes on the talks. " * 100)
    with pytest.raises(StoreError, match="no store"):
        Store.open(path)
    assert path.read_text() == "Notes on the talks. " * 100


def test_a_url_of_another_database_is_refused() -> None:
    with pytest.raises(StoreError, match="postgresql://"):
        Store.open("mysql://host/talks")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreError, match="can't be reached"):
        Store.open("postgresql://nobody:secret@127.0.0.1:1/talks")


def test_a_password_is_not_told() -> None:
    with pytest.raises(StoreError) as told:
        Store.open("postgresql://nobody:secret@127.0.0.1:1/talks")
    assert "secret" not in str(told.value)
