"""Catalogue actors that somebody said are not the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.building import link_by_name, record

from onrecord.errors import RecordError, ReviewOvertaken, StoreError
from onrecord.record import Record
from onrecord.store import Store, apart, keys, load, reviews, save
from onrecord.store.latest import latest

PAIR = frozenset(("c-kaldia", "c-velmar"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "talks.db") as opened:
        with opened.write() as connection:
            save.put(connection, record(), save.Found(place="here"), reader="old")
            link_by_name(connection)
        yield opened


def kept_apart(store: Store) -> set[frozenset[str]]:
    with store.read() as connection:
        return apart.kept_apart(connection)


def test_two_are_kept_apart_until_that_is_undone_and_again_when_the_undoing_is(
    store: Store,
) -> None:
    said = apart.distinct(store, "c-kaldia", "c-velmar", who="ana", note="two states")
    assert kept_apart(store) == {PAIR}
    undone = reviews.undo(store, said, who="ben")
    assert kept_apart(store) == set()
    reviews.undo(store, undone, who="ana")
    assert kept_apart(store) == {PAIR}


def test_it_bears_on_both_and_whoever_has_not_seen_it_is_told(store: Store) -> None:
    said = apart.distinct(store, "c-kaldia", "c-velmar", who="ana")
    with store.read() as connection:
        assert latest(connection, "c-kaldia") == latest(connection, "c-velmar") == said
    with pytest.raises(ReviewOvertaken):
        reviews.merge(store, "c-velmar", "c-kaldia", who="ben", seen={"c-velmar": ""})


def test_who_is_one_already_or_is_not_there_cannot_be_kept_apart(store: Store) -> None:
    reviews.merge(store, "c-velmar", "c-kaldia", who="ana")
    with pytest.raises(StoreError, match="merged"):
        apart.distinct(store, "c-velmar", "c-kaldia", who="ben")
    with pytest.raises(StoreError, match="no such catalogue actor"):
        apart.distinct(store, "c-nobody", "c-kaldia", who="ben")


def now(store: Store) -> Record:
    with store.read() as connection:
        return load.record(connection, 1)


def test_a_correction_brings_in_somebody_whom_the_record_lacks_and_undoing_takes_them_out(
    store: Store,
) -> None:
    before = now(store)
    entry = f"{keys.report_id(record().text)}:{keys.keys(record())['s1']}"
    new = [{"id": "new", "name": "Tomas  Veldon", "kind": "person"}]
    made = reviews.correct(store, entry, {"speaker": ["new"]}, who="ana", actors=new)
    (speaker,) = now(store).statements[0].speaker
    found = now(store).actor(speaker)
    assert (found.name, found.kind) == ("Tomas Veldon", "person")
    reviews.undo(store, made, who="ana")
    assert now(store) == before


def test_somebody_who_is_called_as_an_actor_of_the_record_is_that_one(store: Store) -> None:
    entry = f"{keys.report_id(record().text)}:{keys.keys(record())['s1']}"
    new = [{"id": "new", "name": "The Front", "kind": "person"}]
    reviews.correct(store, entry, {"speaker": ["new", "a4"]}, who="ana", actors=new)
    assert now(store).statements[0].speaker == ("a1", "a4")
    assert len(now(store).actors) == len(record().actors)


def test_somebody_without_a_kind_is_refused(store: Store) -> None:
    entry = f"{keys.report_id(record().text)}:{keys.keys(record())['s1']}"
    with pytest.raises(RecordError, match="wants a name and a kind"):
        reviews.correct(
            store,
            entry,
            {"speaker": ["new"]},
            who="ana",
            actors=[{"id": "new", "name": "Tomas Veldon", "kind": "wizard"}],
        )
