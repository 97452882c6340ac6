"""Conditions on many numbers, given to the database as one parameter: made once, asked often."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
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


class _Among(FunctionElement[bool]):
    """Whether a column's number is one of the parameter's."""

    name = "among"
    type = Boolean()
    inherit_cache = True


def among(column: ColumnElement[Any], name: str = NUMBERS) -> ColumnElement[bool]:
    """The condition that `column` is one of the numbers that the parameter `name` lists.

    A list in the query itself is written anew each time it is asked, which takes longer than the
    answer; a parameter isn't, and may be as long as it likes.
    """
    return _Among(column, bindparam(name, type_=_Numbers()))


@compiles(_Among)
def _array(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = element.clauses
    return f"{compiler.process(column, **given)} = ANY({compiler.process(numbers, **given)})"


@compiles(_Among, "sqlite")
def _json(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = element.clauses
    listed = f"(SELECT value FROM json_each({compiler.process(numbers, **given)}))"
    return f"{compiler.process(column, **given)} IN {listed}"
