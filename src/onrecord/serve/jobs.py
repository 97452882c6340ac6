"""A job: one thing that is being added, how far it is, and what became of it."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from onrecord.store.adding import Outcome

SHOWN = 1000
"""Outcomes that a job keeps, the last ones; what became of the others is counted."""
LISTED = 200
"""Outcomes that its page shows."""
KEPT = 100
"""Jobs that are remembered."""

Did = Literal["waiting", "working", "done", "failed", "stopped"]


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
