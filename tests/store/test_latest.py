"""Two people on one thing: the second is told, and nothing of the first is overwritten."""

import pytest
from tests.store.building import kept, target

from onrecord.errors import ReviewOvertaken
from onrecord.store import Store, load, reviews
from onrecord.store.latest import latest, latest_in


@pytest.fixture
def n(store: Store) -> int:
    return kept(store)


def last(store: Store, what: str) -> str:
    with store.read() as connection:
        return latest(connection, what)


def test_a_decision_that_another_has_overtaken_is_not_made(store: Store, n: int) -> None:
    looked_at = {target("e1"): last(store, target("e1"))}
    reviews.reject(store, target("e1"), who="ana", seen=looked_at)
    with pytest.raises(ReviewOvertaken, match="ana decided"):
        reviews.accept(store, target("e1"), who="ben", seen=looked_at)
    with store.read() as connection:
        assert [one.who for one in reviews.history(connection)] == ["ana"]
        assert [event.id for event in load.record(connection, n).events] == ["e2"]


def test_an_undo_is_a_decision_about_what_was_decided(store: Store, n: int) -> None:
    made = reviews.accept(store, target("e1"), who="ana")
    looked_at = {target("e1"): last(store, target("e1"))}
    assert looked_at == {target("e1"): made}
    undone = reviews.undo(store, made, who="ana", seen=looked_at)
    assert last(store, target("e1")) == undone
    with pytest.raises(ReviewOvertaken):
        reviews.correct(store, target("e1"), {"type": "COERCE"}, who="ben", seen=looked_at)


def test_what_concerns_other_entries_overtakes_nothing(store: Store, n: int) -> None:
    looked_at = {target("e1"): last(store, target("e1"))}
    reviews.accept(store, target("e2"), who="ana")
    reviews.accept(store, target("e1"), who="ben", seen=looked_at)
    assert last(store, target("s1")) == ""


def test_a_merge_is_about_both_and_a_split_about_all(store: Store, n: int) -> None:
    merged = reviews.merge(store, "c-kaldia", "c-velmar", who="ana")
    assert last(store, "c-kaldia") == last(store, "c-velmar") == merged
    assert last(store, "c-brenna") == ""
    split = reviews.split(store, [target("a4")], name="Marrow the younger", who="ana")
    assert last(store, target("a4")) == last(store, "c-ilena marrow") == split
    with pytest.raises(ReviewOvertaken):
        reviews.merge(store, "c-velmar", "c-front", who="ben", seen={"c-velmar": ""})


def test_a_review_that_never_was_is_not_the_last_one(store: Store, n: int) -> None:
    with pytest.raises(ReviewOvertaken):
        reviews.accept(store, target("e1"), who="ben", seen={target("e1"): "v-none"})


def test_the_last_reviews_of_a_reports_entries(store: Store, n: int) -> None:
    made = reviews.accept(store, target("e1"), who="ana")
    other = reviews.accept(store, target("s1"), who="ana")
    undone = reviews.undo(store, made, who="ben")
    report, _, e1 = target("e1").partition(":")
    with store.read() as connection:
        assert latest_in(connection, report) == {e1: undone, target("s1").split(":")[1]: other}
