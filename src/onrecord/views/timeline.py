"""What happened, day by day: each event once, with who tells it and who denies it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, distinct, func, select

from onrecord.store.schema import claim_members, claims, entries, origin_members
from onrecord.views.filters import Filters, latest
from onrecord.views.telling import STRENGTH, Part, Told, named, parts, told

_TELLINGS = 4
"""Tellings looked at for each event shown: on the average an event is told fewer times."""
_MANY = 400
"""Numbers in one list of a query."""


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
    many = filters.limit * _TELLINGS
    sides = ("actor", "recipient")
    numbers = latest(connection, "events", filters, parts=sides, many=many, labels=types)
    lines = told(connection, numbers)
    groups: dict[int, list[Told]] = {}
    for line in lines.values():
        groups.setdefault(line.claim_n or -line.n, []).append(line)
    wholes = _wholes(connection, [key for key in groups if key > 0], filters)
    events = [_Event(group, wholes.get(key)) for key, group in groups.items()]
    events.sort(key=lambda one: (one.day, one.origins, one.group[0].n), reverse=True)
    shown = events[: filters.limit]
    chosen = [event.best(filters) for event in shown]
    lines |= told(connection, [n for n in chosen if n not in lines])
    involved = parts(connection, chosen)
    return [
        _happening(event, lines[n], involved.get(n, []))
        for event, n in zip(shown, chosen, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Event:
    """The tellings that were looked at, and what is known of all that the filters let through."""

    group: list[Told]
    whole: Row[Any] | None
    """None for an event that is told once."""

    @property
    def happened(self) -> str:
        return (self.whole.happened if self.whole else self.group[0].happened) or ""

    @property
    def day(self) -> str:
        return self.happened or (self.whole.first if self.whole else self.group[0].day) or ""

    @property
    def origins(self) -> int:
        return int(self.whole.origins) if self.whole else 1

    def best(self, filters: Filters) -> int:
        """The number of the telling on the strongest authority, the first of those."""
        if self.whole and not filters.authority and not filters.windowed:
            return int(self.whole.entry_n)
        ranked = min(self.group, key=lambda one: (STRENGTH.index(one.authority), one.day, one.n))
        return ranked.n


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
        .where(claim_members.c.side == "supports", *filters.on_entries())
        .group_by(claims.c.n, claims.c.entry_n)
    )
    found: dict[int, Row[Any]] = {}
    for k in range(0, len(numbers), _MANY):
        some = query.where(claims.c.n.in_(numbers[k : k + _MANY]))
        found |= {row.n: row for row in connection.execute(some)}
    return found


def _happening(event: _Event, best: Told, who: list[Part]) -> Happening:
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
