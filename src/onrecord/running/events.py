"""What happens while shards are read, in the words that all kinds of pools share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from onrecord.running.markers import Marker
from onrecord.running.shards import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a shard or to a worker."""

    did: Literal["at", "done", "failed", "replaced"]
    """`at`: a worker got to a report; `done`: a shard is read and marked; `failed`: it can't be
    read now, and isn't marked; `replaced`: a worker ended or was ended, and another does its
    work."""
    shard: str
    worker: int = 0
    number: int = 0
    """At which report of the shard."""
    rss: int = 0
    """The memory that the worker holds, in bytes; 0: unknown."""
    marker: Marker | None = None
    why: str = ""


class Pool(Protocol):
    """Workers that read shards."""

    def __enter__(self) -> Self:
        """Makes ready; raises `RunError` where that can't be done."""

    def __exit__(self, *error: object) -> None:
        """Ends all workers."""

    def run(self, shards: Sequence[Shard]) -> Iterator[Event]:
        """Reads the shards and tells what happens.

        Raises:
            ModelError: the reader can't start.
            RunError: no worker can start, or the output can't be written.
        """
