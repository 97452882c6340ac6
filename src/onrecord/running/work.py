"""What a worker does with a shard."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.running.batch import Numbered, Reading, read_batch
from onrecord.running.datasets import GROUP, Writer, tables
from onrecord.running.documents import Unit, units
from onrecord.running.markers import Marker
from onrecord.running.shards import Shard

BATCH = 25
"""Reports that are read before their rows are packed."""

SECONDS = 60.0
"""How long a report may take: forty times as long as one of a thousand words does."""

SHIPPED = "onrecord.running.reader:shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run reads; workers get it in words that JSON has."""

    folder: str
    """Where the output goes, the same for all workers."""
    reader: str = SHIPPED
    """What makes the reader: a function of `model`, as `module:name`."""
    model: str | None = None
    """A folder with another model than the shipped one."""
    seconds: float = SECONDS
    """How long a report may take; 0: as long as it likes."""
    batch: int = BATCH


class WriteError(Exception):
    """The output can't be written: not the shard's fault, nor helped by trying another one."""


def read_shard(
    shard: Shard,
    reader: Reading,
    settings: Settings,
    *,
    passed_over: Mapping[int, str] | None = None,
    at: Callable[[int], None] = lambda number: None,
) -> Marker:
    """Reads a shard, writes its files, then its marker.

    `at` is told the number of each report before it is looked at, and 0 between.

    Raises:
        OSError: the input can't be read.
        WriteError: the output can't be written.
        ModelError: the reader can't read anything.
    """
    writer = Writer(Path(settings.folder), shard.name)
    stream = _Stream(_told(units(shard), at))
    words, problems = 0, Counter[str]()
    try:
        while not stream.ended:
            made = read_batch(
                stream.take(min(settings.batch, GROUP - stream.taken % GROUP)), reader,
                shard=shard.name, seconds=settings.seconds, passed_over=passed_over,
            )  # fmt: skip
            at(0)
            words += made.words
            problems.update(problem.kind for problem in made.problems)
            writer.add(tables(made.rows))
            if stream.taken % GROUP == 0:
                with _writing(settings.folder):
                    writer.flush()
        with _writing(settings.folder):
            written = writer.finish()
            marker = Marker(
                shard=shard.name, reports=written["reports"]["rows"], words=words,
                problems=dict(problems), files=written,
            )  # fmt: skip
            marker.write(Path(settings.folder))
    finally:
        writer.discard()
    return marker


class _Stream:
    """The reports of a shard, some at a time; each is got when it is asked for."""

    def __init__(self, numbered: Iterator[Numbered]) -> None:
        self.numbered = numbered
        self.taken = 0
        self.ended = False

    def take(self, most: int) -> Iterator[Numbered]:
        """The next `most` reports."""
        for _ in range(most):
            try:
                one = next(self.numbered)
            except StopIteration:
                self.ended = True
                return
            self.taken += 1
            yield one


def _told(found: Iterator[Unit], at: Callable[[int], None]) -> Iterator[Numbered]:
    number = 1
    at(number)
    for unit in found:
        yield number, unit
        number += 1
        at(number)


@contextmanager
def _writing(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # pyarrow's have a number, and words of their own
        why = os.strerror(error.errno) if error.errno else str(error)
        raise WriteError(f"{error.filename or folder}: {why}") from error
