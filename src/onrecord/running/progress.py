"""How far a run is."""

import time
from collections import Counter
from dataclasses import dataclass, field

from onrecord.running.events import Event
from onrecord.running.markers import Marker


@dataclass(slots=True, kw_only=True)
class Progress:
    """Counts that only go up, and what each worker does just now."""

    shards: int
    """Of the whole run."""
    bytes: int
    """Of input, of the whole run."""
    shards_done: int = 0
    bytes_done: int = 0
    """Of the shards that are done."""
    reports: int = 0
    """With a record, in shards that are done, also in an earlier run."""
    words: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    """By kind, in shards that are done."""
    failed: dict[str, str] = field(default_factory=dict)
    """Shards that can't be read now, and why."""
    replaced: int = 0
    """Workers that ended or were ended."""
    resumed: int = 0
    """Shards that were done before this run began."""
    read_now: int = 0
    """Reports of this run, those of unfinished shards among them."""
    rss: dict[int, int] = field(default_factory=dict)
    """Memory of each worker, in bytes."""
    began: float = field(default_factory=time.monotonic)
    at: dict[int, int] = field(default_factory=dict)
    """At which report of its shard each worker is."""

    def seconds(self) -> float:
        """Since this run began, by a clock that nobody can set."""
        return time.monotonic() - self.began

    def looked_at(self) -> int:
        """Reports with a record or a problem, those of unfinished shards among them."""
        now = sum(number - 1 for number in self.at.values() if number)
        return self.reports + self.problems.total() + now

    def was_done(self, marker: Marker, size: int) -> None:
        """Notes a shard that an earlier run has read."""
        self.resumed += 1
        self._add(marker, size)

    def note(self, event: Event, size: int) -> None:
        """Notes what happened to a shard of so many bytes."""
        if event.rss:
            self.rss[event.worker] = event.rss
        match event.did:
            case "at":
                self.at[event.worker] = event.number
            case "replaced":
                self.replaced += 1
                self.at.pop(event.worker, None)
            case "failed":
                self.failed[event.shard] = event.why
            case "done":
                assert event.marker is not None
                self.at.pop(event.worker, None)
                self.read_now += event.marker.reports
                self._add(event.marker, size)

    def _add(self, marker: Marker, size: int) -> None:
        self.shards_done += 1
        self.bytes_done += size
        self.reports += marker.reports
        self.words += marker.words
        self.problems.update(marker.problems)
