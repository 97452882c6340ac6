import pytest

from onrecord.reading.countries import country_in, country_of


@pytest.mark.parametrize(
    ("name", "country"),
    [("Israeli", "Israel"), ("Moscow", "Russia"), ("the United States", "United States"),
     ("U.S.", "United States"), ("Sri Lankan", "Sri Lanka"), ("Hamas", None)],
)  # fmt: skip
def test_names_demonyms_and_capitals_lead_to_the_country(name: str, country: str | None) -> None:
    assert country_of(name) == country


def test_a_description_holds_its_country() -> None:
    assert country_in("two Egyptian security sources") == "Egypt"
    assert country_in("South Korean officials") == "South Korea"


def test_a_lower_case_word_is_no_country() -> None:
    assert country_in("told us that turkey was served") is None
