"""Who there is in the reports: one actor's names, roles and people, and who has the most to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.store import catalogue as known
from onrecord.store.names import norm
from onrecord.store.schema import affiliations, catalogue, catalogue_names, tallies

PARTS = (
    ("statements", "speaker"),
    ("events", "actor"),
    ("events", "recipient"),
    ("proposals", "by"),
    ("positions", "by"),
)
"""The layers and roles that are counted for an actor."""


ENOUGH = 8
"""Actors whose names begin so, beyond which those with such a word inside aren't looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """One actor in a list."""

    id: str
    name: str
    kind: str
    party: str
    party_id: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One way in which reports call an actor."""

    name: str
    kind: str
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A role that reports give an actor, and from when to when."""

    role: str
    of: str
    of_id: str
    first_day: str
    last_day: str
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the store knows of one actor."""

    n: int
    id: str
    name: str
    kind: str
    country: str
    party: str
    party_id: str
    names: tuple[Called, ...]
    offices: tuple[Office, ...]
    people: tuple[ActorLine, ...]
    """Those on its side who are quoted most."""
    authorities: dict[str, int]
    """Its statements by authority."""
    counts: dict[tuple[str, str], int]
    """How often it has each part in each layer."""
    topics: dict[str, int]
    """The positions of its side by topic."""
    merged_from: tuple[str, ...]
    """Names of actors that people merged into it."""


def actors(
    connection: Connection, *, name: str = "", kind: str = "", skip: int = 0, limit: int = 50
) -> list[ActorLine]:
    """Those who are quoted most; with `name`, those called so or whose names begin so."""
    side = catalogue.alias("side")
    counted = tallies.c.entries
    query = (
        select(catalogue, side.c.name.label("party"), side.c.id.label("party_id"), counted)
        .join(tallies, _all_statements(), isouter=bool(name))
        .join(side, side.c.n == catalogue.c.party_n, isouter=True)
        .where(catalogue.c.merged_n.is_(None))
    )
    if kind:
        query = query.where(catalogue.c.kind == kind)
    if name:
        query = query.where(catalogue.c.n.in_(_called(connection, name)))
    most = func.coalesce(counted, 0).desc() if name else counted.desc()
    ordered = query.order_by(most, catalogue.c.n)
    rows = connection.execute(ordered.offset(skip).limit(limit))
    return [_line(row) for row in rows]


def _all_statements() -> Any:
    return (
        (tallies.c.who_n == catalogue.c.n)
        & (tallies.c.side == "actor")
        & (tallies.c.layer == "statements")
        & (tallies.c.role == "speaker")
        & (tallies.c.facet == "")
    )


def _called(connection: Connection, name: str) -> list[int]:
    """Those called `name`, or whose names begin or have a word that begins so."""
    wanted = norm(name)
    found = known.find(connection, name)
    begins = catalogue_names.c.norm.between(wanted, wanted + "\uffff")
    inside = catalogue_names.c.norm.contains(f" {wanted}", autoescape=True)
    for condition in (begins, inside):
        if len(found) > ENOUGH:
            break  # the second one has to look at every name
        query = select(catalogue_names.c.catalogue_n).where(condition)
        ordered = query.order_by(catalogue_names.c.used.desc()).limit(200)
        numbers = connection.scalars(ordered).all()
        now = known.currents(connection, numbers)
        found += [now.get(n, n) for n in numbers]
    return list(dict.fromkeys(found))[:400]


def _line(row: Row[Any]) -> ActorLine:
    got = row._mapping
    return ActorLine(
        id=got["id"],
        name=got["name"],
        kind=got["kind"],
        party=got["party"] or "",
        party_id=got["party_id"] or "",
        statements=got["entries"] or 0,
    )


def profile(connection: Connection, id: str) -> Profile:
    """The actor called `id`, or what it was merged into.

    Raises `StoreError` where there is none.
    """
    n = known.current(connection, known.number(connection, id))
    side = catalogue.alias("side")
    query = select(catalogue, side.c.name.label("party"), side.c.id.label("party_id"))
    query = query.join(side, side.c.n == catalogue.c.party_n, isouter=True)
    row = connection.execute(query.where(catalogue.c.n == n)).one()
    merged = _merged(connection, n)
    numbers = [n, *merged]
    return Profile(
        n=n,
        id=row.id,
        name=row.name,
        kind=row.kind,
        country=row.country or "",
        party=row.party or "",
        party_id=row.party_id or "",
        names=_names(connection, numbers),
        offices=_offices(connection, numbers),
        people=_people(connection, n),
        authorities=_tallied(connection, n, side="actor", layer="statements", role="speaker"),
        counts=_counts(connection, n),
        topics=_tallied(connection, n, side="party", layer="positions", role="by"),
        merged_from=tuple(merged.values()),
    )


def _merged(connection: Connection, n: int) -> dict[int, str]:
    query = select(catalogue.c.n, catalogue.c.name).where(catalogue.c.merged_n == n)
    return {row.n: row.name for row in connection.execute(query)}


def _names(connection: Connection, numbers: Sequence[int]) -> tuple[Called, ...]:
    query = select(catalogue_names).where(catalogue_names.c.catalogue_n.in_(numbers))
    rows = connection.execute(query.order_by(catalogue_names.c.used.desc()).limit(60))
    return tuple(Called(name=row.name, kind=row.kind, used=row.used) for row in rows)


def _offices(connection: Connection, numbers: Sequence[int]) -> tuple[Office, ...]:
    of = catalogue.alias("of")
    query = select(affiliations, of.c.name.label("of"), of.c.id.label("of_id"))
    query = query.join(of, of.c.n == affiliations.c.of_n, isouter=True)
    query = query.where(affiliations.c.catalogue_n.in_(numbers), affiliations.c.role != "")
    rows = connection.execute(query.order_by(affiliations.c.told.desc()).limit(40))
    made = (
        Office(
            role=row.role,
            of=row.of or "",
            of_id=row.of_id or "",
            first_day=row.first_day,
            last_day=row.last_day,
            told=row.told,
        )
        for row in rows
    )
    return tuple(sorted(made, key=lambda one: one.last_day, reverse=True))


def _people(connection: Connection, n: int) -> tuple[ActorLine, ...]:
    side = catalogue.alias("side")
    told = (side.c.name.label("party"), side.c.id.label("party_id"), tallies.c.entries)
    query = (
        select(catalogue, *told)
        .join(tallies, _all_statements(), isouter=True)
        .join(side, side.c.n == catalogue.c.party_n)
        .where(catalogue.c.party_n == n, catalogue.c.n != n, catalogue.c.merged_n.is_(None))
    )
    most = query.order_by(func.coalesce(tallies.c.entries, 0).desc()).limit(24)
    return tuple(_line(row) for row in connection.execute(most))


def _tallied(connection: Connection, n: int, *, side: str, layer: str, role: str) -> dict[str, int]:
    its = (
        tallies.c.side == side,
        tallies.c.who_n == n,
        tallies.c.layer == layer,
        tallies.c.role == role,
        tallies.c.facet != "",
        tallies.c.entries > 0,
    )
    query = select(tallies.c.facet, tallies.c.entries).where(*its)
    rows = connection.execute(query.order_by(tallies.c.entries.desc()))
    return {row.facet: row.entries for row in rows}


def _counts(connection: Connection, n: int) -> dict[tuple[str, str], int]:
    its = (tallies.c.side == "actor", tallies.c.who_n == n, tallies.c.facet == "")
    query = select(tallies.c.layer, tallies.c.role, tallies.c.entries).where(*its)
    found = {(row.layer, row.role): row.entries for row in connection.execute(query)}
    return {part: found[part] for part in PARTS if found.get(part)}
