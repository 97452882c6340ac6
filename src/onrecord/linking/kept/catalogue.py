"""The part of the catalogue that the reports linked so far touch: looked up, and written back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select, update

from onrecord.linking.actors import MADE_BY
from onrecord.linking.catalogue import Catalogue, Known
from onrecord.linking.names import norm
from onrecord.reading.countries import COUNTRIES
from onrecord.store.rows import Row, insert, next_number
from onrecord.store.schema import catalogue, catalogue_names

_LISTED = 400
"""Names asked for in one query: both databases bound how many may be listed."""

T = TypeVar("T", int, str)

MOST = 50_000
"""Names beyond which the part is made anew: a megabyte for a thousand of them."""


@dataclass(slots=True)
class Saved:
    """An actor as the store has it."""

    n: int
    name: str
    party: str | None = None
    used: int = 0
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Part:
    """The actors met so far, and what the store has of them."""

    catalogue: Catalogue = field(default_factory=Catalogue)
    saved: dict[str, Saved] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Normalised names that the store was asked for."""

    def number(self, id: str | None) -> int | None:
        """The row of an actor; None where there is none."""
        found = self.saved.get(id or "")
        return found.n if found else None


def load(connection: Connection, part: Part, wanted: set[str]) -> None:
    """Takes in the actors called by any of these names.

    What people merged stays apart here: memberships say who was taken for whom, `roles` follow the
    merges, and a merge that is undone needs nothing put back.
    """
    if len(part.asked) > MOST:
        part.catalogue, part.saved, part.asked = Catalogue(), {}, set()
    there = {saved.n for saved in part.saved.values()}
    found: set[int] = set()
    for names in _parts(wanted - part.asked):
        called = catalogue_names.c.norm.in_(names)
        found |= set(connection.scalars(select(catalogue_names.c.catalogue_n).where(called)))
    part.asked |= wanted
    for some in _parts(found - there):
        parties = select(catalogue.c.party_n).where(catalogue.c.n.in_(some))
        found |= {n for n in connection.scalars(parties) if n is not None}
    _take(connection, part, found - there)


def _parts(wanted: Iterable[T]) -> Iterator[list[T]]:
    listed = sorted(wanted)
    for k in range(0, len(listed), _LISTED):
        yield listed[k : k + _LISTED]


def _take(connection: Connection, part: Part, numbers: set[int]) -> None:
    ids = {saved.n: id for id, saved in part.saved.items()}
    parties: dict[str, int] = {}
    for some in _parts(numbers):
        for row in connection.execute(select(catalogue).where(catalogue.c.n.in_(some))):
            ids[row.n] = row.id
            part.saved[row.id] = Saved(row.n, row.name)
            if row.party_n is not None:
                parties[row.id] = row.party_n
            if row.id not in part.catalogue.actors:
                part.catalogue.actors[row.id] = _known(row.id, row.name, row.kind)
        _names(connection, part, some, ids)
    for id, n in parties.items():
        part.saved[id].party = ids.get(n)
        actor = part.catalogue.actors[id]
        actor.party = actor.party or ids.get(n)


def _known(id: str, name: str, kind: str) -> Known:
    country = name if kind == "state" and name.lower() in COUNTRIES else None
    return Known(id=id, name=name, kind=kind, country=country)


def _names(connection: Connection, part: Part, numbers: list[int], ids: dict[int, str]) -> None:
    query = select(catalogue_names).where(catalogue_names.c.catalogue_n.in_(numbers))
    for row in connection.execute(query):
        id = ids[row.catalogue_n]
        part.saved[id].names.add(row.norm)
        part.saved[id].used += row.used
        part.catalogue.actors[id].used += row.used
        part.catalogue.name(part.catalogue.actors[id], row.name, row.kind)


def write(connection: Connection, part: Part, touched: Iterable[str]) -> None:
    """Writes new actors, new names, and how much more each is used, of those touched."""
    ids = list(dict.fromkeys(touched))
    fresh = [id for id in ids if id not in part.saved]
    _recognise(connection, part, fresh)
    fresh = [id for id in fresh if id not in part.saved]
    for n, id in enumerate(fresh, start=next_number(connection, catalogue)):
        part.saved[id] = Saved(n, part.catalogue.actors[id].name)
    insert(connection, catalogue, [_row(part, id) for id in fresh])
    insert(connection, catalogue_names, [row for id in ids for row in _new_names(part, id)])
    _count(connection, part, ids)
    _change(connection, part, ids)


def _recognise(connection: Connection, part: Part, ids: list[str]) -> None:
    """Finds the rows of actors that were made here under a name that nobody asked the store for."""
    found: set[int] = set()
    for some in _parts(ids):
        found |= set(connection.scalars(select(catalogue.c.n).where(catalogue.c.id.in_(some))))
    _take(connection, part, found)


def _row(part: Part, id: str) -> Row:
    actor = part.catalogue.actors[id]
    made = {"n": part.saved[id].n, "id": id, "name": actor.name, "kind": actor.kind}
    return {**made, "made_by": MADE_BY}


def _new_names(part: Part, id: str) -> Iterator[Row]:
    actor, saved = part.catalogue.actors[id], part.saved[id]
    for plain, (written, kind) in actor.names.items():
        if plain not in saved.names:
            saved.names.add(plain)
            row = {"catalogue_n": saved.n, "norm": plain, "name": written, "kind": kind}
            yield {**row, "used": 0, "made_by": MADE_BY}


def _count(connection: Connection, part: Part, ids: list[str]) -> None:
    """How much more each is used, counted at its main name."""
    rows = []
    for id in ids:
        actor, saved = part.catalogue.actors[id], part.saved[id]
        if more := actor.used - saved.used:
            saved.used = actor.used
            rows.append({"its": saved.n, "main": norm(actor.name), "more": more})
    its = (catalogue_names.c.catalogue_n == bindparam("its")) & (
        catalogue_names.c.norm == bindparam("main")
    )
    counted = update(catalogue_names).where(its)
    if rows:
        used = catalogue_names.c.used + bindparam("more")
        connection.execute(counted.values(used=used), rows)


def _change(connection: Connection, part: Part, ids: list[str]) -> None:
    """The names that have become fuller, and whose side each is on."""
    rows = []
    for id in ids:
        actor, saved = part.catalogue.actors[id], part.saved[id]
        party = actor.party if actor.party in part.saved and actor.party != id else saved.party
        if (actor.name, party) != (saved.name, saved.party):
            saved.name, saved.party = actor.name, party
            rows.append({"its": saved.n, "new_name": actor.name, "side": part.number(party)})
    changed = update(catalogue).where(catalogue.c.n == bindparam("its"))
    if rows:
        connection.execute(
            changed.values(name=bindparam("new_name"), party_n=bindparam("side")), rows
        )
