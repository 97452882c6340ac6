"""A store as tables: one for reports, one for each layer, and those of the links.

The columns are meant to be joined by an analyst who has never seen the store: every row of a layer
has its report's id, date and publisher, the words, and on whose word they stand.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.export.columns import LABEL, ROLES, STATUS, columns
from onrecord.store.schema import (
    actors,
    catalogue,
    claim_members,
    claims,
    entries,
    memberships,
    origin_members,
    origins,
    reports,
    texts,
)
from onrecord.views.telling import named, parts

Row = dict[str, Any]

BATCH = 2000
"""Rows that are in memory at a time."""


def batches(connection: Connection, name: str) -> Iterator[list[Row]]:
    """The rows of a table, some at a time, in the order in which they were added."""
    make = {
        "reports": _reports,
        "actors": _actors,
        "catalogue": _catalogue,
        "claims": _claims,
        "claim_members": _members,
    }.get(name)
    found = make(connection) if make else _entries(connection, name)
    wanted = columns(name)
    held: list[Row] = []
    for row in found:
        held.append({column: row[column] for column in wanted})
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held


def _reports(connection: Connection) -> Iterator[Row]:
    query = (
        select(reports, texts.c.text, origins.c.first_n)
        .join(texts, texts.c.report_n == reports.c.n)
        .join(origin_members, origin_members.c.report_n == reports.c.n, isouter=True)
        .join(origins, origins.c.n == origin_members.c.origin_n, isouter=True)
        .order_by(reports.c.n)
    )
    ids = _ids(connection)
    for row in connection.execute(query):
        got = dict(row._mapping)
        origin = ids.get(got["first_n"]) or got["id"]
        yield {**got, "report": got["id"], "day": got["day"] or None, "origin": origin}


def _ids(connection: Connection) -> dict[int, str]:
    rows = connection.execute(select(reports.c.n, reports.c.id))
    return {row.n: row.id for row in rows}


def _entries(connection: Connection, layer: str) -> Iterator[Row]:
    last = (-1, -1)
    while True:
        rows = _some(connection, layer, last)
        if not rows:
            return
        involved = parts(connection, [row["n"] for row in rows])
        for row in rows:
            yield {**row, **_named(layer, involved.get(row["n"], []))}
        last = (rows[-1]["report_n"], rows[-1]["rank"])


def _some(connection: Connection, layer: str, last: tuple[int, int]) -> list[Row]:
    """The next entries of a layer, by report and place in it."""
    voice, parent = entries.alias("voice"), entries.alias("parent")
    after = (entries.c.report_n > last[0]) | (
        (entries.c.report_n == last[0]) & (entries.c.rank > last[1])
    )
    query = (
        select(
            entries, reports.c.id.label("report"), reports.c.publisher, claims.c.id.label("claim"),
            voice.c.key.label("voice_key"), parent.c.key.label("parent_key"),
        )
        .join(reports, reports.c.n == entries.c.report_n)
        .join(voice, voice.c.n == entries.c.voice_n, isouter=True)
        .join(parent, parent.c.n == entries.c.parent_n, isouter=True)
        .join(
            claim_members,
            (claim_members.c.entry_n == entries.c.n) & (claim_members.c.side == "supports"),
            isouter=True,
        )
        .join(claims, claims.c.n == claim_members.c.claim_n, isouter=True)
        .where(entries.c.layer == layer, after)
        .order_by(entries.c.report_n, entries.c.rank)
        .limit(BATCH)
    )  # fmt: skip
    return [_row(dict(row._mapping), layer) for row in connection.execute(query)]


def _row(got: Row, layer: str) -> Row:
    report = got["report"]
    return {
        **got,
        "entry": f"{report}:{got['key']}",
        "voice": f"{report}:{got['voice_key']}" if got["voice_key"] else None,
        "proposal": f"{report}:{got['parent_key']}" if got["parent_key"] else None,
        "day": got["day"] or None,
        "happened": got["happened"] or None,
        "state": got["state"] or None,
        LABEL.get(layer, "label"): got["label"],
        STATUS.get(layer, "status"): got["status"],
    }


def _named(layer: str, some: Sequence[Any]) -> Row:
    names: Row = {role: list(named(some, role)) for role in ROLES.get(layer, ())}
    sides = {f"{r}_party": list(named(some, r, side=True)) for r in ROLES.get(layer, ())}
    return {**names, **sides}


def _actors(connection: Connection) -> Iterator[Row]:
    known, party = catalogue.alias("known"), catalogue.alias("party")
    query = (
        select(
            actors, reports.c.id.label("report"), known.c.id.label("catalogue"),
            party.c.id.label("party"),
        )
        .join(reports, reports.c.n == actors.c.report_n)
        .join(memberships, memberships.c.actor_n == actors.c.n, isouter=True)
        .join(known, known.c.n == memberships.c.catalogue_n, isouter=True)
        .join(party, party.c.n == memberships.c.party_n, isouter=True)
        .order_by(actors.c.report_n, actors.c.rank)
    )  # fmt: skip
    for row in connection.execute(query):
        got = dict(row._mapping)
        yield {**got, "actor": f"{got['report']}:{got['key']}", "of": got["of_name"]}


def _catalogue(connection: Connection) -> Iterator[Row]:
    party, merged = catalogue.alias("party"), catalogue.alias("merged")
    query = (
        select(catalogue, party.c.id.label("its_party"), merged.c.id.label("merged_into"))
        .join(party, party.c.n == catalogue.c.party_n, isouter=True)
        .join(merged, merged.c.n == catalogue.c.merged_n, isouter=True)
        .order_by(catalogue.c.n)
    )
    for row in connection.execute(query):
        got = dict(row._mapping)
        yield {**got, "party": got["its_party"]}


def _claims(connection: Connection) -> Iterator[Row]:
    query = (
        select(claims, entries.c.key, reports.c.id.label("report"))
        .join(entries, entries.c.n == claims.c.entry_n)
        .join(reports, reports.c.n == entries.c.report_n)
        .order_by(claims.c.n)
    )
    for row in connection.execute(query):
        got = dict(row._mapping)
        yield {
            **got,
            "claim": got["id"],
            "entry": f"{got['report']}:{got['key']}",
            "first_day": got["first_day"] or None,
            "last_day": got["last_day"] or None,
            "topic": got["topic"] or None,
        }


def _members(connection: Connection) -> Iterator[Row]:
    query = (
        select(claims.c.id.label("claim"), entries.c.key, reports.c.id, claim_members.c.side)
        .join(claims, claims.c.n == claim_members.c.claim_n)
        .join(entries, entries.c.n == claim_members.c.entry_n)
        .join(reports, reports.c.n == entries.c.report_n)
        .order_by(claim_members.c.claim_n, claim_members.c.entry_n)
    )
    for row in connection.execute(query):
        yield {"claim": row.claim, "entry": f"{row.id}:{row.key}", "side": row.side}
