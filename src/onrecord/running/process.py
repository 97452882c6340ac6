"""A worker as whoever gives it shards sees it: a process, and lines to and from it."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from queue import SimpleQueue
from typing import Any

from onrecord.running.shards import Shard
from onrecord.running.work import Settings

Heard = tuple["Worker", dict[str, Any] | None]
"""What a worker says; None once it has ended."""

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_LAST = 600
"""Characters of what a worker said last that explain its end."""


@dataclass(slots=True)
class Job:
    """A shard to be read, and what went wrong with it so far."""

    shard: Shard
    passed_over: dict[int, str] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)
    """By number of the report that was being read, how often a worker ended."""
    failures: int = 0


class Worker:
    """A process that reads shards, with what it does just now."""

    def __init__(self, number: int, settings: Settings, heard: "SimpleQueue[Heard]") -> None:
        self.number = number
        self.job: Job | None = None
        self.at = 0
        """The number of the report that it reads."""
        self.since = time.monotonic()
        """Since when it has been at that: a clock that nobody can set."""
        self.ready = False
        self.used_up = ""
        """Why another should read the next shard; empty where it may go on."""
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onrecord.running.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
            env=_environment(), start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(heard,), daemon=True).start()
        self._tell(asdict(settings))

    def _listen(self, heard: "SimpleQueue[Heard]") -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(ValueError, OSError):  # it was killed in the middle of a line
            for line in self.process.stdout:
                heard.put((self, json.loads(line)))
        heard.put((self, None))

    def _tell(self, line: dict[str, Any]) -> None:
        """Sends a line; that the process is gone is told by `heard`."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(line).encode() + b"\n")
            self.process.stdin.flush()

    def give(self, job: Job) -> None:
        """Has it read a shard."""
        self.job, self.at, self.since = job, 0, time.monotonic()
        self._tell({"shard": asdict(job.shard), "passed_over": job.passed_over})

    def moved(self, number: int) -> None:
        """Notes that it got to a report."""
        self.at, self.since = number, time.monotonic()

    def last_words(self) -> str:
        """How it ended, and the end of what it said on stderr."""
        code = self.process.wait()
        self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, self.errors.tell() - _LAST))
        said = " ".join(self.errors.read().decode("utf-8", "replace").split())
        return f"exit code {code}" + (f": {said}" if said else "")

    def end(self) -> None:
        """Ends it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe and pipe.close()
        self.errors.close()


def _environment() -> dict[str, str]:
    """With the modules that this process finds, and one thread for every library."""
    found = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    threads = dict.fromkeys(_ONE_THREAD, "1")
    return {**os.environ, **threads, "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": found}
