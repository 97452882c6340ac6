"""A pool of processes on this machine.

What happens to a worker doesn't happen to the run: one that ends, or that hangs at a report, is
replaced, and its shard is read again from its beginning.
"""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Self

from onrecord.errors import ModelError, RunError
from onrecord.running.events import Event
from onrecord.running.markers import Marker
from onrecord.running.process import Heard, Job, Worker
from onrecord.running.shards import Shard
from onrecord.running.work import Settings

LOOKS = 0.5
"""Seconds between two looks at who hangs."""
GRACE = 10.0
"""Seconds beyond the limit that a worker has to notice by itself that a report is slow."""
PATIENCE = 300.0
"""Seconds that a worker has for what isn't reading a report: its start, opening, writing."""
DEATHS = 3
"""Ends of workers at one report from which it is passed over: once or twice may be chance."""
TRIES = 3
"""Times that a shard is tried whose input can't be read; also starts of workers that fail."""
FULL = 500 << 20
"""Bytes of memory past which a worker is replaced between two shards: a single text of eighty
reports' length can leave it so large, and what is given back to the system is little."""


class Local:
    """Processes on this machine, kept from one `run` to the next."""

    def __init__(self, settings: Settings, *, workers: int = 1) -> None:
        self.settings = settings
        self.many = workers
        self.workers: list[Worker] = []
        self.waiting: deque[Job] = deque()
        self.heard: SimpleQueue[Heard] = SimpleQueue()
        self.failed_starts = 0

    def __enter__(self) -> Self:
        """Nothing starts before there is something to read."""
        return self

    def __exit__(self, *error: object) -> None:
        """Ends all workers."""
        for worker in self.workers:
            worker.end()
        self.workers = []

    def run(self, shards: Sequence[Shard]) -> Iterator[Event]:
        """Reads the shards; see `Pool.run`."""
        self.waiting = deque(Job(shard) for shard in shards)
        while len(self.workers) < min(self.many, len(shards)):
            self._start(len(self.workers))
        yield from self._hand_out()
        looked = time.monotonic()
        while any(worker.job for worker in self.workers):
            yield from self._heard()
            if time.monotonic() - looked > LOOKS:
                looked = time.monotonic()
                yield from self._hanging(looked)
            yield from self._hand_out()

    def _start(self, number: int) -> None:
        self.workers.append(Worker(number, self.settings, self.heard))

    def _hand_out(self) -> Iterator[Event]:
        """Gives those that have nothing to read the next shards."""
        for n, worker in enumerate(self.workers):
            if worker.job is None and self.waiting:
                if worker.used_up:
                    yield self._replace(worker, worker.used_up)
                self.workers[n].give(self.waiting.popleft())

    def _heard(self) -> Iterator[Event]:
        """What one worker says next, if any says something soon."""
        try:
            worker, said = self.heard.get(timeout=LOOKS)
        except Empty:
            return
        if worker not in self.workers:
            return  # it was replaced
        if said is None:
            yield from self._died(worker)
        elif said["did"] == "ready":
            worker.ready, self.failed_starts = True, 0
            worker.moved(0)
        elif worker.job is not None:
            yield from self._said(worker, worker.job, said)

    def _said(self, worker: Worker, job: Job, said: dict[str, Any]) -> Iterator[Event]:
        shard = job.shard.name
        match said["did"]:
            case "at":
                worker.moved(said["number"])
                if worker.at:
                    yield Event(
                        did="at", shard=shard, worker=worker.number, number=worker.at,
                        rss=said["rss"],
                    )  # fmt: skip
            case "done":
                marker = Marker(**said["marker"])
                worker.job = None
                yield Event(
                    did="done", shard=shard, worker=worker.number, rss=said["rss"], marker=marker
                )
                worker.used_up = _used_up(job, marker, said["rss"])
            case "failed":
                worker.job = None
                yield from self._failed(job, said["why"])
            case "unwritable":
                raise RunError(f"{said['why']}: what is done is kept, and the same command goes on")
            case _:
                raise ModelError(said["why"])

    def _failed(self, job: Job, why: str) -> Iterator[Event]:
        job.failures += 1
        if job.failures < TRIES:
            self.waiting.append(job)
        else:
            yield Event(did="failed", shard=job.shard.name, why=why)

    def _replace(self, worker: Worker, why: str) -> Event:
        """Ends a worker and starts another in its place."""
        shard = worker.job.shard.name if worker.job else ""
        worker.end()
        self.workers[self.workers.index(worker)] = Worker(worker.number, self.settings, self.heard)
        return Event(did="replaced", shard=shard, worker=worker.number, why=why)

    def _died(self, worker: Worker) -> Iterator[Event]:
        yield from self._ended(worker, f"it ended: {worker.last_words()}", slow=False)

    def _hanging(self, now: float) -> Iterator[Event]:
        """Replaces those that have been at one thing for too long."""
        for worker in list(self.workers):
            seconds = self.settings.seconds if worker.at else PATIENCE
            limit = seconds + max(GRACE, seconds / 2)
            if worker.job and seconds and now - worker.since > limit:
                yield from self._ended(worker, f"it hung at report {worker.at}", slow=True)

    def _ended(self, worker: Worker, why: str, *, slow: bool) -> Iterator[Event]:
        """Replaces a worker, and has its shard read again: without the report that was its end."""
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= TRIES:
                raise RunError(f"no worker can start: {why}")
        job, at, ready = worker.job, worker.at, worker.ready
        yield self._replace(worker, why)
        if job is None:
            return
        job.deaths[at] += ready
        certain = job.deaths[at] >= DEATHS or (slow and at > 0)
        if certain and (at == 0 or at in job.passed_over):
            yield Event(did="failed", shard=job.shard.name, why=f"at report {at}: {why}")
            return
        if certain:
            job.passed_over[at] = "slow" if slow else "deadly"
        self.waiting.appendleft(job)


def _used_up(job: Job, marker: Marker, rss: int) -> str:
    """Why a worker shouldn't read another shard; empty where it may."""
    if rss > FULL:
        return f"it held {rss >> 20} MB"
    passed_over = sum(kind == "slow" for kind in job.passed_over.values())
    if marker.problems.get("slow", 0) > passed_over:
        return "it was stopped in the middle of a slow report"
    return ""
