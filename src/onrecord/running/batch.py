"""Reads a batch: one pure function, the same in every worker of every kind.

What comes out depends on the reports and the reader alone: each report's rows or problem are what
they are in any batch.
"""

import contextlib
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from onrecord.errors import ModelError, UnsupportedInput
from onrecord.intake.document import Document
from onrecord.intake.language import marked
from onrecord.record import Record
from onrecord.running.documents import Unit
from onrecord.running.problems import Problem
from onrecord.running.rows import Told, rows
from onrecord.store import keys

Numbered = tuple[int, Unit]
"""A report of a shard, not yet looked at, and its number there, from 1."""


class Reading(Protocol):
    """What is needed of a reader."""

    version: str
    """What is written beside each record it makes."""

    def read(self, text: str, **known: str | None) -> Record:
        """The record of a text; `known` has title, published, publisher and id."""


@dataclass(slots=True)
class Batch:
    """What became of some reports."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By dataset, those of the problems among them."""
    words: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, more: Mapping[str, list[dict[str, Any]]]) -> None:
        """Takes the rows of one more report."""
        for name, some in more.items():
            self.rows.setdefault(name, []).extend(some)


class _Late(BaseException):
    """The time for a report is over; no `except Exception` of a library may take it."""


def read_batch(
    numbered: Iterable[Numbered],
    reader: Reading,
    *,
    shard: str,
    seconds: float = 0,
    passed_over: Mapping[int, str] | None = None,
) -> Batch:
    """The rows of these reports, and a problem for each that has none.

    Args:
        numbered: the reports.
        reader: what reads them.
        shard: the name of the shard they are from.
        seconds: how long one may take; 0: as long as it likes.
        passed_over: by number, what is wrong with those that are known to hang or to end the
            worker: they aren't touched.

    Raises:
        ModelError: the reader can't read anything.
    """
    batch = Batch()
    for number, unit in numbered:
        kind = (passed_over or {}).get(number)
        if kind is not None:
            _problem(batch, shard, Problem(number, kind, _WHY[kind]))
            continue
        try:
            with _limit(seconds):
                made = _read(unit, reader, shard, number)
        except _Late:
            _problem(batch, shard, Problem(number, "slow", _WHY["slow"]))
        except (ModelError, MemoryError):
            raise
        except Exception as error:  # a fault in one report must not lose the others
            _problem(batch, shard, Problem.of(number, error))
        else:
            batch.words += made.words
            batch.add(made.rows)
    return batch


_WHY = {
    "slow": "reading it took longer than the time limit of the run",
    "deadly": "the worker that read it ended, again and again",
}


def _problem(batch: Batch, shard: str, problem: Problem) -> None:
    batch.problems.append(problem)
    batch.add({"problems": [problem.row(shard)]})


def _read(unit: Unit, reader: Reading, shard: str, number: int) -> Batch:
    document = unit()
    if document.kept and "review" in document.kept:
        raise UnsupportedInput("a review of a store's report; `onrecord add` takes these")
    made = Batch()
    for record, by in _records(document, reader):
        told = Told(
            shard=shard, number=number, reader=by, name=document.name,
            byline=document.byline, wire=document.wire,
        )  # fmt: skip
        made.add(rows(record, told))
    made.words = sum(row["words"] for row in made.rows["reports"])
    return made


def _records(document: Document, reader: Reading) -> Iterator[tuple[Record, str]]:
    """The document's record and what made it; what is a record already is kept as it is."""
    for known in document.records:
        report = replace(known.report, id=keys.report_id(known.text))
        by = (document.kept or {}).get("reader")
        yield replace(known, report=report), str(by or "elsewhere")
    if not document.records:
        made = reader.read(
            document.text,
            title=document.title,
            published=document.published,
            publisher=document.publisher,
            id=keys.report_id(document.text),
        )
        yield marked(made, warnings=document.warnings), reader.version


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raises `_Late` in what takes longer, where the system has timers.

    It is raised between two steps of Python: what hangs inside a library in C isn't reached, and
    is left to whoever watches the worker.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer"):
        yield
        return

    def late(signum: int, frame: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        with contextlib.suppress(TypeError):
            signal.signal(signal.SIGALRM, before)
