import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT, TRUCE

from onrecord.cli import main
from onrecord.cli.reading import LazyReader
from onrecord.errors import ModelError
from onrecord.record import Record, Report


class _Reader:
    """Gives a record without entries; text that holds "fault" breaks it."""

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
    ) -> Record:
        if "fault" in text:
            raise LookupError("a fault")
        known = Report(
            id=id or "none", text=text, title=title, published=published, publisher=publisher
        )
        return Record(report=known)


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LazyReader, "get", lambda _: _Reader())


def _read(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, args)], input=stdin)


def _records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.txt").write_text("The truce held on Monday, the army said, for the third day.")
    (folder / "a.html").write_text("<html><body><p>The talks stall, the general said.</p></body>")
    (folder / "deeper" / "b.md").write_text("The Front denied the report of the general's office.")
    (folder / "notes.csv").write_text("not,a,report")
    (folder / ".hidden.txt").write_text("not a report")
    return folder


# ---- what is read --------------------------------------------------------------------------------


def test_a_file_is_read_and_its_record_named_after_it(reports: Path) -> None:
    result = _read(reports / "b.txt", "--format", "json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)["report"]
    assert report["id"] == "b"
    assert report["text"].startswith("The truce held")
    assert report["language"] == "en"


def test_a_folder_s_reports_are_read_in_order_and_nothing_else(reports: Path) -> None:
    result = _read(reports, "-f", "jsonl")
    assert [record["report"]["id"] for record in _records(result.stdout)] == ["a", "b", "b"]


def test_standard_input_is_read(reports: Path) -> None:
    result = _read("-", "-f", "json", stdin="The truce held, the army said.")
    assert json.loads(result.stdout)["report"]["id"] == "stdin"


def test_without_arguments_standard_input_is_read() -> None:
    result = _read("-f", "json", stdin="The truce held, the army said.".encode("utf-16"))
    assert json.loads(result.stdout)["report"]["text"] == "The truce held, the army said."


def test_title_date_and_publisher_reach_the_reader() -> None:
    result = _read(ROOT / "examples" / "convoy.html", "-f", "json")
    report = json.loads(result.stdout)["report"]
    assert report["title"].startswith("Velmar promises convoy")
    assert (report["published"], report["publisher"]) == ("2025-06-13", "The Sahl Courier")


def test_a_record_is_shown_as_it_is() -> None:
    result = _read(TRUCE, "-f", "json")
    assert Record.from_json(result.stdout) == Record.from_json(TRUCE.read_bytes())


def test_another_language_is_warned_of_and_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "berita.txt"
    path.write_text(
        "Kelompok bersenjata itu menolak usulan gencatan senjata yang diajukan oleh mediator, kata "
        "dua sumber keamanan yang tidak mau disebutkan namanya kepada wartawan di ibu kota."
    )
    result = _read(path)
    assert result.exit_code == 0
    assert "Indonesian (id)" in " ".join(result.stdout.split())


# ---- where it goes -------------------------------------------------------------------------------


def test_each_report_has_its_file_and_a_stem_that_is_taken_a_number(
    reports: Path, tmp_path: Path
) -> None:
    result = _read(reports, "-f", "html", "-o", tmp_path / "pages")
    assert result.exit_code == 0
    assert result.stdout == ""
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["a.html", "b-2.html", "b.html"]


def test_the_layout_for_people_can_be_kept_too(tmp_path: Path) -> None:
    _read(TRUCE, "-o", tmp_path)
    assert "WHO SAYS WHAT" in (tmp_path / "truce.record.txt").read_text("utf-8")


def test_an_input_is_never_overwritten(reports: Path) -> None:
    before = (reports / "b.txt").read_bytes()
    result = _read(reports / "b.txt", "-f", "brat", "-o", reports)
    assert result.exit_code == 1
    assert "would overwrite an input" in result.stderr
    assert (reports / "b.txt").read_bytes() == before


def test_many_records_are_one_table(reports: Path) -> None:
    rows = list(csv.reader(io.StringIO(_read(TRUCE, TRUCE, "-f", "csv").stdout, newline="")))
    assert sum(row[0] == "report" for row in rows) == 1
    assert sum(row[0] == "truce" for row in rows) > 80


@pytest.mark.parametrize("form", ["json", "html", "brat", "webannotation"])
def test_forms_of_one_record_want_a_folder_for_many(reports: Path, form: str) -> None:
    result = _read(reports, "-f", form)
    assert result.exit_code == 2
    assert "--output DIR" in result.stderr
    assert "jsonl, csv, plover" in result.stderr


# ---- what goes wrong -----------------------------------------------------------------------------


def test_one_bad_input_is_told_at_the_end_and_does_not_stop_the_others(
    reports: Path, tmp_path: Path
) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    inputs = (tmp_path / "picture.txt", tmp_path / "nowhere.txt", reports / "b.txt")
    result = _read(*inputs, "-f", "jsonl")
    assert result.exit_code == 1
    assert [record["report"]["id"] for record in _records(result.stdout)] == ["b"]
    told = result.stderr.splitlines()
    assert told[0] == "1 read, 2 not:"
    assert any("picture.txt: this is a PNG image" in line for line in told)
    assert any("nowhere.txt: there is no such file" in line for line in told)


def test_a_fault_in_one_text_does_not_lose_the_others(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("a text with a fault in it")
    result = _read(tmp_path / "bad.txt", reports / "b.txt", "-f", "jsonl")
    assert result.exit_code == 1
    assert [record["report"]["id"] for record in _records(result.stdout)] == ["b"]
    assert "please report it: LookupError: a fault" in result.stderr


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "there is no text"),
        (bytes(range(256)), "no text"),
        (b"%PDF-1.4 broken", "can't be opened"),
        (b'{"report": {"id": "x", "text": "y"}}', "lacks actors"),
    ],
)
def test_bad_input_ends_with_a_message_and_exit_code_1(data: bytes, fault: str) -> None:
    result = _read("-", stdin=data)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert fault in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    result = _read(tmp_path)
    assert result.exit_code == 1
    assert "no report in this folder" in result.stderr


def test_an_unknown_form_is_wrong_usage() -> None:
    assert _read(TRUCE, "-f", "xml").exit_code == 2


def test_a_missing_model_is_exit_code_3(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: LazyReader) -> _Reader:
        raise ModelError("the model is missing")

    monkeypatch.setattr(LazyReader, "get", missing)
    result = _read(reports)
    assert result.exit_code == 3
    assert result.stderr.splitlines() == ["Error: the model is missing"]


def test_help_tells_the_forms_the_examples_and_the_exit_codes() -> None:
    result = _read("--help")
    assert result.exit_code == 0
    for word in ("webannotation", "Examples:", "Exit codes:", "--output"):
        assert word in result.stdout


def test_a_warning_of_the_intake_stands_in_the_record() -> None:
    text = "“The truce holds,” the general said – for the third day."
    result = _read("-", "-f", "json", stdin=text.encode("cp1252"))
    report = json.loads(result.stdout)["report"]
    assert report["text"] == text
    assert "Windows-1252" in report["warnings"][0]


def test_records_of_one_stream_may_be_many(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    other = replace(record, report=replace(record.report, id="other"))
    path.write_text(f"{record.to_json()}\n{other.to_json()}\n", encoding="utf-8")
    assert len(_records(_read(path, "-f", "jsonl").stdout)) == 2
    assert _read(path, "-f", "json").exit_code == 1
