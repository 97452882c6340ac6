import pytest
from tests.store.building import record

from benchmarks import filling
from onrecord.store import Store, checks


def test_a_store_of_copies_is_one_that_doctor_finds_nothing_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "MADE", 4)
    made = list(filling.fill(store, [record(1), record(2)], 12))
    found = {one.check: one.faults for one in checks.check(store)}
    assert made[-1] == 12
    assert found.pop("texts") == 8  # copies have texts of their own and the hash of the first
    assert not any(found.values()), found
