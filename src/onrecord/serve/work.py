"""Reports that are being added: jobs that wait, one that is worked on, those that are done."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.errors import IntakeError, OnrecordError
from onrecord.intake.stream import Item
from onrecord.serve.jobs import KEPT, Job
from onrecord.serve.journal import Journal, Left
from onrecord.serve.reader import SharedReader
from onrecord.store import Store, adding
from onrecord.store.adding import Outcome

_LOG = logging.getLogger("onrecord.serve")

NOTED = 2.0
"""Seconds between two notes of how far a job is."""

_LOOKS = 60.0
"""Seconds between two looks for what another server has left."""

Gather = Callable[[Job], Iterator[Item]]
"""Gives a job's documents; it may set the job's `total`, and say in `doing` what takes time."""


class Full(Exception):
    """Too many jobs wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a job is to do, and what of it is written down to do it anew."""

    gather: Gather
    after: Callable[[], None] = lambda: None
    """Called when it is over."""
    given: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[tuple[str, Path]] = ()


Resume = Callable[[Left], Task]
"""Makes the task of a job that a server has left; raises `OnrecordError` where that can't be."""


def _lost(left: Left) -> Task:
    raise IntakeError("the server ended before it was through; give it again")


class Work:
    """One thread that adds what it is given, in order."""

    def __init__(
        self,
        store: Store,
        reader: SharedReader,
        *,
        waiting: int,
        resume: Resume = _lost,
    ) -> None:
        self.store = store
        self.reader = reader
        self.waiting = waiting
        self.jobs: OrderedDict[str, Job] = OrderedDict()
        self.journal = Journal(store)
        self._resume = resume
        self._queue: queue.Queue[tuple[Job, Task] | None] = queue.Queue()
        self._lock = threading.Lock()  # held for a moment: those who look at pages wait for it
        self._giving = threading.Lock()  # held while a job is written down
        self._thread: threading.Thread | None = None
        self._ends = False

    def start(self) -> None:
        """Goes on with what a server that is gone has left, and looks for more now and then."""
        known = [job for job in self.journal.last(KEPT) if job.over]
        with self._lock:
            for job in reversed(known):
                self.jobs.setdefault(job.id, job)
        self._take_over()
        with self._lock:
            self._begin()

    def submit(
        self,
        gather: Gather,
        *,
        what: str,
        who: str,
        single: bool = False,
        after: Callable[[], None] = lambda: None,
        given: Mapping[str, Any] | None = None,
        files: Sequence[tuple[str, Path]] = (),
    ) -> Job:
        """A job for these documents; `after` is called when it is over.

        `given` and `files` are written down, to gather the documents anew after a restart. Raises
        `Full` where too many wait already.
        """
        job = Job(id=secrets.token_urlsafe(9), what=what, who=who, single=single)
        task = Task(gather=gather, after=after, given=given or {}, files=files)
        with self._giving:
            if self._queue.qsize() >= self.waiting:
                raise Full(f"{self.waiting} jobs wait already; try again later")
            self.journal.keep(job, task.given, task.files)
            with self._lock:
                self._put(job, task)
                self._begin()
        return job

    def _put(self, job: Job, task: Task) -> None:
        self.jobs[job.id] = job
        self._queue.put((job, task))
        over = [id for id, one in self.jobs.items() if one.over]
        for id in over[: max(0, len(self.jobs) - KEPT)]:
            del self.jobs[id]

    def _begin(self) -> None:
        if self._thread is None:
            self._ends = False
            self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
            self._thread.start()

    def _take_over(self) -> None:
        """Queues what servers that are gone have left; what can't be gone on with has failed."""
        for left in self.journal.take_over():
            try:
                task = self._resume(left)
            except OnrecordError as error:
                left.job.state, left.job.why = "failed", str(error)
                left.job.ended_at = datetime.now(UTC)
                self.jobs[left.job.id] = left.job
                self.journal.note(left.job)
                continue
            with self._lock:
                self._put(left.job, task)

    def get(self, id: str) -> Job | None:
        """The job called `id`; of another server, as it was written down last."""
        return self.jobs.get(id) or self.journal.find(id)

    def recent(self, many: int = 5) -> list[Job]:
        """The last jobs, latest first."""
        with self._lock:
            return list(reversed(self.jobs.values()))[:many]

    def close(self) -> None:
        """Stops after the report that is being read; what isn't over waits for the next start."""
        with self._lock:
            thread, self._thread, self._ends = self._thread, None, True
        if thread is not None:
            self._queue.put(None)
            thread.join()
        self.journal.leave()

    def _run(self) -> None:
        while not self._ends:
            try:
                next_one = self._queue.get(timeout=_LOOKS)
            except queue.Empty:
                self._look()
                continue
            if next_one is None:
                return
            self._work(*next_one)

    def _look(self) -> None:
        try:
            self._take_over()
        except OnrecordError:
            _LOG.exception("can't look for jobs that were left")

    def _work(self, job: Job, task: Task) -> None:
        try:
            self._add(job, task.gather)
        except OnrecordError as error:
            job.state, job.why = "failed", str(error)
        except Exception:
            _LOG.exception("a fault while adding %s", job.what)
            job.state, job.why = "failed", "a fault in onrecord; the server's log says more"
        finally:
            job.doing = ""
            self._end(job)
            task.after()

    def _end(self, job: Job) -> None:
        """Writes down how it ended, or where it stopped."""
        job.ended_at = datetime.now(UTC) if job.over else None
        try:
            self.journal.note(job)
        except OnrecordError:
            _LOG.exception("can't write down what became of %s", job.what)

    def _add(self, job: Job, gather: Gather) -> None:
        job.state = "working"
        self.journal.note(job)
        noted = time.monotonic()
        before = {(one.place, one.report) for one in job.outcomes if one.report}
        items = self._allowed(gather(job), job)
        for outcome in adding.add(self.store, items, lambda: self.reader):
            if not _again(outcome, before):
                job.outcomes.append(outcome)
                job.tally[outcome.did] += 1
            if time.monotonic() - noted > NOTED:
                self.journal.note(job)
                noted = time.monotonic()
        job.state = "stopped" if job.stop.is_set() else "waiting" if self._ends else "done"

    def _allowed(self, items: Iterable[Item], job: Job) -> Iterator[Item]:
        """The documents until the job is stopped, or the server ends.

        Without reviews, which would bear others' names.
        """
        for item in items:
            if job.stop.is_set() or self._ends:
                return
            if item.document is not None and "review" in (item.document.kept or {}):
                yield Item(item.place, None, _NO_REVIEWS)
            else:
                yield item


def _again(outcome: Outcome, before: set[tuple[str, str]]) -> bool:
    """Whether it was told of before a restart: what was read then is there already now."""
    return outcome.did == "known" and (outcome.place, outcome.report) in before


_NO_REVIEWS = IntakeError("reviews of another store come in by `onrecord add` alone")
