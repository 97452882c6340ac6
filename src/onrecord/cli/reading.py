"""Reads the inputs one by one, and goes on where one of them fails."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.cli.output import Output
from onrecord.cli.sources import Source
from onrecord.errors import ModelError, OnrecordError
from onrecord.intake import Document, from_bytes, load
from onrecord.intake.language import marked
from onrecord.record import Record


class ReaderLike(Protocol):
    """What this module needs of `onrecord.reading.Reader`."""

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
    ) -> Record:
        """The record of a text."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, and why."""

    place: str
    why: str


class LazyReader:
    """The reader, loaded with the first text that wants reading: records need none."""

    def __init__(self) -> None:
        self._reader: ReaderLike | None = None

    def get(self) -> ReaderLike:
        """The reader; raises `ModelError` where it can't start."""
        if self._reader is None:
            from onrecord.reading import Reader  # loads onnxruntime and the model

            self._reader = Reader.load(threads=1)
        return self._reader


def read_all(inputs: Sequence[Source], out: Output, *, quiet: bool) -> list[Failure]:
    """Reads every input and hands its records to `out`; returns the inputs that failed.

    Raises `ModelError` where the reader can't start: no input could then be read.
    """
    failures: list[Failure] = []
    reader = LazyReader()
    with _progress(len(inputs), quiet=quiet) as advance:
        for source in inputs:
            try:
                for record in _records(source, reader):
                    out.add(record, stem=source.stem)
            except ModelError:
                raise
            except OnrecordError as error:
                failures.append(Failure(source.place, str(error)))
            except (ValueError, ArithmeticError, LookupError, TypeError, AssertionError) as error:
                # A fault of onrecord's own in one text must not lose the others.
                failures.append(Failure(source.place, _bug(source, error)))
            advance()
    return failures


def _bug(source: Source, error: Exception) -> str:
    return f"{source.place}: a fault in onrecord, please report it: {type(error).__name__}: {error}"


def _records(source: Source, reader: LazyReader) -> Iterable[Record]:
    document = _document(source)
    if document.records:
        return document.records
    read = reader.get().read(
        document.text,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        id=source.stem,
    )
    return [marked(read, warnings=document.warnings)]


def _document(source: Source) -> Document:
    if source.place == "-":
        return from_bytes(sys.stdin.buffer.read(), name="standard input")
    return load(source.place)


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Any]:
    """A bar on stderr over many inputs, where somebody sees it and it isn't in the way."""
    console = Console(stderr=True)
    if quiet or total < 2 or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda: bar.advance(task)


def failures_told(failures: Sequence[Failure], *, read: int, many: bool) -> None:
    """Says on stderr what could not be read and why."""
    if many:
        click.echo(f"{read} read, {len(failures)} not:", err=True)
    for failure in failures:
        place = "" if failure.place in failure.why else f"{failure.place}: "
        click.echo(f"{'  ' if many else 'Error: '}{place}{failure.why}", err=True)
