"""What a person should look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.serve.filling import fill
from tests.store.building import record

from onrecord.errors import StoreError
from onrecord.record import Record
from onrecord.store import Store, keys, reviews
from onrecord.views import Filters
from onrecord.views.queue import Waiting, queue


def unsure(n: int, *confidences: float, killed: int = 40) -> Record:
    """A report whose events the reader is so sure of."""
    made = record(n, killed=killed)
    sure = zip(made.events, confidences, strict=True)
    events = tuple(replace(event, confidence=one, origin="test/1") for event, one in sure)
    return replace(made, events=events)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "talks.db") as opened:
        yield opened


def waiting(store: Store, *layers: str, **limits: object) -> list[Waiting]:
    report = str(limits.pop("report", ""))
    with store.read() as connection:
        filters = Filters(limit=100, **limits)  # type: ignore[arg-type]
        return queue(connection, filters, layers=layers, report=report)


def test_what_the_reader_is_unsure_of_comes_first(store: Store) -> None:
    made = record()
    sure = zip(made.positions, (0.8, 0.2, 0.5), strict=True)
    held = tuple(replace(one, confidence=how, origin="test/1") for one, how in sure)
    alone = tuple(replace(one, about=()) for one in made.statements)
    fill(store, [replace(made, positions=held, statements=alone)])
    # The first two tell one claim, and the reader is less sure of the second.
    assert [one.confidence for one in waiting(store, "positions")] == [0.2, 0.5]


def test_what_is_denied_comes_before_what_is_as_unsure(store: Store) -> None:
    fill(store, [unsure(1, 0.5, 0.5)])
    first = waiting(store, "events")[0]
    assert first.disputed
    assert first.told.quote == "rejected", "which the spokesman denies"


def test_a_claim_that_many_reports_tell_is_there_once_and_counts_more(
    store: Store, tmp_path: Path
) -> None:
    fill(store, [unsure(n, 0.5, 0.5) for n in (1, 2, 3)])
    found = [one for one in waiting(store, "events") if one.told.quote == "rejected"]
    assert [one.tellings for one in found] == [3]
    with Store.open(tmp_path / "alone.db") as alone:
        fill(alone, [unsure(1, 0.5, 0.5)])
        told_once = next(w for w in waiting(alone, "events") if w.told.quote == "rejected")
    assert found[0].score > told_once.score


def test_what_is_decided_waits_no_more_until_that_is_undone(store: Store) -> None:
    (report,) = fill(store, [unsure(1, 0.9, 0.2)])
    target = f"{report}:{keys.keys(unsure(1, 0.9, 0.2))['e2']}"
    made = reviews.accept(store, target, who="ana")
    assert target not in [one.told.entry for one in waiting(store)]
    reviews.undo(store, made, who="ana")
    assert target in [one.told.entry for one in waiting(store)]


def test_it_can_be_asked_for_a_party_a_topic_a_layer_or_one_report(store: Store) -> None:
    one, _ = fill(store, [unsure(1, 0.9, 0.2), unsure(2, 0.3, 0.3, killed=60)])
    assert {w.layer for w in waiting(store, "figures", "terms")} == {"figures", "terms"}
    assert {w.told.report for w in waiting(store, report=one)} == {one}
    assert {w.told.topic for w in waiting(store, topic=("captives",))} == {"captives"}
    velmars = waiting(store, party=("Velmar",))
    assert velmars
    assert all(w.layer not in ("figures", "headline") for w in velmars)
    with pytest.raises(StoreError, match="no party of that name"):
        waiting(store, party=("Atlantis",))
    with pytest.raises(StoreError, match="no such report"):
        waiting(store, report="r-none")
