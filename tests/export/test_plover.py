import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.strategies import records

from onrecord import export, vocabulary
from onrecord.export.plover import QUAD
from onrecord.record import Record
from onrecord.vocabulary import Status


def _events(record: Record) -> list[dict[str, Any]]:
    lines = export.render(record, "plover").splitlines()
    return [json.loads(line) for line in lines]


def test_an_event_has_plover_s_fields(record: Record) -> None:
    event = _events(record)[0]
    assert event["id"] == "truce-e1"
    assert event["date"] == "2025-05-26"
    assert event["event"] == ["REJECT"]
    assert event["quad_code"] == 3
    assert [actor["actor_text"] for actor in event["source"]] == ["The Orsan Resistance Front"]
    assert [actor["actor_text"] for actor in event["recipient"]] == ["Kaldia"]
    assert event["event_text"] == ["rejected"]


def test_voice_and_dispute_stand_beside_them(record: Record) -> None:
    event = _events(record)[0]
    assert event["voice"]["speaker"] == ["two Kaldian diplomats"]
    assert event["voice"]["authority"] == "unnamed"
    assert event["voice"]["via"] == ["Coastal Wire"]
    assert event["disputed"] is True
    assert [denial["id"] for denial in event["denied_by"]] == ["s3", "s6"]


def test_what_the_report_says_itself_has_the_author_s_voice(record: Record) -> None:
    event = _events(record)[1]
    assert event["voice"]["id"] == "author"
    assert event["disputed"] is False


def test_the_place_and_the_report_s_own_words_for_the_time_are_kept(record: Record) -> None:
    event = next(event for event in _events(record) if event["id"] == "truce-e5")
    assert event["event_loc"] == {"name": "Hallin Pass"}
    assert event["when"] == "March 3"


@pytest.mark.parametrize(
    ("status", "context"),
    [
        ("actual", []),
        ("future", ["future"]),
        ("possible", ["hypothetical"]),
        ("conditional", ["hypothetical"]),
        ("negated", ["negation"]),
    ],
)
def test_what_did_not_simply_happen_has_plover_s_context(
    record: Record, status: Status, context: list[str]
) -> None:
    changed = replace(record, events=(replace(record.events[0], status=status),))
    assert _events(changed)[0]["context"] == context


@pytest.mark.parametrize("published", [None, "2025", "last week", ""])
def test_a_date_that_is_not_known_to_the_day_is_null(record: Record, published: str) -> None:
    changed = replace(record, report=replace(record.report, published=published))
    assert _events(changed)[0]["date"] is None


def test_every_type_has_its_quad_category() -> None:
    assert set(QUAD) == set(vocabulary.EVENT_TYPES)


@given(records())
def test_offsets_hold_the_event_s_words(record: Record) -> None:
    events = _events(record)
    assert len(events) == len(record.events)
    for event in events:
        at = event["text_info"]
        assert event["event_text"] == [record.text[at["start"] : at["end"]]]
