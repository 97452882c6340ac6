import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.reading.decoding import (
    Floats,
    best_labels,
    bio_transitions,
    bucket,
    leaning,
    log_softmax,
    spans_of,
    viterbi,
)

LABELS = ["O", "B-x", "I-x", "B-y", "I-y"]


def finite(shape: tuple[int, ...]) -> st.SearchStrategy[Floats]:
    return arrays(np.float32, shape, elements=st.floats(-5, 5, width=32))


@given(st.integers(1, 12).flatmap(lambda n: finite((n, len(LABELS)))))
def test_an_inside_label_never_stands_without_its_beginning(scores: Floats) -> None:
    tags = best_labels(scores, LABELS)
    allowed = bio_transitions(LABELS)
    before = 0
    for tag in tags.tolist():
        assert allowed[before, tag]
        before = tag


def test_staying_keeps_a_span_that_breaks_off_by_little() -> None:
    scores = np.array([[0, 3, 0], [0, 0, 3], [1, 0, 0.5]], dtype=np.float32)
    assert best_labels(scores, ["O", "B", "I"]).tolist() == [1, 2, 0]
    assert best_labels(scores, ["O", "B", "I"], stay=1.0).tolist() == [1, 2, 2]


def test_single_labels_lean_where_their_head_says_so() -> None:
    scores = np.array([0.2, 0.0], dtype=np.float32)
    assert leaning(scores, ["assert", "deny"], "act").argmax() == 1
    assert leaning(scores, ["assert", "deny"], "status").argmax() == 0


def test_viterbi_finds_the_best_allowed_sequence() -> None:
    scores = np.log(np.array([[[0.6, 0.4, 1e-6], [0.1, 0.1, 0.8]]], dtype=np.float32))
    assert viterbi(scores, bio_transitions(["O", "B", "I"])).tolist() == [[1, 2]]


def test_spans_of_different_labels_next_to_each_other_stay_apart() -> None:
    tags = np.array([0, 1, 2, 3, 4, 4, 0, 1, 1])
    assert spans_of(tags, LABELS) == [(1, 3, "x"), (3, 6, "y"), (7, 8, "x"), (8, 9, "x")]


def test_a_bare_inside_label_goes_on_with_whatever_began() -> None:
    assert spans_of(np.array([2, 1, 0, 3]), ["O", "I", "B-person", "B-state"]) == [
        (0, 2, "person"),
        (3, 4, "state"),
    ]


@pytest.mark.parametrize(
    ("distance", "expected"), [(0, 8), (1, 9), (2, 10), (3, 11), (-1, 7), (65, 16), (-500, 0)]
)
def test_distances_fall_into_growing_buckets(distance: int, expected: int) -> None:
    assert bucket(np.array([distance])).tolist() == [expected]


@given(st.integers(1, 30), st.integers(0, 10_000))
def test_one_sequence_is_searched_as_many_are(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, len(LABELS))).astype(np.float32)
    together = viterbi(log_softmax(scores)[None], bio_transitions(LABELS))[0]
    assert best_labels(scores, LABELS).tolist() == together.tolist()
