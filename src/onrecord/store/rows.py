"""Numbers for new rows, and many of them inserted at once by statements made once for each table.

SQLAlchemy looks at every value of every row before it hands it on, which costs more than the
database takes to keep it. Here only what needs it is looked at: JSON, and what a row leaves out.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Select, Table, func, select

Row = Mapping[str, Any]

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def next_number(connection: Connection, table: Table) -> int:
    """The first number that no row of `table` has; good as long as there is one writer."""
    return next_numbers(connection, table)[0]


def next_numbers(connection: Connection, *tables: Table) -> list[int]:
    """The same for several tables at once."""
    return [int(most) + 1 for most in connection.execute(_most(tables)).one()]


@lru_cache(maxsize=50)
def _most(tables: tuple[Table, ...]) -> Select[Any]:
    """The query for the highest numbers of these tables."""
    most = (select(func.coalesce(func.max(table.c.n), 0)).scalar_subquery() for table in tables)
    return select(*most)


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows, all of which have the same columns; what they leave out has its default."""
    if not rows:
        return
    names = tuple(rows[0])
    statement, left_out, packed = _prepared(table, names, connection.dialect.paramstyle)
    defaults = tuple(_default(table, name) for name in left_out)
    values = [(*map(row.__getitem__, names), *defaults) for row in rows]
    if packed:
        values = [_packed(row, packed) for row in values]
    connection.exec_driver_sql(statement, values)


def _packed(row: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    """A row with the values at these places as JSON."""
    values = list(row)
    for place in places:
        values[place] = _json(values[place])
    return tuple(values)


@lru_cache(maxsize=200)
def _prepared(
    table: Table, names: tuple[str, ...], style: str
) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """The statement, the columns that have defaults, and the places of those that hold JSON."""
    left_out = tuple(c.name for c in table.columns if c.name not in names and c.default is not None)
    columns = (*names, *left_out)
    mark = "?" if style == "qmark" else "%s"
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    packed = tuple(k for k, name in enumerate(names) if isinstance(table.c[name].type, JSON))
    return f"INSERT INTO {table.name} ({listed}) VALUES ({marks})", left_out, packed


def _default(table: Table, name: str) -> Any:
    default: Any = table.c[name].default
    value = default.arg(None) if default.is_callable else default.arg
    return _json(value) if isinstance(table.c[name].type, JSON) else value


def _json(value: Any) -> str | None:
    """`value` as JSON's text; None is no value."""
    return None if value is None else _encode(value)
