from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from tests.store.building import link_by_name, record

from onrecord import views
from onrecord.errors import StoreError
from onrecord.store import Store, save, schema
from onrecord.views import Filters
from onrecord.views.telling import passage


def test_a_party_stands_where_it_and_its_people_stood_last(connection: Connection) -> None:
    (front,) = views.positions(connection, Filters(party=("the Front",)))
    assert (front.party, front.topic, front.stance) == ("the Front", "ceasefire", "rejects")
    assert front.latest.day == "2025-06-02"
    assert {told.authority for told in front.history} == {"unnamed", "named"}
    assert not front.changed


def test_every_line_leads_back_to_the_words_of_a_report(connection: Connection) -> None:
    told = views.positions(connection, Filters())[0].latest
    assert told.entry.startswith(f"{told.report}:o-")
    assert told.quote in told.passage
    assert told.publisher


def test_the_parties_with_the_most_positions_come_first(connection: Connection) -> None:
    found = views.positions(connection, Filters(limit=2))
    assert [one.party for one in found] == ["the Front", "Kaldia"]
    assert [one.party for one in views.positions(connection, Filters(limit=1))] == ["the Front"]


def test_positions_by_days_and_authority(connection: Connection) -> None:
    early = views.positions(connection, Filters(until="2025-05-27", party=("the Front",)))
    assert early[0].latest.day == "2025-05-26"
    named = views.positions(connection, Filters(authority=("named",), party=("the Front",)))
    assert named[0].latest.said_by == "Ilena Marrow"
    assert views.positions(connection, Filters(topic=("aid",))) == []


def test_somebody_on_the_side_of_another_has_positions_of_its_own(tmp_path: Path) -> None:
    with Store.open(tmp_path / "talks.db") as store:
        with store.write() as connection:
            save.put(connection, record(), save.Found(place="here"), reader="test")
            link_by_name(connection)
            known = select(schema.catalogue.c.name, schema.catalogue.c.n)
            number = dict(connection.execute(known).all())
            theirs = schema.roles.c.catalogue_n == number["Kaldia"]
            joined = schema.roles.update().where(theirs).values(party_n=number["the Front"])
            connection.execute(joined)
        with store.read() as connection:
            assert {one.party for one in views.positions(connection, Filters())} == {"the Front"}
            own = views.positions(connection, Filters(party=("Kaldia",)))
            assert {one.party for one in own} == {"Kaldia"}


def test_what_has_not_changed_is_left_out_where_changes_are_asked_for(
    connection: Connection,
) -> None:
    assert views.positions(connection, Filters(), changed_since="2025-06-01") == []
    new = views.positions(connection, Filters(), changed_since="2025-05-01")
    assert {one.party for one in new} == {"the Front", "Kaldia"}


def test_a_name_that_nobody_has_is_told_with_those_that_come_near(connection: Connection) -> None:
    with pytest.raises(StoreError, match="there is Kaldia"):
        views.positions(connection, Filters(party=("Kaldya",)))


def test_an_event_told_four_times_happened_once(connection: Connection) -> None:
    first = views.timeline(connection, Filters(), types=("REJECT",))
    (rejection,) = first
    assert (rejection.tellings, rejection.origins, rejection.denials) == (4, 4, 4)
    assert rejection.actors == ("the Front",)
    assert rejection.dated


def test_the_timeline_by_party_and_days(connection: Connection) -> None:
    shelled = views.timeline(connection, Filters(party=("Velmar",)))
    assert {one.type for one in shelled} == {"ASSAULT"}
    assert {one.status for one in shelled} == {"negated"}
    assert views.timeline(connection, Filters(since="2026-01-01")) == []


def test_figures_stand_in_order_and_are_never_averaged(connection: Connection) -> None:
    (series,) = views.figures(connection, Filters())
    assert (series.what, series.who) == ("killed", "villagers")
    assert [told.value for told in series.figures] == [40, 52, 61, 38]
    assert {told.status for told in series.figures} == {"more_than"}


def test_figures_by_what_and_whom(connection: Connection) -> None:
    assert len(views.figures(connection, Filters(), who="Villagers")) == 1
    assert views.figures(connection, Filters(), what="wounded") == []


def test_the_ledger_has_terms_prices_and_the_answers_of_others(connection: Connection) -> None:
    row = views.ledger(connection, Filters(limit=1))[0]
    assert (row.by, row.to, row.first_day) == (("Kaldia",), ("the Front",), "2025-06-02")
    assert [term.told.topic for term in row.terms] == ["ceasefire", "captives"]
    given, taken = row.exchange[0]
    assert (given, taken) == ((row.terms[0].told.entry,), (row.terms[1].told.entry,))
    assert [(one.who, one.stance) for one in row.answers] == [
        (("the Front",), "rejects"),
        (("Ilena Marrow",), "rejects"),
    ]


def test_a_later_proposal_on_the_same_topics_supersedes_the_earlier(connection: Connection) -> None:
    rows = [row for row in views.ledger(connection, Filters()) if row.first_day]
    assert [row.first_day for row in rows] == ["2025-06-02", "2025-05-28", "2025-05-26"]
    assert rows[2].superseded_by == rows[1].told.entry
    assert rows[0].superseded_by == ""


def test_the_ledger_by_topic(connection: Connection) -> None:
    assert len(views.ledger(connection, Filters(topic=("captives",)))) == 4
    assert views.ledger(connection, Filters(topic=("aid",))) == []


def test_a_dispute_has_both_sides(connection: Connection) -> None:
    (dispute,) = views.disputes(connection, Filters())
    assert {told.said_by for told in dispute.supporters} == {"two Kaldian diplomats"}
    assert [told.said_by for told in dispute.deniers] == ["a spokesman for Velmar"]
    assert dispute.origins == 4
    assert len(views.disputes(connection, Filters(party=("the Front",)))) == 1
    assert views.disputes(connection, Filters(topic=("aid",))) == []


def test_who_is_quoted_how_often_on_what_authority(connection: Connection) -> None:
    (marrow,) = views.sources(connection, Filters())
    assert (marrow.name, marrow.statements, marrow.authorities) == ("Ilena Marrow", 4, {"named": 4})
    assert marrow.latest is not None
    assert marrow.latest.day == "2025-06-02"
    (within,) = views.sources(connection, Filters(until="2025-05-28", party=("the Front",)))
    assert within.statements == 2


def test_a_claim_on_unnamed_sources_alone_is_weak(connection: Connection) -> None:
    (weak,) = views.weak(connection, Filters())
    assert (weak.claim.authority, weak.tellings, weak.origins) == ("unnamed", 4, 4)


def test_a_search_says_whose_words_they_are(connection: Connection) -> None:
    hit = views.search(connection, "lasting truce council", Filters())[0]
    assert "truce" in hit.passage
    denial = views.search(connection, '"shelled Brenna"', Filters())[0]
    assert (denial.said_by, denial.authority) == ("A spokesman for Velmar", "unnamed") or (
        denial.said_by == "a spokesman for Velmar"
    )


def test_a_search_knows_forms_beginnings_and_filters(connection: Connection) -> None:
    assert len(views.search(connection, "rejecting prisoner", Filters())) == 4
    assert len(views.search(connection, "diplom*", Filters())) == 4
    assert len(views.search(connection, "truce", Filters(since="2025-06-01"))) == 1
    assert views.search(connection, "elephant", Filters()) == []


@pytest.mark.parametrize("words", ['"', "AND OR NOT", "a(b", "x:y", "*", "'; DROP TABLE texts"])
def test_no_query_breaks_the_search(connection: Connection, words: str) -> None:
    with suppress(StoreError):  # that there is nothing to look for
        assert isinstance(views.search(connection, words, Filters()), list)


def test_the_sentence_around_words_ends_where_it_ends() -> None:
    text = 'Mr. Roe left. R. N. Burns said "no." He added that the U.S. would wait. Then\nnothing.'
    begins = text.index("would")
    assert passage(text, begins, begins + 5) == "He added that the U.S. would wait."
    at = text.index("left")
    assert passage(text, at, at + 4) == "Mr. Roe left."


def test_a_month_that_is_cut_short_ends_no_sentence() -> None:
    text = "They met. The war began with the Oct. 7 attack. It goes on."
    at = text.index("attack")
    assert passage(text, at, at + 6) == "The war began with the Oct. 7 attack."
