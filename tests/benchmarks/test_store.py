import pytest
from sqlalchemy.engine import make_url

from benchmarks import store


def test_every_question_is_asked_of_a_filled_store(capsys: pytest.CaptureFixture[str]) -> None:
    results = store.main(["--sizes", "20", "--times", "1"])
    assert set(results) == {20}
    assert len(results[20]) >= 20
    assert "positions --changed-since" in capsys.readouterr().out


def test_a_database_for_each_size_is_made_in_a_server(server: str) -> None:
    url = store._database(server, "reports_20")
    assert make_url(url).database == "reports_20"
    assert set(store.main(["--sizes", "20", "--times", "1", "--store", url])) == {20}
