"""Where each party stands on each topic: the latest position, those before, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from onrecord.store.schema import catalogue, entries, roles, tallies
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, parties
from onrecord.views.lasting import Side, facets, last, merged
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
    all its words, a shorter one those of the latest alone; one of 0 holds the latest alone, which
    is quicker.
    """
    numbers = parties(connection, filters.party) or _foremost(connection, filters, skip)
    cells = _cells(connection, numbers, filters, max(history, HISTORY))
    light = _light(connection, [n for held in cells.values() for n in held])
    stood = {
        cell: _turn([light[n] for n in held if n in light], changed_since)
        for cell, held in cells.items()
    }
    wanted = {
        cell: turn
        for cell, turn in stood.items()
        if unchanged or not changed_since or (turn.changed and turn.latest.day >= changed_since)
    }
    lines = _lines(connection, cells, wanted, history)
    known = _known(connection, numbers)
    return [
        _standing(known[cell[0]], cell[1], turn, [lines[n] for n in cells[cell] if n in lines])
        for cell, turn in wanted.items()
        if turn.latest.n in lines
    ]


_Cell = tuple[int, str]
"""A party and a topic."""


class _Light(NamedTuple):
    """As much of a position as tells whether it is another one."""

    n: int
    stance: str
    day: str
    report_n: int


class _Turn(NamedTuple):
    """The latest position of a cell, the stance before it, and whether that is another one."""

    latest: _Light
    before: str
    changed: bool


def _cells(
    connection: Connection, numbers: Sequence[int], filters: Filters, many: int
) -> dict[_Cell, list[int]]:
    """The last positions of each party on each topic, the topics it has most on first.

    Those on its side, and, of parties that are asked for, its own where it is on another's side.
    """
    sides: tuple[Side, ...] = ("party", "actor") if filters.party else ("party",)
    found = facets(connection, numbers, "positions", ("by",), sides=sides)
    wanted = [one for one in found if not filters.topic or one.facet in filters.topic]
    places = {number: place for place, number in enumerate(numbers)}
    wanted.sort(key=lambda one: places[one.who])
    held: dict[_Cell, list[list[tuple[int, str]]]] = {}
    for one, some in zip(
        wanted, last(connection, wanted, filters.bounds(), many=many), strict=True
    ):
        held.setdefault((one.who, one.facet), []).append(some)
    made = {cell: [n for n, _ in merged(some, many)] for cell, some in held.items()}
    return {cell: some for cell, some in made.items() if some}


_LIGHT = select(entries.c.n, entries.c.label, entries.c.day, entries.c.report_n).where(
    among(entries.c.n)
)


def _light(connection: Connection, numbers: Sequence[int]) -> dict[int, _Light]:
    rows = connection.execute(_LIGHT, {NUMBERS: numbers}).all() if numbers else ()
    return {row[0]: _Light(*row) for row in rows}


def _turn(held: Sequence[_Light], since: str) -> _Turn:
    latest = held[0]
    earlier = (
        one for one in held if ("" < one.day < since if since else one.report_n != latest.report_n)
    )
    before = next((one.stance for one in earlier), "")
    changed = before != latest.stance and (bool(before) or bool(since))
    return _Turn(latest, before, changed)


def _lines(
    connection: Connection,
    cells: Mapping[_Cell, Sequence[int]],
    wanted: Mapping[_Cell, _Turn],
    history: int,
) -> dict[int, Told]:
    """The positions that are told of, with the sentences around them where that is wanted."""
    latest = [turn.latest.n for turn in wanted.values()]
    if not history:
        return told(connection, latest)
    whole = [n for cell in wanted for n in cells[cell][:history]]
    lines = told(connection, whole, passages=history > HISTORY)
    return lines if history > HISTORY else {**lines, **told(connection, latest)}


def _standing(party: tuple[str, str], topic: str, turn: _Turn, held: list[Told]) -> Standing:
    return Standing(
        party=party[0],
        party_id=party[1],
        topic=topic,
        stance=turn.latest.stance,
        latest=held[0],
        history=tuple(held),
        before=turn.before,
        changed=turn.changed,
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
