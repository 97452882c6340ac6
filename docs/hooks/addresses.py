"""The HTTP API's addresses as tables, read from the one declaration that the server has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.serve.api.operations import Operation, operations
from onrecord.serve.api.parameters import Parameter


def page() -> str:
    """Every address: what it answers, what it takes, what may go wrong."""
    return "\n\n".join(_address(one) for one in operations())


def _address(one: Operation) -> str:
    parts = [f"### `{one.method} {one.path}`", one.says, _notes(one)]
    if one.parameters:
        rows = [_row(parameter) for parameter in one.parameters]
        parts.append("\n".join(("| parameter | what it does | values |", "|---|---|---|", *rows)))
    return "\n\n".join(filter(None, parts))


def _notes(one: Operation) -> str:
    """What is sent and what it costs to be allowed, in a line."""
    sent = ", ".join(f"`{kind}`" for kind in one.bodies)
    faults = ", ".join(str(fault) for fault in one.faults)
    notes = (
        f"Takes {sent}." if sent else "",
        "Wants a token." if one.writes else "",
        "In pages." if one.paged else "",
        f"Answers {one.status}; faults: {faults}." if faults else "",
    )
    return " ".join(filter(None, notes))


def _row(one: Parameter) -> str:
    says = one.says + (" May be given several times." if one.many else "")
    values = "must be given" if one.required else _values(one.schema)
    return f"| `{one.name}` | {says.replace('*', '&#42;')} | {values} |"


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "integer":
        return f"{schema['minimum']} to {schema['maximum']}, else {schema['default']}"
    if schema.get("format") == "onrecord-day":
        return "a day, month or year"
    return "`true`, `false`" if schema.get("type") == "boolean" else ""
