"""A pool on a Ray cluster: on each of its cores an actor with one process, as on one machine.

So what a worker does is the same code in both, with its time limit and its restarts; Ray places the
actors, carries shards to them, and tells when a node is lost.
"""

import os
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import ModuleType
from typing import Any, Self

from onrecord.errors import ModelError, RunError
from onrecord.running.events import Event
from onrecord.running.local import DEATHS, TRIES, Local
from onrecord.running.shards import Shard
from onrecord.running.work import Settings

LOCAL = "local"
"""The address that means a cluster of this machine alone, for as long as the run takes."""
PATIENCE = 600.0
"""Seconds that a run waits for a first actor where it has none: a cluster may have to start
machines for it."""


class Hand:
    """What an actor does: it has a process of its own read shards."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.pool = Local(Settings(**settings), workers=1)

    def ready(self) -> list[Event]:
        """Comes back as soon as the actor has a place; nothing has happened then."""
        return []

    def read(self, shard: dict[str, Any]) -> list[Event]:
        """Reads a shard; what happened, without where it was on the way."""
        return [event for event in self.pool.run([Shard(**shard)]) if event.did != "at"]


@dataclass(slots=True)
class _Work:
    """What is done and what is left of one `Cluster.run`."""

    waiting: deque[Shard]
    busy: dict[Any, tuple[int, Shard | None]] = field(default_factory=dict)
    """By what Ray calls the answer to come: the actor's number, and what it reads; None: it has no
    place yet."""
    idle: set[int] = field(default_factory=set)
    """Actors that have nothing to read."""
    lost: Counter[str] = field(default_factory=Counter)
    """By shard, how often its actor was lost."""
    failed_starts: int = 0
    """Actors in a row that ended before they had a place."""

    def left(self) -> bool:
        """Whether there are shards that aren't read."""
        return bool(self.waiting) or self.reading()

    def reading(self) -> bool:
        """Whether an actor reads."""
        return any(shard for _, shard in self.busy.values())


class Cluster:
    """The actors, kept from one `run` to the next."""

    def __init__(self, settings: Settings, *, address: str, workers: int | None = None) -> None:
        self.settings = settings
        self.address = address
        self.many = workers
        self.ray = _ray()
        self.began = False
        self.actors: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Joins the cluster; raises `RunError` where there is none at the address."""
        quiet = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": True}
        try:
            if not self.ray.is_initialized():
                self.ray.init(**self._where(), **quiet)
                self.began = True
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise RunError(f"no Ray cluster at {self.address!r}: {error}") from error
        return self

    def _where(self) -> dict[str, Any]:
        if self.address != LOCAL:
            return {"address": self.address}
        found = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
        path = {"env_vars": {"PYTHONPATH": found}}
        return {"num_cpus": self.many, "include_dashboard": False, "runtime_env": path}

    def __exit__(self, *error: object) -> None:
        """Leaves the cluster; what the actors still did ends with them."""
        for actor in self.actors.values():
            self.ray.kill(actor)
        self.actors = {}
        if self.began:
            self.ray.shutdown()

    def run(self, shards: Sequence[Shard]) -> Iterator[Event]:
        """Reads the shards; see `Pool.run`."""
        work = _Work(deque(shards))
        for number in range(min(self._workers(), len(shards))):
            if number in self.actors:
                work.idle.add(number)
            else:
                self._begin(number, work)
        self._hand_out(work)
        while work.left():
            done = self._next(work)
            number, shard = work.busy.pop(done)
            try:
                yield from (replace(event, worker=number) for event in self._got(done))
            except self.ray.exceptions.RayActorError as error:
                yield from self._lost(number, shard, _line(error), work)
            else:
                work.failed_starts = 0
                work.idle.add(number)
            self._hand_out(work)

    def _begin(self, number: int, work: _Work) -> None:
        """Asks for an actor: shards are given to it once it has a place, which may be never."""
        self.actors[number] = self.ray.remote(num_cpus=1)(Hand).remote(asdict(self.settings))
        work.busy[self.actors[number].ready.remote()] = (number, None)

    def _hand_out(self, work: _Work) -> None:
        """Has those that are idle read the next shards."""
        while work.idle and work.waiting:
            number, shard = work.idle.pop(), work.waiting.popleft()
            work.busy[self.actors[number].read.remote(asdict(shard))] = (number, shard)

    def _next(self, work: _Work) -> Any:
        """The answer that is there first; raises `RunError` where there is nobody to answer."""
        while True:
            done, _ = self.ray.wait(list(work.busy), timeout=PATIENCE)
            if done:
                return done[0]
            if not work.reading():
                raise RunError(
                    f"no machine of the cluster had a core free for {PATIENCE:g} seconds: what is "
                    "done is kept, and the same command goes on"
                )

    def _lost(self, number: int, shard: Shard | None, why: str, work: _Work) -> Iterator[Event]:
        """Asks for another actor in the place of one that is lost; its shard is read again.

        The others read it as well: where a whole machine is lost, another one may never have room.
        """
        self.ray.kill(self.actors[number])  # it may be out of reach only, and still at work
        if shard is None:
            work.failed_starts += 1
            if work.failed_starts >= TRIES:
                raise RunError(f"no worker can start on the cluster: {why}")
        self._begin(number, work)
        yield Event(did="replaced", shard=shard.name if shard else "", worker=number, why=why)
        if shard is None:
            return
        work.lost[shard.name] += 1
        if work.lost[shard.name] < DEATHS:
            work.waiting.appendleft(shard)
        else:
            yield Event(did="failed", shard=shard.name, why="its node was lost each time")

    def _workers(self) -> int:
        return self.many or max(1, int(self.ray.cluster_resources().get("CPU", 1)))

    def _got(self, done: Any) -> list[Event]:
        try:
            found: list[Event] = self.ray.get(done)
        except self.ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, RunError | ModelError):
                raise cause from None
            raise RunError(f"a worker failed on the cluster: {_line(error)}") from error
        return found


def _line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _ray() -> ModuleType:
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise RunError(
            "Ray isn't installed: pip install 'onrecord[cluster]', or use --workers"
        ) from error
    module: ModuleType = ray
    return module
