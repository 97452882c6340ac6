from dataclasses import replace

import pytest

from onrecord.intake.language import language, marked, warning
from onrecord.record import Record

INDONESIAN = (
    "Kelompok bersenjata itu menolak usulan gencatan senjata yang diajukan oleh mediator, kata dua "
    "sumber keamanan yang tidak mau disebutkan namanya kepada wartawan di ibu kota pada hari Senin."
)
ARABIC = "رفضت الجماعة المسلحة مقترح وقف إطلاق النار الذي قدمه الوسطاء، بحسب مصدرين أمنيين."


@pytest.mark.parametrize(("text", "code"), [(INDONESIAN, "id"), (ARABIC, "ar")])
def test_other_languages_are_recognised(text: str, code: str) -> None:
    assert language(text) == code


def test_english_is_english(record: Record) -> None:
    assert language(record.text) == "en"


def test_english_without_small_words_is_english() -> None:
    assert language("Truce holds, army says. Rebels reject plan. Union sends monitors.") == "en"


@pytest.mark.parametrize("text", ["", "Talks stall", " " * 200])
def test_a_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert language(text) is None


def test_a_record_in_another_language_is_marked_and_warned_of(record: Record) -> None:
    bare = Record(report=replace(record.report, text=INDONESIAN, title=None))
    report = marked(bare, warnings=["read as Windows-1252"]).report
    assert report.language == "id"
    assert report.warnings[0] == "read as Windows-1252"
    assert "Indonesian (id); the model reads English" in report.warnings[1]


def test_an_english_record_has_no_warning(record: Record) -> None:
    report = marked(record).report
    assert (report.language, report.warnings) == ("en", ())


def test_marking_twice_says_nothing_twice(record: Record) -> None:
    bare = Record(report=replace(record.report, text=ARABIC, title=None))
    assert len(marked(marked(bare)).report.warnings) == 1


def test_no_warning_for_english_or_unknown() -> None:
    assert warning("en") is None
    assert warning(None) is None
