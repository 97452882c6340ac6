"""Trees from the scores of arcs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.reading.decoding import Floats
from onrecord.reading.trees import tree


def finite(shape: tuple[int, ...]) -> st.SearchStrategy[Floats]:
    return arrays(np.float32, shape, elements=st.floats(-5, 5, width=32))


@given(st.integers(1, 9).flatmap(lambda n: finite((n, n + 1))))
def test_heads_are_a_tree_with_one_root(scores: Floats) -> None:
    heads = tree(scores).tolist()
    assert heads.count(-1) == 1
    for word in range(len(heads)):
        seen = set()
        while word >= 0:
            assert word not in seen
            seen.add(word)
            word = heads[word]


def test_a_circle_is_broken_where_it_costs_least() -> None:
    scores = np.full((3, 4), -9.0, dtype=np.float32)
    scores[0, 0] = 1.0
    scores[1, 3], scores[2, 2] = 5.0, 5.0
    scores[1, 1], scores[2, 1] = 2.0, 1.0
    assert tree(scores).tolist() == [-1, 0, 1]
