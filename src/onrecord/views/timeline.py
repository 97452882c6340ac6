"""What happened, day by day: each event once, with who tells it and who denies it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.views.filters import Filters, latest
from onrecord.views.telling import STRENGTH, Part, Told, named, origins, parts, strongest, told

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
    many = filters.limit * _TELLINGS * (4 if types else 1)
    numbers = latest(connection, "events", filters, parts=("actor", "recipient"), many=many)
    lines = told(connection, numbers)
    groups: dict[object, list[Told]] = {}
    for line in lines.values():
        if not types or line.label in types:
            groups.setdefault(line.claim_n or ("alone", line.n), []).append(line)
    ordered = sorted(groups.values(), key=lambda group: (_day(group), origins(group)), reverse=True)
    shown = ordered[: filters.limit]
    involved = parts(connection, (line.n for group in shown for line in group))
    return [_happening(group, involved) for group in shown]


def _day(group: list[Told]) -> str:
    return next((line.happened for line in group if line.happened), "") or min(
        line.day for line in group
    )


def _happening(group: list[Told], involved: dict[int, list[Part]]) -> Happening:
    best = min(group, key=lambda line: (STRENGTH.index(line.authority), line.day, line.n))
    who = involved.get(best.n, [])
    return Happening(
        day=_day(group),
        dated=any(line.happened for line in group),
        type=best.label,
        status=best.status,
        actors=named(who, "actor"),
        recipients=named(who, "recipient"),
        best=best,
        tellings=len(group),
        origins=origins(group),
        authority=strongest(group),
        denials=sum(line.denials for line in group),
    )
