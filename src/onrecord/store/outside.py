"""What another store has exported: held against what it must look like before any of it is kept.

Reviews are never changed or deleted, so that one which can't be applied would stay for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.store.decided import ACTIONS, LAYERS

Json = dict[str, Any]

_OF_ACTORS = ("merge", "split", "distinct", "undo")
_REVIEW = ("id", "made_at", "who", "action", "target")
_APPEARANCE = ("place", "name", "title", "published", "publisher", "byline", "added_at")
_NEEDED = ("place", "name", "added_at")


@dataclass(frozen=True, slots=True)
class Beside:
    """What an export has beside a record: its report's credits, its reader's own record."""

    byline: str | None
    wire: Sequence[str]
    reader: str
    appearances: Sequence[Mapping[str, str | None]]
    reading: Record | None
    """The record as it was read, where reviews changed it."""


def beside(said: Any, record: Record) -> Beside:
    """What stands beside `record` in an export; raises `RecordError` where it isn't that."""
    said = {} if said is None else said
    wire, appearances = said.get("wire") or [], said.get("appearances") or []
    _wants(_strings(wire), "store.wire", "a list of names")
    _wants(isinstance(said.get("reader") or "", str), "store.reader", "a name")
    _wants(isinstance(said.get("byline") or "", str), "store.byline", "a name")
    _wants(isinstance(appearances, list), "store.appearances", "a list")
    return Beside(
        byline=said.get("byline") or None,
        wire=wire,
        reader=said.get("reader") or "",
        appearances=[_appearance(one) for one in appearances],
        reading=_reading(said["reading"], record.text) if said.get("reading") else None,
    )


def _appearance(row: Any) -> Mapping[str, str | None]:
    told = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in _NEEDED)
    _wants(told, "store.appearances", f"each {', '.join(_NEEDED)}")
    made = {name: row.get(name) for name in _APPEARANCE}
    _wants(all(isinstance(value or "", str) for value in made.values()), "appearances", "strings")
    return made


def _reading(data: Any, text: str) -> Record:
    told = isinstance(data, dict) and isinstance(data.get("report"), dict)
    _wants(told, "store.reading", "a record")
    return Record.from_dict({**data, "report": {**data["report"], "text": text}})


def review(row: Mapping[str, Any]) -> Json:
    """The columns of a review; raises `RecordError` where it is none that could be applied."""
    for name in _REVIEW:
        _wants(isinstance(row.get(name), str) and bool(row[name]), f"review.{name}", "a string")
    for name in ("before", "after"):
        _wants(isinstance(row.get(name), dict), f"review.{name}", "an object")
    _wants(isinstance(row.get("note") or "", str), "review.note", "a string")
    legal = (*ACTIONS, *_OF_ACTORS)
    _wants(row["action"] in legal, "review.action", f"one of {', '.join(legal)}")
    _CHECKS.get(row["action"], _decision)(row)
    return {name: row.get(name) for name in (*_REVIEW, "before", "after", "note")}


def _undo(row: Mapping[str, Any]) -> None:
    """Of an undo its target is all that counts."""


def _merge(row: Mapping[str, Any]) -> None:
    _wants(isinstance(row["after"].get("into"), str), "review.after.into", "an actor's id")


def _split(row: Mapping[str, Any]) -> None:
    after, was = row["after"], row["before"].get("actors")
    told = isinstance(after.get("into"), str) and isinstance(after.get("name"), str)
    _wants(told, "review.after", "a name, and an actor's id as into")
    _wants(_strings(after.get("actors")) and bool(after["actors"]), "review.after.actors", "ids")
    known = isinstance(was, dict) and set(after["actors"]) <= set(was)
    _wants(known, "review.before.actors", "all of the actors")
    parts = {"name", "catalogue", "party", "made_by"}
    whole = all(isinstance(one, dict) and parts <= set(one) for one in was.values())
    _wants(whole, "review.before.actors", f"each {', '.join(sorted(parts))}")


_CHECKS = {"merge": _merge, "split": _split, "distinct": _merge, "undo": _undo}


def _decision(row: Mapping[str, Any]) -> None:
    after = row["after"]
    if row["action"] == "reject":
        return
    _entry(after, "review.after")
    needs = after.get("needs")
    _wants(isinstance(needs, dict), "review.after.needs", "an object")
    for name, needed in needs.items():
        _wants(isinstance(needed, dict), f"review.after.needs.{name}", "an object")
        _entry(needed, f"review.after.needs.{name}")


def _entry(held: Mapping[str, Any], where: str) -> None:
    _wants(held.get("layer") in (*LAYERS, "terms"), f"{where}.layer", f"one of {', '.join(LAYERS)}")
    entry = held.get("entry")
    told = isinstance(entry, dict) and isinstance(entry.get("id"), str)
    _wants(told, f"{where}.entry", "an entry with its id")


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _wants(holds: bool, where: str, wanted: str) -> None:
    if not holds:
        raise RecordError(f"what another store exported can't be kept: {where} wants {wanted}")
