"""What a person should look at first: what the reader is unsure of, what is disputed, much used."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.store import load
from onrecord.store.schema import answers, claim_members, claims, disputes, entries
from onrecord.views.filters import Filters, latest
from onrecord.views.telling import Told, told

PARTS: Mapping[str, tuple[str, ...]] = {
    "statements": ("speaker",),
    "events": ("actor", "recipient"),
    "proposals": ("by", "to", "mediator"),
    "terms": ("giver",),
    "positions": ("by",),
    "figures": (),
    "headline": (),
}
"""The layers that are reviewed, and the parts by which an entry there is a party's."""

WEIGHED = 250
"""Entries of a layer that are weighed, the latest that nobody has decided about: with those of the
last disputes some 2,000, which takes a tenth of a second whatever the store holds."""

DISPUTED = 100
"""Disputes whose entries are weighed whatever their day."""

_LISTED = 400
"""Numbers in one list of a query: both databases bound how many there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that nobody has decided about, and why it should be looked at."""

    told: Told
    layer: str
    confidence: float | None
    tellings: int
    """How often what it says is told, in all reports."""
    answers: int
    """Entries of its report that answer it, or bear on it."""
    disputed: bool
    score: float


@dataclass(frozen=True, slots=True)
class _Weight:
    n: int
    layer: str
    confidence: float | None
    denials: int


def queue(
    connection: Connection,
    filters: Filters,
    *,
    layers: Sequence[str] = (),
    report: str = "",
    skip: int = 0,
    passages: bool = True,
) -> list[Waiting]:
    """What waits, what matters most first; `report` is the id of the only one that is wanted.

    How unsure the reader is of an entry counts among the entries of its layer, as what it says of
    one layer can't be held against another; it counts the more, the more rests on the entry. Of
    the tellings of one claim only the first is there. Raises `StoreError` for a party or report
    that there isn't.
    """
    wanted = tuple(layers) or tuple(PARTS)
    found = {one.n: one for one in _open(connection, filters, wanted, report)}
    claim = _claims(connection, list(found))
    answered = _answered(connection, list(found))
    doubt = _doubts(found.values())
    scored: dict[int, float] = {}
    for n, one in found.items():
        _, tellings, deniers = claim.get(n, (None, 1, 0))
        disputed = 0.5 if deniers or one.denials else 0.0
        scored[n] = (doubt[n] + disputed) * (1 + log2(tellings + answered[n]))
    ordered = _once(sorted(scored, key=lambda n: (-scored[n], -n)), claim)
    shown = ordered[skip : skip + filters.limit]
    lines = told(connection, shown, passages=passages)
    return [
        Waiting(
            told=lines[n],
            layer=found[n].layer,
            confidence=found[n].confidence,
            tellings=claim.get(n, (None, 1, 0))[1],
            answers=answered[n],
            disputed=bool(claim.get(n, (None, 1, 0))[2] or found[n].denials),
            score=scored[n],
        )
        for n in shown
        if n in lines
    ]


def _once(ordered: Iterable[int], claim: Mapping[int, tuple[int, int, int]]) -> list[int]:
    """The first of each claim's tellings, and what belongs to no claim."""
    seen: set[int] = set()
    kept = []
    for n in ordered:
        if n in claim and claim[n][0] in seen:
            continue
        if n in claim:
            seen.add(claim[n][0])
        kept.append(n)
    return kept


# ---- what is weighed -----------------------------------------------------------------------------


def _open(
    connection: Connection, filters: Filters, layers: Sequence[str], report: str
) -> Iterator[_Weight]:
    if report:
        its = entries.c.report_n == load.number(connection, report)
        yield from _rows(connection, _unreviewed().where(its, entries.c.layer.in_(layers)))
        return
    for layer in layers:
        yield from _latest(connection, filters, layer)
    if not filters.party:
        yield from _disputed(connection, filters, layers)


def _unreviewed() -> Select[Any]:
    columns = (entries.c.n, entries.c.layer, entries.c.confidence, entries.c.denials)
    return select(*columns).where(entries.c.state == "")


def _rows(connection: Connection, query: Select[Any]) -> list[_Weight]:
    return [_weight(row) for row in connection.execute(query)]


def _weight(row: Row[Any]) -> _Weight:
    return _Weight(row.n, row.layer, row.confidence, row.denials)


def _latest(connection: Connection, filters: Filters, layer: str) -> list[_Weight]:
    if filters.party:
        if not PARTS[layer]:
            return []
        theirs = latest(connection, layer, filters, parts=PARTS[layer], many=WEIGHED)
        return _numbered(connection, theirs)
    query = _unreviewed().where(entries.c.layer == layer, *filters.on_entries())
    ordered = query.order_by(entries.c.day.desc(), entries.c.n.desc())
    return _rows(connection, ordered.limit(WEIGHED))


def _disputed(connection: Connection, filters: Filters, layers: Sequence[str]) -> Iterator[_Weight]:
    """The entries on both sides of the last disputes."""
    query = select(disputes.c.claim_n).where(*filters.days(disputes.c.last_day))
    ordered = query.order_by(disputes.c.last_day.desc(), disputes.c.n.desc()).limit(DISPUTED)
    numbers = list(connection.scalars(ordered))
    members = _by_hundreds(
        connection,
        numbers,
        lambda some: select(claim_members.c.entry_n).where(claim_members.c.claim_n.in_(some)),
    )
    asked = {row.entry_n for row in members}
    best = _by_hundreds(
        connection, numbers, lambda some: select(claims.c.entry_n).where(claims.c.n.in_(some))
    )
    asked |= {row.entry_n for row in best}
    conditions = [entries.c.layer.in_(layers), *filters.on_entries()]
    for row in _by_hundreds(
        connection,
        sorted(asked),
        lambda some: _unreviewed().where(entries.c.n.in_(some), *conditions),
    ):
        yield _weight(row)


def _numbered(connection: Connection, numbers: Sequence[int]) -> list[_Weight]:
    rows = _by_hundreds(
        connection, numbers, lambda some: _unreviewed().where(entries.c.n.in_(some))
    )
    return [_weight(row) for row in rows]


def _by_hundreds(
    connection: Connection,
    numbers: Sequence[int],
    query: Callable[[Sequence[int]], Select[Any]],
) -> Iterator[Row[Any]]:
    for k in range(0, len(numbers), _LISTED):
        yield from connection.execute(query(numbers[k : k + _LISTED]))


# ---- what it weighs ------------------------------------------------------------------------------


def _doubts(found: Iterable[_Weight]) -> dict[int, float]:
    """From 1, what the reader is least sure of in its layer, to 0; ½ where it doesn't say."""
    layers: dict[str, list[float]] = defaultdict(list)
    weights = list(found)
    for one in weights:
        if one.confidence is not None:
            layers[one.layer].append(one.confidence)
    for known in layers.values():
        known.sort()
    return {one.n: _doubt(one, layers[one.layer]) for one in weights}


def _doubt(one: _Weight, known: Sequence[float]) -> float:
    if one.confidence is None:
        return 0.5
    return 1 - bisect_left(known, one.confidence) / len(known)


def _claims(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """The claim that an entry tells or denies: its number, tellings and deniers."""
    rows = _by_hundreds(
        connection,
        numbers,
        lambda some: (
            select(claim_members.c.entry_n, claims.c.n, claims.c.tellings, claims.c.deniers)
            .join(claims, claims.c.n == claim_members.c.claim_n)
            .where(claim_members.c.entry_n.in_(some))
        ),
    )
    return {row.entry_n: (row.n, row.tellings, row.deniers) for row in rows}


def _answered(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    rows = _by_hundreds(
        connection,
        numbers,
        lambda some: (
            select(answers.c.to_n, func.count().label("many"))
            .where(answers.c.to_n.in_(some))
            .group_by(answers.c.to_n)
        ),
    )
    found = {row.to_n: row.many for row in rows}
    return {n: found.get(n, 0) for n in numbers}
