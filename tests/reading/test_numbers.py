import pytest

from onrecord.reading.numbers import number_in


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("more than 20,000 Palestinians killed", 20000, "more_than"),
        ("1,200 people", 1200, "exact"),
        ("some 240 hostages", 240, "about"),
        ("nearly four-month-long campaign", 4, "about"),
        ("at least three people", 3, "more_than"),
        ("More than six-thousand African Union peacekeepers", 6000, "more_than"),
        ("up to 500 prisoners", 500, "less_than"),
        ("$2.5 billion in aid", 2_500_000_000, "exact"),
        ("twenty-five soldiers", 25, "exact"),
        ("two hundred and fifty fighters", 250, "exact"),
        ("dozens of villagers", 12, "more_than"),
        ("hundreds of thousands of people", 100_000, "more_than"),
        ("a thousand troops", 1000, "exact"),
        ("30 percent of voters", 30, "exact"),
        ("1.2 million refugees", 1_200_000, "exact"),
    ],
)
def test_numbers_are_read_with_their_bounds(text: str, value: float, bound: str) -> None:
    found = number_in(text)
    assert found is not None
    assert (found.value, found.bound, found.upper) == (value, bound, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("20 to 30 hostages", 20, 30), ("two to three weeks", 2, 3), ("15-20 boats", 15, 20)],
)
def test_ranges_have_an_upper_end(text: str, low: int, high: int) -> None:
    found = number_in(text)
    assert found is not None
    assert (found.value, found.upper, found.bound) == (low, high, "range")


def test_the_bound_may_stand_before_the_span() -> None:
    found = number_in("300 people", before="at least ")
    assert found is not None
    assert found.bound == "more_than"


def test_no_number_is_none() -> None:
    assert number_in("several people") is None


@pytest.mark.parametrize("text", ["²", "1" * 400, "9" * 20])
def test_what_is_no_number_of_anything_is_none(text: str) -> None:
    assert number_in(text) is None


def test_a_number_beside_what_is_none_is_read() -> None:
    found = number_in(f"{'1' * 400} of 20 m²")
    assert found is not None
    assert found.value == 20
