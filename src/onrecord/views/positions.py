"""Where each party stands on each topic: the latest position, those before, what changed."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.store.schema import catalogue, entries, roles, tallies
from onrecord.views.filters import Filters, parties
from onrecord.views.telling import Told, told

HISTORY = 8
"""Positions of a party on a topic that are looked at, the latest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One party on one topic."""

    party: str
    topic: str
    stance: str
    latest: Told
    history: tuple[Told, ...]
    """The latest first, itself among them."""
    before: str
    """The stance before the day asked about, or before the latest; empty where there was none."""
    changed: bool
    """Whether that is another one than now."""
    party_id: str = ""
    """The catalogue actor's id."""


def positions(
    connection: Connection,
    filters: Filters,
    *,
    changed_since: str = "",
    unchanged: bool = False,
    history: int = HISTORY,
    skip: int = 0,
) -> list[Standing]:
    """The standing of every party on every topic it has taken a position on.

    Without parties in the filters, those that take the most positions, `limit` of them after the
    first `skip`. With `changed_since`, only what is new or otherwise than before that day, unless
    what is `unchanged` is wanted too. A `history` longer than `HISTORY` has the sentences around
    all its words, a shorter one those of the latest alone.
    """
    numbers = parties(connection, filters.party) or _foremost(connection, filters, skip)
    known = _known(connection, numbers)
    cells = {
        (number, topic): _last(
            connection, number, topic, filters, itself=bool(filters.party), many=history
        )
        for number in numbers
        for topic in _topics(connection, number, filters)
    }
    numbers_told = [n for held in cells.values() for n in held]
    lines = told(connection, numbers_told, passages=history > HISTORY)
    if history <= HISTORY:
        lines |= told(connection, (held[0] for held in cells.values() if held))
    made = [
        _standing(known[number], topic, [lines[n] for n in held if n in lines], changed_since)
        for (number, topic), held in cells.items()
        if held
    ]
    return [
        one
        for one in made
        if unchanged or not changed_since or (one.changed and one.latest.day >= changed_since)
    ]


def _standing(party: tuple[str, str], topic: str, held: list[Told], since: str) -> Standing:
    latest = held[0]
    earlier = [
        one for one in held if ("" < one.day < since if since else one.report != latest.report)
    ]
    before = earlier[0].label if earlier else ""
    return Standing(
        party=party[0],
        party_id=party[1],
        topic=topic,
        stance=latest.label,
        latest=latest,
        history=tuple(held),
        before=before,
        changed=before != latest.label and (bool(before) or bool(since)),
    )


def _foremost(connection: Connection, filters: Filters, skip: int) -> list[int]:
    """Those who take the most positions, in the days asked about, after the first `skip`."""
    if filters.windowed:
        its = [roles.c.layer == "positions", roles.c.role == "by", *filters.days(roles.c.day)]
        if filters.topic:
            its.append(roles.c.facet.in_(filters.topic))
        counted = func.count().label("entries")
        grouped = select(roles.c.party_n, counted).where(*its, roles.c.party_n.is_not(None))
        query = grouped.group_by(roles.c.party_n).order_by(counted.desc(), roles.c.party_n)
        return [row[0] for row in connection.execute(query.limit(filters.limit).offset(skip))]
    counted = func.sum(tallies.c.entries).label("entries")
    its = [tallies.c.side == "party", tallies.c.layer == "positions", tallies.c.role == "by"]
    its.append(tallies.c.facet.in_(filters.topic or [""]))
    if len(filters.topic) < 2:
        ordered = select(tallies.c.who_n).where(*its)
        ordered = ordered.order_by(tallies.c.entries.desc(), tallies.c.who_n)
    else:
        ordered = select(tallies.c.who_n).where(*its).group_by(tallies.c.who_n)
        ordered = ordered.order_by(counted.desc(), tallies.c.who_n)
    return list(connection.scalars(ordered.limit(filters.limit).offset(skip)))


def _known(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, str]]:
    """Name and id of each party."""
    columns = (catalogue.c.n, catalogue.c.name, catalogue.c.id)
    rows = connection.execute(select(*columns).where(catalogue.c.n.in_(numbers)))
    return {row.n: (row.name, row.id) for row in rows}


def _topics(connection: Connection, number: int, filters: Filters) -> list[str]:
    """The topics that a party has positions on, most first."""
    its = (
        tallies.c.who_n == number,
        tallies.c.layer == "positions",
        tallies.c.role == "by",
        tallies.c.facet != "",
        tallies.c.entries > 0,
    )
    query = select(tallies.c.facet).where(*its).order_by(tallies.c.entries.desc())
    found = dict.fromkeys(connection.scalars(query))
    return [topic for topic in found if not filters.topic or topic in filters.topic]


def _last(
    connection: Connection, number: int, topic: str, filters: Filters, *, itself: bool, many: int
) -> list[int]:
    """The last positions on its side, and (`itself`) its own, where it is on another's side."""
    found: dict[int, str] = {}
    for column in (roles.c.party_n, roles.c.catalogue_n) if itself else (roles.c.party_n,):
        query = (
            select(roles.c.entry_n, roles.c.day)
            .where(
                column == number,
                roles.c.layer == "positions",
                roles.c.role == "by",
                roles.c.facet == topic,
                *filters.days(roles.c.day),
            )
            .order_by(roles.c.day.desc(), roles.c.entry_n.desc())
            .limit(many)
        )
        if filters.authority:
            its = entries.c.authority.in_(filters.authority)
            query = query.join(entries, entries.c.n == roles.c.entry_n).where(its)
        found |= {row.entry_n: row.day for row in connection.execute(query)}
    return sorted(found, key=lambda n: (found[n], n), reverse=True)[:many]
