"""What a run has written, taken back as records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import IntakeError, RecordError, UnsupportedInput
from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.running import manifest, markers
from onrecord.running.markers import Marker
from onrecord.running.rows import unpacked

_COLUMNS = ["number", "text", "record", "name", "byline", "wire", "reader"]
_ROWS = 64
"""Reports that are in memory at a time."""


def is_output(place: str) -> bool:
    """Whether a run has written the folder `place`."""
    try:
        data = json.loads((Path(place) / manifest.NAME).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(data, dict) and {"format", "versions", "shard_size"} <= data.keys()


def count(place: str) -> int:
    """How many records there are."""
    return sum(marker.reports for marker in _done(Path(place)))


def items(place: str) -> Iterator[Item]:
    """The records of the shards that are done, with what is known beside them."""
    for marker in _done(Path(place)):
        path = Path(place) / "reports" / f"{marker.shard}.parquet"
        try:
            for row in _rows(path):
                yield _item(path, row)
        except (OSError, pa.ArrowException) as error:
            yield Item(str(path), None, UnsupportedInput(f"{path}: can't be read: {error}"))


def _done(folder: Path) -> Iterator[Marker]:
    for shard in markers.done(folder):
        if marker := Marker.read(folder, shard):
            yield marker


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 16) as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=_COLUMNS):
            yield from batch.to_pylist()


def _item(path: Path, row: dict[str, Any]) -> Item:
    try:
        record = unpacked(row["text"], row["record"])
    except (RecordError, IntakeError) as error:
        return Item(str(path), None, RecordError(f"{path}, report {row['number']}: {error}"))
    kept = {key: row[key] for key in ("byline", "wire", "reader")}
    name = row["name"] or record.report.id
    document = Document(text=record.text, records=(record,), name=name, kept=kept)
    return Item(str(path), document)
