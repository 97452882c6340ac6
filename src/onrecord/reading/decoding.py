"""Decoding: scores to tags and spans."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return out


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    out: Floats = np.exp(log_softmax(scores))
    return out


def bio_transitions(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which label may follow which: ``I-x`` (or a bare ``I``) only behind ``B-x`` or ``I-x``."""
    allowed = np.ones((len(labels), len(labels)), dtype=bool)
    for k, label in enumerate(labels):
        if label == "I" or label.startswith("I-"):
            kind = label[1:]
            for j, before in enumerate(labels):
                bare = kind == "" and before.startswith("B")
                allowed[j, k] = bare or before in (f"B{kind}", f"I{kind}")
    return allowed


def viterbi(scores: Floats, allowed: NDArray[np.bool_]) -> Ints:
    """The best allowed label sequences.

    ``scores``: (sequences, words, labels) log probabilities; ``allowed``: (labels, labels), from
    row to column. A sequence can't begin with a label that label 0 (outside) may not precede.
    Returns (sequences, words). Where the best label of every word makes an allowed sequence, that
    is the answer; only the others are searched.
    """
    best: Ints = scores.argmax(-1)
    if not best.size:
        return best
    before = np.concatenate([np.zeros_like(best[:, :1]), best[:, :-1]], 1)
    broken = np.flatnonzero(~allowed[before, best].all(1))
    if broken.size:
        best[broken] = _search(scores[broken], allowed)
    return best


def _search(scores: Floats, allowed: NDArray[np.bool_]) -> Ints:
    count, length, labels = scores.shape
    penalty = np.where(allowed, 0.0, -1e4).astype(np.float32)
    best = scores[:, 0] + penalty[0]
    back = np.zeros((length, count, labels), dtype=np.int64)
    for t in range(1, length):
        options = best[:, :, None] + penalty
        back[t] = options.argmax(1)
        best = options.max(1) + scores[:, t]
    path = np.zeros((count, length), dtype=np.int64)
    path[:, -1] = best.argmax(-1)
    rows = np.arange(count)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = back[t, rows, path[:, t]]
    return path


def _search_one(scores: Floats, allowed: NDArray[np.bool_]) -> list[int]:
    """``_search`` of one sequence: over a few labels, lists are faster than arrays."""
    before = [np.flatnonzero(column).tolist() for column in allowed.T]
    first, *others = scores.tolist()
    best = [s if ok else -math.inf for s, ok in zip(first, allowed[0].tolist(), strict=True)]
    back: list[list[int]] = []
    for row in others:
        chosen = [max(labels, key=best.__getitem__) for labels in before]
        best = [best[k] + s for k, s in zip(chosen, row, strict=True)]
        back.append(chosen)
    path = [max(range(len(best)), key=best.__getitem__)]
    for chosen in reversed(back):
        path.append(chosen[path[-1]])
    return path[::-1]


SURE = 0.98
"""Probability of "outside" from which a word parts one stretch of a text from the next when its
labels are searched; between such words nothing is known to reach across."""


LEANINGS = {
    "anchor": -0.3,
    "trigger": 0.0,
    "term": -0.2,
    "position": 0.2,
    "figure": -0.2,
    "mention": 0.0,
    "ner": -1.0,
}
"""What is taken off the score of "outside" before a head's labels are decoded: rare labels are
learned too timidly, and names from noisy data too boldly. Chosen for the F1 of their layers on dev
(the gold records', and UNER's for names)."""


LABELS_LEAN = {"act": {"deny": 0.5}, "ner": {"B-ORG": -0.3, "I-ORG": -0.3}}
"""Added to the scores of single labels. Denials are rare (24 in the dev records: F1 from .51
to .55); the training data of names, most of it news, sees organisations in too many places
of other texts (UNER's dev part: .695 to .705)."""


STAYINGS = {
    "anchor": 0.0,
    "trigger": 1.5,
    "term": 0.0,
    "position": 0.5,
    "figure": -1.0,
    "mention": 0.0,
    "ner": 0.5,
}
"""What is added to the scores of a span's further words: each word alone tells whether it goes
on, and long ones break off too soon. Chosen with LEANINGS."""


def layer_labels(scores: Floats, labels: list[str], head: str) -> Ints:
    """``best_labels`` with the constants of a head."""
    leaned = leaning(scores, labels, head)
    return best_labels(leaned, labels, lean=LEANINGS[head], stay=STAYINGS[head])


def leaning(scores: Floats, labels: Sequence[str], head: str) -> Floats:
    """The scores (..., labels) of a head with what LABELS_LEAN adds to some of its labels."""
    leans = LABELS_LEAN.get(head)
    if leans is None:
        return scores
    added: Floats = np.array([leans.get(label, 0.0) for label in labels], dtype=np.float32)
    return scores + added


def best_labels(scores: Floats, labels: list[str], *, lean: float = 0.0, stay: float = 0.0) -> Ints:
    """The best BIO sequence of one text: (words, labels) scores to (words,) label indices.

    ``lean`` is taken off the score of "outside" (label 0), see LEANINGS, and ``stay`` is added to
    the scores of the labels that go on with a span, see STAYINGS.
    """
    allowed = bio_transitions(labels)
    if lean or stay:
        scores = scores.copy()
        scores[:, 0] -= lean
        scores[:, [label[0] == "I" for label in labels]] += stay
    logs = log_softmax(scores)
    best: Ints = logs.argmax(-1)
    before = np.concatenate([best[:1] * 0, best[:-1]])
    broken = np.flatnonzero(~allowed[before, best])
    if not broken.size:
        return best
    walls = np.flatnonzero(logs[:, 0] > np.log(SURE))
    done = -1
    for k in broken.tolist():
        if k < done:
            continue
        left = walls[walls < k]
        right = walls[walls > k]
        a = int(left[-1]) if left.size else 0
        b = int(right[0]) + 1 if right.size else len(best)
        best[a:b] = _search_one(logs[a:b], allowed)
        done = b
    return best


def spans_of(tags: Ints, labels: list[str]) -> list[tuple[int, int, str]]:
    """Spans of a BIO sequence as (start, end, label); a bare BIO set gives the label ``""``."""
    out: list[tuple[int, int, str]] = []
    start, end, kind = -1, -1, ""
    for k in [*np.flatnonzero(tags).tolist(), len(tags)]:
        label = labels[tags[k]] if k < len(tags) else "B"
        inside = label[0] == "I"
        if inside and start >= 0 and end == k and (label[2:] == kind or label == "I"):
            end = k + 1
            continue
        if start >= 0:
            out.append((start, end, kind))
        start, end, kind = k, k + 1, label[2:]
    return out


_LOOSE = frozenset(",.;:-–—") | {"and", "or", "but"}
_PREPOSITIONS = frozenset("to of from in on at by with for".split())


def trimmed(forms: Sequence[str], start: int, end: int, *, name: bool = False) -> Range:
    """A word range without punctuation and conjunctions at its end (a name's without prepositions
    too)."""
    loose = _LOOSE | _PREPOSITIONS if name else _LOOSE
    while end - start > 1 and forms[end - 1].lower() in loose:
        end -= 1
    return start, end


FARTHEST = 65
"""Words from which all distances are in one bucket."""


def bucket(distance: Ints) -> Ints:
    """Signed distances in words as 17 buckets (the training code's ``bucket``)."""
    out: Ints = _BUCKETS[np.clip(distance, -FARTHEST, FARTHEST) + FARTHEST]
    return out


def _bucket(distance: int) -> int:
    step = math.ceil(math.log2(abs(distance)) + 1) if distance else 0
    return 8 - step if distance < 0 else 8 + step


_BUCKETS = np.array([_bucket(d) for d in range(-FARTHEST, FARTHEST + 1)], dtype=np.int64)
