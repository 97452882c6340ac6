"""Claims and disputes in the store.

What recent reports told is kept in memory between one batch and the next, as the entries of a
report compare with those alone: the reports nearest in time. A claim that is told over months goes
on from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from onrecord.linking import reading
from onrecord.linking.claims import MADE_BY, Claim, Weights, bucket, place
from onrecord.linking.disputes import contradict, denied
from onrecord.linking.telling import Told
from onrecord.record import Record
from onrecord.store import load
from onrecord.store.keys import entry_key
from onrecord.store.save import next_number
from onrecord.store.schema import (
    claim_members,
    claims,
    disputes,
    entries,
    origin_members,
    reports,
    roles,
)

REPORTS = 150
"""Reports whose entries new ones compare with: in a stream of war reports, one or two weeks."""

STRENGTH = ("named", "body", "document", "media", "report", "unnamed", "none")
"""Authorities, strongest first."""

_LISTED = 400
"""Claims asked for in one query: both databases bound how many may be listed."""

_DOERS = ("actor", "by", "giver", "speaker")


@dataclass(slots=True, eq=False)
class Kept:
    """A claim in memory and its row; `n` is None until it is written."""

    claim: Claim
    n: int | None = None


@dataclass(slots=True)
class Pool:
    """The claims of recent reports, by `bucket`."""

    weights: Weights = field(default_factory=Weights)
    buckets: dict[str, list[Kept]] = field(default_factory=dict)
    reports: list[int] = field(default_factory=list)
    last: int = 0
    """The highest number of a claim when the pool was left: others have written if it isn't."""

    def drop_old(self) -> None:
        """Forgets all but the last `REPORTS` reports."""
        if len(self.reports) <= REPORTS * 1.2:
            return
        self.reports = self.reports[-REPORTS:]
        there = {str(n) for n in self.reports}
        for name, kept in self.buckets.items():
            for one in kept:
                one.claim.members = [m for m in one.claim.members if m.report in there]
            self.buckets[name] = [one for one in kept if one.claim.members]


def fill(connection: Connection, pool: Pool, day: str, without: Iterable[int]) -> None:
    """Takes the reports around a day into the pool, unless it is as it was left."""
    last = int(connection.scalar(select(func.coalesce(func.max(claims.c.n), 0))) or 0)
    if pool.reports and pool.last == last:
        return
    pool.buckets.clear()
    pool.reports = _near(connection, day, set(without))
    pool.weights = Weights()
    members = _members(connection, pool.reports)
    kept: dict[int, Kept] = {}
    for n in pool.reports:
        for told in _told(connection, n, load.record(connection, n)):
            pool.weights.add([told])
            claim_n = members.get(int(told.id))
            if claim_n is None:
                continue
            if claim_n not in kept:
                kept[claim_n] = Kept(Claim([]), claim_n)
                pool.buckets.setdefault(bucket(told), []).append(kept[claim_n])
            kept[claim_n].claim.members.append(told)


def leave(connection: Connection, pool: Pool) -> None:
    """Notes how the store was left, and forgets old reports."""
    pool.last = int(connection.scalar(select(func.coalesce(func.max(claims.c.n), 0))) or 0)
    pool.drop_old()


def _near(connection: Connection, day: str, without: set[int]) -> list[int]:
    """The linked reports nearest to a day, in order of their days."""
    linked = reports.c.linked_by.is_not(None)
    query = select(reports.c.n, reports.c.day).where(linked)
    before = query.where(reports.c.day <= day).order_by(reports.c.day.desc(), reports.c.n.desc())
    after = query.where(reports.c.day > day).order_by(reports.c.day, reports.c.n)
    rows = connection.execute(before.limit(REPORTS)).all()
    rows = [*reversed(rows), *connection.execute(after.limit(REPORTS // 3)).all()]
    return [row.n for row in rows if row.n not in without]


def _members(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    query = (
        select(claim_members.c.entry_n, claim_members.c.claim_n)
        .join(entries, entries.c.n == claim_members.c.entry_n)
        .where(entries.c.report_n.in_(numbers), claim_members.c.side == "supports")
    )
    return {row.entry_n: row.claim_n for row in connection.execute(query)}


def _told(connection: Connection, n: int, record: Record) -> list[Told]:
    """What a report tells, its entries called by their rows."""
    numbers = _entries(connection, n)
    made = reading.told(record, report=str(n), names={k: str(v) for k, v in numbers.items()})
    return [told for told in made if told.id.isdigit()]


def _entries(connection: Connection, n: int) -> dict[str, int]:
    query = select(entries.c.local, entries.c.n).where(entries.c.report_n == n)
    return {row.local: row.n for row in connection.execute(query)}


def link(connection: Connection, n: int, record: Record, pool: Pool) -> set[Kept]:
    """Puts what report `n` tells into claims; those that it touched."""
    left = _leave(connection, n)
    touched: set[Kept] = set()
    told = _told(connection, n, record)
    pool.weights.add(told)
    for one in told:
        layer = pool.buckets.setdefault(bucket(one), [])
        kept = _placed(one, layer, pool.weights)
        if kept not in layer:
            layer.append(kept)
        touched.add(kept)
    _write(connection, touched, told)
    pool.reports.append(n)
    summarise(connection, left - {kept.n for kept in touched if kept.n})
    return touched


def _placed(told: Told, layer: Sequence[Kept], weights: Weights) -> Kept:
    claims_ = [kept.claim for kept in layer]
    by = {id(kept.claim): kept for kept in layer}
    claim = place(told, claims_, weights)
    return by.get(id(claim)) or Kept(claim)


def _leave(connection: Connection, n: int) -> set[int]:
    """Takes the entries of a report that is linked anew out of their claims."""
    own = select(entries.c.n).where(entries.c.report_n == n)
    its = claim_members.c.entry_n.in_(own)
    left = {int(k) for k in connection.scalars(select(claim_members.c.claim_n).where(its))}
    if left:
        connection.execute(delete(claim_members).where(its))
    return left


def _write(connection: Connection, touched: Iterable[Kept], told: Sequence[Told]) -> None:
    """Writes the claims that are new, and the new members."""
    new = [kept for kept in touched if kept.n is None]
    first = next_number(connection, claims)
    for k, kept in enumerate(new):
        kept.n = first + k
    if new:
        connection.execute(claims.insert(), [_row(kept) for kept in new])
    of = {member.id: kept.n for kept in touched for member in kept.claim.members}
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for one in told:
        claim_n = of[one.id]
        assert claim_n is not None
        sides = [(one.id, "supports"), *((d.id, "denies") for d in one.denied_by)]
        for id, side in sides:
            if id.isdigit():
                row = {"entry_n": int(id), "claim_n": claim_n, "side": side}
                rows.setdefault((int(id), claim_n), row)
    if rows:
        connection.execute(claim_members.insert(), list(rows.values()))


def _row(kept: Kept) -> dict[str, Any]:
    first = kept.claim.members[0]
    return {
        "n": kept.n,
        "id": f"m-{entry_key('statements', f'{first.layer}|{first.id}|{kept.n}')[2:]}",
        "layer": first.layer,
        "label": first.label,
        "topic": first.topic,
        "entry_n": int(first.id),
        "authority": first.authority,
        "made_by": MADE_BY,
    }


def summarise(connection: Connection, numbers: Iterable[int]) -> None:
    """Counts anew who supports and denies these claims; those without a member go."""
    listed = sorted(set(numbers))
    for k in range(0, len(listed), _LISTED):
        _summarise(connection, listed[k : k + _LISTED])


def _summarise(connection: Connection, numbers: Sequence[int]) -> None:
    voices: dict[int, list[Any]] = {n: [] for n in numbers}
    for row in _voices(connection, numbers):
        voices[row.claim_n].append(row)
    full = {n: rows for n, rows in voices.items() if any(row.side == "supports" for row in rows)}
    if empty := [{"its": n} for n in numbers if n not in full]:
        connection.execute(delete(claims).where(claims.c.n == bindparam("its")), empty)
    if not full:
        return
    made = [_summary(n, rows) for n, rows in full.items()]
    parties = _parties(connection, [row["new_entry_n"] for row in made])
    for summary in made:
        summary["new_party_n"] = parties.get(summary["new_entry_n"])
    names = [name for name in made[0] if name != "its"]
    values: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in names}
    connection.execute(update(claims).where(claims.c.n == bindparam("its")).values(values), made)


def _summary(n: int, rows: Sequence[Any]) -> dict[str, Any]:
    told = [row for row in rows if row.side == "supports"]
    best = min(told, key=lambda row: (_strength(row.authority), row.day or "9999", row.n))
    days = [row.day for row in rows if row.day]
    return {
        "its": n,
        "new_entry_n": best.n,
        "new_topic": best.topic,
        "new_tellings": len(told),
        "new_supporters": len({row.said_by for row in told}),
        "new_deniers": len({row.said_by for row in rows if row.side == "denies"}),
        "new_origins": len({row.origin_n or -row.report_n for row in told}),
        "new_authority": best.authority,
        "new_first_day": min(days, default=""),
        "new_last_day": max(days, default=""),
    }


def _strength(authority: str) -> int:
    return STRENGTH.index(authority) if authority in STRENGTH else len(STRENGTH)


def _voices(connection: Connection, numbers: Sequence[int]) -> Sequence[Any]:
    query = (
        select(
            claim_members.c.claim_n,
            claim_members.c.side,
            entries.c.n,
            entries.c.report_n,
            entries.c.said_by,
            entries.c.authority,
            entries.c.topic,
            entries.c.day,
            origin_members.c.origin_n,
        )
        .join(entries, entries.c.n == claim_members.c.entry_n)
        .join(origin_members, origin_members.c.report_n == entries.c.report_n, isouter=True)
        .where(claim_members.c.claim_n.in_(numbers))
    )
    return connection.execute(query).all()


def _parties(connection: Connection, entry_ns: Sequence[int]) -> dict[int, int]:
    """Who does, proposes or holds each entry, the first of them."""
    query = (
        select(roles.c.entry_n, roles.c.party_n)
        .where(roles.c.entry_n.in_(entry_ns), roles.c.role.in_(_DOERS))
        .where(roles.c.party_n.is_not(None))
        .order_by(roles.c.rank.desc())
    )
    return {row.entry_n: row.party_n for row in connection.execute(query)}


def dispute(connection: Connection, touched: Iterable[Kept], pool: Pool) -> None:
    """Writes which of the claims touched are disputed, and takes out what isn't any more."""
    kept = [one for one in touched if one.n is not None]
    numbers = [{"claim": one.n} for one in kept]
    if not numbers:
        return
    for column in (disputes.c.claim_n, disputes.c.other_n):
        connection.execute(delete(disputes).where(column == bindparam("claim")), numbers)
    pairs: set[tuple[int, int | None]] = set()
    for one in kept:
        pairs.update(_ordered(one.n, other) for other in _against(one, pool))
    days = _days(connection, {n for pair in pairs for n in pair if n is not None})
    first = next_number(connection, disputes)
    rows = [_dispute(first + k, pair, days) for k, pair in enumerate(sorted(pairs, key=str))]
    if rows:
        connection.execute(disputes.insert(), rows)


def _ordered(one: int | None, other: int | None) -> tuple[int, int | None]:
    assert one is not None
    return (one, None) if other is None else (min(one, other), max(one, other))


def _against(one: Kept, pool: Pool) -> list[int | None]:
    """None where a claim is denied, and the rows of the figures that exclude it."""
    found: list[int | None] = [None] if denied(one.claim, pool.weights) else []
    if one.claim.members[0].layer == "figures":
        label = one.claim.members[0].label
        for other in pool.buckets.get("figures", ()):
            alike = other is not one and other.claim.members[0].label == label
            if alike and other.n and contradict(one.claim, other.claim, pool.weights):
                found.append(other.n)
    return found


def _days(connection: Connection, numbers: set[int]) -> dict[int, Any]:
    query = select(claims.c.n, claims.c.topic, claims.c.first_day, claims.c.last_day)
    return {row.n: row for row in connection.execute(query.where(claims.c.n.in_(numbers)))}


def _dispute(n: int, pair: tuple[int, int | None], days: dict[int, Any]) -> dict[str, Any]:
    both = [days[k] for k in pair if k is not None]
    return {
        "n": n,
        "claim_n": pair[0],
        "other_n": pair[1],
        "kind": "denied" if pair[1] is None else "figures",
        "topic": both[0].topic,
        "first_day": min((row.first_day for row in both if row.first_day), default=""),
        "last_day": max((row.last_day for row in both if row.last_day), default=""),
    }
