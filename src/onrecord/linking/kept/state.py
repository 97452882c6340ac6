"""What the linking knows of a store between one batch of reports and the next.

A mark in the store says whether it still holds: whoever links leaves another one, and so does
whoever reviews.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select, update

from onrecord.linking.kept.catalogue import Part
from onrecord.linking.kept.origins import Shingled
from onrecord.linking.kept.pool import Pool
from onrecord.store.schema import meta, reviews

_KEY = "linked"
"""The key of the mark among what is true of the whole store."""


@dataclass(slots=True)
class State:
    """The claims of recent reports, the actors met so far, and the shingles of texts."""

    pool: Pool = field(default_factory=Pool)
    part: Part = field(default_factory=Part)
    shingled: Shingled = field(default_factory=Shingled)
    mark: tuple[str, int] = ("", 0)


_states: WeakKeyDictionary[Engine, State] = WeakKeyDictionary()


def held(connection: Connection) -> State | None:
    """What was left for this store, where it still holds."""
    state = _states.get(connection.engine)
    return state if state is not None and state.mark == _mark(connection) else None


def leave(connection: Connection, state: State) -> None:
    """Leaves a state for the next batch, and a new mark."""
    mark = secrets.token_hex(8)
    changed = connection.execute(update(meta).where(meta.c.key == _KEY).values(value=mark))
    if not changed.rowcount:
        connection.execute(meta.insert().values(key=_KEY, value=mark))
    state.mark = _mark(connection)
    _states[connection.engine] = state


def forget(engine: Engine) -> None:
    """Forgets what was left: a batch that failed may have changed it and not the store."""
    _states.pop(engine, None)


def _mark(connection: Connection) -> tuple[str, int]:
    linked = connection.scalar(select(meta.c.value).where(meta.c.key == _KEY))
    reviewed = connection.scalar(select(func.coalesce(func.max(reviews.c.n), 0)))
    return str(linked or ""), int(reviewed or 0)
