"""Windows: a text's words cut into stretches that the encoder reads in one go."""

from __future__ import annotations

from collections.abc import Sequence

WINDOW_PIECES = 320
"""Word pieces in one window, [CLS] and [SEP] included. The encoder was trained at this length."""
_CLOSERS = frozenset("\"'”’»)]") | {"''"}


def paragraph_starts(text: str, words: Sequence[tuple[int, int]]) -> list[bool]:
    """Which words stand first after a line break (or first of all)."""
    starts, before = [], 0
    for k, (start, end) in enumerate(words):
        starts.append(k == 0 or "\n" in text[before:start])
        before = end
    return starts


def break_scores(forms: Sequence[str], paragraphs: Sequence[bool]) -> list[int]:
    """How good a cut is before each word: 2 at a paragraph, 1 where a sentence seems to start."""
    scores, ended = [], False
    for form, first in zip(forms, paragraphs, strict=True):
        scores.append(2 if first else int(ended and not form[0].islower() and form not in _CLOSERS))
        ended = form[-1] in ".!?" or (ended and form in _CLOSERS)
    return scores


def windows_of(
    lengths: Sequence[int], scores: Sequence[int], *, most: int = WINDOW_PIECES, first: int = 0
) -> list[tuple[int, int]]:
    """Half-open ranges of words that cover the text, none longer than ``most`` pieces.

    Each ends at the best break in its last half: the last paragraph start, else the last sentence
    start, else wherever it is full. ``first`` bounds the first window alone (training varies it).
    """
    room, out, start, count = most - 2, [], 0, len(lengths)
    bound = min(first or room, room)
    while start < count:
        end, used = start, 0
        while end < count and used + lengths[end] <= bound:
            used += lengths[end]
            end += 1
        end = max(end, start + 1)
        if end < count:
            end = _best_break(scores, start, end)
        out.append((start, end))
        start, bound = end, room
    return out


def _best_break(scores: Sequence[int], start: int, end: int) -> int:
    """The last best break in the second half of ``start:end`` (``end`` itself included)."""
    best, found = 0, end
    for k in range(end, start + (end - start) // 2, -1):
        if scores[k] > best:
            best, found = scores[k], k
    return found
