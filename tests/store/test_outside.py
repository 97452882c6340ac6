from typing import Any

import pytest
from tests.store.building import record

from onrecord.errors import RecordError
from onrecord.store import outside

ENTRY = {"layer": "events", "entry": {"id": "e-1"}, "needs": {}}
WAS = {"name": "the Front", "catalogue": "c-1", "party": None, "made_by": "rule:actors/1"}


def review(action: str, after: Any, before: Any = None) -> dict[str, Any]:
    whole = {"id": "v-1", "made_at": "2025-05-26", "who": "Ada", "target": "r-1:e-1", "note": None}
    return {**whole, "action": action, "after": after, "before": before or {}}


@pytest.mark.parametrize(
    "row",
    [
        review("accept", ENTRY),
        review("correct", {**ENTRY, "needs": {"a-1": {"layer": "actors", "entry": {"id": "a-1"}}}}),
        review("reject", {}),
        review("merge", {"into": "c-2"}),
        review("split", {"into": "c-2", "name": "", "actors": ["r-1:a-1"]},
               {"actors": {"r-1:a-1": WAS}}),
        review("undo", {}),
    ],
)  # fmt: skip
def test_a_review_as_stores_export_it_is_taken(row: dict[str, Any]) -> None:
    assert outside.review(row) == row


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({}, "review.id wants a string"),
        ({**review("undo", {}), "who": 5}, "review.who wants a string"),
        (review("explode", {}), "review.action wants one of accept, correct"),
        (review("merge", {}), "review.after.into wants an actor's id"),
        (review("accept", {}), "review.after.layer wants one of"),
        (review("accept", {**ENTRY, "entry": {}}), "review.after.entry wants an entry with its id"),
        (review("correct", {**ENTRY, "needs": {"a-1": {}}}), "review.after.needs.a-1.layer"),
        (review("split", {"into": "c-2"}), "review.after wants a name"),
        (review("split", {"into": "c-2", "name": "", "actors": ["r-1:a-1"]}), "before.actors"),
        (review("split", {"into": "c-2", "name": "", "actors": ["r-1:a-1"]},
                {"actors": {"r-1:a-1": {}}}), "each catalogue, made_by, name, party"),
        (review("undo", []), "review.after wants an object"),
    ],
)  # fmt: skip
def test_a_review_that_could_not_be_applied_is_refused(row: dict[str, Any], wanted: str) -> None:
    with pytest.raises(RecordError, match=wanted):
        outside.review(row)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"wire": 5}, "store.wire"),
        ({"reader": 7}, "store.reader"),
        ({"byline": ["Ada"]}, "store.byline"),
        ({"appearances": {"place": "x"}}, "store.appearances"),
        ({"appearances": [{"nonsense": 1}]}, "each place, name, added_at"),
        ({"reading": {"report": 5}}, "store.reading wants a record"),
    ],
)
def test_what_stands_beside_a_record_is_looked_at(said: dict[str, Any], wanted: str) -> None:
    with pytest.raises(RecordError, match=wanted):
        outside.beside(said, record())


def test_a_record_from_anywhere_has_nothing_beside_it() -> None:
    found = outside.beside(None, record())
    assert (found.byline, list(found.wire), found.reader, found.reading) == (None, [], "", None)
