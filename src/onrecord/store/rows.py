"""Numbers for new rows, and many of them inserted at once by statements made once for each table.

SQLAlchemy looks at every value of every row before it hands it on, which costs more than the
database takes to keep it. Here only what needs it is looked at: JSON, and what a row leaves out.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, select

Row = Mapping[str, Any]

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def next_number(connection: Connection, table: Table) -> int:
    """The first number that no row of `table` has; good as long as there is one writer."""
    column = table.c.n
    return int(connection.scalar(select(func.coalesce(func.max(column), 0))) or 0) + 1


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows, all of which have the same columns; what they leave out has its default."""
    if not rows:
        return
    names = tuple(rows[0])
    statement, columns, packed = _prepared(table, names, connection.dialect.paramstyle)
    defaults = tuple(_default(table, name) for name in columns[len(names) :])
    values = [
        (*(_json(row[name]) if name in packed else row[name] for name in names), *defaults)
        if packed
        else (*(row[name] for name in names), *defaults)
        for row in rows
    ]
    connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=200)
def _prepared(
    table: Table, names: tuple[str, ...], style: str
) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """The statement, its columns in order, and those of these names that hold JSON."""
    left_out = [c.name for c in table.columns if c.name not in names and c.default is not None]
    columns = (*names, *left_out)
    mark = "?" if style == "qmark" else "%s"
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    packed = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
    return f"INSERT INTO {table.name} ({listed}) VALUES ({marks})", columns, packed


def _default(table: Table, name: str) -> Any:
    default: Any = table.c[name].default
    value = default.arg(None) if default.is_callable else default.arg
    return _json(value) if isinstance(table.c[name].type, JSON) else value


def _json(value: Any) -> str | None:
    """`value` as JSON's text; None is no value."""
    return None if value is None else _encode(value)
