"""Scores of arcs to the tree of a sentence."""

from __future__ import annotations

import numpy as np

from onrecord.reading.decoding import Floats, Ints


def tree(scores: Floats) -> Ints:
    """The heads of one sentence: (words, 1 + words) scores, column 0 the root; -1 marks the root.

    The best single root, then each word's best head; where that makes a circle, the maximum
    spanning arborescence (Chu and Liu 1965, Edmonds 1967).
    """
    count = len(scores)
    if count == 1:
        return np.array([-1], dtype=np.int64)
    gain = scores[:, 0] - scores[:, 1:].max(1)
    root = int(gain.argmax())
    inner = scores[:, 1:].copy()
    np.fill_diagonal(inner, -1e9)
    heads: Ints = inner.argmax(1)
    heads[root] = -1
    if _circle(heads) is not None:
        heads = _arborescence(inner, root)
    return heads


def _circle(heads: Ints) -> list[int] | None:
    """The words of one circle, or None."""
    state = [0] * len(heads)
    up = heads.tolist()
    for begin in range(len(up)):
        word, path = begin, []
        while word >= 0 and state[word] == 0:
            state[word] = 1
            path.append(word)
            word = up[word]
        if word >= 0 and state[word] == 1:
            return path[path.index(word) :]
        for seen in path:
            state[seen] = 2
    return None


def _arborescence(scores: Floats, root: int) -> Ints:
    """Chu-Liu/Edmonds: ``scores[dependent, head]``; contracts one circle and recurses."""
    heads: Ints = scores.argmax(1)
    heads[root] = -1
    circle = _circle(heads)
    if circle is None:
        return heads
    count = len(scores)
    inside = np.zeros(count, dtype=bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(circle)
    kept = len(outside)
    small = np.full((kept + 1, kept + 1), -1e9, dtype=np.float32)
    small[:kept, :kept] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, members)]
    small[:kept, kept] = leaving.max(1)
    entering = scores[np.ix_(members, outside)] - scores[members, heads[members]][:, None]
    small[kept, :kept] = entering.max(0)
    np.fill_diagonal(small, -1e9)
    solved = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    for k, word in enumerate(outside.tolist()):
        head = int(solved[k])
        if head == kept:
            heads[word] = members[leaving[k].argmax()]
        else:
            heads[word] = outside[head] if head >= 0 else -1
    source = int(solved[kept])
    entered = members[entering[:, source].argmax()]
    heads[entered] = outside[source]
    return heads
