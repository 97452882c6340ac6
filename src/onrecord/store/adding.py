"""Adds documents to a store: read what is new, keep it, link it with the rest.

Every report is kept in a transaction of its own soon after it is read: while the next one is read,
another thread keeps it and, sixteen at a time, links them. So a run that is killed, at whatever
moment, has lost at most the reports that it had just read; and the next run over the same inputs
finds what is there by its text, reads the rest, and links what the first one left unlinked.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError

from onrecord.errors import ModelError, OnrecordError, RecordError, StoreError
from onrecord.intake.document import Document
from onrecord.intake.language import marked
from onrecord.intake.stream import Item
from onrecord.record import Record
from onrecord.store import keeping, keys, reviews, save
from onrecord.store.behind import AHEAD, behind
from onrecord.store.engine import Store
from onrecord.store.keeping import Keep, Kept, Outcome
from onrecord.store.schema import readings, reports

__all__ = ["BATCH", "Outcome", "Reading", "add", "link", "pending"]

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


def add(
    store: Store,
    items: Iterable[Item],
    reader: Callable[[], Reading],
    *,
    reread: bool = False,
    whole: Callable[[Document], Document] | None = None,
) -> Generator[Outcome, None, None]:
    """Adds every document; yields what became of each once it is kept.

    `reader` is called with the first text that wants reading. With `reread`, what another version
    of the reader has read is read again. `whole` gives what is but a summary the text of its page
    (`onrecord.intake.pages`), unless that is there already; without it, summaries are read.

    Raises `ModelError` where the reader can't start, and `StoreError` where the store can't be
    written to any more: what was told of before is kept. Who stops before the end closes it.
    """
    link(store, pending(store))
    linker = _Linker(store)
    reads = _Reads(store, reader, whole, reread=reread)
    yield from behind(partial(linker.kept, item, keep) for item in items for keep in reads.of(item))
    linker.rest()
    reviews.settle(store)


@dataclass(slots=True)
class _Linker:
    """Keeps documents, and links their reports once `BATCH` of them wait for it."""

    store: Store
    waiting: list[int] = field(default_factory=list)

    def kept(self, item: Item, keep: Keep) -> Outcome:
        """What became of a document that is kept."""
        try:
            outcome, n = keep()
        except StoreError as error:
            if isinstance(error.__cause__, DataError):  # a value that this database can't hold
                return _failed(item, error)
            raise
        except UnicodeEncodeError as error:
            why = f"{error.object[error.start : error.end]!r} is no character"
            return _failed(item, RecordError(why))
        except (OnrecordError, *_FAULTS) as error:
            return _failed(item, error)
        if n is not None:
            self.waiting.append(n)
        if len(self.waiting) >= BATCH:
            self.rest()
        return outcome

    def rest(self) -> None:
        """Links what waits."""
        numbers, self.waiting = self.waiting, []
        link(self.store, numbers)


@dataclass(slots=True)
class _Reads:
    """Reads what the store hasn't got; keeping it is left to others, who may be some steps behind.

    `_ahead` has what they may not have kept yet: ids of texts by place and name.
    """

    store: Store
    reader: Callable[[], Reading]
    whole: Callable[[Document], Document] | None
    reread: bool
    _ahead: deque[tuple[str, str, str]] = field(default_factory=lambda: deque(maxlen=AHEAD + 1))

    def of(self, item: Item) -> Iterator[Keep]:
        """What keeps the documents of an item."""
        document = item.document
        if document is None:
            yield partial(_told, Outcome(item.place, "failed", str(item.error)))
        elif document.kept and "review" in document.kept:
            yield partial(keeping.review, self.store, item, document.kept["review"])
        elif document.records:
            for record in document.records:
                yield partial(keeping.record, self.store, item, record)
        else:
            yield self._document(item, document)

    def _document(self, item: Item, document: Document) -> Keep:
        if self.whole:
            if id := self._followed(item, document):
                return partial(_told, Outcome(item.place, "known", report=id))
            document = self.whole(document)
        id = keys.report_id(document.text)
        if any(id == one for one, _, _ in self._ahead):
            return partial(keeping.again, self.store, item, document)
        with self.store.read() as connection:
            n = save.known(connection, document.text)
            stale = n is not None and self.reread and _by(connection, n) != self.reader().version
        if n is not None and not stale:
            return partial(keeping.again, self.store, item, document)
        try:
            made = self._read(document, id)
        except ModelError:
            raise
        except (OnrecordError, *_FAULTS) as error:
            return partial(_told, _failed(item, error))
        self._ahead.append((id, item.place, document.name or ""))
        by = self.reader().version
        if n is not None:
            return partial(keeping.reread, self.store, item, n, made, by=by)
        found = keeping.found(item.place, document)
        return partial(keeping.read, self.store, item, made, found, by=by)

    def _followed(self, item: Item, document: Document) -> str | None:
        """The id of the report of a summary whose page was fetched before."""
        if document.summary_of is None or not document.name:
            return None
        for id, *where in self._ahead:
            if where == [item.place, document.name]:
                return id
        with self.store.read() as connection:
            return save.found_as(connection, item.place, document.name)

    def _read(self, document: Document, id: str) -> Record:
        made = self.reader().read(
            document.text,
            title=document.title,
            published=document.published,
            publisher=document.publisher,
            id=id,
        )
        return marked(made, warnings=document.warnings)


def _told(outcome: Outcome) -> Kept:
    """What became of a document that there is nothing to keep of."""
    return outcome, None


def _by(connection: Connection, n: int) -> str:
    query = select(readings.c.reader).where(readings.c.report_n == n)
    return str(connection.scalar(query))


def _failed(item: Item, error: Exception) -> Outcome:
    """What is told of a document that could not be read or kept."""
    why = str(error)
    if not isinstance(error, OnrecordError):
        # A fault of onrecord's own in one text must not lose the others.
        why = f"a fault in onrecord, please report it: {type(error).__name__}: {error}"
    return Outcome(item.place, "failed", why if item.place in why else f"{item.place}: {why}")


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
