import json
from typing import Any

import pytest
from tests.intake.pdfs import pdf

from onrecord.errors import EmptyInput, RecordError, UnsupportedInput
from onrecord.intake import from_bytes


def test_plain_text_is_taken_as_it_is() -> None:
    text = "  Truce holds\n\nThe truce held on Monday,\nthe army said.\n"
    document = from_bytes(text.encode(), name="x")
    assert document.text == text
    assert document.title is None


def test_html_is_known_by_its_tags_whatever_its_name() -> None:
    page = b"\xef\xbb\xbf \n<!-- made by hand -->\n<!DOCTYPE HTML><html><body><p>Truce.</p></body>"
    assert from_bytes(page, name="report.txt").text == "Truce."


def test_a_text_that_begins_with_an_angle_bracket_is_no_html() -> None:
    assert from_bytes(b"<< Peace >> was the word of the day.", name="x").text.startswith("<<")


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    document = from_bytes(pdf(["The truce held on Monday."]), name="report.txt")
    assert document.text == "The truce held on Monday."


def test_a_record_is_a_record(data: dict[str, Any]) -> None:
    (record,) = from_bytes(json.dumps(data).encode(), name="x").records
    assert record.report.id == "truce"


def test_records_line_by_line_are_records(data: dict[str, Any]) -> None:
    lines = (json.dumps(data) + "\n") * 3
    assert len(from_bytes(lines.encode(), name="x").records) == 3


def test_a_broken_record_is_told_with_its_fault(data: dict[str, Any]) -> None:
    data["statements"][0]["act"] = "mumble"
    with pytest.raises(RecordError, match=r"broken\.json.*mumble"):
        from_bytes(json.dumps(data).encode(), name="broken.json")


@pytest.mark.parametrize("text", ['{"a": 1}', "{ not json", '{"report": 1', "{" * 50_000])
def test_other_json_is_text(text: str) -> None:
    document = from_bytes(f"{text} words".encode(), name="x")
    assert document.records == ()
    assert document.text == f"{text} words"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff".encode(), b"<html></html>", b"...\n!"])
def test_an_input_without_a_word_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"report\.txt: there is no text"):
        from_bytes(data, name="report.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "JPEG"),
        (b"PK\x03\x04" + b"\x00" * 20, "Word"),
        (b"\x1f\x8b\x08" + b"\x00" * 20, "gzip"),
        (b"MZ\x90\x00\x03", "program"),
        (b"SQLite format 3\x00", "SQLite"),
    ],
)
def test_other_files_are_refused_by_what_they_are(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedInput, match=rf"report\.txt: this is .*{what}.*legal are"):
        from_bytes(data, name="report.txt")


def test_a_text_that_begins_like_a_program_is_text() -> None:
    assert from_bytes(b"MZ Holdings denied the report.", name="x").text.startswith("MZ")


def test_a_broken_pdf_is_refused() -> None:
    with pytest.raises(UnsupportedInput, match="PDF can't be opened"):
        from_bytes(b"%PDF-1.7\nnothing behind it", name="x.pdf")


def test_a_pdf_without_text_wants_ocr() -> None:
    with pytest.raises(EmptyInput, match="OCR"):
        from_bytes(pdf([]), name="scan.pdf")


def test_one_line_of_200_000_characters_is_text() -> None:
    line = "The truce holds, they said; " * 7200
    assert from_bytes(line.encode(), name="x").text == line
