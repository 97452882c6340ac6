"""Claims in the store: which entries tell which, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from onrecord.linking.claims import MADE_BY, place
from onrecord.linking.kept.pool import Pool, entry_numbers, told_by
from onrecord.linking.shelves import Claim
from onrecord.linking.telling import Told
from onrecord.record import Record
from onrecord.store.keys import entry_key
from onrecord.store.rows import insert, next_number
from onrecord.store.schema import claim_members, claims, entries, origin_members, roles

STRENGTH = ("named", "body", "document", "media", "report", "unnamed", "none")
"""Authorities, strongest first."""

_LISTED = 400
"""Claims asked for in one query: both databases bound how many may be listed."""

_DOERS = ("actor", "by", "giver", "speaker")

Placed = Sequence[tuple[Told, Claim]]


def link(
    connection: Connection, records: Mapping[int, Record], pool: Pool, again: Sequence[int]
) -> list[Claim]:
    """Puts what these reports tell into claims; those touched. `again`: were linked before."""
    left = _leave(connection, again)
    numbers = entry_numbers(connection, list(records))
    placed: list[tuple[Told, Claim]] = []
    for n, record in records.items():
        told = told_by(n, record, numbers[n])
        pool.weights.add(told)
        placed += [(one, place(one, pool.shelves, pool.weights)) for one in told]
        pool.reports.append(n)
    touched = list(dict.fromkeys(claim for _, claim in placed))
    _write(connection, touched, placed)
    summarise(connection, left | {claim.row for claim in touched if claim.row is not None})
    return touched


def _leave(connection: Connection, again: Sequence[int]) -> set[int]:
    """Takes the entries of reports that are linked anew out of their claims; those claims."""
    if not again:
        return set()
    own = select(entries.c.n).where(entries.c.report_n.in_(again))
    its = claim_members.c.entry_n.in_(own)
    left = {int(k) for k in connection.scalars(select(claim_members.c.claim_n).where(its))}
    if left:
        connection.execute(delete(claim_members).where(its))
    return left


def _write(connection: Connection, touched: Sequence[Claim], placed: Placed) -> None:
    """Writes the claims that are new, and the new members."""
    new = [claim for claim in touched if claim.row is None]
    for row, claim in enumerate(new, start=next_number(connection, claims)):
        claim.row = row
    insert(connection, claims, [_row(claim) for claim in new])
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for told, claim in placed:
        assert claim.row is not None
        sides = [(told.id, "supports"), *((denial.id, "denies") for denial in told.denied_by)]
        for id, side in sides:
            if id.isdigit():
                row_ = {"entry_n": int(id), "claim_n": claim.row, "side": side}
                rows.setdefault((int(id), claim.row), row_)
    insert(connection, claim_members, list(rows.values()))


def _row(claim: Claim) -> dict[str, Any]:
    first = claim.members[0]
    return {
        "n": claim.row,
        "id": f"m-{entry_key('statements', f'{first.layer}|{first.id}|{claim.row}')[2:]}",
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
