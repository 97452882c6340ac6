"""The reports of a shard, each still to be taken out of its bytes.

A shard gives a `Unit` for each report: calling it gives the document, or raises why there is none.
So one that is known to hang can be passed over without being touched. What is wrong with the data
is raised by a unit; what is wrong with the machine (a file that is gone) by the iterator.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import IntakeError, UnsupportedInput
from onrecord.intake import lines, stream, warc
from onrecord.intake.document import Document
from onrecord.running.inputs import opened
from onrecord.running.shards import Shard

Unit = Callable[[], Document]

LONGEST = 32 << 20
"""Bytes beyond which a line isn't a report."""
_ROWS = 64
"""Rows of Parquet that are in memory at a time."""


def units(shard: Shard) -> Iterator[Unit]:
    """Every report of the shard, in order; raises `OSError` where its file can't be read."""
    read = {"lines": _lines, "parquet": _rows, "warc": _pages}[shard.form]
    with opened(shard.address) as file:
        yield from read(file, shard)


def _lines(file: IO[bytes], shard: Shard) -> Iterator[Unit]:
    whole: Any = gzip.GzipFile(fileobj=file) if shard.packed else _Part(file, shard)
    number = shard.first - 1
    try:
        while line := whole.readline(LONGEST):
            number += 1
            called = f"{shard.label}, line {number}"
            if len(line) == LONGEST and not line.endswith(b"\n"):
                _skip_line(whole)
                yield partial(_refuse, f"{called}: longer than {LONGEST >> 20} MB, no report is")
            elif line.strip():
                yield partial(_document, line, called)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield partial(_refuse, f"{shard.label}: damaged after line {number}: {error}")


class _Part:
    """The lines of a file between two offsets."""

    def __init__(self, file: IO[bytes], shard: Shard) -> None:
        file.seek(shard.start)
        self.file = file
        self.left = (shard.stop or 0) - shard.start

    def readline(self, most: int) -> bytes:
        """The next line, at most so many bytes of it; empty at the end."""
        line = self.file.readline(min(most, self.left)) if self.left else b""
        if self.left and not line:
            raise OSError("the file is shorter than it was when the run began")
        self.left -= len(line)
        return line


def _skip_line(whole: Any) -> None:
    while (rest := whole.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass


def _document(line: bytes, name: str) -> Document:
    return stream.finished(lines.document(line, name=name))


def _refuse(why: str) -> Document:
    raise UnsupportedInput(why)


def _rows(file: IO[bytes], shard: Shard) -> Iterator[Unit]:
    number = shard.first
    try:
        for row in _table(file, shard):
            yield partial(_row, row, f"{shard.label}, row {number}")
            number += 1
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "errno", None) is not None:
            raise  # the system's own, not pyarrow's for what is damaged
        yield partial(_refuse, f"{shard.label}: damaged at row {number}: {error}")


def _table(file: IO[bytes], shard: Shard) -> Iterator[dict[str, Any]]:
    """The rows of the shard, with the columns that are looked at."""
    table = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 16)
    names = [name for name in table.schema_arrow.names if name in lines.COLUMNS]
    groups = None if shard.group is None else [shard.group]
    at, stop = 0, shard.stop
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=groups, columns=names):
        if stop is not None and at >= stop:
            return
        rows = batch.num_rows
        first, last = max(0, shard.start - at), rows if stop is None else min(rows, stop - at)
        if first < last:
            yield from batch.slice(first, last - first).to_pylist()
        at += rows


def _row(row: dict[str, Any], name: str) -> Document:
    known = {key: _plain(value) for key, value in row.items()}
    return stream.finished(lines.of_row(known, name=name))


def _plain(value: Any) -> Any:
    """A value of Parquet as JSON has it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, date | datetime) else value


def _pages(file: IO[bytes], shard: Shard) -> Iterator[Unit]:
    buffered: Any = file
    for page in warc.pages(buffered, name=shard.label):
        yield partial(_page, page)


def _page(read: Callable[[], Document | IntakeError]) -> Document:
    found = read()
    if isinstance(found, Document):
        return stream.finished(found)
    raise found
