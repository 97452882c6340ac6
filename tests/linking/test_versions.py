from tests.linking.conftest import Make

from onrecord.linking.origins import Likeness
from onrecord.linking.versions import diff, is_version

EARLY = "At least 40 villagers were killed when Velmar shelled Brenna. The mayor wept."
LATE = "At least 52 villagers were killed when Velmar shelled Brenna. Kaldia condemned it."


def figure(value: int) -> dict[str, object]:
    span = {"at": f"At least {value} villagers"}
    return {"id": "f1", "span": span, "value": value, "bound": "more_than", "what": "killed"}


def event(id: str, words: str, type: str) -> dict[str, object]:
    return {"id": id, "type": type, "trigger": {"at": words}, "status": "actual"}


def test_a_diff_tells_what_was_added_dropped_and_changed(make: Make) -> None:
    before = [event("e1", "shelled", "ASSAULT"), event("e2", "wept", "PROTEST")]
    after = [event("e1", "shelled", "ASSAULT"), event("e2", "condemned", "ACCUSE")]
    early = make(EARLY, figures=[figure(40)], events=before)
    late = make(LATE, figures=[figure(52)], events=after)
    found = diff(early, late)
    assert found["figures"]["changed"][0]["fields"] == {"value": [40, 52]}
    assert found["events"]["added"] == [{"id": "e2", "quote": "condemned"}]
    assert found["events"]["dropped"] == [{"id": "e2", "quote": "wept"}]
    assert found["events"]["changed"] == []


def test_the_same_record_has_no_diff(make: Make) -> None:
    record = make(EARLY, figures=[figure(40)])
    assert diff(record, record) == {}


def test_only_an_outlets_own_later_story_is_a_version() -> None:
    like = Likeness(contained=0.3, lengths=0.9)
    assert is_version(like, one_outlet=True, days=2)
    assert not is_version(like, one_outlet=False, days=2)
    assert not is_version(like, one_outlet=True, days=90)
    assert not is_version(Likeness(0.05, 0.9), one_outlet=True, days=2)
