"""Actors that may be one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serve.filling import fill, renamed
from tests.store.building import record

from onrecord.store import Store, apart, reviews
from onrecord.views import alike


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "talks.db") as opened:
        # Names of the same length, so that every offset stays.
        other = renamed(record(2), {"Ilena Marrow": "Tomas Marrow", "Brenna": "Hallin"})
        plain = renamed(record(3), {"Ilena Marrow": "Marrow Ilena"})
        fill(opened, [record(1), other, plain])
        yield opened


def test_two_whose_names_have_the_same_words_may_be_one(store: Store) -> None:
    with store.read() as connection:
        found = [{one.name, other.name} for one, other in alike.pairs(connection)]
    assert {"Ilena Marrow", "Marrow Ilena"} in found
    assert not any("Tomas Marrow" in pair for pair in found)


def test_what_was_merged_is_no_pair_and_is_taken_for_the_one(store: Store) -> None:
    with store.read() as connection:
        ((less, more),) = alike.pairs(connection)
    reviews.merge(store, less.id, more.id, who="ana")
    with store.read() as connection:
        assert alike.pairs(connection) == []
        assert alike.there(connection, less.id).id == more.id
        names = {group.name for group in alike.members(connection, more.n)}
    assert names == {less.name, more.name}


def test_two_that_somebody_said_are_not_the_same_are_no_pair_until_that_is_undone(
    store: Store,
) -> None:
    with store.read() as connection:
        ((less, more),) = alike.pairs(connection)
    said = apart.distinct(store, less.id, more.id, who="ana")
    with store.read() as connection:
        assert alike.pairs(connection) == []
    reviews.undo(store, said, who="ana")
    with store.read() as connection:
        assert alike.pairs(connection) == [(less, more)]
