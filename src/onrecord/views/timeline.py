"""What happened, day by day: each event once, with who tells it and who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, distinct, func, select

from onrecord.store.schema import claim_members, claims, entries, origin_members
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, latest
from onrecord.views.telling import STRENGTH, Part, Told, claims_of, named, parts, told

_TELLINGS = 4
"""Tellings looked at for each event shown: on the average an event is told fewer times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event, in however many tellings."""

    day: str
    """The day its own words give, else that of the first report of it."""
    dated: bool
    """Whether its own words give the day."""
    type: str
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    best: Told
    """The telling on the strongest authority, the first of those."""
    tellings: int
    origins: int
    """Independent reports that tell it."""
    authority: str
    denials: int


def timeline(
    connection: Connection, filters: Filters, *, types: Sequence[str] = ()
) -> list[Happening]:
    """The last events, latest first."""
    return happenings(connection, events(connection, filters, types=types))


class _Light(NamedTuple):
    """As much of a telling as says when it happened, and on what authority it stands."""

    n: int
    day: str
    happened: str
    authority: str
    denials: int
    rank: int


_LIGHT = select(
    entries.c.n, entries.c.day, entries.c.happened, entries.c.authority, entries.c.denials
).where(among(entries.c.n))


def _light(connection: Connection, numbers: Sequence[int]) -> list[_Light]:
    """In the order of `numbers`."""
    rows = connection.execute(_LIGHT, {NUMBERS: numbers}).all()
    found = {row[0]: _Light(*row, STRENGTH.index(row[3])) for row in rows}
    return [found[n] for n in numbers if n in found]


def events(connection: Connection, filters: Filters, *, types: Sequence[str] = ()) -> list[Event]:
    """The last events, latest first, as `happenings` tells of them: only when, and by whom."""
    many = filters.limit * _TELLINGS
    sides = ("actor", "recipient")
    numbers = latest(connection, "events", filters, parts=sides, many=many, labels=types)
    claim = claims_of(connection, numbers)
    groups: dict[int, list[_Light]] = {}
    for line in _light(connection, numbers):
        groups.setdefault(claim.get(line.n) or -line.n, []).append(line)
    wholes = _wholes(connection, [key for key in groups if key > 0], filters)
    made = [
        Event(
            group=tuple(group), whole=wholes.get(key), best=_best(group, wholes.get(key), filters)
        )
        for key, group in groups.items()
    ]
    made.sort(key=lambda one: (one.day, one.origins, one.group[0].n), reverse=True)
    return made[: filters.limit]


def happenings(connection: Connection, some: Sequence[Event]) -> list[Happening]:
    """What these events are, in this order."""
    chosen = [event.best for event in some]
    lines = told(connection, chosen)
    involved = parts(connection, chosen)
    return [
        _happening(event, lines[event.best], involved.get(event.best, []))
        for event in some
        if event.best in lines
    ]


def _best(group: Sequence[_Light], whole: Row[Any] | None, filters: Filters) -> int:
    """The number of the telling on the strongest authority, the first of those."""
    if whole and not filters.authority and not filters.windowed:
        return int(whole.entry_n)
    return min(group, key=lambda one: (one.rank, one.day, one.n)).n


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The tellings that were looked at, and what is known of all that the filters let through."""

    group: tuple[_Light, ...]
    whole: Row[Any] | None
    """None for an event that is told once."""
    best: int
    """The number of the entry that tells it best."""

    @property
    def happened(self) -> str:
        """The day that its own words give; empty where they give none."""
        return (self.whole.happened if self.whole else self.group[0].happened) or ""

    @property
    def day(self) -> str:
        """That day, else the one of the first report of it."""
        return self.happened or (self.whole.first if self.whole else self.group[0].day) or ""

    @property
    def origins(self) -> int:
        """Independent reports that tell it."""
        return int(self.whole.origins) if self.whole else 1


def _wholes(
    connection: Connection, numbers: Sequence[int], filters: Filters
) -> dict[int, Row[Any]]:
    """All the tellings of these claims, however few were looked at."""
    origin = func.coalesce(origin_members.c.origin_n, -entries.c.report_n)
    query = (
        select(
            claims.c.n,
            claims.c.entry_n,
            func.min(func.nullif(entries.c.day, "")).label("first"),
            func.min(func.nullif(entries.c.happened, "")).label("happened"),
            func.count().label("tellings"),
            func.count(distinct(origin)).label("origins"),
            func.sum(entries.c.denials).label("denials"),
        )
        .join(claim_members, claim_members.c.claim_n == claims.c.n)
        .join(entries, entries.c.n == claim_members.c.entry_n)
        .join(origin_members, origin_members.c.report_n == entries.c.report_n, isouter=True)
        .where(among(claims.c.n), claim_members.c.side == "supports", *filters.on_entries())
        .group_by(claims.c.n, claims.c.entry_n)
    )
    return {row.n: row for row in connection.execute(query, {NUMBERS: numbers})}


def _happening(event: Event, best: Told, who: list[Part]) -> Happening:
    return Happening(
        day=event.day,
        dated=bool(event.happened),
        type=best.label,
        status=best.status,
        actors=named(who, "actor"),
        recipients=named(who, "recipient"),
        best=best,
        tellings=event.whole.tellings if event.whole else 1,
        origins=event.origins,
        authority=best.authority,
        denials=event.whole.denials if event.whole else best.denials,
    )
