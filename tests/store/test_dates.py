import pytest

from onrecord.store.dates import day, happened

MONDAY = "2025-05-26"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("on Friday", "2025-05-23"),
        ("Monday", "2025-05-26"),
        ("last Monday", "2025-05-19"),
        ("yesterday", "2025-05-25"),
        ("the day before yesterday", "2025-05-24"),
        ("Oct. 7", "2025-10-07"),
        ("Dec 31", "2024-12-31"),
        ("7 October 2023", "2023-10-07"),
        ("October 7, 2023", "2023-10-07"),
        ("the 3rd of March", "2025-03-03"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_words_that_name_a_day(words: str, meant: str) -> None:
    assert happened(words, MONDAY) == meant


@pytest.mark.parametrize(
    "words",
    [
        "last month",
        "in 2014",
        "since Friday",
        "for three days",
        "February 30",
        "October 7-9",
        "",
        None,
    ],
)
def test_words_that_name_none(words: str | None) -> None:
    assert happened(words, MONDAY) == ""


def test_a_weekday_ahead_is_the_next_one() -> None:
    assert happened("on Friday", MONDAY, ahead=True) == "2025-05-30"
    assert happened("next Monday", MONDAY) == "2025-06-02"


def test_without_the_report_s_day_only_whole_dates_count() -> None:
    assert happened("Friday", "") == ""
    assert happened("7 October 2023", "") == "2023-10-07"


@pytest.mark.parametrize(
    ("published", "known"),
    [
        ("2025-05-26T08:00:00+02:00", "2025-05-26"),
        ("2025-05-26", "2025-05-26"),
        ("2025-05", ""),
        ("2025-02-30", ""),
        (None, ""),
    ],
)
def test_the_day_of_a_report(published: str | None, known: str) -> None:
    assert day(published) == known
