"""What a report's record must tell at a glance, end to end: who disputes its headline."""

from pathlib import Path

import pytest

import onrecord
from onrecord.record import Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "truce.txt"


@pytest.fixture(scope="module")
def record() -> Record:
    return onrecord.read(EXAMPLE.read_text("utf-8"))


@pytest.mark.model
def test_what_was_disclosed_is_on_the_word_of_the_unnamed_diplomats(record: Record) -> None:
    told = next(s for s in record.statements if s.cue and s.cue.text == "disclosed")
    assert told.authority == "unnamed"
    assert told.content[0].text.startswith("The Orsan Resistance Front has rejected")


@pytest.mark.model
def test_the_denial_answers_it_whole_and_the_headline_is_disputed(record: Record) -> None:
    told = next(s for s in record.statements if s.cue and s.cue.text == "disclosed")
    denial = next(s for s in record.statements if s.act == "deny")
    assert denial.content[0].text == "what the diplomats said about Brenna"
    assert told.id in denial.about
    assert record.headline[0].support == "disputed"
