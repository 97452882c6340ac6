"""Checks a store, and mends what can be mended from what it holds.

A report's text and reading, and the reviews, can't be made again; all other rows can.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, text, update

from onrecord.errors import OnrecordError
from onrecord.store import adding, keys, load
from onrecord.store.catalogue import currents
from onrecord.store.engine import Store
from onrecord.store.indexing import index
from onrecord.store.schema import (
    entries,
    memberships,
    metadata,
    readings,
    reports,
    roles,
    tallies,
    texts,
)

SHOWN = 5
"""Faulty rows that a finding names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    check: str
    faults: int
    what: str = ""
    """What is wrong, in a line; for no fault, what was looked at."""
    mend: str = ""
    """What mends it, where `doctor --mend` doesn't."""
    mended: bool = False


def check(store: Store, *, mend: bool = False) -> Iterator[Finding]:
    """Runs every check in turn; with `mend`, mends what it can."""
    for one in (_file, _search, _texts, _readings, _spans, _orphans, _parts, _counts, _links):
        yield one(store, mend)


def _found(name: str, bad: list[str], fine: str, **more: object) -> Finding:
    if not bad:
        return Finding(check=name, faults=0, what=fine)
    named = "; ".join(bad[:SHOWN]) + (f"; and {len(bad) - SHOWN} more" if len(bad) > SHOWN else "")
    return Finding(check=name, faults=len(bad), what=named, **more)  # type: ignore[arg-type]


def _file(store: Store, mend: bool) -> Finding:
    """Whether the file of SQLite's is whole; PostgreSQL looks after its own."""
    if store.dialect != "sqlite":
        return _found("file", [], "PostgreSQL keeps its own files")
    with store.read() as connection:
        told = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    bad = [line for line in told if line != "ok"]
    how = "make a copy, then: sqlite3 STORE .recover | sqlite3 NEW"
    return _found("file", bad, "SQLite finds the file whole", mend=how)


def _search(store: Store, mend: bool) -> Finding:
    """Whether the full-text index says what the texts say."""
    if store.dialect != "sqlite":
        return _found("search", [], "PostgreSQL makes the index from the texts")
    ask = "INSERT INTO texts_fts(texts_fts, rank) VALUES('integrity-check', 1)"
    try:
        with store.write() as connection:
            connection.execute(text(ask))
        return _found("search", [], "the full-text index matches the texts")
    except OnrecordError as error:
        if mend:
            with store.write() as connection:
                connection.execute(text("INSERT INTO texts_fts(texts_fts) VALUES('rebuild')"))
        return _found("search", [str(error)], "", mended=mend)


def _texts(store: Store, mend: bool) -> Finding:
    """Whether each text is the one that its report's id was made of."""
    bad: list[str] = []
    with store.read() as connection:
        query = select(reports.c.id, reports.c.sha256, texts.c.text)
        joined = query.join(texts, texts.c.report_n == reports.c.n, isouter=True)
        looked = 0
        for row in connection.execute(joined.execution_options(yield_per=500)):
            looked += 1
            if row.text is None or keys.sha256(row.text) != row.sha256:
                bad.append(f"{row.id}: {'no text' if row.text is None else 'another text'}")
    how = "add the report again from its source"
    return _found("texts", bad, f"{looked:,} texts are what they were", mend=how)


def _readings(store: Store, mend: bool) -> Finding:
    """Whether each report has a record that can be read."""
    bad: list[str] = []
    with store.read() as connection:
        numbers = connection.execute(select(reports.c.n, reports.c.id)).all()
        for n, id in numbers:
            try:
                load.record(connection, n)
            except OnrecordError as error:
                bad.append(f"{id}: {str(error).splitlines()[0]}")
    how = "onrecord add --reread, with the report's source"
    return _found("records", bad, f"{len(numbers):,} records are whole", mend=how)


def _spans(store: Store, mend: bool) -> Finding:
    """Whether each entry's words are what stands in the text at its offsets."""
    bad: dict[int, str] = {}
    looked = 0
    with store.read() as connection:
        columns = (entries.c.report_n, reports.c.id, entries.c.key, entries.c.spans)
        query = select(*columns, entries.c.quote, texts.c.text)
        joined = query.join(texts, texts.c.report_n == entries.c.report_n)
        joined = joined.join(reports, reports.c.n == entries.c.report_n)
        for row in connection.execute(joined.execution_options(yield_per=1000)):
            looked += 1
            parts = (" ".join(row.text[start:end].split()) for start, end in row.spans)
            if " … ".join(parts) != row.quote:
                bad[row.report_n] = f"{row.id}:{row.key}"
    if mend:
        _reindex(store, list(bad))
    return _found("spans", list(bad.values()), f"{looked:,} entries match their texts", mended=mend)


def _reindex(store: Store, numbers: list[int]) -> None:
    for n in numbers:
        with store.write() as connection:
            index(connection, n)


def _orphans(store: Store, mend: bool) -> Finding:
    """Whether every row's report, entry or actor is there, and every report has rows."""
    bad: list[str] = []
    with store.write() if mend else store.read() as connection:
        for table in metadata.sorted_tables:
            for column in table.foreign_keys:
                other = column.column.table.alias("other")
                mine = column.parent
                lost = mine.is_not(None) & ~select(other.c.n).where(other.c.n == mine).exists()
                many = connection.scalar(select(func.count()).select_from(table).where(lost)) or 0
                if many:
                    bad.append(
                        f"{many} rows of {table.name} without their {column.column.table.name}"
                    )
                    if mend and not mine.nullable:
                        connection.execute(delete(table).where(lost))
                    elif mend:
                        connection.execute(update(table).where(lost).values({mine.name: None}))
    return _found("orphans", bad, "every row has what it refers to", mended=mend)


def _parts(store: Store, mend: bool) -> Finding:
    """Whether `roles` names the catalogue actors that `memberships` does."""
    bad: list[str] = []
    wrong: list[tuple[int, int | None, int | None]] = []
    with store.write() if mend else store.read() as connection:
        member = memberships.c
        joined = select(
            roles.c.actor_n, roles.c.catalogue_n, roles.c.party_n,
            member.catalogue_n.label("known"), member.party_n.label("side"),
        ).join(memberships, member.actor_n == roles.c.actor_n, isouter=True).distinct()  # fmt: skip
        differs = roles.c.catalogue_n.is_distinct_from(member.catalogue_n)
        rows = connection.execute(
            joined.where(differs | roles.c.party_n.is_distinct_from(member.party_n))
        ).all()
        now = currents(connection, {n for row in rows for n in row[3:] if n is not None})
        for row in rows:
            known, side = now.get(row.known, row.known), now.get(row.side, row.side)
            if (known, side) != (row.catalogue_n, row.party_n):
                wrong.append((row.actor_n, known, side))
                bad.append(f"actor {row.actor_n}")
        for actor, known, side in wrong if mend else ():
            mine = update(roles).where(roles.c.actor_n == actor)
            connection.execute(mine.values(catalogue_n=known, party_n=side))
    return _found("parts", bad, "all parts name the actors of the catalogue", mended=mend)


def _counts(store: Store, mend: bool) -> Finding:
    """Whether the tallies are what counting gives."""
    with store.write() if mend else store.read() as connection:
        wanted = dict(_counted(connection))
        columns = (
            tallies.c.side,
            tallies.c.who_n,
            tallies.c.layer,
            tallies.c.role,
            tallies.c.facet,
        )
        rows = connection.execute(select(*columns, tallies.c.entries).where(tallies.c.entries != 0))
        there = {tuple(row[:5]): row.entries for row in rows}
        bad = [str(key) for key in {*wanted, *there} if wanted.get(key) != there.get(key)]
        if mend and bad:
            connection.execute(delete(tallies))
            names = ("side", "who_n", "layer", "role", "facet")
            values = [
                {**dict(zip(names, key, strict=True)), "entries": many}
                for key, many in wanted.items()
            ]
            connection.execute(tallies.insert(), values)
    return _found("tallies", bad, f"{len(wanted):,} tallies are right", mended=mend)


def _counted(connection: Connection) -> Iterator[tuple[tuple[object, ...], int]]:
    for side, who in (("party", roles.c.party_n), ("actor", roles.c.catalogue_n)):
        by = (who, roles.c.layer, roles.c.role, roles.c.facet)
        totals: dict[tuple[object, ...], int] = {}
        query = select(*by, func.count()).where(who.is_not(None)).group_by(*by)
        for number, layer, role, facet, many in connection.execute(query):
            yield (side, number, layer, role, facet), many
            total = (side, number, layer, role, "")
            totals[total] = totals.get(total, 0) + many
        yield from totals.items()


def _links(store: Store, mend: bool) -> Finding:
    """Whether the linking has seen every report."""
    waiting = adding.pending(store)
    if mend and waiting:
        adding.link(store, waiting)
    bad = [f"{len(waiting)} reports wait for the linking"] if waiting else []
    return _found("links", bad, "the linking has seen every report", mended=mend)


def readers(store: Store) -> dict[str, int]:
    """How many reports each version of the reader has read."""
    with store.read() as connection:
        query = select(readings.c.reader, func.count()).group_by(readings.c.reader)
        return {row[0]: row[1] for row in connection.execute(query.order_by(func.count().desc()))}
