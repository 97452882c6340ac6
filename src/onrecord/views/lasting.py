"""The last entries of somebody, or of many at once: one query, however many are asked about.

An index of `roles` has the parts of one actor or party in one role of one facet in order of their
days, and the tallies say in which they have any; so the last of each are taken from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select

from onrecord.store.schema import tallies
from onrecord.views.among import NUMBERS, among

_UNITED = 100
"""Queries in one union: SQLite takes five hundred."""

Side = Literal["party", "actor"]
_COLUMNS: dict[str, str] = {"party": "party_n", "actor": "catalogue_n"}
"""The columns of `roles` that name somebody, by what the tallies call them."""


class Part(NamedTuple):
    """Somebody's part in the entries of one layer and facet."""

    side: str
    who: int
    layer: str
    role: str
    facet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the entries are limited to; what is empty limits nothing."""

    since: str = ""
    until: str = ""
    authority: Sequence[str] = field(default=())
    topic: Sequence[str] = field(default=())
    labels: Sequence[str] = field(default=())


_FACETS = (
    select(tallies.c.side, tallies.c.who_n, tallies.c.layer, tallies.c.role, tallies.c.facet)
    .where(among(tallies.c.who_n), tallies.c.facet != "", tallies.c.entries > 0)
    .order_by(tallies.c.who_n, tallies.c.entries.desc(), tallies.c.facet.desc())
)


def facets(
    connection: Connection,
    numbers: Sequence[int],
    layer: str,
    roles: Sequence[str],
    *,
    sides: Sequence[Side] = ("party", "actor"),
) -> list[Part]:
    """The facets in which these have a part in a layer, of each the one with most entries first."""
    query = _FACETS.where(tallies.c.layer == layer)
    query = query.where(tallies.c.side.in_(sides), tallies.c.role.in_(roles))
    return [Part(*row) for row in connection.execute(query, {NUMBERS: list(numbers)})]


def last(
    connection: Connection, parts: Sequence[Part], bounds: Bounds, *, many: int
) -> list[list[tuple[int, str]]]:
    """The last `many` entries of each part, and their days, latest first."""
    found: list[list[tuple[int, str]]] = [[] for _ in parts]
    for k in range(0, len(parts), _UNITED):
        statement, values = _united(
            parts[k : k + _UNITED], bounds, many, connection.dialect.name == "sqlite"
        )
        for place, entry_n, day in connection.exec_driver_sql(statement, values):
            found[k + place].append((entry_n, day))
    for some in found:
        some.sort(key=lambda one: (one[1], one[0]), reverse=True)
    return found


def merged(some: Sequence[Sequence[tuple[int, str]]], many: int) -> list[tuple[int, str]]:
    """The last `many` of all of these, each once, latest first."""
    once = {n: day for one in some for n, day in one}
    return sorted(once.items(), key=lambda one: (one[1], one[0]), reverse=True)[:many]


def _united(
    parts: Sequence[Part], bounds: Bounds, many: int, sqlite: bool
) -> tuple[str, tuple[str | int, ...]]:
    """The query, and the values of its parameters in order."""
    sign = "?" if sqlite else "%s"
    limits, common = _limits(bounds, sign)
    arms: list[str] = []
    values: list[str | int] = []
    for place, one in enumerate(parts):
        arms.append(
            f"SELECT {place}, entry_n, day FROM (SELECT roles.entry_n, roles.day FROM roles{limits}"
            f" roles.{_COLUMNS[one.side]} = {sign} AND roles.layer = {sign} AND roles.role = {sign}"
            f" AND roles.facet = {sign} ORDER BY roles.day DESC, roles.entry_n DESC LIMIT {sign})"
            f" AS part{place}"
        )
        values += [*common, one.who, one.layer, one.role, one.facet, many]
    return " UNION ALL ".join(arms), tuple(values)


def _limits(bounds: Bounds, sign: str) -> tuple[str, list[str | int]]:
    """The conditions on days and entries, up to an `AND` that those on a part come behind."""
    made: list[str] = []
    values: list[str | int] = []
    if bounds.since:
        made.append(f"roles.day >= {sign}")
        values.append(bounds.since)
    if bounds.until:
        made.append(f"roles.day <= {sign} AND roles.day > ''")
        values.append(bounds.until)
    joined = ""
    lists = (("authority", bounds.authority), ("topic", bounds.topic), ("label", bounds.labels))
    for column, legal in lists:
        if legal:
            joined = " JOIN entries ON entries.n = roles.entry_n"
            made.append(f"entries.{column} IN ({', '.join(sign for _ in legal)})")
            values += legal
    return f"{joined} WHERE {''.join(f'{one} AND ' for one in made)}", values
