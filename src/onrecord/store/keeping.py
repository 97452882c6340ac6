"""Keeps documents: what each becomes in the store, in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import select

from onrecord.intake import crediting
from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.record import Record
from onrecord.store import keys, outside, reviews, save
from onrecord.store.engine import Store
from onrecord.store.indexing import index
from onrecord.store.schema import reports


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    place: str
    did: Literal["read", "kept", "known", "reread", "failed"]
    """`read`: new, read and kept; `kept`: a record that was read elsewhere; `known`: there already;
    `reread`: there, read again by a newer reader; `failed`: see `why`."""
    why: str = ""
    report: str = ""
    """The report's id, where there is one."""


Kept = tuple[Outcome, int | None]
"""What became of a document, and the number of its report where that wants linking."""

Keep = Callable[[], Kept]


def read(
    store: Store,
    item: Item,
    record: Record,
    found: save.Found,
    *,
    by: str,
    appearances: Sequence[Mapping[str, str | None]] = (),
) -> Kept:
    """Keeps a record, unless the store has its text: then that has one more appearance.

    `appearances` are all that another store knew of, where the record comes from one.
    """
    id = keys.report_id(record.text)
    if record.report.id != id:
        record = replace(record, report=replace(record.report, id=id))
    with store.write() as connection:
        there = save.known(connection, record.text)
        n = save.put(connection, record, found, reader=by)
        if appearances and there is None:
            save.appeared(connection, n, appearances)
    if there is not None:
        return Outcome(item.place, "known", report=id), None
    elsewhere = item.document and item.document.records
    return Outcome(item.place, "kept" if elsewhere else "read", report=id), n


def reread(store: Store, item: Item, n: int, record: Record, *, by: str) -> Kept:
    """Puts a newer record of report `n` in the place of the one that is there."""
    with store.write() as connection:
        save.reread(connection, n, record, reader=by)
    return Outcome(item.place, "reread", report=keys.report_id(record.text)), n


def again(store: Store, item: Item, document: Document) -> Kept:
    """Notes one more appearance of a text that is there."""
    with store.write() as connection:
        n = save.known(connection, document.text)
        if n is not None:
            save.appear(connection, n, found(item.place, document))
    return Outcome(item.place, "known", report=keys.report_id(document.text)), None


def record(store: Store, item: Item, made: Record) -> Kept:
    """Keeps a record that was read elsewhere; raises `RecordError` where it isn't as exported."""
    said = outside.beside(item.document.kept if item.document else None, made)
    where = save.Found(
        place=_utf8(item.place),
        name=made.report.id,
        title=made.report.title,
        published=made.report.published,
        publisher=made.report.publisher,
        byline=said.byline,
        wire=said.wire or crediting.wire(made.text),
    )
    whole = said.reading or made
    by = said.reader or _maker(whole)
    return read(store, item, whole, where, by=by, appearances=said.appearances)


def _maker(record: Record) -> str:
    made = {entry.origin for entry in record.entries()}
    return "elsewhere" if made - {None} else "annotator"


def review(store: Store, item: Item, row: Mapping[str, Any]) -> Kept:
    """Appends a review that another store exported, and applies it to its report.

    Raises `RecordError` where it can't be applied.
    """
    given = outside.review(row)
    report, _, key = given["target"].partition(":")
    with store.write() as connection:
        new = reviews.restore(connection, given)
        there = select(reports.c.n).where(reports.c.id == report)
        n = connection.scalar(there) if key else None
        if new and n is not None:
            index(connection, n)
    return Outcome(item.place, "kept" if new else "known"), None


def found(place: str, document: Document) -> save.Found:
    """Where a document was found, and what was known of it there."""
    return save.Found(
        place=_utf8(place),
        name=document.name or "",
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        byline=document.byline,
        wire=document.wire,
        media_type=document.media_type,
        raw=document.raw,
    )


def _utf8(place: str) -> str:
    """A path in characters that a database takes: names of files may be any bytes."""
    return place.encode("utf-8", "replace").decode("utf-8")
