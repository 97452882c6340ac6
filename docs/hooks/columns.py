"""The tables of an export, read from what writes them."""

from __future__ import annotations

from onrecord.export import parquet
from onrecord.export.columns import NAMES


def page() -> str:
    """Every table with its columns and their types, as Markdown."""
    return "\n\n".join(f"**{name}**: {_columns(name)}" for name in NAMES)


def _columns(name: str) -> str:
    return ", ".join(f"`{field.name}`{_type(str(field.type))}" for field in parquet.schema(name))


def _type(arrow: str) -> str:
    """An Arrow type in words; most columns are text, which goes without saying."""
    if arrow.startswith("list"):
        return " (list)"
    return "" if arrow in ("string", "large_string") else f" ({arrow})"
