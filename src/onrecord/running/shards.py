"""Cuts the files of a run into shards: the parts that are read, written and marked one by one.

How a file is cut depends on its bytes and the shards' size alone, never on the other files or the
number of workers: JSON Lines behind ends of lines, Parquet behind rows; what is packed with gzip,
and archives, can't be entered in the middle and are a shard each.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, Any, Literal

import pyarrow.parquet as pq

from onrecord.running.inputs import label, opened

Form = Literal["lines", "parquet", "warc"]

SIZE = 2 << 20
"""Bytes of input in a shard: some 500 reports, a minute or two of one worker. What a killed worker
has to read again is at most this."""

_BLOCK = 1 << 20
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A part of a file."""

    name: str
    """What its files are called: the input's name, the beginning of its digest, a number."""
    address: str
    label: str
    """What its input is called in rows and messages."""
    form: Form
    packed: bool = False
    """Whether the file is packed with gzip."""
    start: int = 0
    stop: int | None = None
    """Half-open: bytes of lines, rows of a row group of Parquet; None: to the end."""
    group: int | None = None
    """The row group of Parquet."""
    first: int = 1
    """The number of its first line or row in the file."""
    size: int
    """About how many bytes there are to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of a run, as it was when the run began."""

    address: str
    form: Form
    bytes: int
    sha256: str
    shards: tuple[Shard, ...]
    copies: tuple[str, ...] = ()
    """Other files with the same bytes, which aren't read."""


def survey(address: str, *, size: int = SIZE) -> Source:
    """Reads a file through once: its digest, and the shards it is cut into.

    Raises `OSError` where it can't be opened or read.
    """
    with opened(address) as file:
        form, packed = _form(file)
        file.seek(0)
        if form == "lines" and not packed:
            digest, length, cuts = _lines(file, size)
        else:
            digest, length = _digest(file)
            cuts = _rows(file, size) if form == "parquet" else [{"size": length}]
    called = label(address)
    whole = Shard(name="", address=address, label=called, form=form, packed=packed, size=0)
    begin = f"{_plain(called)}-{digest[:12]}"
    shards = tuple(replace(whole, **cut, name=f"{begin}-{n:05}") for n, cut in enumerate(cuts))
    return Source(address=address, form=form, bytes=length, sha256=digest, shards=shards)


def _form(file: IO[bytes]) -> tuple[Form, bool]:
    """What a file holds, by its first bytes, and whether it is packed."""
    start = file.read(4096)
    if start.startswith(b"PAR1"):
        return "parquet", False
    packed = start.startswith(_GZIP)
    if packed:
        start = _unpacked(start)
    return ("warc" if start.startswith(b"WARC/") else "lines"), packed


def _unpacked(start: bytes) -> bytes:
    """The first bytes of what is packed; none where it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(start, 64)
    except zlib.error:
        return b""


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(file.read, _BLOCK), b"")


def _digest(file: IO[bytes]) -> tuple[str, int]:
    digest, length = hashlib.sha256(), 0
    for block in _blocks(file):
        digest.update(block)
        length += len(block)
    return digest.hexdigest(), length


def _lines(file: IO[bytes], size: int) -> tuple[str, int, list[dict[str, Any]]]:
    """Digest, length, and cuts behind the first end of a line past each `size` bytes."""
    digest = hashlib.sha256()
    cuts: list[dict[str, Any]] = []
    at, start, lines, first = 0, 0, 0, 1
    for block in _blocks(file):
        digest.update(block)
        seen = 0
        while (end := block.find(b"\n", max(seen, start + size - at - 1)) + 1) > 0:
            lines += block.count(b"\n", seen, end)
            cuts.append({"start": start, "stop": at + end, "first": first})
            start, seen, first = at + end, end, lines + 1
        lines += block.count(b"\n", seen)
        at += len(block)
    if at > start or not cuts:
        cuts.append({"start": start, "stop": at, "first": first})
    return digest.hexdigest(), at, [{**cut, "size": cut["stop"] - cut["start"]} for cut in cuts]


def _rows(file: IO[bytes], size: int) -> list[dict[str, Any]]:
    """Cuts of each row group by rows; one of the whole file where it is damaged.

    What is wrong with a damaged file is told when the shard is read.
    """
    file.seek(0)
    try:
        meta = pq.ParquetFile(file).metadata
        groups = [meta.row_group(k) for k in range(meta.num_row_groups)]
    except Exception:  # pyarrow raises what it likes for what is damaged
        return [{"size": size}]
    cuts: list[dict[str, Any]] = []
    first = 1
    for k, group in enumerate(groups):
        rows, total = group.num_rows, max(group.total_byte_size, 1)
        step = max(1, rows * size // total)
        cuts += [
            {"group": k, "start": a, "stop": min(a + step, rows), "first": first + a,
             "size": total * min(step, rows - a) // max(rows, 1)}
            for a in range(0, rows, step)
        ]  # fmt: skip
        first += rows
    return cuts or [{"group": None, "stop": 0, "size": 0}]


def _plain(name: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name).strip(".")[:80] or "input"
