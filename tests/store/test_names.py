import pytest

from onrecord.store.names import norm


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.N. Security Council's", "UN Security Council"),
        ("Islamic Jihad’s", "islamic jihad"),
        ("al-Rishq", "Al Rishq"),
        ("the Élysée", "Elysee"),
    ],
)
def test_forms_of_a_name_are_the_same(one: str, other: str) -> None:
    assert norm(one) == norm(other)


def test_other_names_stay_apart() -> None:
    assert norm("the Front") != norm("the Northern Front")
    assert norm("US") != norm("UN")
