from dataclasses import replace

import pytest
from sqlalchemy import select, update
from tests.store.building import kept, link_by_name, record, target

from onrecord.errors import RecordError, StoreError
from onrecord.record import Record
from onrecord.store import Store, load, reviews, save, schema


@pytest.fixture
def n(store: Store) -> int:
    return kept(store)


def now(store: Store, n: int) -> Record:
    with store.read() as connection:
        return load.record(connection, n)


def reread(store: Store, n: int, made: Record) -> None:
    with store.write() as connection:
        save.reread(connection, n, made, reader="new")


def test_a_correction_changes_the_record_and_the_rows(store: Store, n: int) -> None:
    reviews.correct(store, target("e1"), {"type": "COERCE", "recipients": ["a5"]}, who="ana")
    event = now(store, n).events[0]
    assert (event.type, event.recipients) == ("COERCE", ("a5",))
    with store.read() as connection:
        row = connection.execute(select(schema.entries).where(schema.entries.c.local == "e1")).one()
        assert (row.label, row.state) == ("COERCE", "corrected")


def test_a_corrected_entry_keeps_its_id_when_its_words_change(store: Store, n: int) -> None:
    text = record().text
    start = text.index("rejected a lasting truce")
    words = {"start": start, "end": start + len("rejected a lasting truce")}
    reviews.correct(store, target("e1"), {"trigger": words}, who="ana")
    assert now(store, n).events[0].trigger.text == "rejected a lasting truce"
    with store.read() as connection:
        there = select(schema.entries.c.key).where(schema.entries.c.layer == "events")
        assert target("e1").partition(":")[2] in set(connection.scalars(there))
    reviews.reject(store, target("e1"), who="ana")
    assert [event.id for event in now(store, n).events] == ["e2"]


def test_a_rejected_statement_gives_its_events_to_the_voice_around_it(store: Store, n: int) -> None:
    reviews.reject(store, target("s1"), who="ana")
    made = now(store, n)
    assert [s.id for s in made.statements] == ["s2", "s3"]
    assert made.events[0].voice == "author"


def test_what_was_decided_survives_a_new_reading(store: Store, n: int) -> None:
    reviews.accept(store, target("s2"), who="ana")
    reviews.correct(store, target("f1"), {"what": "other"}, who="ana")
    reviews.reject(store, target("e2"), who="ana")
    made = record()
    without = replace(made, statements=(made.statements[0], made.statements[2]), figures=(),
                      headline=(), positions=made.positions[:1])  # fmt: skip
    reread(store, n, without)
    kept = now(store, n)
    assert [s.content[0].text for s in kept.statements][1] == '"We reject a lasting truce,"'
    assert kept.figures[0].what == "other"
    assert [e.id for e in kept.events] == ["e1"]


def test_a_new_reading_with_another_border_gives_way_to_what_was_accepted(
    store: Store, n: int
) -> None:
    reviews.accept(store, target("f1"), who="ana")
    made = record()
    span = made.figures[0].span
    shorter = replace(span, end=span.end - 5, text=span.text[:-5])
    reread(store, n, replace(made, figures=(replace(made.figures[0], span=shorter),)))
    assert [f.span for f in now(store, n).figures] == [span]


def test_an_undone_review_leaves_the_record_as_it_was(store: Store, n: int) -> None:
    id = reviews.reject(store, target("e1"), who="ana")
    undo = reviews.undo(store, id, who="ben")
    assert now(store, n) == record()
    reviews.undo(store, undo, who="ana")
    assert [event.id for event in now(store, n).events] == ["e2"]
    with store.read() as connection:
        made = reviews.history(connection)
    assert [(r.action, r.who, r.holds) for r in made] == [
        ("reject", "ana", True),
        ("undo", "ben", False),
        ("undo", "ana", True),
    ]


def test_a_review_is_undone_once(store: Store, n: int) -> None:
    id = reviews.accept(store, target("e1"), who="ana")
    reviews.undo(store, id, who="ana")
    with pytest.raises(StoreError, match="undone already"):
        reviews.undo(store, id, who="ana")


def test_a_correction_that_breaks_the_contract_is_not_made(store: Store, n: int) -> None:
    with pytest.raises(RecordError, match="'BOMB'"):
        reviews.correct(store, target("e1"), {"type": "BOMB"}, who="ana")
    with pytest.raises(StoreError, match="has no colour"):
        reviews.correct(store, target("e1"), {"colour": "red"}, who="ana")
    with store.read() as connection:
        assert reviews.history(connection) == []
    assert now(store, n) == record()


def test_what_is_not_there_can_t_be_reviewed(store: Store, n: int) -> None:
    with pytest.raises(StoreError, match="no such entry"):
        reviews.accept(store, target("e1") + "0", who="ana")
    with pytest.raises(StoreError, match="no such review"):
        reviews.undo(store, "v-none", who="ana")


def test_a_review_is_never_changed_or_deleted(store: Store, n: int) -> None:
    reviews.accept(store, target("e1"), who="ana")
    with pytest.raises(StoreError, match="appended"), store.write() as connection:
        connection.execute(update(schema.reviews).values(who="eve"))
    with pytest.raises(StoreError, match="appended"), store.write() as connection:
        connection.execute(schema.reviews.delete())


def who_speaks(store: Store) -> dict[str, str | None]:
    with store.read() as connection:
        c = schema.catalogue.c
        query = select(schema.actors.c.name, c.id).join(
            schema.roles, schema.roles.c.actor_n == schema.actors.c.n
        )
        joined = query.join(schema.catalogue, c.n == schema.roles.c.party_n)
        return dict(connection.execute(joined.distinct()).all())


def test_a_merge_counts_one_party_for_the_other_and_can_be_undone(store: Store, n: int) -> None:
    before = who_speaks(store)
    id = reviews.merge(store, "c-kaldia", "c-velmar", who="ana")
    assert who_speaks(store)["Kaldia"] == who_speaks(store)["two Kaldian diplomats"] == "c-velmar"
    reviews.undo(store, id, who="ana")
    assert who_speaks(store) == before


def test_two_that_are_one_can_t_be_merged_back(store: Store, n: int) -> None:
    reviews.merge(store, "c-kaldia", "c-velmar", who="ana")
    with pytest.raises(StoreError):
        reviews.merge(store, "c-velmar", "c-kaldia", who="ana")


def test_a_split_survives_linking_and_reading_again_and_can_be_undone(store: Store, n: int) -> None:
    before = who_speaks(store)
    id = reviews.split(store, [target("a2")], name="Kaldia's envoys", who="ana")
    with store.write() as connection:
        link_by_name(connection)
    reread(store, n, record())
    split = who_speaks(store)
    assert split["Kaldia"] not in before.values()
    assert split["Velmar"] == before["Velmar"]
    reviews.undo(store, id, who="ana")
    assert who_speaks(store) == before
