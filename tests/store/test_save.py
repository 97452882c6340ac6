from dataclasses import replace

import pytest
from sqlalchemy import func, select, text, update
from tests.store.building import record

from onrecord.errors import StoreError
from onrecord.record import Record
from onrecord.store import Store, load, save, schema


def put(store: Store, made: Record, place: str = "here") -> int:
    with store.write() as connection:
        return save.put(connection, made, save.Found(place=place), reader="test")


def count(store: Store, table: str) -> int:
    with store.read() as connection:
        return (
            connection.scalar(select(func.count()).select_from(schema.metadata.tables[table])) or 0
        )


def test_a_record_comes_back_as_it_was(store: Store) -> None:
    made = record()
    n = put(store, made)
    with store.read() as connection:
        assert load.record(connection, n) == made


def test_the_same_text_elsewhere_is_one_more_appearance(store: Store) -> None:
    first = put(store, record(), "paper/a.txt")
    second = put(store, record(publisher="The Daily"), "paper/b.txt")
    assert first == second
    assert (count(store, "reports"), count(store, "appearances")) == (1, 2)


def test_the_same_place_twice_is_one_appearance(store: Store) -> None:
    put(store, record())
    put(store, record())
    assert count(store, "appearances") == 1


def test_a_report_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    n = put(store, record())
    with store.read() as connection:
        id = connection.scalar(select(schema.reports.c.id)) or ""
        assert load.number(connection, id[:8]) == n
        with pytest.raises(StoreError, match="no such report"):
            load.number(connection, "r-nothing")


def test_entries_point_at_their_words(store: Store) -> None:
    made = record()
    put(store, made)
    with store.read() as connection:
        rows = connection.execute(select(schema.entries)).all()
    assert len(rows) == 3 + 2 + 1 + 2 + 3 + 1 + 1
    for row in rows:
        if row.layer not in ("proposals",):
            assert made.text[row.begins : row.ends] == row.quote


def test_an_entry_knows_its_voice_and_what_it_answers(store: Store) -> None:
    put(store, record())
    with store.read() as connection:
        rows = {row.local: row for row in connection.execute(select(schema.entries))}
        pairs = set(connection.execute(select(schema.answers.c.entry_n, schema.answers.c.to_n)))
    assert rows["e1"].voice_n == rows["s1"].n
    assert (rows["e1"].said_by, rows["e1"].authority) == ("two Kaldian diplomats", "unnamed")
    assert rows["e1"].denials == 1
    assert rows["t2"].parent_n == rows["p1"].n
    assert (rows["s3"].n, rows["e1"].n) in pairs
    assert (rows["o2"].n, rows["t1"].n) in pairs


def test_a_weekday_becomes_the_day_it_means(store: Store) -> None:
    put(store, record(published="2025-05-26"))
    with store.read() as connection:
        event = select(schema.entries.c.happened).where(schema.entries.c.local == "e1")
        assert connection.scalar(event) == "2025-05-23"


def test_a_new_reading_keeps_the_numbers_of_what_it_finds_again(store: Store) -> None:
    made = record()
    n = put(store, made)
    with store.read() as connection:
        before = dict(connection.execute(select(schema.entries.c.local, schema.entries.c.n)).all())
    fewer = replace(made, figures=(), events=made.events[:1])
    with store.write() as connection:
        save.reread(connection, n, fewer, reader="newer")
        after = dict(connection.execute(select(schema.entries.c.local, schema.entries.c.n)).all())
        assert load.record(connection, n) == fewer
    assert after == {key: number for key, number in before.items() if key not in ("f1", "e2")}


def test_a_reading_of_another_text_is_refused(store: Store) -> None:
    n = put(store, record(1))
    with pytest.raises(StoreError, match="another text"), store.write() as connection:
        save.reread(connection, n, record(2), reader="newer")


def test_a_text_is_never_changed(store: Store) -> None:
    put(store, record())
    with pytest.raises(StoreError, match="never changed"), store.write() as connection:
        connection.execute(update(schema.texts).values(text="other"))


def test_a_report_goes_with_all_its_rows(store: Store) -> None:
    put(store, record())
    with store.write() as connection:
        connection.execute(schema.reports.delete())
    kept = {"meta"} | {"reviews"}
    left = {name: count(store, name) for name in schema.metadata.tables if name not in kept}
    assert not any(left.values()), left


def test_words_of_a_report_that_went_are_not_found(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Store.open(tmp_path_factory.mktemp("fts") / "x.db") as store:
        put(store, record())
        find = text("SELECT count(*) FROM texts_fts WHERE texts_fts MATCH 'prisoners'")
        with store.write() as connection:
            assert connection.scalar(find) == 1
            connection.execute(schema.reports.delete())
            assert connection.scalar(find) == 0


def fail_in_the_middle(store: Store) -> None:
    with store.write() as connection:
        save.put(connection, record(), save.Found(place="here"), reader="test")
        raise RuntimeError


def test_what_fails_in_the_middle_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        fail_in_the_middle(store)
    assert count(store, "reports") == count(store, "entries") == 0
