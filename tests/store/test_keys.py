from dataclasses import replace

from tests.store.building import record

from onrecord.store import keys


def test_every_entry_has_a_key_of_its_own() -> None:
    made = record()
    found = keys.keys(made)
    assert len(set(found.values())) == len(found) == len(list(made.entries())) + 1


def test_a_key_is_no_matter_of_score_or_maker() -> None:
    made = record()
    scored = replace(
        made, events=tuple(replace(e, confidence=0.5, origin="x") for e in made.events)
    )
    assert keys.keys(scored) == keys.keys(made)


def test_two_entries_on_the_same_words_are_told_apart() -> None:
    made = record()
    twin = replace(made.positions[0], id="o9", by=("a5",))
    found = keys.keys(replace(made, positions=(*made.positions, twin)))
    assert found["o9"] != found["o1"]
    assert found["o1"] == keys.keys(made)["o1"]


def test_an_id_is_that_of_the_text() -> None:
    assert keys.report_id("a") == keys.report_id("a") != keys.report_id("b")
