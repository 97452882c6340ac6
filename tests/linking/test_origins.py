import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.copies import copied
from onrecord.linking import origins
from onrecord.linking.origins import Text
from onrecord.linking.words import shingles

STORY = "\n\n".join(
    f"Envoy number {n} of the Littoral Union said that convoy {n * 7} had crossed the bridge at "
    f"Brenna with {n * 31} sacks of flour, while the Front's gunners on ridge {n} held their fire."
    for n in range(1, 13)
)
OTHER = "\n\n".join(
    f"In the {n}th hour of talks at Port Sahl, delegate {n} of Velmar put forward clause {n * 3}, "
    f"on which the Front asked for {n * 2} changes; a convoy had crossed the bridge at Brenna."
    for n in range(1, 13)
)


@pytest.mark.parametrize("seed", [f"seed {n}" for n in range(12)])
def test_a_copy_with_cuts_and_additions_is_a_copy(seed: str) -> None:
    pair = [Text("wire", "2025-05-02", STORY), Text("copy", "2025-05-03", copied(STORY, seed=seed))]
    assert origins.origins(pair) == {"wire": "wire", "copy": "wire"}


def test_two_accounts_of_one_event_are_two_origins() -> None:
    pair = [Text("one", "2025-05-02", STORY), Text("other", "2025-05-02", OTHER)]
    assert origins.copies(pair) == {}


def test_the_earliest_is_the_origin_whatever_the_order() -> None:
    late, early = Text("late", "2025-05-04", STORY), Text("early", "2025-05-02", STORY + " More.")
    undated = Text("undated", "", STORY + " And this.")
    assert set(origins.origins([undated, late, early]).values()) == {"early"}


def test_copies_of_copies_have_one_origin() -> None:
    first = copied(STORY, seed="a")
    chain = [Text("0", "2025-05-01", STORY), Text("1", "2025-05-02", first)]
    chain.append(Text("2", "2025-05-03", copied(first, seed="b")))
    assert set(origins.origins(chain).values()) == {"0"}


def test_a_short_quotation_of_a_long_text_is_no_copy() -> None:
    quoted = STORY.split("\n\n")[0]
    assert not origins.likeness(shingles(quoted), shingles(STORY)).copies


@pytest.mark.parametrize("quotes", [("“", "”"), ('"', '"'), ("«", "»")])
def test_quotation_marks_make_no_difference(quotes: tuple[str, str]) -> None:
    text = "{}We won’t leave Brenna,{} said Ilena Marrow of the Front."
    assert shingles(text.format(*quotes)) == shingles(text.format("", "").replace("’", "'"))


def test_empty_texts_are_copies_of_nothing() -> None:
    assert origins.copies([Text("a", "", ""), Text("b", "", "\n"), Text("c", "", STORY)]) == {}


@given(st.frozensets(st.integers(0, 2**32 - 1), max_size=40))
def test_equal_sets_have_equal_bands_that_a_database_can_hold(made: frozenset[int]) -> None:
    signed = origins.signature(made)
    assert origins.bands(signed) == origins.bands(origins.signature(sorted(made, reverse=True)))
    assert all(0 <= number < 2**63 for number in origins.bands(signed))
    assert signed.dtype == np.uint64
    assert len(signed) == origins.PERMUTATIONS
