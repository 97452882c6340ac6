import time

import pytest

from benchmarks import stages
from onrecord.reading.network import model_folder


def busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_time_within_another_stage_is_that_stage_s() -> None:
    clock = stages.Clock()
    inner = clock.timed("inner", lambda: busy(0.04))

    def both() -> None:
        busy(0.01)
        inner()

    clock.timed("outer", both)()
    clock.switch()
    assert 0.04 <= clock.seconds["inner"] < 0.08
    assert 0.01 <= clock.seconds["outer"] < 0.03


def test_every_stage_is_found_and_put_back() -> None:
    before = [getattr(*stages._found(p)) for places in stages.STAGES.values() for p in places]
    with stages.clock():
        pass
    assert before == [getattr(*stages._found(p)) for s in stages.STAGES.values() for p in s]


@pytest.mark.model
@pytest.mark.skipif(not model_folder().is_dir(), reason="there is no model")
def test_most_of_the_time_is_in_a_stage() -> None:
    text = "Kaldia's government denied that it had rejected a truce, two officials said on Monday. "
    seconds = stages.measure([text * 10] * 3)
    assert seconds[stages.REST] < 0.2 * sum(seconds.values())
    assert seconds["encoder and heads"] > 0
    assert all(seconds.get(stage) for stage in ("words", "statements, answers", "rows", "Parquet"))
    assert str(stages.table(seconds, 3, 450).title).startswith("3 reports, 450 words")
