import re
from pathlib import Path

from onrecord.running import metrics
from onrecord.running.events import Event
from onrecord.running.markers import Marker
from onrecord.running.progress import Progress

LINE = re.compile(r'onrecord_run_[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.]+')


def some() -> Progress:
    made = Progress(shards=3, bytes=300)
    marker = Marker(shard="a", reports=5, words=500, problems={"empty": 2})
    made.note(Event(did="at", shard="a", worker=1, number=3), 0)
    made.note(Event(did="done", shard="a", worker=1, rss=1 << 20, marker=marker), 100)
    made.note(Event(did="failed", shard="b", why="gone"), 0)
    made.note(Event(did="replaced", shard="c", worker=0), 0)
    return made


def test_every_line_is_prometheus_and_every_metric_says_what_it_is() -> None:
    lines = metrics.text(some()).splitlines()
    told = {line.split()[2] for line in lines if line.startswith("# HELP")}
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    values = [line for line in lines if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in values)
    assert {re.split(r"[{ ]", line)[0] for line in values} == told == typed


def test_values_are_those_of_the_run() -> None:
    text = metrics.text(some(), complete=True)
    for line in (
        "reports_total 5",
        "words_total 500",
        'problems_total{kind="empty"} 2',
        'worker_resident_bytes{worker="1"} 1048576',
        "input_bytes_done_total 100",
        "shards_failed 1",
        "workers_replaced_total 1",
        "complete 1",
    ):
        assert f"onrecord_run_{line}\n" in text


def test_the_file_is_written_now_and_then(tmp_path: Path) -> None:
    file = metrics.File(tmp_path / "run.prom")
    file.look(some())
    assert file.path.exists()
    file.path.unlink()
    file.look(some())
    assert not file.path.exists()
