import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from benchmarks.watch import Watch, children, largest, peak_of, rates, used_at

from benchmarks import faults, plot, run
from onrecord.running.events import Event
from onrecord.running.progress import Progress

TEXT = "Ambassador Brenna said 20 envoys of Kaldia met Velmar and Marrow in Ostrava."


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": f"{TEXT}\n\n{TEXT}", "publisher": "Coastal Wire"}) + "\n")
    return path


def test_reports_come_again_with_other_names(tmp_path: Path, source: Path) -> None:
    words, different = run.write(source, tmp_path / "out.jsonl", 4)
    made = rows(tmp_path / "out.jsonl")
    assert made[0]["text"] == f"{TEXT}\n\n{TEXT}"
    assert len({row["text"] for row in made}) == 4
    assert {row["publisher"] for row in made} == {"Coastal Wire"}
    assert (words, different > 20) == (4 * 26, True)


def test_short_reports_are_pieces_with_ever_new_names(tmp_path: Path, source: Path) -> None:
    run.write(source, tmp_path / "out.jsonl", 50, words=12)
    made = rows(tmp_path / "out.jsonl")
    assert {len(row["text"].split()) for row in made} == {13}
    assert len({row["text"] for row in made}) == 50
    assert [row["id"] for row in made[:2]] == ["n0", "n1"]


def test_the_watch_notes_memory_and_the_first_report() -> None:
    watch, progress = Watch(), Progress(shards=1, bytes=9)
    watch(progress)
    before = watch.first
    progress.note(Event(did="at", shard="s", number=3, rss=5 << 20), 9)
    watch.rows.clear()
    watch(progress)
    assert (before is None, watch.first is None) == (True, False)
    assert watch.rows[0]["reports"] == 2
    assert watch.rows[0]["mb"] == {"0": 5}


def test_processes_are_known_by_those_that_began_them() -> None:
    assert os.getpid() in children(os.getppid())
    assert 5 < peak_of(os.getpid()) < 50_000
    assert peak_of(2**22 + 1) == 0


def test_rates_and_memory_are_told_by_tenths_of_the_reports() -> None:
    told = [
        {"seconds": float(n), "reports": 1 + 100 * min(n, 50) + 50 * max(0, n - 50), "cpu": n / 2,
         "mb": {"0": 200.0 + n, "1": 100.0}}
        for n in range(151)
    ]  # fmt: skip
    assert rates(told, "seconds")[0] == 100
    assert rates(told, "seconds")[-1] == 50
    assert rates(told, "cpu")[0] == 200
    assert (largest(told)[0], largest(told)[-1]) == (210, 350)
    assert used_at(told, (1000, 5001, 10**6)) == {"1,000": 5.0, "5,001": 25.0}


def test_digests_tell_folders_apart_by_names_and_bytes(tmp_path: Path) -> None:
    made = []
    for name, file, data in (
        ("a", "x", b"1"),
        ("b", "x", b"1"),
        ("c", "y", b"1"),
        ("d", "x", b"2"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_bytes(data)
        made.append(faults.digest(tmp_path / name))
    assert made[0] == made[1]
    assert len(set(made)) == 3


def test_a_loss_comes_once_and_in_the_middle() -> None:
    came: list[int] = []
    loss, progress = faults.Loss(lambda: came.append(1)), Progress(shards=9, bytes=9)
    for progress.shards_done in range(10):
        loss.look(progress)
    assert (came, loss.after) == ([1], 4)


def test_a_plot_is_a_picture_with_every_point_and_its_bound() -> None:
    points = [(0, 1), (50, 260), (100, 280)]
    picture = plot.lines({"one": points, "two": points[:2]}, x="reports", y="MB", bound=300)
    svg = ElementTree.fromstring(picture)
    lines = [one.attrib["points"].split() for one in svg if one.tag.endswith("polyline")]
    told = [one.text for one in svg.iter() if one.tag.endswith("text")]
    assert [len(line) for line in lines] == [3, 2]
    assert {"400", "one", "two", "bound: 300 MB"} <= set(told)
