import json
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import plot, run
from onrecord.running.events import Event
from onrecord.running.progress import Progress


def test_reports_come_again_with_other_names(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    text = "Ambassador Brenna said 20 envoys of Kaldia met Velmar and Marrow in Ostrava."
    source.write_text(json.dumps({"text": text, "publisher": "Coastal Wire"}) + "\n")
    run.write(source, tmp_path / "out.jsonl", 4)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows[0]["text"] == text
    assert len({row["text"] for row in rows}) == 4
    assert {row["publisher"] for row in rows} == {"Coastal Wire"}


def test_the_watch_notes_memory_and_the_first_report() -> None:
    watch, progress = run.Watch(), Progress(shards=1, bytes=9)
    watch(progress)
    before = watch.first
    progress.note(Event(did="at", shard="s", number=3, rss=5 << 20), 9)
    watch.rows.clear()
    watch(progress)
    assert (before, watch.first) != (None, None)
    assert before is None
    assert watch.rows[0]["reports"] == 2
    assert watch.rows[0]["mb"] == 5


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
        made.append(run.digest(tmp_path / name))
    assert made[0] == made[1]
    assert len(set(made)) == 3


def test_a_plot_is_a_picture_with_every_point() -> None:
    svg = ElementTree.fromstring(plot.lines([(0, 1), (50, 260), (100, 280)], x="reports", y="MB"))
    [line] = [one for one in svg if one.tag.endswith("polyline")]
    assert len(line.attrib["points"].split()) == 3
    assert "320" in [one.text for one in svg.iter() if one.tag.endswith("text")]
