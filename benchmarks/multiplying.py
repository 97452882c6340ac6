"""Makes many reports of the few that a store has, within the database.

Each copy of a report has another day, an end of its own, new ids, and, where its actors' names had
been changed, actors of its own; of each three copies in turn the claims are told together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, text

from onrecord.store import Store, schema

FIRST = date(2022, 1, 1)
DAYS = 1000
"""The days of all reports: so many from the first one."""

TELLINGS = 3
"""Tellings of a claim."""

Numbers = dict[str, int]
"""The highest number of each table before anything is multiplied."""

STEP = 37
"""Days between two copies of a report."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the two databases have other words for."""

    since: str
    """Days from `FIRST` to that in a `{column}`."""
    after: str
    """The day so many `{days}` after `FIRST`, as a text."""
    id: str
    """A new report's id."""
    numbered: str
    """Whether a name ends in a number, as changed ones do."""


_DIALECTS = {
    "sqlite": Dialect(
        since=f"cast(julianday({{column}}) - julianday('{FIRST}') AS INTEGER)",
        after=f"date('{FIRST}', '+' || {{days}} || ' days')",
        id="'r-' || lower(hex(randomblob(10)))",
        numbered="name GLOB '* [0-9]*'",
    ),
    "postgresql": Dialect(
        since=f"(cast({{column}} AS date) - date '{FIRST}')",
        after=f"cast(date '{FIRST}' + {{days}} AS text)",
        id="'r-' || substr(md5(cast(random() AS text) || n), 1, 20)",
        numbered="name ~ ' [0-9]'",
    ),
}


def multiply(store: Store, times: int) -> Iterator[int]:
    """Makes the reports of a store so many times as many; yields how many there are now and then.

    An actor's name that ends in a number was changed.
    """
    dialect = _DIALECTS[store.dialect]
    with store.read() as connection:
        tables = _numbers(connection)
    for copy in range(1, times):
        with store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TEMP TABLE renamed AS SELECT n FROM catalogue "
                f"WHERE {dialect.numbered} AND n <= {tables['catalogue']}"
            )
            for statement in _statements(copy, tables, dialect):
                connection.execute(text(statement))
            connection.exec_driver_sql("DROP TABLE renamed")
        yield (copy + 1) * tables["reports"]


def _numbers(connection: Connection) -> Numbers:
    """The highest number of each table."""
    names = ("reports", "actors", "entries", "claims", "catalogue", "disputes")
    tables = [schema.metadata.tables[name] for name in names]
    found = [connection.scalar(select(func.max(table.c.n))) or 0 for table in tables]
    return dict(zip(names, found, strict=True))


def _statements(copy: int, tables: Numbers, dialect: Dialect) -> list[str]:
    """What adds one copy, numbered from 1, of everything up to these numbers."""
    reports, actors, entries = (copy * tables[name] for name in ("reports", "actors", "entries"))
    claims, disputes = copy // TELLINGS * tables["claims"], copy * tables["disputes"]
    own = copy * tables["catalogue"]

    def day(column: str = "day") -> str:
        passed = f"(({dialect.since.format(column=column)} + {copy * STEP}) % {DAYS})"
        later = dialect.after.format(days=passed)
        return f"CASE {column} WHEN '' THEN '' ELSE {later} END"

    def whose(column: str) -> str:
        """A catalogue actor: another one where it was renamed."""
        return (
            f"CASE WHEN {column} IN (SELECT n FROM renamed) THEN {column} + {own} ELSE {column} END"
        )

    below = f"WHERE report_n <= {tables['reports']}"
    of_entries = f"WHERE entry_n <= {tables['entries']}"
    made = [
        _copy("reports", f"n <= {tables['reports']}", n=f"n + {reports}",
              id=dialect.id, published=day(), day=day()),
        _copy("texts", below[6:], report_n=f"report_n + {reports}",
              text=f"text || ' Copy {copy}.'"),
        _copy("readings", below[6:], report_n=f"report_n + {reports}"),
        _copy("catalogue", "n IN (SELECT n FROM renamed)", n=f"n + {own}",
              id=f"id || '-{copy}'", name=f"name || '-{copy}'"),
        _copy("catalogue_names", "catalogue_n IN (SELECT n FROM renamed)",
              catalogue_n=f"catalogue_n + {own}", norm=f"norm || ' {copy}'",
              name=f"name || '-{copy}'"),
        _copy("actors", below[6:], n=f"n + {actors}", report_n=f"report_n + {reports}",
              of_n=f"of_n + {actors}"),
        _copy("memberships", f"actor_n <= {tables['actors']}", actor_n=f"actor_n + {actors}",
              catalogue_n=whose("catalogue_n"), party_n=whose("party_n")),
        _copy("entries", below[6:], n=f"n + {entries}", report_n=f"report_n + {reports}",
              parent_n=f"parent_n + {entries}", voice_n=f"voice_n + {entries}", day=day()),
        _copy("roles", of_entries[6:], entry_n=f"entry_n + {entries}",
              actor_n=f"actor_n + {actors}", day=day(), catalogue_n=whose("catalogue_n"),
              party_n=whose("party_n")),
        _copy("answers", of_entries[6:], entry_n=f"entry_n + {entries}", to_n=f"to_n + {entries}"),
    ]  # fmt: skip
    if copy % TELLINGS == 0:
        made += [
            _copy("claims", f"n <= {tables['claims']}", n=f"n + {claims}",
                  id=f"id || '-{copy}'", entry_n=f"entry_n + {entries}",
                  first_day=day("first_day"), last_day=day("last_day")),
            _copy("disputes", f"n <= {tables['disputes']}", n=f"n + {disputes}",
                  claim_n=f"claim_n + {claims}", first_day=day("first_day"),
                  last_day=day("last_day")),
        ]  # fmt: skip
    return [
        *made,
        _copy("claim_members", of_entries[6:], entry_n=f"entry_n + {entries}",
              claim_n=f"claim_n + {claims}"),
    ]  # fmt: skip


def _copy(table: str, which: str, **changed: str) -> str:
    columns = [column.name for column in schema.metadata.tables[table].columns]
    listed = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    return f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table} WHERE {which}"
