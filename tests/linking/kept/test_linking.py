"""The links of a small store, as questions find them."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from tests.store.building import record

from onrecord import linking
from onrecord.record import Record
from onrecord.store import Store, save, schema


def put(store: Store, *made: Record) -> list[int]:
    with store.write() as connection:
        return [save.put(connection, one, save.Found(place="here"), reader="test") for one in made]


def rows(store: Store, name: str) -> list[Any]:
    table = schema.metadata.tables[name]
    with store.read() as connection:
        return list(connection.execute(select(table)))


def counts(store: Store) -> dict[str, int]:
    names = ("origins", "origin_members", "catalogue", "memberships", "claims", "claim_members")
    with store.read() as connection:
        query = {
            name: select(func.count()).select_from(schema.metadata.tables[name]) for name in names
        }
        return {name: int(connection.scalar(one) or 0) for name, one in query.items()}


def test_copies_are_one_origin_the_earliest_first(store: Store) -> None:
    late, early = put(store, record(1, published="2025-05-26"), record(2, published="2025-05-25"))
    linking.link(store, [late, early])
    (origin,) = rows(store, "origins")
    assert (origin.first_n, origin.copies, origin.day) == (early, 2, "2025-05-25")


def test_one_actor_in_two_reports_is_one_of_the_catalogue(store: Store) -> None:
    linking.link(store, put(store, record(1), record(2)))
    members = rows(store, "memberships")
    known = [m.catalogue_n for m in members if m.catalogue_n is not None]
    assert len(known) == 2 * len(set(known))
    names = {row.name for row in rows(store, "catalogue")}
    assert {"Ilena Marrow", "Kaldia", "Velmar"} <= names
    assert "two Kaldian diplomats" not in names


def test_a_person_has_a_role_from_when_to_when(store: Store) -> None:
    first, last = record(1, published="2025-05-01"), record(2, published="2025-05-09")
    linking.link(store, put(store, first, last))
    (role,) = [row for row in rows(store, "affiliations") if row.role]
    assert role.role == "member of its council"
    assert (role.first_day, role.last_day, role.told) == ("2025-05-01", "2025-05-09", 2)


def test_what_two_copies_tell_is_told_once_by_one_origin(store: Store) -> None:
    linking.link(store, put(store, record(1), record(2)))
    claims = [row for row in rows(store, "claims") if row.layer == "figures"]
    assert [(row.tellings, row.origins) for row in claims] == [(2, 1)]


def test_a_claim_knows_its_deniers_and_is_disputed(store: Store) -> None:
    linking.link(store, put(store, record(1)))
    shelled = [row for row in rows(store, "claims") if row.deniers]
    assert shelled
    disputed = {row.claim_n for row in rows(store, "disputes")}
    assert disputed == {row.n for row in shelled}


def test_linking_again_changes_nothing(store: Store) -> None:
    numbers = put(store, record(1), record(2), record(3, published="2025-05-29"))
    linking.link(store, numbers)
    before = counts(store)
    linking.link(store, numbers)
    assert counts(store) == before


def test_one_at_a_time_gives_what_all_at_once_give(store: Store, tmp_path: Path) -> None:
    made = [record(1), record(2), record(3, published="2025-05-29")]
    for n in put(store, *made):
        linking.link(store, [n])
    with Store.open(tmp_path / "at once.db") as other:
        linking.link(other, put(other, *made))
        assert counts(store) == counts(other)


def test_what_another_process_has_claimed_is_found(store: Store, url: str) -> None:
    first, second = put(store, record(1), record(2))
    linking.link(store, [first])
    with Store.open(url) as other:
        linking.link(other, [second])
    (claim,) = [row for row in rows(store, "claims") if row.layer == "figures"]
    assert claim.tellings == 2


def test_a_later_version_has_a_diff(store: Store) -> None:
    early = record(1, published="2025-05-25", killed=40)
    late = record(2, published="2025-05-26", killed=52)
    linking.link(store, put(store, early, late))
    (version,) = rows(store, "versions")
    assert version.diff["figures"]["changed"][0]["fields"]["value"] == [40, 52]


def test_a_linked_report_says_by_which_rules(store: Store) -> None:
    linking.link(store, put(store, record(1)))
    assert [row.linked_by for row in rows(store, "reports")] == [linking.VERSION]


def test_a_report_that_is_not_there_is_left_aside(store: Store) -> None:
    linking.link(store, [10_000])
    assert counts(store)["claims"] == 0
