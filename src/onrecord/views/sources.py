"""Who is quoted, how often, on what authority, and which claims rest on unnamed sources alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from onrecord.store.schema import catalogue, claims, roles, tallies
from onrecord.views.filters import Filters, parties
from onrecord.views.lasting import Bounds, facets, last
from onrecord.views.telling import Told, told

WEAK = ("unnamed", "none")
"""The authorities of somebody who isn't named, and of nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody who is quoted."""

    name: str
    kind: str
    party: str
    statements: int
    authorities: dict[str, int]
    """Statements by authority."""
    latest: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A claim that nobody named stands behind, however often it is told."""

    claim: Told
    tellings: int
    origins: int
    first_day: str
    last_day: str


def sources(connection: Connection, filters: Filters) -> list[Source]:
    """Who is quoted most often, in the days and of the parties asked about; `limit` of them."""
    chosen = _chosen(connection, filters)
    numbers = [number for number, _ in chosen]
    side = catalogue.alias("side")
    query = (
        select(catalogue.c.n, catalogue.c.name, catalogue.c.kind, side.c.name.label("party"))
        .join(side, side.c.n == catalogue.c.party_n, isouter=True)
        .where(catalogue.c.n.in_(numbers))
    )
    known = {row.n: row for row in connection.execute(query)}
    latest = _latest(connection, numbers, filters)
    lines = told(connection, latest.values())
    return [
        Source(
            name=known[n].name,
            kind=known[n].kind,
            party=known[n].party or "",
            statements=sum(by.values()),
            authorities=by,
            latest=lines.get(latest.get(n, 0)),
        )
        for n, by in chosen
        if n in known
    ]


def _chosen(connection: Connection, filters: Filters) -> list[tuple[int, dict[str, int]]]:
    """The numbers of the most quoted, with their statements by authority."""
    if filters.windowed or filters.party:
        return _counted(connection, filters)
    its = (tallies.c.side == "actor", tallies.c.layer == "statements", tallies.c.role == "speaker")
    facets = filters.authority if len(filters.authority) == 1 else [""]
    query = select(tallies.c.who_n).where(*its, tallies.c.facet == facets[0])
    most = query.where(tallies.c.entries > 0).order_by(tallies.c.entries.desc(), tallies.c.who_n)
    numbers = list(connection.scalars(most.limit(filters.limit)))
    by = select(tallies.c.who_n, tallies.c.facet, tallies.c.entries)
    rows = connection.execute(
        by.where(*its, tallies.c.who_n.in_(numbers), tallies.c.facet != "", tallies.c.entries > 0)
    )
    return _sorted([(row.who_n, row.facet, row.entries) for row in rows], filters)


def _counted(connection: Connection, filters: Filters) -> list[tuple[int, dict[str, int]]]:
    """The same, counted anew over the statements of some days or parties."""
    its = [roles.c.layer == "statements", roles.c.role == "speaker", *filters.days(roles.c.day)]
    if filters.party:
        its.append(roles.c.party_n.in_(parties(connection, filters.party)))
    counted = func.count()
    query = select(roles.c.catalogue_n, roles.c.facet, counted).where(*its)
    grouped = query.where(roles.c.catalogue_n.is_not(None)).group_by(
        roles.c.catalogue_n, roles.c.facet
    )
    most = grouped.order_by(counted.desc(), roles.c.catalogue_n)
    rows = connection.execute(most.limit(filters.limit * 6))
    return _sorted([(row[0], row[1], row[2]) for row in rows], filters)


def _sorted(rows: list[tuple[int, str, int]], filters: Filters) -> list[tuple[int, dict[str, int]]]:
    found: dict[int, dict[str, int]] = {}
    for number, authority, n in rows:
        if not filters.authority or authority in filters.authority:
            found.setdefault(number, {})[authority] = n
    ordered = sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return ordered[: filters.limit]


def _latest(connection: Connection, numbers: Sequence[int], filters: Filters) -> dict[int, int]:
    """The last statement of each source."""
    own = facets(connection, numbers, "statements", ("speaker",), sides=("actor",))
    asked = [one for one in own if not filters.authority or one.facet in filters.authority]
    bounds = Bounds(since=filters.since, until=filters.until)
    found: dict[int, tuple[str, int]] = {}
    for part, held in zip(asked, last(connection, asked, bounds, many=1), strict=True):
        for n, day in held:
            found[part.who] = max(found.get(part.who, ("", 0)), (day, n))
    return {number: n for number, (_, n) in found.items()}


_LAYERS = ("events", "positions", "proposals")
"""The layers of claims that are told of."""


def _indexed(connection: Connection, filters: Filters) -> list[list[ColumnElement[bool]]]:
    """The conditions of each query: an index has what each finds in order of the last day.

    Adding nothing to a column keeps the database from its index.
    """
    if not filters.party:
        its = claims.c.layer.in_(_LAYERS)
        return [[claims.c.authority == authority, its] for authority in WEAK]
    unnamed = (claims.c.authority + "").in_(WEAK)
    numbers = parties(connection, filters.party)
    return [
        [claims.c.party_n == number, claims.c.layer == layer, unnamed]
        for number in numbers
        for layer in _LAYERS
    ]


def weak(connection: Connection, filters: Filters) -> list[Weak]:
    """The last claims that rest on unnamed sources, or on nobody, alone; once a sentence."""
    its = filters.days(claims.c.last_day)
    if filters.topic:
        its.append(claims.c.topic.in_(filters.topic))
    found: list[Row[Any]] = []
    for own in _indexed(connection, filters):
        query = select(claims).where(*own, *its).order_by(claims.c.last_day.desc())
        found += connection.execute(query.limit(filters.limit))
    lines = told(connection, (row.entry_n for row in found))
    made = [
        Weak(
            claim=lines[row.entry_n],
            tellings=row.tellings,
            origins=row.origins,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        for row in found
        if row.entry_n in lines
    ]
    made.sort(key=lambda one: (one.last_day, one.tellings), reverse=True)
    return _once(made)[: filters.limit]


def _once(made: Iterable[Weak]) -> list[Weak]:
    """The first claim of each sentence, which may be cut around each claim's own words."""
    kept: list[Weak] = []
    seen: dict[str, list[str]] = {}
    for one in made:
        sentence = one.claim.passage.strip("… ")
        others = seen.setdefault(one.claim.report, [])
        if not any(sentence in other or other in sentence for other in others):
            others.append(sentence)
            kept.append(one)
    return kept
