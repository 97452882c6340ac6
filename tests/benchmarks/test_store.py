import pytest

from benchmarks import store


def test_every_question_is_asked_of_a_filled_store(capsys: pytest.CaptureFixture[str]) -> None:
    results = store.main(["--sizes", "20", "--times", "1"])
    assert set(results) == {20}
    assert len(results[20]) >= 20
    assert "positions --changed-since" in capsys.readouterr().out
