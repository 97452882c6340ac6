"""The roles of persons in the store, and from when to when reports give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, bindparam, select, update

from onrecord.linking import actors as rules
from onrecord.linking.actors import Resolved
from onrecord.linking.kept.catalogue import Part
from onrecord.linking.names import norm
from onrecord.record import Record
from onrecord.store import dates
from onrecord.store.rows import insert
from onrecord.store.schema import affiliations

_LISTED = 400
"""Persons asked for in one query: both databases bound how many may be listed."""

Key = tuple[int, str, str]
"""The person's row, the role, and the normalised name of whom it is of."""


def link(
    connection: Connection,
    records: Mapping[int, Record],
    resolved: Mapping[int, Mapping[str, Resolved]],
    part: Part,
) -> None:
    """Notes the roles that reports give persons, and widens from when to when they are told."""
    told: dict[Key, list[str]] = {}
    of: dict[Key, int | None] = {}
    for n, record in records.items():
        for key, party in _roles(record, resolved[n], part):
            told.setdefault(key, []).append(dates.day(record.report.published))
            of[key] = party
    there = _there(connection, sorted({key[0] for key in told}))
    fresh = [_row(key, days, of[key]) for key, days in told.items() if key not in there]
    insert(connection, affiliations, fresh)
    _widen(connection, {key: days for key, days in told.items() if key in there}, there)


def _roles(
    record: Record, resolved: Mapping[str, Resolved], part: Part
) -> Iterator[tuple[Key, int | None]]:
    for id, role, party in dict.fromkeys(rules.affiliations(record, resolved)):
        n = part.number(id)
        of = part.catalogue.actors.get(party or "")
        if n is not None:
            yield (n, role, norm(of.name) if of else ""), part.number(party)


def _there(connection: Connection, numbers: list[int]) -> dict[Key, tuple[str, str, int]]:
    """The first and last day of each role that the store has, and how often it was told."""
    found: dict[Key, tuple[str, str, int]] = {}
    for k in range(0, len(numbers), _LISTED):
        some = affiliations.c.catalogue_n.in_(numbers[k : k + _LISTED])
        for row in connection.execute(select(affiliations).where(some)):
            key = (row.catalogue_n, row.role, row.of_norm)
            found[key] = (row.first_day, row.last_day, row.told)
    return found


def _row(key: Key, days: list[str], of: int | None) -> dict[str, object]:
    known = [day for day in days if day]
    return {
        "catalogue_n": key[0],
        "role": key[1],
        "of_norm": key[2],
        "of_n": of,
        "first_day": min(known, default=""),
        "last_day": max(known, default=""),
        "told": len(days),
    }


def _widen(
    connection: Connection, told: dict[Key, list[str]], there: dict[Key, tuple[str, str, int]]
) -> None:
    rows = []
    for key, days in told.items():
        first, last, many = there[key]
        known = [day for day in (first, last, *days) if day]
        spread = {"first": min(known, default=""), "last": max(known, default="")}
        its = {"its": key[0], "its_role": key[1], "its_of": key[2]}
        rows.append({**its, **spread, "many": many + len(days)})
    its_row = (
        (affiliations.c.catalogue_n == bindparam("its"))
        & (affiliations.c.role == bindparam("its_role"))
        & (affiliations.c.of_norm == bindparam("its_of"))
    )
    widened = update(affiliations).where(its_row)
    if rows:
        changed = widened.values(
            first_day=bindparam("first"), last_day=bindparam("last"), told=bindparam("many")
        )
        connection.execute(changed, rows)
