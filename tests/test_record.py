import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import TRUCE
from tests.strategies import records

from onrecord import vocabulary
from onrecord.errors import OnrecordError, RecordError
from onrecord.record import Record, Span

Data = dict[str, Any]


@given(records())
def test_a_record_comes_back_from_its_json_as_it_was(record: Record) -> None:
    assert Record.from_json(record.to_json()) == record


@given(records())
def test_every_span_of_the_json_is_what_stands_at_its_offsets(record: Record) -> None:
    data = record.to_dict()
    found = list(_spans(data))
    assert found
    for span in found:
        assert data["report"]["text"][span["start"] : span["end"]] == span["text"]


def _spans(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for part in value.values():
            yield from _spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from _spans(part)


def test_the_json_has_the_contract_s_fields_in_its_order(data: Data, record: Record) -> None:
    made = record.to_dict()
    assert list(made) == list(data)
    for layer in set(data) - {"report"}:
        for given_entry, entry in zip(data[layer], made[layer], strict=True):
            assert [*given_entry, "origin", "confidence"] == list(entry)


def test_fields_that_it_does_not_know_are_left_aside(data: Data) -> None:
    data["reviewed"] = True
    data["statements"][0]["mood"] = "calm"
    assert "mood" not in Record.from_dict(data).to_dict()["statements"][0]


# ---- what is refused -----------------------------------------------------------------------------


def _refused(data: Data) -> str:
    with pytest.raises(RecordError) as caught:
        Record.from_dict(data)
    assert isinstance(caught.value, OnrecordError)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


def test_a_span_that_is_not_in_the_text_is_refused_with_what_stands_there(data: Data) -> None:
    data["statements"][2]["cue"]["text"] = "confirmed"
    message = _refused(data)
    assert "statements[s3].cue" in message
    assert "'denied'" in message
    assert "'confirmed'" in message


@pytest.mark.parametrize(("start", "end"), [(-6, -1), (5, 5), (9, 3), (0, 10**6)])
def test_offsets_outside_the_text_or_without_words_are_refused(
    data: Data, start: int, end: int
) -> None:
    text = data["report"]["text"]
    data["events"][0]["trigger"] = {"start": start, "end": end, "text": text[start:end]}
    assert "events[e1].trigger" in _refused(data)


@pytest.mark.parametrize(
    ("layer", "field", "legal"),
    [
        ("actors", "kind", vocabulary.KINDS),
        ("statements", "mode", vocabulary.MODES),
        ("statements", "act", vocabulary.ACTS),
        ("statements", "authority", vocabulary.AUTHORITIES),
        ("events", "type", vocabulary.EVENT_TYPES),
        ("events", "status", vocabulary.STATUSES),
        ("positions", "stance", vocabulary.STANCES),
        ("positions", "topic", vocabulary.TOPICS),
        ("figures", "bound", vocabulary.BOUNDS),
        ("figures", "what", vocabulary.COUNTED),
        ("headline", "support", vocabulary.SUPPORTS),
    ],
)
def test_a_word_that_is_not_allowed_is_refused_with_those_that_are(
    data: Data, layer: str, field: str, legal: tuple[str, ...]
) -> None:
    data[layer][0][field] = "perhaps"
    message = _refused(data)
    assert f".{field}: 'perhaps'" in message
    assert ", ".join(legal) in message


@pytest.mark.parametrize(
    ("layer", "field", "value"),
    [
        ("statements", "speaker", ["s1"]),
        ("statements", "within", "a1"),
        ("statements", "about", ["s99"]),
        ("events", "actors", ["nobody"]),
        ("events", "voice", "a1"),
        ("positions", "on", "p99"),
        ("headline", "by", ["s99"]),
        ("proposals", "exchange", [[["p1.t1"], ["s1"]]]),
    ],
)
def test_an_id_that_names_no_entry_of_the_right_kind_is_refused(
    data: Data, layer: str, field: str, value: Any
) -> None:
    data[layer][0][field] = value
    assert field in _refused(data)


@pytest.mark.parametrize("layer", ["actors", "statements", "events", "proposals", "figures"])
def test_a_missing_layer_or_field_is_named(data: Data, layer: str) -> None:
    broken = copy.deepcopy(data)
    field = list(broken[layer][0])[1]
    del broken[layer][0][field]
    assert f"lacks {field}" in _refused(broken)
    del data[layer]
    assert f"lacks {layer}" in _refused(data)


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("value", "many", "not a number"),
        ("value", True, "not a number"),
        ("value", None, "not a number"),
        ("upper", "many", "not a number or null"),
        ("span", "20,000", "no object"),
        ("span", {"start": 1.5, "end": 3, "text": "x"}, "not a whole number"),
        ("voice", 3, "not a string"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(
    data: Data, field: str, value: Any, wanted: str
) -> None:
    data["figures"][0][field] = value
    assert wanted in _refused(data)


def test_a_statement_without_words_is_refused(data: Data) -> None:
    data["statements"][0]["content"] = []
    assert "at least one span" in _refused(data)


def test_two_entries_of_one_id_are_refused(data: Data) -> None:
    data["events"][1]["id"] = "s1"
    assert "'s1'" in _refused(data)


def test_statements_within_each_other_are_refused(data: Data) -> None:
    data["statements"][0]["within"] = "s2"
    data["statements"][1]["within"] = "s1"
    assert "leads back" in _refused(data)


def test_a_text_with_half_a_character_is_refused(data: Data) -> None:
    data["report"]["text"] += "\ud83d"
    assert "surrogate" in _refused(data)


def test_all_faults_are_told_at_once(data: Data) -> None:
    data["statements"][0]["act"] = "mumble"
    data["figures"][0]["what"] = "things"
    assert len(_refused(data).splitlines()) == 2


@pytest.mark.parametrize("text", ["", "[]", "null", '{"report": ', "[" * 100_000, '{"a": NaN}'])
def test_what_is_no_json_of_a_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        Record.from_json(text)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**400])
def test_infinite_numbers_are_refused(record: Record, value: float) -> None:
    figure = replace(record.figures[0], value=value)
    with pytest.raises(RecordError, match="finite"):
        replace(record, figures=(figure,))


def _places(value: Any) -> Any:
    """Every (container, key) in JSON's types."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


_ODD: list[Any] = [
    None,
    "",
    0,
    -1,
    2.5,
    True,
    "x",
    "s1",
    "author",
    [],
    {},
    ["s1"],
    [None],
    [[]],
    float("nan"),
]


@settings(max_examples=300)
@given(st.data())
def test_a_record_with_anything_odd_in_it_is_whole_or_refused(draw: st.DataObject) -> None:
    data = json.loads(TRUCE.read_text("utf-8"))
    places = list(_places(data))
    container, key = places[draw.draw(st.integers(0, len(places) - 1))]
    if draw.draw(st.booleans()):
        container[key] = draw.draw(st.sampled_from(_ODD))
    else:
        del container[key]
    try:
        record = Record.from_dict(data)
    except RecordError:
        return
    assert Record.from_json(record.to_json()) == record


# ---- what one asks a record ----------------------------------------------------------------------


def test_entries_are_found_by_id(record: Record) -> None:
    assert record.statement("s3").act == "deny"
    assert record.actor("a2").name == "Kaldia"
    assert record.entry("p1.t2") is record.proposals[0].terms[1]
    with pytest.raises(KeyError):
        record.statement("a2")
    with pytest.raises(KeyError):
        record.actor("s3")


def test_the_voice_of_an_entry_is_the_statement_that_asserts_it(record: Record) -> None:
    rejection, driven = record.events[0], record.events[1]
    assert record.voice_of(rejection) == record.statement("s1")
    assert record.voice_of(driven) is None


def test_the_voices_around_a_position_lead_outwards(record: Record) -> None:
    road = next(position for position in record.positions if position.id == "o7")
    assert [voice.id for voice in record.voices(road)] == ["s11", "s10"]


def test_who_denies_the_teller_denies_what_is_told(record: Record) -> None:
    assert [denial.id for denial in record.denials(record.events[0])] == ["s3", "s6"]
    assert record.denials(record.events[2]) == []


def test_who_echoes_a_denial_does_not_deny_it(record: Record) -> None:
    assert record.denials(record.statement("s3")) == []


def test_names_stand_for_ids_and_names_for_themselves(record: Record) -> None:
    assert record.names(["a2", "the mediators"]) == ["Kaldia", "the mediators"]


def test_a_span_takes_its_words_from_the_text() -> None:
    assert Span.of("a lasting truce", 2, 9) == Span(2, 9, "lasting")
