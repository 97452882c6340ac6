"""Conditions on many numbers, given to the database as one parameter: made once, asked often."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

NUMBERS = "numbers"
"""What the parameter is called."""


class _Numbers(TypeDecorator[Sequence[int]]):
    """A list of numbers: an array of PostgreSQL's; for SQLite, which has none, a text in JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type that the database has."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """The numbers as that type has them."""
        numbers = list(value or ())
        return numbers if dialect.name == "postgresql" else json.dumps(numbers)


class _Listed(FunctionElement[int]):
    """The parameter's numbers, as rows."""

    name = "listed"
    type = BigInteger()
    inherit_cache = True


def among(column: ColumnElement[Any], name: str = NUMBERS) -> ColumnElement[bool]:
    """The condition that `column` is one of the numbers that the parameter `name` lists.

    A list in the query itself is written anew each time it is asked, which takes longer than the
    answer; a parameter isn't, and may be as long as it likes.
    """
    return column.bool_op("IN")(_Listed(bindparam(name, type_=_Numbers())))


@compiles(_Listed)
def _array(element: _Listed, compiler: SQLCompiler, **given: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **given)}))"


@compiles(_Listed, "sqlite")
def _json(element: _Listed, compiler: SQLCompiler, **given: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **given)}))"
