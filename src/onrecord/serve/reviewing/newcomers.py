"""Actors that a correction brings into a record: somebody the catalogue knows, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from starlette.datastructures import FormData

from onrecord.errors import RecordError
from onrecord.serve.reviewing.fields import FIELDS
from onrecord.store import catalogue as known
from onrecord.store.schema import catalogue
from onrecord.vocabulary import KINDS

SIGN = "+"
"""What a newcomer begins with where others are named by their keys: `+person|Ilena Marrow`."""

LONGEST = 300
"""Characters of a name."""


def newcomer(form: FormData, field: str) -> list[str]:
    """Whom a form brings in for a field, nobody or one; the kind may be left open."""
    name = " ".join(str(form.get(f"{field}.new", "")).split())[:LONGEST]
    return [f"{SIGN}{str(form.get(f'{field}.kind', '')).strip()}|{name}"] if name else []


def parted(one: str) -> tuple[str, str]:
    """A newcomer's kind and name."""
    kind, _, name = one.removeprefix(SIGN).partition("|")
    return kind, name


def newcomers(layer: str, sent: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Kind and name of the newcomer of each field that has one."""
    return {
        field.name: parted(one)
        for field in FIELDS[layer]
        if field.kind == "actors"
        for one in sent[field.name]
        if one.startswith(SIGN)
    }


def without(layer: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, without its newcomers."""
    named = {field.name for field in FIELDS[layer] if field.kind == "actors"}
    return {
        name: [one for one in value if not one.startswith(SIGN)] if name in named else value
        for name, value in sent.items()
    }


def settled(connection: Connection, layer: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, each newcomer as the catalogue has it where somebody is called so.

    Raises `RecordError` for a name that nobody has, where it isn't said what kind of actor it is.
    """
    made = dict(sent)
    for field in FIELDS[layer]:
        if field.kind == "actors":
            made[field.name] = [
                _settled(connection, field.label, one) if one.startswith(SIGN) else one
                for one in sent[field.name]
            ]
    return made


def _settled(connection: Connection, label: str, one: str) -> str:
    kind, name = parted(one)
    found = known.find(connection, name)
    if found:
        row = connection.execute(select(catalogue).where(catalogue.c.n == found[0])).one()
        return f"{SIGN}{row.kind}|{row.name}"
    if kind not in KINDS:
        raise RecordError(
            f"{label}: nobody in the store is called {name[:80]!r} yet; choose what kind of actor "
            f"it is ({', '.join(KINDS)}), or take a name that is known"
        )
    return one


def joining(changed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The newcomers among changed fields, as `onrecord.store.reviews.correct` takes them."""
    lists = (value for value in changed.values() if isinstance(value, list))
    ids = dict.fromkeys(
        one for some in lists for one in some if isinstance(one, str) and one.startswith(SIGN)
    )
    return [{"id": one, "kind": kind, "name": name} for one in ids for kind, name in [parted(one)]]
