import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.store.building import record

from onrecord.cli import main
from onrecord.intake import stream
from onrecord.store import Store


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record(k).to_json() + "\n" for k in range(3)), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, records: Path) -> str:
    url = str(tmp_path / "talks.db")
    assert run("add", str(records), "--store", url).exit_code == 0
    return url


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "80"})


def test_records_are_taken_as_they_are_and_once(tmp_path: Path, records: Path) -> None:
    url = str(tmp_path / "new.db")
    first = run("add", str(records), "--store", url)
    assert (first.exit_code, "3 taken as records" in first.stderr) == (0, True)
    second = run("add", str(records), "--store", url)
    assert (second.exit_code, "3 there already" in second.stderr) == (0, True)


def test_what_can_t_be_read_is_told_and_the_rest_is_kept(tmp_path: Path, records: Path) -> None:
    url = str(tmp_path / "new.db")
    result = run("add", "none.txt", str(records), "--store", url)
    assert result.exit_code == 1
    assert "3 taken as records, 1 not readable" in result.stderr
    assert "none.txt: there is no such file" in result.stderr


def test_a_missing_model_is_told_with_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("The Front rejected a truce.")
    url = str(tmp_path / "new.db")
    result = run("add", str(tmp_path / "a.txt"), "-s", url, "--model", str(tmp_path / "empty"))
    assert result.exit_code == 3


def test_an_export_into_an_empty_store_gives_the_same_answers(tmp_path: Path, store: str) -> None:
    exported = tmp_path / "out.jsonl"
    assert run("export", "-f", "jsonl", "-o", str(exported), "-s", store).exit_code == 0
    again = str(tmp_path / "again.db")
    assert run("add", str(exported), "-s", again).exit_code == 0
    for question in (["positions"], ["ledger"], ["timeline"], ["figures"], ["disputes"],
                     ["sources"], ["search", "truce"]):  # fmt: skip
        before = run(*question, "-s", store, "-f", "json")
        after = run(*question, "-s", again, "-f", "json")
        assert before.stdout == after.stdout
        assert before.exit_code == after.exit_code == 0


def test_doctor_finds_nothing_wrong_with_the_store(store: str) -> None:
    told = json.loads(run("doctor", "-s", store, "-f", "json").stdout)
    faults = {one["check"]: one["faults"] for one in told["checks"] if one["check"] != "model"}
    assert len(faults) == 9
    assert set(faults.values()) == {0}


def test_doctor_tells_of_a_store_that_is_not_there(tmp_path: Path) -> None:
    result = run("doctor", "-s", str(tmp_path / "none.db"))
    assert result.exit_code == 1
    assert "there is no store" in result.stdout


def newer(path: Path) -> str:
    with Store.open(path) as opened, opened.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema'")
    return str(path)


def test_a_store_of_a_newer_version_is_left_as_it_is(tmp_path: Path, records: Path) -> None:
    url = newer(tmp_path / "newer.db")
    before = Path(url).read_bytes()
    result = run("add", str(records), "-s", url)
    assert result.exit_code == 1
    assert "written by a newer onrecord" in result.stderr
    assert "Run the same command" not in result.stderr
    assert Path(url).read_bytes() == before
    told = run("doctor", "-s", url)
    assert "install the newer onrecord" in told.stdout
    assert "--mend" not in told.stdout


def test_a_run_that_is_stopped_by_hand_says_what_it_has_kept(
    tmp_path: Path, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stream.items

    def until_stopped(places: Iterable[str]) -> Iterator[stream.Item]:
        yield from whole(places)
        raise KeyboardInterrupt

    monkeypatch.setattr(stream, "items", until_stopped)
    url = str(tmp_path / "new.db")
    result = run("add", str(records), "-s", url)
    assert result.exit_code == 1
    assert "Run the same command again" in result.stderr
    monkeypatch.undo()
    again = run("add", str(records), "-s", url)
    assert again.exit_code == 0
    told = json.loads(run("doctor", "-s", url, "-f", "json").stdout)
    assert {one["faults"] for one in told["checks"]} == {0}
