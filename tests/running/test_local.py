"""Workers: what happens to them doesn't happen to the run."""

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.running.fakes import Reader, corpus, settings, tree

from onrecord.errors import ModelError, RunError
from onrecord.running import datasets, local, markers
from onrecord.running.local import Local
from onrecord.running.shards import Shard, survey
from onrecord.running.work import Settings, read_shard

Shards = tuple[Shard, ...]


@pytest.fixture
def shards(tmp_path: Path) -> Shards:
    return survey(str(corpus(tmp_path / "in.jsonl", 60, extra="TAKES time.")), size=1500).shards


@pytest.fixture
def expected(tmp_path: Path, shards: Shards) -> dict[str, str]:
    """What one process writes that nothing happens to."""
    return alone(tmp_path / "expected", shards)


def alone(folder: Path, shards: Shards, **other: int) -> dict[str, str]:
    made = settings(folder, **other)
    for shard in shards:
        read_shard(shard, Reader(), made)
    return tree(folder)


def problems(folder: Path) -> list[tuple[int, str]]:
    rows = pq.read_table(folder / datasets.PROBLEMS).to_pylist()
    return sorted((row["number"], row["kind"]) for row in rows)


def test_bytes_do_not_depend_on_workers_batches_or_order(
    tmp_path: Path, shards: Shards, expected: dict[str, str]
) -> None:
    for n, (workers, batch, order) in enumerate([(1, 1, 1), (2, 7, -1)]):
        folder = tmp_path / str(n)
        with Local(settings(folder, batch=batch), workers=workers) as pool:
            did = [event.did for event in pool.run(shards[::order])]
        assert did.count("done") == len(shards) > 5
        assert tree(folder) == expected


def test_row_groups_do_not_depend_on_batches(
    tmp_path: Path, shards: Shards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.running.work.GROUP", 3)
    made = [alone(tmp_path / str(batch), shards[:2], batch=batch) for batch in (1, 2, 100)]
    assert made[0] == made[1] == made[2]
    [first, *_] = sorted((tmp_path / "1" / "reports").iterdir())
    assert pq.ParquetFile(first).num_row_groups > 2


def test_workers_that_are_killed_are_replaced_and_nothing_is_lost(
    tmp_path: Path, shards: Shards, expected: dict[str, str]
) -> None:
    chance, killed = random.Random(3), set[int]()
    with Local(settings(tmp_path / "out"), workers=2) as pool:
        replaced = 0
        for event in pool.run(shards):
            replaced += event.did == "replaced"
            if event.did == "at" and len(killed) < 3 and chance.random() < 0.1:
                victim = chance.choice([one for one in pool.workers if one.job]).process
                victim.kill()
                killed.add(victim.pid)
    assert replaced == len(killed) == 3
    assert tree(tmp_path / "out") == expected


def one_bad(tmp_path: Path, word: str) -> Shards:
    path = corpus(tmp_path / "bad.jsonl", 5)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("Brenna", f"{word} Brenna")
    path.write_text("\n".join(lines), encoding="utf-8")
    return survey(str(path)).shards


@pytest.mark.parametrize(
    ("word", "kind"), [("SLOW", "slow"), ("STUCK", "slow"), ("DEADLY", "deadly")]
)
def test_what_hangs_or_kills_is_a_problem_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, kind: str
) -> None:
    monkeypatch.setattr(local, "GRACE", 1.0)
    monkeypatch.setattr(local, "LOOKS", 0.1)
    folder = tmp_path / "out"
    next_one = survey(str(corpus(tmp_path / "next.jsonl", 2, first=50))).shards
    with Local(settings(folder, seconds=2.0), workers=1) as pool:
        did = [event.did for event in pool.run([*one_bad(tmp_path, word), *next_one])]
    assert did.count("done") == 2
    assert "replaced" in did
    assert problems(folder) == [(3, kind)]
    numbers = pq.read_table(folder / "reports").column("number").to_pylist()
    assert sorted(numbers) == [1, 1, 2, 2, 4, 5]


def test_an_input_that_is_gone_fails_its_shard_alone(tmp_path: Path, shards: Shards) -> None:
    other = corpus(tmp_path / "gone.jsonl", 3, first=100)
    gone = survey(str(other)).shards
    other.unlink()
    with Local(settings(tmp_path / "out"), workers=1) as pool:
        events = list(pool.run([*gone, *shards[:2]]))
    [failed] = [event for event in events if event.did == "failed"]
    assert failed.shard == gone[0].name
    assert "No such file" in failed.why
    assert markers.done(tmp_path / "out") == sorted(shard.name for shard in shards[:2])


def test_a_worker_that_holds_too_much_is_replaced_between_shards(
    tmp_path: Path, shards: Shards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "FULL", 1)
    with Local(settings(tmp_path / "out"), workers=1) as pool:
        events = list(pool.run(shards[:2]))
    assert [event.did for event in events if event.did != "at"] == ["done", "replaced", "done"]
    assert any("it held" in event.why for event in events)


def broken(model: str | None) -> Reader:
    raise ModelError("there is no model")


def crashing(model: str | None) -> Reader:
    raise SystemExit("no such library")


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [("broken", ModelError, "no model"), ("crashing", RunError, "no worker can .*no such library")],
)
def test_a_reader_that_cannot_start_ends_the_run(
    tmp_path: Path, shards: Shards, name: str, error: type[Exception], words: str
) -> None:
    made = Settings(folder=str(tmp_path / "out"), reader=f"{__name__}:{name}")
    with Local(made, workers=1) as pool, pytest.raises(error, match=words):
        list(pool.run(shards))
