"""Whole runs: begun, stopped in every way, gone on with."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.conftest import ROOT
from tests.running.fakes import Reader, corpus, plan, settings, tree

from onrecord.errors import RunError, SourceNotFound
from onrecord.running import files, markers, run
from onrecord.running.manifest import Manifest
from onrecord.running.problems import Bound
from onrecord.running.shards import survey
from onrecord.running.work import WriteError, read_shard

KILLS = int(os.environ.get("ONRECORD_KILLS", "3"))
"""How often a run is killed; 20 in the thorough check."""


def numbers(folder: Path) -> list[str]:
    """What the inputs call the reports that have a record."""
    return sorted(pq.read_table(folder / "reports").column("name").to_pylist())


def test_every_report_has_a_record_or_a_problem(tmp_path: Path) -> None:
    good = corpus(tmp_path / "good.jsonl", 30)
    bad = corpus(tmp_path / "bad.jsonl", 3, extra="BROKEN", first=100)
    progress = run(plan([good, bad], tmp_path / "out"))
    assert (progress.reports, dict(progress.problems)) == (30, {"fault": 3})
    assert numbers(tmp_path / "out") == sorted(f"n{k}" for k in range(30))
    made = Manifest.read(tmp_path / "out")
    assert made is not None
    assert made.complete
    assert made.totals["reports"] == 30
    assert made.totals["datasets"]["problems"]["rows"] == 3


def test_what_is_done_is_not_read_again(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in.jsonl", 40)
    first = run(plan([source], tmp_path / "out"))
    before = tree(tmp_path / "out")
    victim = markers.done(tmp_path / "out")[1]
    (tmp_path / "out" / "_done" / f"{victim}.json").unlink()
    (tmp_path / "out" / "events" / f"{victim}.parquet").write_bytes(b"half")
    again = run(plan([source], tmp_path / "out"))
    assert again.shards_done == again.resumed + 1 == first.shards_done
    assert again.reports == 40
    assert tree(tmp_path / "out") == before


def test_a_marker_whose_files_are_gone_counts_for_nothing(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in.jsonl", 20)
    run(plan([source], tmp_path / "out"))
    before = tree(tmp_path / "out")
    next((tmp_path / "out" / "actors").iterdir()).unlink()
    assert run(plan([source], tmp_path / "out")).read_now > 0
    assert tree(tmp_path / "out") == before


def test_a_driver_that_is_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in.jsonl", 100, extra="TAKES time.")
    run(plan([source], tmp_path / "expected", workers=2))
    command = [sys.executable, "-m", "tests.running.fakes", str(source), str(tmp_path / "out")]
    chance, killed = random.Random(7), 0
    for _ in range(KILLS):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        begun = len(markers.done(tmp_path / "out"))
        while process.poll() is None and len(markers.done(tmp_path / "out")) == begun:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert killed
    run(plan([source], tmp_path / "out", workers=2))
    assert tree(tmp_path / "out") == tree(tmp_path / "expected")


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [shard] = survey(str(corpus(tmp_path / "in.jsonl", 5))).shards

    def full(path: Path) -> None:
        if "figures" in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(files, "_sync", full)
    with pytest.raises(WriteError, match=r"figures.*No space left on device"):
        read_shard(shard, Reader(), settings(tmp_path / "out"))
    assert markers.done(tmp_path / "out") == []
    assert not list((tmp_path / "out").rglob(f"*{files.PART}*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(RunError, match="Permission denied"):
        run(plan([corpus(tmp_path / "in.jsonl", 2)], tmp_path / "out"))


def test_problems_past_the_bound_fail_the_run_and_a_higher_bound_goes_on(tmp_path: Path) -> None:
    good = corpus(tmp_path / "good.jsonl", 30)
    bad = corpus(tmp_path / "bad.jsonl", 10, extra="BROKEN", first=100)
    with pytest.raises(RunError, match=r"(4|5|6|7|8|9|10) problems.*at most 3 are put up with"):
        run(plan([good, bad], tmp_path / "out", bound=Bound.of("3")))
    made = Manifest.read(tmp_path / "out")
    assert made is not None
    assert not made.complete
    progress = run(plan([good, bad], tmp_path / "out", bound=Bound.of("50%")))
    assert (progress.reports, progress.problems.total()) == (30, 10)


def test_a_folder_is_one_run_s(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in.jsonl", 3)
    out = tmp_path / "out"
    run(plan([source], out))
    with pytest.raises(RunError, match=r"shard size.*1500 then, 99 now"):
        run(plan([source], out, size=99))
    other = corpus(tmp_path / "other.jsonl", 3, first=50)
    with pytest.raises(RunError, match=r"begun over .*in\.jsonl, which isn't given now"):
        run(plan([other], out))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letters.txt").write_text("mine")
    with pytest.raises(RunError, match="other things in it"):
        run(plan([source], tmp_path / "full"))


def test_an_archive_that_grows_is_gone_on_with(tmp_path: Path) -> None:
    first = corpus(tmp_path / "a.jsonl", 12)
    run(plan([tmp_path], tmp_path.parent / f"{tmp_path.name}-out"))
    second = corpus(tmp_path / "b.jsonl", 12, first=12)
    progress = run(plan([first, second], tmp_path.parent / f"{tmp_path.name}-out"))
    assert (progress.reports, progress.resumed > 0) == (24, True)


def test_copies_of_a_file_are_read_once(tmp_path: Path) -> None:
    for name in "ab":
        corpus(tmp_path / f"{name}.jsonl", 4)
    assert run(plan([tmp_path / "*.jsonl"], tmp_path / "out")).reports == 4
    made = Manifest.read(tmp_path / "out")
    assert made is not None
    assert made.inputs[0]["copies"] == [str(tmp_path / "b.jsonl")]


def test_two_runs_at_once_in_one_folder_are_refused(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in.jsonl", 2)
    (tmp_path / "out").mkdir()
    with files.alone(tmp_path / "out"), pytest.raises(RunError, match="another run is at work"):
        run(plan([source], tmp_path / "out"))


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"none\.jsonl: there is nothing"):
        run(plan([tmp_path / "none.jsonl"], tmp_path / "out"))
    assert run(plan([corpus(tmp_path / "a.jsonl", 0)], tmp_path / "out")).reports == 0
