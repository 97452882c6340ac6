"""Fills a store with many reports made of a few: for measuring, not for reading.

Each report is a record at hand with another date, an end of its own, and in three of ten cases
other names for its actors, so that the catalogue grows as it does with real streams. Links are set
as the linking would: an actor across reports by name, a claim for every three tellings.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table

from benchmarks.bulk import bulk
from benchmarks.multiplying import DAYS, FIRST, TELLINGS, multiply
from onrecord.record import Record
from onrecord.store import Store, keys, schema
from onrecord.store.names import norm
from onrecord.store.packing import pack
from onrecord.store.rows import insert
from onrecord.store.unfold import Unfolded, unfold

Row = dict[str, Any]

BATCH = 500
"""Reports written in one transaction."""

MADE = 2000
"""Reports made one by one; of these the database makes copies, with days and ids of their own."""

PUBLISHERS = ("Reuters", "AFP", "Associated Press", "BBC News", "Coastal Wire", "The Daily")
RENAMED = 0.3
"""The share of reports whose actors get other names."""

_CLAIMED = ("events", "proposals", "terms", "positions", "figures")


@dataclass
class Filler:
    """Numbers given out so far, and the catalogue by name."""

    bases: Sequence[tuple[Record, Unfolded, bytes]]
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    numbers: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    claim_of: dict[tuple[int, str, int], int] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def number(self, table: str) -> int:
        """The next number of a table."""
        self.numbers[table] = self.numbers.get(table, 0) + 1
        return self.numbers[table]

    def add(self, table: Table, row: Row) -> None:
        """Keeps a row for the next writing."""
        self.rows.setdefault(table.name, []).append(row)


def fill(store: Store, records: Sequence[Record], many: int) -> Iterator[int]:
    """Adds reports until the store has `many`; yields how many there are now and then."""
    times = -(-many // MADE)
    with bulk(store):
        yield from _made(store, records, -(-many // times))
        yield from multiply(store, times)


def _made(store: Store, records: Sequence[Record], many: int) -> Iterator[int]:
    filler = Filler([(record, unfold(record), pack(record)) for record in records])
    done = 0
    while done < many:
        for _ in range(min(BATCH, many - done)):
            _report(filler, done)
            done += 1
        with store.write() as connection:
            _write(connection, filler)
        yield done


def _write(connection: Connection, filler: Filler) -> None:
    for table in schema.metadata.sorted_tables:
        insert(connection, table, filler.rows.pop(table.name, []))


def _report(filler: Filler, k: int) -> None:
    base = filler.chance.randrange(len(filler.bases))
    record, unfolded, body = filler.bases[base]
    whole = f"{record.text}\n\nNo. {k}"
    day = (FIRST + timedelta(days=filler.chance.randrange(DAYS))).isoformat()
    n = filler.number("reports")
    publisher = filler.chance.choice(PUBLISHERS)
    filler.add(
        schema.reports,
        {
            "n": n,
            "id": keys.report_id(whole),
            "sha256": keys.sha256(whole),
            "title": record.report.title,
            "published": day,
            "day": day,
            "publisher": publisher,
            "wire": [],
            "words": len(whole.split()),
            "added_at": day,
            "linked_by": "benchmark",
        },
    )
    filler.add(schema.texts, {"report_n": n, "title": record.report.title, "text": whole})
    filler.add(
        schema.readings, {"report_n": n, "reader": "benchmark", "read_at": day, "body": body}
    )
    suffix = f" {k % 997}" if filler.chance.random() < RENAMED else ""
    actor_n = {row["key"]: _actor(filler, row, n, suffix) for row in unfolded.actors}
    entry_n = _entries(filler, unfolded, n, day, base, k)
    for row in unfolded.roles:
        known = actor_n[row["actor"]][1]
        plain = {name: row[name] for name in ("role", "rank", "layer", "facet")}
        numbers = {"entry_n": entry_n[row["entry"]], "actor_n": actor_n[row["actor"]][0]}
        filler.add(
            schema.roles, {**plain, **numbers, "day": day, "catalogue_n": known, "party_n": known}
        )
    for row in unfolded.answers:
        numbers = {"entry_n": entry_n[row["entry"]], "to_n": entry_n[row["to"]]}
        filler.add(schema.answers, {**numbers, "kind": row["kind"]})


def _actor(filler: Filler, row: Row, n: int, suffix: str) -> tuple[int, int]:
    """Adds an actor of a record; its number, and that of its catalogue actor."""
    number = filler.number("actors")
    name = row["name"] + suffix
    plain = {key: value for key, value in row.items() if key != "of"}
    filler.add(
        schema.actors,
        {**plain, "n": number, "report_n": n, "of_n": None, "name": name, "norm": norm(name)},
    )
    known = filler.known.get(norm(name))
    if known is None:
        known = filler.known[norm(name)] = filler.number("catalogue")
        made = {"n": known, "id": f"c-{known}", "name": name, "kind": row["kind"]}
        filler.add(schema.catalogue, {**made, "made_by": "benchmark"})
        called = {"catalogue_n": known, "norm": norm(name), "name": name, "kind": "name"}
        filler.add(schema.catalogue_names, {**called, "used": 1, "made_by": "benchmark"})
    membership = {"actor_n": number, "catalogue_n": known, "party_n": known}
    filler.add(schema.memberships, {**membership, "made_by": "benchmark", "confidence": 1.0})
    return number, known


def _entries(
    filler: Filler, unfolded: Unfolded, n: int, day: str, base: int, k: int
) -> dict[str, int]:
    entry_n = {row["key"]: filler.number("entries") for row in unfolded.entries}
    for row in unfolded.entries:
        plain = {key: value for key, value in row.items() if key not in ("parent", "voice")}
        refers = {
            "parent_n": entry_n.get(row["parent"] or ""),
            "voice_n": entry_n.get(row["voice"] or ""),
        }
        number = entry_n[row["key"]]
        filler.add(schema.entries, {**plain, **refers, "n": number, "report_n": n, "day": day})
        if row["layer"] in _CLAIMED:
            _claim(filler, row, number, day, (base, row["key"], k % 9973 // TELLINGS))
    return entry_n


def _claim(filler: Filler, row: Row, number: int, day: str, key: tuple[int, str, int]) -> None:
    claim = filler.claim_of.get(key)
    if claim is None:
        claim = filler.claim_of[key] = filler.number("claims")
        filler.add(
            schema.claims,
            {
                "n": claim,
                "id": f"k-{claim}",
                "layer": row["layer"],
                "label": row["label"],
                "topic": row["topic"],
                "entry_n": number,
                "first_day": day,
                "last_day": day,
                "authority": row["authority"],
                "made_by": "benchmark",
            },
        )
        if row["denials"]:
            dispute = {"n": filler.number("disputes"), "claim_n": claim, "kind": "denied"}
            about = {"topic": row["topic"], "first_day": day, "last_day": day}
            filler.add(schema.disputes, {**dispute, **about})
    member = {"entry_n": number, "claim_n": claim, "side": "supports", "confidence": 1.0}
    filler.add(schema.claim_members, member)
