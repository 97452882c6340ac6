import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.reading import reader
from onrecord.reading.reader import beginning
from onrecord.record import Record

WORDS = ["Hamas", "rejected", "“", "”", '"', "said", "the", "truce", ".", "\n\n", "20,000", "«",
         "he", "in exchange for", "Israel", ",", "that", "😀", "\t", "killed", "U.S."]  # fmt: skip


def test_a_long_text_is_read_up_to_a_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST_WORDS", 5)
    assert beginning("one two three\n\nfour five six seven") == "one two three\n"
    assert beginning("one") == "one"


@pytest.mark.model
def test_a_text_beyond_the_bound_is_kept_whole_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST_WORDS", 20)
    text = "The minister said talks failed.\n\n" * 10
    record = onrecord.read(text)
    assert record.text == text
    assert any(re.search(r"read up to character [\d,]+ of 330", w) for w in record.report.warnings)


@pytest.mark.model
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(st.sampled_from(WORDS)).map(" ".join), st.text(max_size=200)))
def test_whatever_the_text_every_span_is_what_stands_there(text: str) -> None:
    record = onrecord.read(text)
    assert Record.from_dict(json.loads(record.to_json())) == record


@pytest.mark.model
def test_reading_twice_gives_the_same_bytes() -> None:
    text = "Rebels rejected the truce, an aide said.\n\nThe front denied that on Monday."
    assert onrecord.read(text).to_json() == onrecord.read(text).to_json()
