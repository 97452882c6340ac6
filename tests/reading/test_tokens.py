import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.tokens import words_of


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in words_of(text)]


def test_contractions_are_two_words() -> None:
    assert cut("They don't say he's gone.") == "They do n't say he 's gone .".split()
    assert cut("Moscow’s envoy can’t") == ["Moscow", "’s", "envoy", "ca", "n’t"]
    assert cut("cannot") == ["can", "not"]


def test_compounds_are_cut_at_hyphens_but_not_behind_prefixes() -> None:
    assert cut("a cease-fire") == ["a", "cease", "-", "fire"]
    assert cut("pre-war co-workers") == ["pre-war", "co-workers"]


def test_abbreviations_numbers_and_addresses_stay_whole() -> None:
    assert cut("U.S. envoy Mr. Smith") == ["U.S.", "envoy", "Mr.", "Smith"]
    assert cut("more than 20,000 at 7:30pm") == ["more", "than", "20,000", "at", "7:30", "pm"]
    assert cut("see https://example.org/a?b=1.") == ["see", "https://example.org/a?b=1", "."]


def test_dotted_names_and_addresses_without_a_host_stay_whole() -> None:
    assert cut("in sci.lang.english today") == ["in", "sci.lang.english", "today"]
    assert cut("from Ann@Rollet, Ph.D.") == ["from", "Ann@Rollet", ",", "Ph.D."]


def test_the_last_full_stop_stands_alone() -> None:
    assert cut("It ended.")[-2:] == ["ended", "."]
    assert cut("They said no.")[-2:] == ["no", "."]
    assert cut("road No. 10")[1:] == ["No.", "10"]


@given(st.text(max_size=300))
def test_words_are_in_order_and_miss_nothing_but_space(text: str) -> None:
    words = words_of(text)
    assert all(a < b for a, b in words)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(words))
    covered = {k for a, b in words for k in range(a, b)}
    assert all(text[k].isspace() for k in range(len(text)) if k not in covered)
