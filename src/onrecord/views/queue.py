"""What a person should look at first: what the reader is unsure of, what is disputed, much used."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from onrecord.store import load
from onrecord.store.schema import answers, claim_members, claims, disputes, entries
from onrecord.views.among import NUMBERS, among
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


class Weighed(NamedTuple):
    """The same, without its words; `claim` is 0 where it tells none."""

    n: int
    layer: str
    confidence: float | None
    claim: int
    tellings: int
    answers: int
    disputed: bool
    score: float


_ALONE = (0, 1, 0)
"""What tells no claim: told once, denied by nobody."""


class _Weight(NamedTuple):
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
    ordered = weighed(connection, filters, layers=wanted, report=report)
    return waiting(connection, ordered[skip : skip + filters.limit], passages=passages)


def weighed(
    connection: Connection, filters: Filters, *, layers: Sequence[str] = (), report: str = ""
) -> list[Weighed]:
    """All of it in order, whatever the filters' limit: what is told of each is got apart."""
    wanted = tuple(layers) or tuple(PARTS)
    found = {one.n: one for one in _open(connection, filters, wanted, report)}
    claim = _claims(connection, list(found))
    answered = _answered(connection, list(found))
    doubt = _doubts(found.values())
    made = [
        _weighed(one, claim.get(n, _ALONE), answered.get(n, 0), doubt[n])
        for n, one in found.items()
    ]
    return _once(sorted(made, key=lambda one: (-one.score, -one.n)))


def _weighed(one: _Weight, claim: tuple[int, int, int], answers: int, doubt: float) -> Weighed:
    number, tellings, deniers = claim
    disputed = bool(deniers or one.denials)
    score = (doubt + (0.5 if disputed else 0.0)) * (1 + log2(tellings + answers))
    return Weighed(one.n, one.layer, one.confidence, number, tellings, answers, disputed, score)


def _once(ordered: Iterable[Weighed]) -> list[Weighed]:
    """The first of each claim's tellings, and what belongs to no claim."""
    once: dict[int, Weighed] = {}
    for one in ordered:
        once.setdefault(one.claim or -one.n, one)
    return list(once.values())


def waiting(
    connection: Connection, some: Sequence[Weighed], *, passages: bool = True
) -> list[Waiting]:
    """These, with their words."""
    lines = told(connection, (one.n for one in some), passages=passages)
    return [
        Waiting(
            told=lines[one.n],
            layer=one.layer,
            confidence=one.confidence,
            tellings=one.tellings,
            answers=one.answers,
            disputed=one.disputed,
            score=one.score,
        )
        for one in some
        if one.n in lines
    ]


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


def _rows(connection: Connection, query: Select[Any], **given: Any) -> list[_Weight]:
    return [_Weight(*row) for row in connection.execute(query, given).all()]


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
    numbers = {NUMBERS: list(connection.scalars(ordered))}
    asked = {*connection.scalars(_MEMBERS, numbers), *connection.scalars(_BEST, numbers)}
    conditions = [entries.c.layer.in_(layers), *filters.on_entries()]
    query = _unreviewed().where(among(entries.c.n), *conditions)
    yield from _rows(connection, query, **{NUMBERS: sorted(asked)})


_MEMBERS = select(claim_members.c.entry_n).where(among(claim_members.c.claim_n))
_BEST = select(claims.c.entry_n).where(among(claims.c.n))


def _numbered(connection: Connection, numbers: Sequence[int]) -> list[_Weight]:
    query = _unreviewed().where(among(entries.c.n))
    return _rows(connection, query, **{NUMBERS: numbers})


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


_CLAIMS = (
    select(claim_members.c.entry_n, claims.c.n, claims.c.tellings, claims.c.deniers)
    .join(claims, claims.c.n == claim_members.c.claim_n)
    .where(among(claim_members.c.entry_n))
)


def _claims(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """The claim that an entry tells or denies: its number, tellings and deniers."""
    rows = connection.execute(_CLAIMS, {NUMBERS: numbers}).all()
    return {entry: (claim, tellings, deniers) for entry, claim, tellings, deniers in rows}


_ANSWERED = (
    select(answers.c.to_n, func.count()).where(among(answers.c.to_n)).group_by(answers.c.to_n)
)


def _answered(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """How many entries answer each of these, where any do."""
    return dict(connection.execute(_ANSWERED, {NUMBERS: numbers}).all())
