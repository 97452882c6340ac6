"""What the linking remembers of a store holds only as long as the store is as it was left."""

import pytest
from tests.linking.kept.test_linking import counts, put
from tests.store.building import record

from onrecord import linking
from onrecord.linking.kept import disputes, pool, state
from onrecord.store import Store, reviews


def held(store: Store) -> bool:
    with store.read() as connection:
        return state.held(connection) is not None


def test_a_batch_leaves_what_it_knows_to_the_next(store: Store) -> None:
    assert not held(store)
    linking.link(store, put(store, record(1)))
    assert held(store)


def test_another_process_that_links_makes_it_void(store: Store, url: str) -> None:
    first, second = put(store, record(1), record(2))
    linking.link(store, [first])
    with Store.open(url) as other:
        linking.link(other, [second])
        assert held(other)
    assert not held(store)


def test_a_review_makes_it_void(store: Store) -> None:
    linking.link(store, put(store, record(1)))
    with store.read() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM catalogue ORDER BY n LIMIT 2")
        one, other = [row[0] for row in ids]
    reviews.merge(store, one, other, who="ana")
    assert not held(store)


def test_a_batch_that_failed_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = put(store, record(1), record(2), record(3, published="2025-05-29"))
    linking.link(store, [first])
    with monkeypatch.context() as broken:
        broken.setattr(disputes, "link", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            linking.link(store, [second])
    assert not held(store)
    linking.link(store, [second, third])
    after = counts(store)
    linking.link(store, [first, second, third])
    assert counts(store) == after


def test_old_reports_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "REPORTS", 2)
    numbers = put(store, *(record(k, published=f"2025-05-{k + 10}") for k in range(5)))
    for n in numbers:
        linking.link(store, [n])
    with store.read() as connection:
        left = state.held(connection)
    assert left is not None
    assert left.pool.reports == numbers[-2:]
    assert {told.report for claim in left.pool.claims() for told in claim.members} == {
        str(n) for n in numbers[-2:]
    }
