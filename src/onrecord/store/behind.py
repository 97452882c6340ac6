"""Tasks that run in a thread of their own while the next ones are made."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NoReturn, TypeVar

T = TypeVar("T")

AHEAD = 3
"""Tasks whose results haven't been told: one that runs and two that wait. Reports are linked
sixteen at a time, which takes as long as reading two; with fewer, reading would wait for that."""


def behind(tasks: Iterable[Callable[[], T]], *, ahead: int = AHEAD) -> Generator[T, None, None]:
    """Runs tasks one by one in a thread; their results, in order.

    `tasks` is gone through here, up to `ahead` tasks before the results. A fault of a task is
    raised in its place: those behind it may have been run by then, and aren't told. A fault of
    `tasks` is raised once all tasks before it are done. Who stops listening waits for the task
    that runs; what waits behind it is left out.
    """
    told: deque[Future[T]] = deque()
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="behind")
    try:
        for task in _with_fault(tasks):
            told.append(thread.submit(task))
            while told and (len(told) > ahead or told[0].done()):
                yield told.popleft().result()
        while told:
            yield told.popleft().result()
    finally:
        thread.shutdown(cancel_futures=True)


def _with_fault(tasks: Iterable[Callable[[], T]]) -> Iterator[Callable[[], T]]:
    """The tasks; what goes wrong in making them is raised by the last one."""
    try:
        yield from tasks
    except Exception as error:
        yield partial(_raise, error)


def _raise(error: Exception) -> NoReturn:
    raise error
