import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from onrecord.store.behind import behind


def square(k: int) -> int:
    return k * k


def test_results_come_in_order_of_their_tasks() -> None:
    assert list(behind(partial(square, k) for k in range(20))) == [k * k for k in range(20)]


def test_a_task_runs_in_another_thread_while_the_next_is_made() -> None:
    made = threading.Event()

    def tasks() -> Iterator[Callable[[], bool]]:
        yield lambda: made.wait(10)  # done once the next task is being made, and not before
        made.set()
        yield lambda: threading.current_thread() is not threading.main_thread()

    assert list(behind(tasks())) == [True, True]


def test_no_more_tasks_than_allowed_are_ahead_of_their_results() -> None:
    made: list[int] = []

    def tasks() -> Iterator[Callable[[], int]]:
        for k in range(10):
            made.append(k)
            yield partial(square, k)

    for k, _ in enumerate(behind(tasks(), ahead=2)):
        assert len(made) <= k + 3


def test_a_fault_of_a_task_comes_in_its_place() -> None:
    given = (partial(int, digits) for digits in ("1", "2", "three", "4"))
    told: list[int] = []
    with pytest.raises(ValueError, match="three"):
        told.extend(behind(given))
    assert told == [1, 2]


def test_a_fault_in_making_tasks_comes_behind_all_that_were_made() -> None:
    def tasks() -> Iterator[Callable[[], int]]:
        yield partial(square, 2)
        yield partial(square, 3)
        raise ValueError("no more")

    told: list[int] = []
    with pytest.raises(ValueError, match="no more"):
        told.extend(behind(tasks()))
    assert told == [4, 9]


def test_who_stops_listening_waits_for_what_runs_and_leaves_out_the_rest() -> None:
    begun, may_end, done = threading.Event(), threading.Event(), []

    def slow() -> None:
        begun.set()
        may_end.wait(10)
        done.append("slow")

    def tasks() -> Iterator[Callable[[], None]]:
        yield lambda: None
        yield slow
        yield lambda: done.append("never")
        begun.wait(10)
        threading.Timer(0.05, may_end.set).start()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(behind(tasks()))
    assert done == ["slow"]
