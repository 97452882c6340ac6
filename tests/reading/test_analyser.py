"""Heads and trees from the scores of arcs, window by window."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.analyser import likeliest_heads, sentence_trees
from onrecord.reading.decoding import Floats


def arcs(*heads: int) -> Floats:
    """Scores of one window's arcs in which these heads are likeliest (-1: the root)."""
    scores = np.zeros((len(heads), 1 + len(heads)), np.float32)
    scores[np.arange(len(heads)), np.array(heads) + 1] = 9
    return scores


def test_heads_are_places_in_the_text() -> None:
    found = likeliest_heads([(0, 2), (2, 5)], np.array([1, -1, 1, -1, 1]))
    assert found.tolist() == [1, -1, 3, -1, 3]


def test_a_ring_is_made_a_tree() -> None:
    assert (sentence_trees([(0, 3)], [(0, 3)], [arcs(1, 0, 1)]) == -1).sum() == 1


def test_trees_keep_to_their_sentences() -> None:
    found = sentence_trees([(0, 4)], [(0, 2), (2, 4)], [arcs(3, 0, 3, -1)])
    assert found.tolist()[1:] == [0, 3, -1]
    assert found[0] in (-1, 1)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_every_head_stands_in_the_words_window(one: int, two: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    windows = [(0, one), (one, one + two)]
    scores = [chance.normal(size=(b - a, 1 + b - a)).astype(np.float32) for a, b in windows]
    heads = sentence_trees(windows, [(0, one + two)], scores).tolist()
    for a, b in windows:
        assert all(h == -1 or a <= h < b for h in heads[a:b])
