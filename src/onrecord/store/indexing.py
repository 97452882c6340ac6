"""Unfolds the record of a report into the tables that questions are asked of."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from onrecord.record import Record
from onrecord.store import decided, load, unfold
from onrecord.store.catalogue import currents
from onrecord.store.rows import insert, next_number
from onrecord.store.schema import actors, answers, entries, memberships, reports, roles

Row = unfold.Row


def index(connection: Connection, n: int, record: Record | None = None) -> None:
    """Brings the rows of report `n` to what its reading and its reviews say.

    An entry or actor that is there already keeps its number, so that links to it hold. The report
    then waits for the linking. `record` is its reading, where that is at hand.
    """
    rows = _unfolded(record or load.reading(connection, n), load.decisions(connection, n))
    actor_n = _sync(connection, actors, n, rows.actors, _ACTORS)
    entry_n = _sync(connection, entries, n, rows.entries, _ENTRIES)
    for table in (roles, answers):
        its = select(entries.c.n).where(entries.c.report_n == n)
        connection.execute(delete(table).where(table.c.entry_n.in_(its)))
    known = _memberships(connection, actor_n.values())
    _connect(connection, rows, entry_n, actor_n, known)
    connection.execute(update(reports).where(reports.c.n == n).values(linked_by=None))


def index_new(
    connection: Connection, n: int, id: str, record: Record, first: tuple[int, int]
) -> None:
    """The rows of report `n`, called `id`, that has none yet; the first new actor and entry."""
    rows = _unfolded(record, load.decisions_on(connection, id))
    actor_n = _insert_new(connection, actors, n, rows.actors, _ACTORS, first[0])
    entry_n = _insert_new(connection, entries, n, rows.entries, _ENTRIES, first[1])
    _connect(connection, rows, entry_n, actor_n, {})


_ACTORS = {"of": "of_n"}
_ENTRIES = {"parent": "parent_n", "voice": "voice_n"}
"""What refers to another row by its key, and the column that has that row's number."""


def _unfolded(read: Record, decisions: Sequence[decided.Decision]) -> unfold.Unfolded:
    """The rows of a record with what people decided, and their states."""
    now = decided.apply(read, decisions)
    rows = unfold.unfold(now.record, now.key)
    state = {decision.key: f"{decision.action}ed" for decision in decisions}
    for row in (*rows.actors, *rows.entries) if state else ():
        row["state"] = state.get(row["key"], "")
    return rows


def _insert_new(
    connection: Connection,
    table: Table,
    n: int,
    rows: Sequence[Row],
    refers: dict[str, str],
    first: int,
) -> dict[str, int]:
    """Inserts rows of a report that has none; their numbers by key."""
    numbers = {row["key"]: k for k, row in enumerate(rows, start=first)}
    full = [_numbered(row, n, numbers, refers) for row in rows]
    _insert(connection, table, full, list(refers.values()))
    return numbers


def _sync(
    connection: Connection, table: Table, n: int, rows: Sequence[Row], refers: dict[str, str]
) -> dict[str, int]:
    """Deletes, inserts and updates until the table has just these rows; numbers by key."""
    there = select(table.c.key, table.c.n).where(table.c.report_n == n)
    old: dict[str, int] = {row.key: row.n for row in connection.execute(there)}
    wanted = {row["key"] for row in rows}
    _delete(connection, table, [number for key, number in old.items() if key not in wanted])
    fresh = (row["key"] for row in rows if row["key"] not in old)
    first = next_number(connection, table)
    numbers = {**old, **{key: k for k, key in enumerate(fresh, start=first)}}
    full = [_numbered(row, n, numbers, refers) for row in rows]
    _insert(
        connection, table, [row for row in full if row["key"] not in old], list(refers.values())
    )
    if kept := [row for row in full if row["key"] in old]:
        _update(connection, table, kept)
    return {key: numbers[key] for key in wanted}


def _numbered(row: Row, n: int, numbers: dict[str, int], refers: dict[str, str]) -> Row:
    """The row with numbers in the place of keys; the one given is used up."""
    for name, column in refers.items():
        row[column] = numbers.get(row.pop(name) or "")
    row["n"], row["report_n"] = numbers[row["key"]], n
    return row


def _insert(connection: Connection, table: Table, rows: list[Row], refers: list[str]) -> None:
    """Inserts rows; what refers to a row that stands later gets its reference afterwards."""
    seen: set[int] = set()
    later: list[Row] = []
    new = {row["n"] for row in rows}
    for row in rows:
        seen.add(row["n"])
        ahead = [c for c in refers if row[c] in new and row[c] not in seen]
        if ahead:
            later.append(dict(row))
            row.update(dict.fromkeys(ahead))
    insert(connection, table, rows)
    if later:
        _update(connection, table, later)


def _update(connection: Connection, table: Table, rows: list[Row]) -> None:
    columns = [name for name in rows[0] if name != "n"]
    values: dict[str, object] = {name: bindparam(f"new_{name}") for name in columns}
    changed = update(table).where(table.c.n == bindparam("its_n")).values(values)
    given = [{"its_n": row["n"], **{f"new_{name}": row[name] for name in columns}} for row in rows]
    connection.execute(changed, given)


def _delete(connection: Connection, table: Table, numbers: Iterable[int]) -> None:
    given = [{"its_n": number} for number in numbers]
    if given:
        connection.execute(delete(table).where(table.c.n == bindparam("its_n")), given)


def _connect(
    connection: Connection,
    rows: unfold.Unfolded,
    entry_n: dict[str, int],
    actor_n: dict[str, int],
    known: dict[int, tuple[int | None, int | None]],
) -> None:
    """Who has which part in the entries, with the catalogue actors they are, and what answers."""
    nobody = (None, None)
    made = []
    for row in rows.roles:
        actor = actor_n[row["actor"]]
        catalogue_n, party_n = known.get(actor, nobody)
        plain = {name: row[name] for name in ("role", "rank", "layer", "facet", "day")}
        numbers = {"entry_n": entry_n[row["entry"]], "actor_n": actor}
        made.append({**plain, **numbers, "catalogue_n": catalogue_n, "party_n": party_n})
    insert(connection, roles, made)
    pairs = [
        {"entry_n": entry_n[row["entry"]], "to_n": entry_n[row["to"]], "kind": row["kind"]}
        for row in rows.answers
    ]
    insert(connection, answers, pairs)


def _memberships(
    connection: Connection, numbers: Iterable[int]
) -> dict[int, tuple[int | None, int | None]]:
    """Who these actors are, merges followed."""
    columns = (memberships.c.actor_n, memberships.c.catalogue_n, memberships.c.party_n)
    wanted = memberships.c.actor_n.in_(list(numbers))
    rows = connection.execute(select(*columns).where(wanted)).all()
    now = currents(connection, {n for row in rows for n in row[1:] if n is not None})
    return {
        row.actor_n: (
            now.get(row.catalogue_n, row.catalogue_n),
            now.get(row.party_n, row.party_n),
        )
        for row in rows
    }
