"""Which shards are done: one small file each, written last."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from onrecord.running import datasets, files

FOLDER = "_done"
"""Where markers are; the underscore keeps it from being taken for a dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What a shard came to."""

    shard: str
    reports: int
    """Reports that have a record."""
    words: int
    problems: dict[str, int] = field(default_factory=dict)
    """How many of each kind."""
    files: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows and bytes of its file in each dataset."""

    def write(self, folder: Path) -> None:
        """Says that the shard is done: all of its other files are in their places."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        files.write(_path(folder, self.shard), text.encode("utf-8"))

    @classmethod
    def read(cls, folder: Path, shard: str) -> Self | None:
        """The marker of a shard; None where it isn't done, or its files aren't there."""
        try:
            data: dict[str, Any] = json.loads(_path(folder, shard).read_bytes())
            made = cls(**data)
            there = all(
                (folder / name / f"{shard}.parquet").stat().st_size == made.files[name]["bytes"]
                for name in datasets.NAMES
            )
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return made if there else None


def done(folder: Path) -> list[str]:
    """The shards that have a marker, in order."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.json"))


def _path(folder: Path, shard: str) -> Path:
    return folder / FOLDER / f"{shard}.json"
