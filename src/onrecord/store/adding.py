"""Adds documents to a store: read what is new, keep it, link it with the rest.

Every report is kept in a transaction of its own as soon as it is read. So a run that is killed,
at whatever moment, has lost at most the report it was reading; and the next run over the same
inputs finds what is there by its text, reads the rest, and links what the first one left unlinked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, select

from onrecord.errors import ModelError, OnrecordError
from onrecord.intake import crediting
from onrecord.intake.document import Document
from onrecord.intake.language import marked
from onrecord.intake.stream import Item
from onrecord.record import Record
from onrecord.store import keys, reviews, save
from onrecord.store.engine import Store
from onrecord.store.indexing import index
from onrecord.store.schema import readings, reports

BATCH = 16
"""Reports that are linked together: few enough that a killed run leaves little to link."""

_FAULTS = (ValueError, ArithmeticError, LookupError, TypeError, AssertionError, RecursionError)


class Reading(Protocol):
    """What is needed of a reader."""

    @property
    def version(self) -> str:
        """What is written beside each record it makes."""

    def read(self, text: str, **known: str | None) -> Record:
        """The record of a text; `known` has title, published, publisher and id."""


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


def add(
    store: Store,
    items: Iterable[Item],
    reader: Callable[[], Reading],
    *,
    reread: bool = False,
    whole: Callable[[Document], Document] | None = None,
) -> Iterator[Outcome]:
    """Adds every document; yields what became of each once it is kept.

    `reader` is called with the first text that wants reading. With `reread`, what another version
    of the reader has read is read again. `whole` gives what is but a summary the text of its page
    (`onrecord.intake.pages`), unless that is there already; without it, summaries are read.

    Raises `ModelError` where the reader can't start, and `StoreError` where the store can't be
    written to any more: what was told of before is kept.
    """
    link(store, pending(store))
    waiting: list[int] = []
    for item in items:
        if whole and (known := _followed(store, item)):
            yield known
            continue
        for outcome, n in _item(store, _whole(item, whole), reader, reread=reread):
            if n is not None:
                waiting.append(n)
            if len(waiting) >= BATCH:
                link(store, waiting)
                waiting = []
            yield outcome
    link(store, waiting)
    reviews.settle(store)


def _followed(store: Store, item: Item) -> Outcome | None:
    """Of a summary whose page was fetched before, that it is there."""
    document = item.document
    if document is None or document.summary_of is None or not document.name:
        return None
    with store.read() as connection:
        id = save.found_as(connection, item.place, document.name)
    return Outcome(item.place, "known", report=id) if id else None


def _whole(item: Item, whole: Callable[[Document], Document] | None) -> Item:
    return replace(item, document=whole(item.document)) if whole and item.document else item


def _item(
    store: Store, item: Item, reader: Callable[[], Reading], *, reread: bool
) -> Iterator[tuple[Outcome, int | None]]:
    if item.document is None:
        yield Outcome(item.place, "failed", str(item.error)), None
        return
    if item.document.kept and "review" in item.document.kept:
        yield _review(store, item, item.document.kept["review"]), None
        return
    for record in item.document.records:
        yield _record(store, item, record)
    if not item.document.records:
        yield _document(store, item, item.document, reader, reread=reread)


def _review(store: Store, item: Item, row: Mapping[str, Any]) -> Outcome:
    """Appends a review that another store exported, and applies it to its report."""
    report, _, key = str(row["target"]).partition(":")
    with store.write() as connection:
        new = reviews.restore(connection, row)
        there = select(reports.c.n).where(reports.c.id == report)
        n = connection.scalar(there) if key else None
        if new and n is not None:
            index(connection, n)
    return Outcome(item.place, "kept" if new else "known")


def _record(store: Store, item: Item, record: Record) -> tuple[Outcome, int | None]:
    """Keeps a record that was read elsewhere."""
    said = (item.document.kept if item.document else None) or {}
    found = save.Found(
        place=item.place,
        name=record.report.id,
        title=record.report.title,
        published=record.report.published,
        publisher=record.report.publisher,
        byline=said.get("byline"),
        wire=said.get("wire") or crediting.wire(record.text),
    )
    if "reading" in said:
        report = {**said["reading"]["report"], "text": record.text}
        record = Record.from_dict({**said["reading"], "report": report})
    outcome, n = _keep(store, item, record, found, by=said.get("reader") or _maker(record))
    if said.get("appearances") and n is not None:
        with store.write() as connection:
            save.appeared(connection, n, said["appearances"])
    return outcome, n


def _maker(record: Record) -> str:
    made = {entry.origin for entry in record.entries()}
    return "elsewhere" if made - {None} else "annotator"


def _document(
    store: Store, item: Item, document: Document, reader: Callable[[], Reading], *, reread: bool
) -> tuple[Outcome, int | None]:
    found = _found(item.place, document)
    id = keys.report_id(document.text)
    with store.read() as connection:
        n = save.known(connection, document.text)
        stale = n is not None and reread and _by(connection, n) != reader().version
    if n is not None and not stale:
        with store.write() as connection:
            save.appear(connection, n, found)
        return Outcome(item.place, "known", report=id), None
    try:
        made = reader().read(
            document.text,
            title=document.title,
            published=document.published,
            publisher=document.publisher,
            id=id,
        )
    except ModelError:
        raise
    except (OnrecordError, *_FAULTS) as error:
        return Outcome(item.place, "failed", _fault(item, error)), None
    record = marked(made, warnings=document.warnings)
    if n is None:
        return _keep(store, item, record, found, by=reader().version)
    with store.write() as connection:
        save.reread(connection, n, record, reader=reader().version)
    return Outcome(item.place, "reread", report=id), n


def _by(connection: Connection, n: int) -> str:
    query = select(readings.c.reader).where(readings.c.report_n == n)
    return str(connection.scalar(query))


def _fault(item: Item, error: Exception) -> str:
    if isinstance(error, OnrecordError):
        return str(error)
    # A fault of onrecord's own in one text must not lose the others.
    return f"{item.place}: a fault in onrecord, please report it: {type(error).__name__}: {error}"


def _keep(
    store: Store, item: Item, record: Record, found: save.Found, *, by: str
) -> tuple[Outcome, int | None]:
    id = keys.report_id(record.text)
    kept = replace(record, report=replace(record.report, id=id))
    with store.write() as connection:
        there = save.known(connection, record.text)
        n = save.put(connection, kept, found, reader=by)
    if there is not None:
        return Outcome(item.place, "known", report=id), None
    return Outcome(
        item.place, "kept" if item.document and item.document.records else "read", report=id
    ), n


def _found(place: str, document: Document) -> save.Found:
    return save.Found(
        place=place,
        name=document.name or "",
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        byline=document.byline,
        wire=document.wire,
        media_type=document.media_type,
        raw=document.raw,
    )


def pending(store: Store) -> list[int]:
    """The reports that the linking hasn't seen, in order."""
    with store.read() as connection:
        waiting = select(reports.c.n).where(reports.c.linked_by.is_(None)).order_by(reports.c.n)
        return [int(n) for n in connection.scalars(waiting)]


def link(store: Store, numbers: list[int]) -> None:
    """Links these reports with all others."""
    if numbers:
        from onrecord import linking  # it stands on the store, and so can't be above it

        linking.link(store, numbers)
