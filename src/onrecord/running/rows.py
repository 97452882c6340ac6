"""A record as rows of the datasets, without a store: nothing in them depends on other reports.

The columns are those of `onrecord export`, less what only links between reports can tell; so the
ids of reports and entries are those that a store gives them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.errors import RecordError
from onrecord.export.columns import LABEL, LAYERS, ROLES, STATUS
from onrecord.record import Record
from onrecord.store import dates
from onrecord.store.unfold import Row, Unfolded, unfold


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where a record comes from, and what its contract has no field for."""

    shard: str
    number: int
    """Which report of the shard it is, from 1."""
    reader: str
    """The version of what made the record."""
    name: str | None = None
    byline: str | None = None
    wire: tuple[str, ...] = ()


def rows(record: Record, told: Told) -> dict[str, list[Row]]:
    """The rows of one record, by dataset.

    Raises `ValueError` where a text has what UTF-8 can't hold: no file could have it.
    """
    every = {"shard": told.shard, "number": told.number, "report": record.report.id}
    unfolded = unfold(record)
    parts = _parts(unfolded)
    made: dict[str, list[Row]] = {layer: [] for layer in LAYERS}
    for row in sorted(unfolded.entries, key=lambda row: int(row["rank"])):
        entry = _entry(row, record.report.id, parts.get(row["key"], {}))
        made[row["layer"]].append({**entry, **every, "publisher": record.report.publisher})
    made["actors"] = [{**_actor(row, record.report.id), **every} for row in unfolded.actors]
    made["reports"] = [{**_report(record, told), **every}]
    return made


def _parts(unfolded: Unfolded) -> dict[str, dict[str, list[str]]]:
    """By entry and role, the names of those who have it."""
    names = {row["key"]: row["name"] for row in unfolded.actors}
    found: dict[str, dict[str, list[str]]] = {}
    for role in unfolded.roles:
        some = found.setdefault(role["entry"], {}).setdefault(role["role"], [])
        some.append(names[role["actor"]])
    return found


def _entry(row: Row, report: str, parts: Mapping[str, list[str]]) -> Row:
    layer = row["layer"]
    return {
        **row,
        "day": row["day"] or None,
        "entry": f"{report}:{row['key']}",
        "voice": row["voice"] and f"{report}:{row['voice']}",
        "proposal": row["parent"] and f"{report}:{row['parent']}",
        "happened": row["happened"] or None,
        LABEL.get(layer, "label"): row["label"],
        STATUS.get(layer, "status"): row["status"],
        **{role: parts.get(role, []) for role in ROLES.get(layer, ())},
    }


def _actor(row: Row, report: str) -> Row:
    return {**row, "actor": f"{report}:{row['key']}", "of": row["of_name"]}


def _report(record: Record, told: Told) -> Row:
    report = record.report
    return {
        "day": dates.day(report.published) or None,
        "published": report.published,
        "publisher": report.publisher,
        "title": report.title,
        "name": told.name,
        "byline": told.byline,
        "wire": list(told.wire),
        "language": report.language,
        "words": len(record.text.split()),
        "warnings": list(report.warnings),
        "reader": told.reader,
        "text": record.text,
        "record": _packed(record),
    }


def _packed(record: Record) -> str:
    """The record as JSON without its text, which stands beside it."""
    data = record.to_dict()
    data["report"] = {key: value for key, value in data["report"].items() if key != "text"}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    (text + record.text).encode("utf-8")
    return text


def unpacked(text: str, record: str) -> Record:
    """The record that `rows` wrote; raises `RecordError` where it is damaged."""
    try:
        data: dict[str, Any] = json.loads(record)
        data["report"]["text"] = text
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(f"the record of a run is damaged: {error!r}") from error
    return Record.from_dict(data)
