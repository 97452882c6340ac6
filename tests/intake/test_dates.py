import pytest

from onrecord.intake.dates import iso


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2025-05-26", "2025-05-26"),
        ("2025-05", "2025-05"),
        ("20250526", "2025-05-26"),
        ("2025-05-26T10:00:00Z", "2025-05-26T10:00:00+00:00"),
        ("Mon, 26 May 2025 10:00:00 +0200", "2025-05-26T10:00:00+02:00"),
        ("May 26, 2025", "2025-05-26"),
        ("26 May 2025", "2025-05-26"),
        ("2025/05/26", "2025-05-26"),
        (2025, "2025"),
    ],
)
def test_dates_as_tables_and_feeds_write_them(given: object, read: str) -> None:
    assert iso(given) == (read, None)


@pytest.mark.parametrize("given", ["2025-02-30", "2025-13", "soon", "32 May 2025"])
def test_what_can_t_be_a_date_is_told(given: str) -> None:
    read, warning = iso(given)
    assert read is None
    assert warning is not None
    assert given in warning


def test_no_date_is_no_fault() -> None:
    assert iso(None) == iso(" ") == (None, None)
