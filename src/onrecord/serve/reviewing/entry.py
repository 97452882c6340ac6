"""One entry as its review page shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record import Report
from onrecord.serve.reviewing.fields import FIELDS, Field, Options
from onrecord.serve.reviewing.given import as_shown, spans
from onrecord.serve.reviewing.passage import Passage, passage
from onrecord.store import decided, load
from onrecord.store.deciding import holding
from onrecord.store.latest import latest
from onrecord.store.schema import actors, entries, reports
from onrecord.views import decisions

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry with its fields, the words around it, and what was decided about it."""

    id: str
    report: Report
    layer: str
    entry: Json | None
    """With keys for ids; None where it was rejected."""
    words: str
    fields: Sequence[Field]
    values: Mapping[str, Any]
    options: Options
    passage: Passage
    around: Mapping[str, str]
    """What it stands on: whose voice, how sure the reader is, what made it."""
    made: Sequence[decisions.Made]
    """What was decided about it, the last first."""
    seen: str

    @property
    def report_id(self) -> str:
        """Its report's id."""
        return self.id.partition(":")[0]

    @property
    def key(self) -> str:
        """Its anchor on the report's page."""
        return self.id.partition(":")[2]

    @property
    def standing(self) -> decisions.Made | None:
        """The decision that holds."""
        return next((m for m in self.made if m.holds and m.action != "undo"), None)


def look(connection: Connection, id: str) -> Shown | None:
    """The entry called `REPORT:KEY`; None where there never was one."""
    report, _, key = id.partition(":")
    n = load.number(connection, report)
    report = str(connection.scalar(select(reports.c.id).where(reports.c.n == n)))
    record = load.as_decided(connection, n)
    data = decided.keyed(record)
    made = decisions.of(connection, f"{report}:{key}")
    there = decided.find(data, key)
    if there is not None:
        held = holding(record, key)
        layer, entry = held["layer"], there[0][there[1]]
    elif made:
        layer, entry = made[0].layer, None
    else:
        return None
    found = [] if entry is None else _spans(layer, entry, record.record.text)
    return Shown(
        id=f"{report}:{key}",
        report=record.record.report,
        layer=layer,
        entry=entry,
        words=decisions.words(layer, entry) if entry is not None else made[0].words,
        fields=FIELDS[layer],
        values=as_shown(layer, entry) if entry is not None else {},
        options=Options.of(data, but=key),
        passage=passage(record.record.text, found),
        around=_around(connection, n, key, layer),
        made=made,
        seen=latest(connection, f"{report}:{key}"),
    )


def _spans(layer: str, entry: Json, text: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """The spans of an entry; of an actor, the first place that has its name."""
    if layer == "proposals":
        return [*spans(layer, entry), *(("terms", term["what"]) for term in entry["terms"])]
    if layer != "actors":
        return spans(layer, entry)
    name = re.search(rf"(?<!\w){re.escape(entry['name'])}(?!\w)", text)
    return [] if name is None else [("name", {"start": name.start(), "end": name.end()})]


def _around(connection: Connection, n: int, key: str, layer: str) -> Mapping[str, str]:
    table = actors if layer == "actors" else entries
    row = connection.execute(select(table).where(table.c.report_n == n, table.c.key == key)).first()
    if row is None:
        return {}
    known = {"maker": row.maker or "", "confidence": ""}
    if row.confidence is not None:
        known["confidence"] = f"{row.confidence:.0%}"
    if layer != "actors":
        known |= {"said_by": row.said_by, "authority": row.authority}
    return known
