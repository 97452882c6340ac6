from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.tokens import words_of
from onrecord.reading.windows import break_scores, paragraph_starts, windows_of


def scores_of(text: str) -> list[int]:
    words = words_of(text)
    return break_scores([text[a:b] for a, b in words], paragraph_starts(text, words))


def test_paragraphs_are_better_breaks_than_sentences() -> None:
    assert scores_of("One. Two\n\nThree") == [2, 0, 1, 2]


def test_a_closing_quotation_mark_belongs_to_the_sentence_before() -> None:
    scores = scores_of("“Go.” He went.")
    assert scores == [2, 0, 0, 0, 1, 0, 0]


def test_a_window_ends_at_the_last_paragraph_of_its_second_half() -> None:
    lengths, scores = [1] * 20, [0] * 20
    scores[7], scores[9] = 2, 1
    assert windows_of(lengths, scores, most=12)[0] == (0, 7)


@given(st.lists(st.integers(1, 16), max_size=200), st.data())
def test_windows_cover_every_word_once_and_hold_their_bound(
    lengths: list[int], data: st.DataObject
) -> None:
    size = len(lengths)
    scores = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    found = windows_of(lengths, scores, most=40)
    assert [k for a, b in found for k in range(a, b)] == list(range(size))
    assert all(sum(lengths[a:b]) <= 38 for a, b in found)
