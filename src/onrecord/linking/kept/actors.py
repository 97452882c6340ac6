"""The catalogue in the store: looked up for one report, resolved, written back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from onrecord.linking import actors as rules
from onrecord.linking.actors import MADE_BY, Catalogue, Known, Resolved
from onrecord.linking.names import norm
from onrecord.reading.countries import COUNTRIES
from onrecord.record import Record
from onrecord.store.catalogue import Membership, assign
from onrecord.store.save import next_number
from onrecord.store.schema import actors, affiliations, catalogue, catalogue_names

_LISTED = 400
"""Names asked for in one query: both databases bound how many may be listed."""


@dataclass(slots=True)
class Part:
    """The part of the catalogue that one report touches."""

    catalogue: Catalogue = field(default_factory=Catalogue)
    numbers: dict[str, int] = field(default_factory=dict)
    """Rows of the actors that are in the store, by id."""
    names: dict[str, set[str]] = field(default_factory=dict)
    """The normalised names that the store has of them."""
    used: dict[str, int] = field(default_factory=dict)


def link(connection: Connection, n: int, record: Record) -> dict[str, int]:
    """Says who the actors of report `n` are; the catalogue rows of those known, by their ids."""
    part = _load(connection, rules.wanted(record))
    resolved = rules.resolve(record, part.catalogue)
    _write(connection, part)
    own = select(actors.c.local, actors.c.n).where(actors.c.report_n == n)
    rows = {row.local: row.n for row in connection.execute(own)}
    assign(connection, _memberships(resolved, part, rows))
    _affiliations(connection, n, record, resolved, part)
    return {id: part.numbers[one.id] for id, one in resolved.items() if one.id in part.numbers}


def _memberships(
    resolved: dict[str, Resolved], part: Part, rows: dict[str, int]
) -> Iterable[Membership]:
    for id, one in resolved.items():
        if id in rows:
            yield Membership(
                actor_n=rows[id],
                catalogue_n=part.numbers.get(one.id or ""),
                party_n=part.numbers.get(one.party or ""),
                made_by=MADE_BY,
            )


def _load(connection: Connection, wanted: set[str]) -> Part:
    """The catalogue actors called by any of these names.

    What people merged stays apart here: memberships say who was taken for whom, `roles` follow the
    merges, and a merge that is undone needs nothing put back.
    """
    part = Part()
    listed = sorted(wanted)
    found: set[int] = set()
    for k in range(0, len(listed), _LISTED):
        called = catalogue_names.c.norm.in_(listed[k : k + _LISTED])
        query = select(catalogue_names.c.catalogue_n).where(called)
        found |= {int(n) for n in connection.scalars(query)}
    parties = select(catalogue.c.party_n).where(catalogue.c.n.in_(found))
    also = {int(n) for n in connection.scalars(parties) if n is not None}
    _actors(connection, part, found | also)
    _names(connection, part, found | also)
    return part


def _actors(connection: Connection, part: Part, numbers: set[int]) -> None:
    rows = connection.execute(select(catalogue).where(catalogue.c.n.in_(numbers))).all()
    ids = {row.n: row.id for row in rows}
    for row in rows:
        part.numbers[row.id] = row.n
        part.catalogue.actors[row.id] = Known(
            id=row.id,
            name=row.name,
            kind=row.kind,
            country=row.name if row.kind == "state" and row.name.lower() in COUNTRIES else None,
            party=ids.get(row.party_n),
        )


def _names(connection: Connection, part: Part, numbers: set[int]) -> None:
    ids = {n: id for id, n in part.numbers.items()}
    query = select(catalogue_names).where(catalogue_names.c.catalogue_n.in_(numbers))
    for row in connection.execute(query):
        id = ids[row.catalogue_n]
        known = part.catalogue.actors[id]
        known.used += row.used
        part.names.setdefault(id, set()).add(row.norm)
        part.catalogue.name(known, row.name, row.kind)
    part.used = {id: known.used for id, known in part.catalogue.actors.items()}


def _write(connection: Connection, part: Part) -> None:
    """Writes new actors, new names, and how much more each is used."""
    _recognise(connection, part)
    fresh = [a for a in part.catalogue.actors.values() if a.id not in part.numbers]
    first = next_number(connection, catalogue)
    part.numbers.update({actor.id: first + k for k, actor in enumerate(fresh)})
    if fresh:
        rows = [_row(actor, part.numbers[actor.id]) for actor in fresh]
        connection.execute(catalogue.insert(), rows)
    for actor in part.catalogue.actors.values():
        _write_names(connection, actor, part)
        _write_actor(connection, actor, part)


def _recognise(connection: Connection, part: Part) -> None:
    """Finds the rows of actors that were made here under a name that nobody asked the store for."""
    ids = [id for id in part.catalogue.actors if id not in part.numbers]
    query = select(catalogue.c.id, catalogue.c.n).where(catalogue.c.id.in_(ids))
    found = {row.id: int(row.n) for row in connection.execute(query)} if ids else {}
    part.numbers |= found
    ids_of = {n: id for id, n in found.items()}
    its = catalogue_names.c.catalogue_n.in_(ids_of)
    for row in connection.execute(select(catalogue_names).where(its)) if found else ():
        part.names.setdefault(ids_of[row.catalogue_n], set()).add(row.norm)


def _row(actor: Known, n: int) -> dict[str, object]:
    return {
        "n": n,
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "made_by": MADE_BY,
    }


def _write_names(connection: Connection, actor: Known, part: Part) -> None:
    there = part.names.get(actor.id, set())
    n = part.numbers[actor.id]
    more = actor.used - part.used.get(actor.id, 0)
    main = norm(actor.name)
    rows = [
        {
            "catalogue_n": n,
            "norm": plain,
            "name": written,
            "kind": kind,
            "used": more if plain == main else 0,
            "made_by": MADE_BY,
        }
        for plain, (written, kind) in actor.names.items()
        if plain not in there
    ]
    if rows:
        connection.execute(catalogue_names.insert(), rows)
    if more and main in there:
        its = (catalogue_names.c.catalogue_n == n) & (catalogue_names.c.norm == main)
        counted = update(catalogue_names).where(its)
        connection.execute(counted.values(used=catalogue_names.c.used + more))


def _write_actor(connection: Connection, actor: Known, part: Part) -> None:
    """The name, which may have become fuller, and whose side the actor is on."""
    values: dict[str, object] = {}
    if actor.id in part.used:
        values["name"] = actor.name
    if actor.party in part.numbers and actor.party != actor.id:
        values["party_n"] = part.numbers[actor.party]
    if values:
        its = update(catalogue).where(catalogue.c.n == part.numbers[actor.id])
        changed = [catalogue.c[name].is_distinct_from(value) for name, value in values.items()]
        condition = changed[0] if len(changed) == 1 else changed[0] | changed[1]
        connection.execute(its.where(condition).values(values))


def _affiliations(
    connection: Connection, n: int, record: Record, resolved: dict[str, Resolved], part: Part
) -> None:
    """Notes the roles that the report gives persons, and widens from when to when they are told."""
    day = (record.report.published or "")[:10]
    for id, role, party in dict.fromkeys(rules.affiliations(record, resolved)):
        of = part.numbers.get(party or "")
        of_name = part.catalogue.actors[party].name if party in part.catalogue.actors else ""
        _affiliation(connection, part.numbers[id], role, norm(of_name), of, day)


def _affiliation(
    connection: Connection, n: int, role: str, of_norm: str, of: int | None, day: str
) -> None:
    its = (
        (affiliations.c.catalogue_n == n)
        & (affiliations.c.role == role)
        & (affiliations.c.of_norm == of_norm)
    )
    row = connection.execute(select(affiliations).where(its)).first()
    if row is None:
        made = {
            "catalogue_n": n,
            "role": role,
            "of_norm": of_norm,
            "of_n": of,
            "first_day": day,
            "last_day": day,
        }
        connection.execute(affiliations.insert().values(made))
        return
    days = [d for d in (row.first_day, row.last_day, day) if d]
    spread = {"first_day": min(days, default=""), "last_day": max(days, default="")}
    widened = {**spread, "told": row.told + 1}
    connection.execute(update(affiliations).where(its).values(widened))
