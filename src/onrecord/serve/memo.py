"""What several pages show and the store alone decides: found once for each state of the store."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from starlette.types import Scope

T = TypeVar("T")

STATE = "store"
"""Where a request's scope names the store's state: `scope["state"][STATE]`."""

MOST = 64
"""Findings that are kept; the largest, the order of a queue, takes half a megabyte."""


@dataclass
class Memo:
    """The last findings of one process.

    A state is named before anything is found in it, so that what was found is never older than
    the state it is kept under. Where no state is named, nothing is kept.
    """

    kept: OrderedDict[tuple[object, Hashable], object] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, scope: Scope, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` finds, or has found in the same state; `key` names it and what it is of."""
        state = scope.get("state", {}).get(STATE)
        if state is None:
            return find()
        with self.lock:
            known = self.kept.get((state, key))
        if known is not None:
            found: T = known  # type: ignore[assignment]
            return found
        made = find()
        with self.lock:
            self.kept[state, key] = made
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return made
