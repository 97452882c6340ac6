"""Names and descriptions of actors, in an invented conflict."""

import pytest

from onrecord.reading.naming import one_name, proper


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Egypt", "Egyptian", True),
        ("Egypt", "Qatar", False),
        ("Egypt", "the Brenna Palace", False),
        ("President Tam Orlo", "Orlo", True),
        ("Orlo’s envoy, Ilena Marrow", "Orlo", False),
        ("U.S. Secretary Ilena Marrow", "U.S. President Tam Orlo", False),
        ("Tony Marrow", "Piet Marrow", False),
        ("the UN security council", "the UN", False),
    ],
)
def test_which_names_can_be_one_actors(one: str, other: str, same: bool) -> None:
    assert one_name(proper(one), proper(other)) is same


@pytest.mark.parametrize("described", ["the North", "the army", "Egyptian"])
def test_what_is_no_name_of_its_own_clashes_with_none(described: str) -> None:
    assert proper(described) in (frozenset(), frozenset({"Egypt"}))
