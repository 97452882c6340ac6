"""Flat spans and their scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation import cofenet
from onrecord.evaluation.brat import Attribution

TEXT = "Marra said Tel agreed.\n\nHe denied it."
WORDS = cofenet.words_of(TEXT)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He doesn't know Tel's plan.", ["He", "does", "n't", "know", "Tel", "'s", "plan", "."]),
        ("U.S. and Mr. al-Orr, 1,200 men", ["U.S.", "and", "Mr.", "al-Orr", ",", "1,200", "men"]),
        ("“No,” O’Br said", ["“", "No", ",", "”", "O’Br", "said"]),
        ("said—they’ll go...", ["said", "—", "they", "’ll", "go", "..."]),
    ],
)  # fmt: skip
def test_words_are_cut_as_the_treebank_cuts_them(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in cofenet.words_of(text)] == words


@given(st.text())
def test_every_visible_character_is_in_one_word(text: str) -> None:
    inside = [n for a, b in cofenet.words_of(text) for n in range(a, b)]
    assert inside == sorted(set(inside))
    assert {n for n, c in enumerate(text) if not c.isspace()} <= set(inside)


def test_a_window_is_a_paragraph() -> None:
    starts = cofenet.windows_of(TEXT, WORDS)
    assert [TEXT[WORDS[n][0] : WORDS[n][1]] for n in starts] == ["Marra", "He"]


def test_an_empty_text_has_no_window() -> None:
    assert cofenet.windows_of("", []) == []


def test_pieces_of_a_discontinuous_content_are_spans_of_their_own() -> None:
    attribution = Attribution((), (span("said"),), (span("Marra"), span("Tel agreed")))
    assert cofenet.flat_spans([attribution], WORDS) == [
        (0, 1, "content"), (1, 2, "cue"), (2, 4, "content"),
    ]  # fmt: skip


def test_a_span_is_cut_where_a_window_starts() -> None:
    over = Attribution((), (), ((TEXT.index("Tel"), TEXT.index("denied")),))
    starts = cofenet.windows_of(TEXT, WORDS)
    assert cofenet.flat_spans([over], WORDS, windows=starts) == [
        (2, 5, "content"), (5, 6, "content"),
    ]  # fmt: skip


def test_a_later_span_paints_over_an_earlier_one() -> None:
    outer = Attribution((), (), (span("Tel agreed"),))
    inner = Attribution((span("Tel"),), (), ())
    assert cofenet.flat_spans([outer, inner], WORDS) == [(2, 3, "source")]


def test_a_span_that_ends_inside_a_word_takes_the_word() -> None:
    assert cofenet.covered((TEXT.index("arra"), TEXT.index("id Tel")), WORDS) == (0, 2)


def test_a_span_of_white_space_covers_no_word() -> None:
    first, end = cofenet.covered((5, 6), WORDS)
    assert first == end


def test_an_inside_label_that_continues_nothing_is_no_span() -> None:
    labels = ["I-cue", "B-source", "I-content", "O", "B-cue"]
    assert cofenet.spans_of(labels) == [(1, 2, "source"), (4, 5, "cue")]


def test_spans_that_touch_stay_apart() -> None:
    spans = [(0, 2, "content"), (2, 3, "content")]
    assert cofenet.spans_of(cofenet.labels_of(spans, 4)) == spans


def test_a_span_is_right_only_with_both_borders_and_its_label() -> None:
    scores = cofenet.SpanScores.empty()
    gold = [(0, 2, "content"), (3, 4, "cue"), (5, 6, "cue")]
    scores.add(gold, [(0, 3, "content"), (3, 4, "cue"), (5, 6, "source")])
    assert (scores.content.right, scores.cue.right, scores.source.right) == (0, 1, 0)
    assert (scores.cue.precision, scores.cue.recall) == (1.0, 0.5)
    assert scores.source.predicted == 1


def test_jaccard_averages_best_overlaps_and_strays() -> None:
    assert cofenet.jaccard([(0, 4)], [(2, 6), (8, 9)]) == [pytest.approx(2 / 6), 0.0]
    assert cofenet.jaccard([(0, 4)], [(0, 4), (3, 5)]) == [1.0]
    assert cofenet.jaccard([], []) == []
