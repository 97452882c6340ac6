"""A store as Parquet: a folder with a file for each table of `onrecord.export.columns`."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection

from onrecord.errors import ExportError
from onrecord.export import columns, tables


def schema(name: str) -> pa.Schema:
    """The columns of a table with their types; the same whatever the store holds."""
    return pa.schema([(column, _type(name, column)) for column in columns.columns(name)])


def _type(name: str, column: str) -> pa.DataType:
    if columns.is_list(name, column):
        return pa.list_(pa.string())
    if column in columns.NUMBERS:
        return pa.float64()
    return pa.int32() if column in columns.INTEGERS else pa.string()


def write(connection: Connection, folder: Path) -> list[Path]:
    """Writes all tables; returns the files. Raises `ExportError` where the folder can't be."""
    paths = [folder / f"{name}.parquet" for name in columns.NAMES]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in zip(columns.NAMES, paths, strict=True):
            with pq.ParquetWriter(path, schema(name), compression="zstd") as writer:
                for rows in tables.batches(connection, name):
                    writer.write_table(pa.Table.from_pylist(rows, schema=schema(name)))
    except OSError as error:
        raise ExportError(f"can't write {error.filename or folder}: {error.strerror}") from error
    return paths
