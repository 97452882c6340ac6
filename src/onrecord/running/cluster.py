"""A pool on a Ray cluster: on each of its cores an actor with one process, as on one machine.

So what a worker does is the same code in both, with its time limit and its restarts; Ray places the
actors, carries shards to them, and tells when a node is lost.
"""

import os
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from types import ModuleType
from typing import Any, Self

from onrecord.errors import ModelError, RunError
from onrecord.running.events import Event
from onrecord.running.local import DEATHS, Local
from onrecord.running.shards import Shard
from onrecord.running.work import Settings

LOCAL = "local"
"""The address that means a cluster of this machine alone, for as long as the run takes."""


class Hand:
    """What an actor does: it has a process of its own read shards."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.pool = Local(Settings(**settings), workers=1)

    def read(self, shard: dict[str, Any]) -> list[Event]:
        """Reads a shard; what happened, without where it was on the way."""
        return [event for event in self.pool.run([Shard(**shard)]) if event.did != "at"]


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
        waiting = deque(shards)
        busy: dict[Any, tuple[int, Shard]] = {}
        lost: Counter[str] = Counter()
        for number in range(min(self._workers(), len(shards))):
            self.actors.setdefault(number, self._actor())
            self._give(number, waiting, busy)
        while busy:
            [done], _ = self.ray.wait(list(busy))
            number, shard = busy.pop(done)
            try:
                yield from (replace(event, worker=number) for event in self._got(done))
            except self.ray.exceptions.RayActorError as error:
                self.actors[number] = self._actor()
                yield Event(did="replaced", shard=shard.name, worker=number, why=_line(error))
                lost[shard.name] += 1
                if lost[shard.name] < DEATHS:
                    waiting.appendleft(shard)
                else:
                    yield Event(did="failed", shard=shard.name, why="its node was lost each time")
            self._give(number, waiting, busy)

    def _give(self, number: int, waiting: deque[Shard], busy: dict[Any, tuple[int, Shard]]) -> None:
        """Has an actor read the next shard, if there is one."""
        if waiting:
            shard = waiting.popleft()
            busy[self.actors[number].read.remote(asdict(shard))] = (number, shard)

    def _workers(self) -> int:
        return self.many or max(1, int(self.ray.cluster_resources().get("CPU", 1)))

    def _actor(self) -> Any:
        return self.ray.remote(num_cpus=1)(Hand).remote(asdict(self.settings))

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
