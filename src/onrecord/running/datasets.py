"""The datasets that a run writes: a folder each, and in it a file of Parquet for each shard.

What is in a file depends on the shard's reports alone: rows are held back until `GROUP` reports are
together, however many of them were read at a time, and then written as one row group.
"""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.export import columns, parquet
from onrecord.running import files

PROBLEMS = "problems"
NAMES = ("reports", *columns.LAYERS, "actors", PROBLEMS)
"""The datasets, in the order in which they are told."""

GROUP = 250
"""Reports whose rows make one row group; a worker holds the rows of so many at a time."""

_FIRST = (("shard", pa.string()), ("number", pa.int32()))
LINKED = {"origin", "claim", "state", "catalogue", "party"}
"""Columns of an export that only links between reports, or reviews, can fill."""
_MORE = {
    "reports": (
        ("name", pa.string()),
        ("warnings", pa.list_(pa.string())),
        ("reader", pa.string()),
        ("record", pa.string()),
    ),
    PROBLEMS: (("kind", pa.string()), ("why", pa.string())),
}


def schema(name: str) -> pa.Schema:
    """The columns of a dataset with their types."""
    plain = [] if name == PROBLEMS else list(parquet.schema(name))
    kept = [field for field in plain if not _linked(field.name)]
    return pa.schema([*_FIRST, *((field.name, field.type) for field in kept), *_MORE.get(name, ())])


def _linked(column: str) -> bool:
    return column in LINKED or column.endswith("_party")


_SCHEMAS = {name: schema(name) for name in NAMES}

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by dataset."""


def tables(rows: Rows) -> dict[str, pa.Table]:
    """The rows as tables, which take a tenth of the memory."""
    return {
        name: pa.Table.from_pylist(list(some), schema=_SCHEMAS[name])
        for name, some in rows.items()
        if some
    }


class Writer:
    """Writes the files of one shard; they are in their places when `finish` is through."""

    def __init__(self, folder: Path, shard: str) -> None:
        self.paths = {name: folder / name / f"{shard}.parquet" for name in NAMES}
        self.parts = {name: files.unfinished(path) for name, path in self.paths.items()}
        self.open: dict[str, pq.ParquetWriter] = {}
        self.waiting: dict[str, list[pa.Table]] = {name: [] for name in NAMES}
        self.rows = dict.fromkeys(NAMES, 0)

    def add(self, some: Mapping[str, pa.Table]) -> None:
        """Takes further rows."""
        for name, table in some.items():
            self.waiting[name].append(table)
            self.rows[name] += table.num_rows

    def flush(self) -> None:
        """Writes what waits as one row group; raises `OSError` where the disk won't have it."""
        for name, waiting in self.waiting.items():
            if waiting:
                whole = pa.concat_tables(waiting).combine_chunks()
                self._writer(name).write_table(whole, row_group_size=max(1, whole.num_rows))
                waiting.clear()

    def _writer(self, name: str) -> pq.ParquetWriter:
        if name not in self.open:
            self.parts[name].parent.mkdir(parents=True, exist_ok=True)
            schema = _SCHEMAS[name]
            self.open[name] = pq.ParquetWriter(self.parts[name], schema, compression="zstd")
        return self.open[name]

    def finish(self) -> dict[str, dict[str, int]]:
        """Puts the files in their places; how many rows and bytes each has, by dataset.

        A dataset without rows has a file too: that it is empty is an answer.
        """
        self.flush()
        for name in NAMES:
            self._writer(name).close()
            files.finish(self.parts[name], self.paths[name])
        return {
            name: {"rows": self.rows[name], "bytes": path.stat().st_size}
            for name, path in self.paths.items()
        }

    def discard(self) -> None:
        """Removes what was written, after a failure."""
        for writer in self.open.values():
            with contextlib.suppress(OSError, pa.ArrowException):
                writer.close()
        for part in self.parts.values():
            part.unlink(missing_ok=True)
