"""How a number moved, and who gives it; nothing is averaged, every figure stands as given."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.store.names import norm
from onrecord.store.schema import entries
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, latest
from onrecord.views.telling import Told, told

RECENT = 400
"""The last figures among which the series to show are chosen, where none is asked for."""

LONGEST = 200
"""Figures of one series, the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is counted of whom, and every figure given for it, the first one first."""

    what: str
    who: str
    figures: tuple[Told, ...]


def figures(
    connection: Connection,
    filters: Filters,
    *,
    what: str = "",
    who: str = "",
    skip: int = 0,
    longest: int = LONGEST,
) -> list[Series]:
    """The series that have the most figures among the last ones; `limit` but the first `skip`.

    `what` is what is counted (killed, captive, ...); `who` words of those counted ("hostages").
    A series has the last `longest` figures.
    """
    if what or who:
        chosen = _asked(connection, filters, what=what, who=who)
    else:
        chosen = _usual(connection, filters)
    numbers = [_numbers(connection, filters, key, longest) for key in chosen[skip:]]
    lines = told(connection, (n for some in numbers for n in some), passages=False)
    return [
        _series(key, [lines[n] for n in some if n in lines])
        for key, some in zip(chosen[skip:], numbers, strict=True)
    ]


Key = tuple[str, str]
"""What is counted, and of whom."""


_LAST = ("duration", "share", "other")
"""What is counted often and matters least: shown after people, troops and money."""


_COUNTED = select(entries.c.label, entries.c.subject).where(among(entries.c.n))


def _usual(connection: Connection, filters: Filters) -> list[Key]:
    numbers = latest(connection, "figures", filters, parts=(), many=RECENT)
    rows = connection.execute(_COUNTED, {NUMBERS: numbers})
    counted = Counter((row.label, row.subject) for row in rows if row.subject)
    several = [key for key, n in counted.most_common() if n > 1] or list(counted)
    return sorted(several, key=lambda key: key[0] in _LAST)[: filters.limit]


def _asked(connection: Connection, filters: Filters, *, what: str, who: str) -> list[Key]:
    """The series of what is asked for, most figures first."""
    its = [entries.c.layer == "figures", *filters.on_entries()]
    if what:
        its.append(entries.c.label == what)
    if who:
        its.append(entries.c.subject.contains(norm(who), autoescape=True))
    key = (entries.c.label, entries.c.subject)
    query = select(*key).where(*its).group_by(*key).order_by(func.count().desc(), *key)
    return [(row.label, row.subject) for row in connection.execute(query.limit(filters.limit))]


def _numbers(connection: Connection, filters: Filters, key: Key, longest: int) -> Sequence[int]:
    its = (entries.c.layer == "figures", entries.c.label == key[0], entries.c.subject == key[1])
    query = select(entries.c.n).where(*its, *filters.on_entries())
    last = query.order_by(entries.c.day.desc(), entries.c.n.desc()).limit(longest)
    return connection.scalars(last).all()


def _series(key: Key, lines: list[Told]) -> Series:
    return Series(what=key[0], who=key[1], figures=tuple(sorted(lines, key=_when)))


def _when(line: Told) -> tuple[bool, str, str, int]:
    """By the day that the figure is of, then the report's; what has no date stands last."""
    known = line.happened or line.day
    return not known, known, line.day, line.n
