"""What a run has written, in a store."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.running.fakes import Reader, settings
from tests.store.building import record

from onrecord.cli import main
from onrecord.running import manifest
from onrecord.running.shards import survey
from onrecord.running.work import read_shard

QUESTIONS = (["positions"], ["ledger"], ["timeline"], ["figures"], ["sources"])


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "80"})


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record(k).to_json() + "\n" for k in range(4)), encoding="utf-8")
    return path


@pytest.fixture
def output(tmp_path: Path, records: Path) -> Path:
    """A run's folder, made in this process."""
    folder, source = tmp_path / "out", survey(str(records), size=9000)
    for shard in source.shards:
        read_shard(shard, Reader(), settings(folder))
    manifest.begin([source], settings(folder), size=9000).write(folder)
    return folder


def test_a_store_of_a_run_answers_like_one_of_its_records(
    tmp_path: Path, records: Path, output: Path
) -> None:
    stores = [str(tmp_path / f"{n}.db") for n in range(2)]
    added = [ask("add", str(p), "-s", s) for p, s in zip((records, output), stores, strict=True)]
    assert [result.exit_code for result in added] == [0, 0]
    assert "4 taken as records" in added[1].stderr
    for question in QUESTIONS:
        here, there = (ask(*question, "-s", store, "-f", "json") for store in stores)
        assert here.stdout == there.stdout != "[]\n"
    assert "4 there already" in ask("add", str(output), "-s", stores[1]).stderr


def test_shards_that_are_not_done_are_left_aside(tmp_path: Path, output: Path) -> None:
    marker = sorted((output / "_done").iterdir())[0]
    marker.unlink()
    result = ask("add", str(output), "-s", str(tmp_path / "s.db"))
    assert result.exit_code == 0
    assert "4 taken" not in result.stderr


def test_a_damaged_file_is_told_and_the_others_are_taken(tmp_path: Path, output: Path) -> None:
    path = sorted((output / "reports").iterdir())[0]
    data = path.read_bytes()
    path.write_bytes(data[:-60] + bytes(60))
    result = ask("add", str(output), "-s", str(tmp_path / "s.db"))
    assert result.exit_code == 1
    assert "can't be read" in result.stderr
    assert "taken as records, 1 not readable" in result.stderr
