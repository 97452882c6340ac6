import gzip
import json
from pathlib import Path

import pytest
from tests.store.building import record

from onrecord.errors import SourceNotFound, UnsupportedInput
from onrecord.intake.stream import Item, count, files, items

STORY = {
    "id": "s1",
    "title": "Front rejects truce",
    "published": "2025-05-26T10:00:00+00:00",
    "publisher": "Coastal Wire",
    "text": "BRENNA (Reuters) - The Front rejected a truce.",
}


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def one(path: Path) -> Item:
    found = list(items([str(path)]))
    assert len(found) == 1
    return found[0]


def test_a_line_of_json_is_a_report_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    document = one(written(tmp_path / "a.jsonl", STORY)).document
    assert document is not None
    assert document.text.startswith("Front rejects truce\n\nBRENNA")
    assert (document.title, document.publisher, document.name) == (
        "Front rejects truce", "Coastal Wire", "s1",
    )  # fmt: skip
    assert document.published == "2025-05-26T10:00:00+00:00"
    assert document.wire == ("Reuters",)


def test_a_line_that_is_broken_does_not_stop_the_others(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", STORY)
    path.write_text(path.read_text() + '{"text": \n{"title": "no text"}\n' + json.dumps(STORY))
    found = list(items([str(path)]))
    assert [item.error is None for item in found] == [True, False, False, True]
    assert "line 2" in str(found[1].error)
    assert "has title" in str(found[2].error)


def test_a_date_that_can_t_be_is_told_and_left_out(tmp_path: Path) -> None:
    document = one(written(tmp_path / "a.jsonl", {**STORY, "published": "2025-02-30"})).document
    assert document is not None
    assert document.published is None
    assert "'2025-02-30' is no date" in document.warnings[0]


def test_a_folder_gives_its_reports_and_those_below(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.txt").write_text("A truce.")
    (tmp_path / "a.txt").write_text("The Front rejected it.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("Not this one.")
    found = list(items([str(tmp_path)]))
    assert [Path(item.place).name for item in found] == ["a.txt", "b.txt"]


def test_a_glob_gives_what_matches_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(f"Report {name}")
    assert len(list(items([f"{tmp_path}/*.txt"]))) == 2
    with pytest.raises(SourceNotFound, match="nothing matches"):
        list(files(f"{tmp_path}/*.pdf"))


def test_a_page_keeps_what_it_was_taken_from(tmp_path: Path) -> None:
    page = "<html><head><title>Truce</title></head><body><p>The Front rejected a truce.</p></body>"
    (tmp_path / "a.html").write_text(page)
    document = one(tmp_path / "a.html").document
    assert document is not None
    assert (document.media_type, document.raw) == ("text/html", page.encode())


def test_plain_text_has_no_other_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Front rejected a truce.")
    document = one(tmp_path / "a.txt").document
    assert document is not None
    assert document.raw is None


def test_gzip_is_unpacked_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "stories.gz"
    path.write_bytes(gzip.compress((json.dumps(STORY) + "\n").encode() * 2))
    assert [item.document is not None for item in items([str(path)])] == [True, True]


def test_gzip_that_is_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    rows = ({**STORY, "text": f"Report {k * 7919}"} for k in range(9000))
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    path = tmp_path / "stories.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    found = list(items([str(path)]))
    assert sum(item.document is not None for item in found) > 1000
    assert isinstance(found[-1].error, UnsupportedInput)
    assert "can't be read to its end" in str(found[-1].error)


def test_what_is_not_there_is_an_item_with_the_reason(tmp_path: Path) -> None:
    assert isinstance(one(tmp_path / "none.txt").error, SourceNotFound)


def test_counting_tells_only_what_is_quickly_told(tmp_path: Path) -> None:
    stories = written(tmp_path / "a.jsonl", STORY, STORY)
    (tmp_path / "b.txt").write_text("A truce.")
    assert count([str(stories), str(tmp_path / "b.txt")]) == 3
    (tmp_path / "c.warc").write_bytes(b"WARC/1.0\r\n")
    assert count([str(tmp_path)]) is None


def test_a_record_of_a_store_keeps_what_the_store_knew(tmp_path: Path) -> None:
    row = {**record().to_dict(), "store": {"byline": "Ana Roe"}}
    path = written(tmp_path / "a.jsonl", row, {"review": {"id": "v"}})
    assert [item.document.kept for item in items([str(path)]) if item.document] == [
        {"byline": "Ana Roe"},
        {"review": {"id": "v"}},
    ]


def test_zero_bytes_and_halves_of_characters_become_characters(tmp_path: Path) -> None:
    row = {"text": "The Front spoke.", "title": "a\0b", "publisher": "\ud800", "id": "\0"}
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (item,) = items([str(path)])
    assert item.document is not None
    assert item.document.title == "a\ufffdb"
    assert item.document.text.startswith("a\ufffdb\n")
    assert (item.document.publisher, item.document.name) == ("?", "\ufffd")
