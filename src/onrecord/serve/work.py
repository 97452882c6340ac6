"""Reports that are being added: jobs that wait, one that is worked on, those that are done."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from onrecord.errors import IntakeError, OnrecordError
from onrecord.intake.stream import Item
from onrecord.serve.reader import SharedReader
from onrecord.store import Store, adding
from onrecord.store.adding import Outcome

_LOG = logging.getLogger("onrecord.serve")

SHOWN = 1000
"""Outcomes that a job keeps, the last ones; what became of the others is counted."""
LISTED = 200
"""Outcomes that its page shows."""
KEPT = 100
"""Jobs that are remembered."""

Did = Literal["waiting", "working", "done", "failed", "stopped"]
Gather = Callable[["Job"], Iterator[Item]]
"""Gives a job's documents; it may set the job's `total`, and say in `doing` what takes time."""


class Full(Exception):
    """Too many jobs wait."""


@dataclass(slots=True, kw_only=True)
class Job:
    """One thing to add. What changes is written by the worker alone, a whole value at a time."""

    id: str
    what: str
    who: str
    single: bool
    """Whether it is one text, which one wants to see when it is read."""
    state: Did = "waiting"
    doing: str = ""
    total: int | None = None
    tally: Counter[str] = field(default_factory=Counter)
    outcomes: deque[Outcome] = field(default_factory=lambda: deque(maxlen=SHOWN))
    why: str = ""
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def seen(self) -> Job:
        """The job as it is at this moment: nothing of it changes while a page tells of it."""
        state = self.state  # first: where it is over, what follows is whole
        outcomes = deque(tuple(self.outcomes), maxlen=SHOWN)
        tally = Counter(dict(self.tally))
        return replace(self, state=state, tally=tally, outcomes=outcomes)

    @property
    def count(self) -> int:
        """Documents that it is through with."""
        return sum(self.tally.values())

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "stopped")

    @property
    def shown(self) -> list[Outcome]:
        """The last outcomes, latest first."""
        return list(reversed(tuple(self.outcomes)))[:LISTED]

    @property
    def report(self) -> str:
        """The id of the only report it is of; empty where there are more, or none."""
        found = {one.report for one in tuple(self.outcomes) if one.report}
        return found.pop() if self.over and self.count == len(found) == 1 else ""


class Work:
    """One thread that adds what it is given, in order."""

    def __init__(self, store: Store, reader: SharedReader, *, waiting: int) -> None:
        self.store = store
        self.reader = reader
        self.jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[tuple[Job, Gather, Callable[[], None]] | None] = queue.Queue(
            maxsize=waiting
        )
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(
        self,
        gather: Gather,
        *,
        what: str,
        who: str,
        single: bool = False,
        after: Callable[[], None] = lambda: None,
    ) -> Job:
        """A job for these documents; `after` is called when it is over.

        Raises `Full` where too many wait already.
        """
        job = Job(id=secrets.token_urlsafe(9), what=what, who=who, single=single)
        with self._lock:
            try:
                self._queue.put_nowait((job, gather, after))
            except queue.Full:
                raise Full(f"{self._queue.maxsize} jobs wait already; try again later") from None
            self.jobs[job.id] = job
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
                self._thread.start()
        return job

    def _forget(self) -> None:
        for id in [id for id, job in self.jobs.items() if job.over][
            : max(0, len(self.jobs) - KEPT)
        ]:
            del self.jobs[id]

    def get(self, id: str) -> Job | None:
        """The job called `id`."""
        return self.jobs.get(id)

    def recent(self, many: int = 5) -> list[Job]:
        """The last jobs, latest first."""
        with self._lock:
            return list(reversed(self.jobs.values()))[:many]

    def close(self) -> None:
        """Stops after the report that is being read; what was told of is kept."""
        with self._lock:
            thread = self._thread
            self._thread = None
        for job in list(self.jobs.values()):
            job.stop.set()
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _run(self) -> None:
        while (given := self._queue.get()) is not None:
            job, gather, after = given
            try:
                self._add(job, gather)
            except OnrecordError as error:
                job.state, job.why = "failed", str(error)
            except Exception:
                _LOG.exception("a fault while adding %s", job.what)
                job.state, job.why = "failed", "a fault in onrecord; the server's log says more"
            finally:
                job.ended_at, job.doing = datetime.now(UTC), ""
                after()

    def _add(self, job: Job, gather: Gather) -> None:
        job.state = "working"
        items = _allowed(gather(job), job)
        for outcome in adding.add(self.store, items, lambda: self.reader):
            job.outcomes.append(outcome)
            job.tally[outcome.did] += 1
        job.state = "stopped" if job.stop.is_set() else "done"


def _allowed(items: Iterable[Item], job: Job) -> Iterator[Item]:
    """The documents until the job is stopped; without reviews, which would bear others' names."""
    for item in items:
        if job.stop.is_set():
            return
        if item.document is not None and "review" in (item.document.kept or {}):
            yield Item(item.place, None, _NO_REVIEWS)
        else:
            yield item


_NO_REVIEWS = IntakeError("reviews of another store come in by `onrecord add` alone")
