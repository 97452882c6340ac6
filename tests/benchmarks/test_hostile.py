import itertools
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from benchmarks.cases import MAKERS, case
from tests.running.fakes import Reader

from benchmarks import hostile
from onrecord.errors import ModelError
from onrecord.reading.network import model_folder
from onrecord.reading.shipped import ShippedReader
from onrecord.record import Record


def test_a_case_is_made_again_from_its_number() -> None:
    assert [case(n) for n in range(60)] == [case(n) for n in range(60)]
    assert {case(n)[0] for n in range(60)} == {maker.__name__.strip("_") for maker in MAKERS}


def test_most_cases_are_short_and_some_are_long() -> None:
    sizes = sorted(len(case(n)[1]) for n in range(400))
    assert sizes[200] < 1000
    assert sizes[-1] > 8_000


@pytest.mark.model
@pytest.mark.skipif(not model_folder().is_dir(), reason="there is no model")
def test_a_case_of_each_kind_comes_to_a_record_or_a_problem_of_its_own() -> None:
    reader = ShippedReader()
    for number in range(len(MAKERS)):
        found = hostile.attempt(number, reader)
        assert found.wrong == []
        assert found.counts.total() or found.kind in ("feed", "archive")


def test_what_a_reader_or_a_check_raises_is_wrong() -> None:
    def check(record: object) -> None:
        raise KeyError("no such field")

    class Broken(Reader):
        def read(self, text: str, **known: str | None) -> Record:
            raise ModelError("gone")

    [salad] = [n for n in range(13) if case(n)[0] == "salad"]
    assert hostile.attempt(salad, Reader()).wrong == []
    assert hostile.attempt(salad, Reader(), check=check).wrong == [
        "check: KeyError: 'no such field'"
    ]
    assert hostile.attempt(salad, Broken()).wrong == ["ModelError: gone"]


def _odd(pipe: Connection, seconds: float, check: Path | None) -> None:
    """A process that ends at case 1, hangs at case 2, and bears all others."""
    pipe.send(None)
    while (number := pipe.recv()) is not None:
        if number == 1:
            raise SystemExit(3)
        if number == 2:
            time.sleep(600)
        pipe.send(hostile.Result(number, "odd"))


def test_processes_that_end_or_hang_are_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "work", _odd)
    monkeypatch.setattr(hostile, "GRACE", 2.0)
    found = {one.number: one.wrong for one in hostile.results(iter(range(5)), 2, 0.1, None)}
    told = {number: " ".join(wrong) for number, wrong in sorted(found.items())}
    assert list(told) == [0, 1, 2, 3, 4]
    assert "ended (3)" in told[1]
    assert "hung" in told[2]
    assert list(itertools.chain(found[0], found[3], found[4])) == []
