import json
from pathlib import Path

import pytest
from hypothesis import given
from tests.strategies import records

from onrecord import export
from onrecord.errors import ExportError
from onrecord.record import Record


@given(records())
def test_every_form_takes_any_record(record: Record) -> None:
    for name in export.FORMATS:
        export.render(record, name).encode("utf-8")


def test_json_and_jsonl_are_the_record(record: Record) -> None:
    assert Record.from_json(export.render(record, "json")) == record
    line = export.render(record, "jsonl")
    assert line.count("\n") == 1
    assert Record.from_json(line) == record


def test_an_unknown_form_is_refused_with_those_there_are(record: Record) -> None:
    with pytest.raises(ExportError, match=r"'xml' is none of json, jsonl, html"):
        export.render(record, "xml")


def test_a_file_is_named_after_its_stem(record: Record, tmp_path: Path) -> None:
    (path,) = export.write(record, "json", tmp_path / "out", stem="report")
    assert path == tmp_path / "out" / "report.json"
    assert json.loads(path.read_text("utf-8"))["report"]["id"] == "truce"


def test_without_a_stem_it_is_named_after_the_report(record: Record, tmp_path: Path) -> None:
    (path,) = export.write(record, "plover", tmp_path)
    assert path.name == "truce.plover.jsonl"


def test_brat_s_text_is_written_to_the_letter(record: Record, tmp_path: Path) -> None:
    paths = export.write(record, "brat", tmp_path)
    assert [path.name for path in paths] == ["truce.ann", "truce.txt"]
    assert paths[1].read_bytes().decode("utf-8") == record.text


def test_a_folder_that_can_t_be_written_to_is_named(record: Record, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExportError, match="taken"):
        export.write(record, "json", tmp_path / "taken")
