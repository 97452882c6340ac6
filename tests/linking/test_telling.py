import pytest
from tests.linking.conftest import Make, actor

from onrecord.linking import reading
from onrecord.linking.deeds import deed
from onrecord.linking.telling import Surroundings, canonical

SHELLED = "The Front shelled Brenna"
TEXT = "He left. Hamas attacked Israel on Oct. 7, killing many. The rest is silence."


def around(words: str, text: str = TEXT) -> Surroundings:
    start = text.index(words)
    return Surroundings.of(text, start, start + len(words))


def test_surroundings_end_with_the_sentence() -> None:
    assert around("attacked").whole == "Hamas attacked Israel on Oct. 7, killing many"


def test_names_before_do_it_and_names_behind_suffer_it() -> None:
    found = around("attacked")
    assert found.doers() == {"hamas"}
    assert found.others() == {"israel"}


def test_behind_by_stands_who_does_it() -> None:
    found = around("attacked", "Israel was attacked on Sunday by Hamas gunmen.")
    assert "hamas" in found.doers()
    assert "hamas" not in found.others()


def test_the_nearest_date_is_the_day() -> None:
    assert around("attacked").day("2023-10-20") == "2023-10-07"
    assert around("left").day("2023-10-20") == ""


@pytest.mark.parametrize(
    ("trigger", "after", "found"),
    [
        ("attack", "", "attack"),
        ("launched", " its biggest attack in years", "attack"),
        ("launched", " in response to nothing", ""),
        ("retaliatory", " air strikes", "campaign"),
        ("offensive", "", "campaign"),
        ("smiled", " at the crowd", ""),
    ],
)
def test_the_deed_is_in_the_trigger_or_close_behind_it(
    trigger: str, after: str, found: str
) -> None:
    assert deed(trigger, after) == found


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("the Kremlin", "russia"),
        ("Israeli", "israel"),
        ("U.N.", "united nations"),
        ("Mr. Blinken", "blinken"),
        ("Antony Blinken", "blinken"),
        ("Recep Tayyip Erdoğan", "erdogan"),
    ],
)
def test_one_form_for_all_that_a_name_is_written_in(written: str, one: str) -> None:
    assert canonical(written) == one


def test_a_record_tells_its_events_and_who_denies_them(make: Make) -> None:
    text = "The Front shelled Brenna, diplomats said. The Front denied that."
    statement = {"mode": "indirect", "authority": "unnamed", "speaker": []}
    record = make(
        text,
        published="2025-05-02",
        actors=[actor("a1", "The Front", "group")],
        statements=[
            {**statement, "id": "s1", "act": "assert", "content": [{"at": SHELLED}]},
            {**statement, "id": "s2", "act": "deny", "content": [{"at": "that."}], "about": ["s1"],
             "speaker": ["a1"]},
        ],
        events=[
            {"id": "e1", "type": "ASSAULT", "trigger": {"at": "shelled"}, "actors": ["a1"],
             "recipients": [], "voice": "s1", "status": "actual"},
        ],
    )  # fmt: skip
    told = {one.id: one for one in reading.told(record, names={"s2": "200"})}
    assert set(told) == {"e1"}
    assert [(d.id, d.voice) for d in told["e1"].denied_by] == [("200", "front")]
    assert (told["e1"].deed, told["e1"].authority) == ("campaign", "unnamed")


def denied(make: Make, denial: str) -> bool:
    """Whether a denial of what diplomats said is one of the shelling that they told of."""
    text = f"On May 3 {SHELLED}, diplomats said. The Front denied {denial}"
    statement = {"mode": "indirect", "authority": "unnamed", "speaker": []}
    record = make(
        text,
        published="2025-05-12",
        actors=[actor("a1", "The Front", "group")],
        statements=[
            {**statement, "id": "s1", "act": "assert", "content": [{"at": SHELLED}]},
            {**statement, "id": "s2", "act": "deny", "content": [{"at": denial}], "about": ["s1"],
             "speaker": ["a1"]},
        ],
        events=[
            {"id": "e1", "type": "ASSAULT", "trigger": {"at": "shelled"}, "actors": ["a1"],
             "recipients": [], "voice": "s1", "status": "actual"},
        ],
    )  # fmt: skip
    return any(one.denied_by for one in reading.told(record) if one.layer == "events")


@pytest.mark.parametrize(
    ("denial", "is_meant"),
    [
        ("that.", True),
        ("that it had shelled Brenna.", True),
        ("that it had shelled Brenna on May 8.", False),
        ("that its envoy sought asylum.", False),
        ("that Brenna had fallen.", False),
    ],
)
def test_a_denial_of_something_else_is_none_of_the_event(
    make: Make, denial: str, is_meant: bool
) -> None:
    assert denied(make, denial) is is_meant
