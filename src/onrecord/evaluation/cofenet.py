"""Exact spans of source, cue and content, as CofeNet (Wang et al., COLING 2022) defines them.

CofeNet published PolNeAR as windows of tokens with one BIO label each. Set beside the brat files
it came from, its dev part shows how the labels were made:

- every annotator's file is an item, so a text read by six people counts six times;
- a window is a paragraph (where its sentence splitter ran paragraphs together, several);
- every piece of a discontinuous span is a span of its own: `B-` on its first token, `I-` after;
- a piece that runs over a window's border is cut there, and begins anew with `B-`;
- a token belongs to a piece when they share a character; where pieces overlap (they all but
  never do), the later in the file paints over the earlier.

A predicted span is right when a gold span of the same label has the same first and last token in
the same window; precision, recall and F1 are over all windows. `docs/decisions/exact-spans.md`
says how near these rules come to the published file, and what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.evaluation.protocols import HasRoles, Span
from onrecord.evaluation.tally import Tally

Labelled = tuple[int, int, str]

LABELS = ("source", "cue", "content")

_CLITIC = r"(?:s|re|ve|ll|d|m)\b"
_LETTER = r"[^\W\d_]"
#: Penn Treebank words, near enough that span borders fall between them.
_WORD = re.compile(
    rf"""
    {_LETTER}+?(?=n['’]t\b) | n['’]t\b              # do | n't
  | ['’]{_CLITIC}                                   # 's, 'll
  | \.\.\. | --+ | ''  | ``
  | (?:{_LETTER}\.){{2,}}                           # U.S.
  | (?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Jr|Sr|St|No|Inc|Co|Corp|Rev)\.
  | \d+(?:[.,:]\d+)+\w*                             # 1,200 and 2.5
  | [@\#]?\w+(?:(?:[-/&]|['’](?!{_CLITIC}))\w+)*    # al-Rishq, O'Brien
  | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n")


def words_of(text: str) -> list[Span]:
    """Character offsets of the words that spans are measured in.

    The measure has words of its own, so that its gold spans don't move with the reader's tokeniser.
    """
    return [match.span() for match in _WORD.finditer(text)]


def windows_of(text: str, words: Sequence[Span]) -> list[int]:
    """The first word of every window (a paragraph with a word in it), in order."""
    starts = [0] if words else []
    for before, (left, right) in enumerate(pairwise(words)):
        if _PARAGRAPH_END.search(text, left[1], right[0]):
            starts.append(before + 1)
    return starts


def covered(span: Span, words: Sequence[Span]) -> Span:
    """The words, end exclusive, that share a character with a span of characters."""
    first = bisect_right(words, span[0], key=lambda word: word[1])
    last = bisect_left(words, span[1], key=lambda word: word[0])
    return first, max(first, last)


def labels_of(spans: Iterable[Labelled], size: int, windows: Iterable[int] = ()) -> list[str]:
    """BIO labels of `size` words; spans are painted in order and cut at the windows' starts."""
    labels = ["O"] * size
    starts = set(windows)
    for first, end, label in spans:
        for word in range(first, end):
            labels[word] = f"{'B' if word == first or word in starts else 'I'}-{label}"
    return labels


def spans_of(labels: Sequence[str]) -> list[Labelled]:
    """The spans of BIO labels; an `I-` that continues nothing is none, as in CofeNet's scorer."""
    spans: list[Labelled] = []
    begin, current = 0, ""
    for word, label in enumerate([*labels, "O"]):
        if current and label != f"I-{current}":
            spans.append((begin, word, current))
            current = ""
        if label.startswith("B-"):
            begin, current = word, label[2:]
    return spans


def flat_spans(
    attributions: Iterable[HasRoles], words: Sequence[Span], *, windows: Iterable[int] = ()
) -> list[Labelled]:
    """Non-overlapping word spans `(first, end, label)` of attributions given in characters.

    Args:
        attributions: with `source`, `cue` and `content`, in the file's order.
        words: character offsets of the words, in order.
        windows: first words of the windows at which spans are cut; none by default.
    """
    pieces = (
        (*covered(piece, words), role)
        for attribution in attributions
        for role in LABELS
        for piece in getattr(attribution, role)
    )
    return spans_of(labels_of(pieces, len(words), windows))


@dataclass(frozen=True)
class SpanScores:
    """Tallies per label of one way of matching."""

    source: Tally
    cue: Tally
    content: Tally

    @classmethod
    def empty(cls) -> SpanScores:
        """Tallies that have counted nothing."""
        return cls(Tally(), Tally(), Tally())

    def add(self, gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> None:
        """Count one item's spans; a span is right when it stands in both lists."""
        for label in LABELS:
            wanted = {span for span in gold if span[2] == label}
            found = {span for span in predicted if span[2] == label}
            getattr(self, label).add(len(wanted & found), len(wanted), len(found))


def jaccard(gold: Sequence[Span], predicted: Sequence[Span]) -> list[float]:
    """CofeNet's Jaccard score of one window, a value for each thing it averages over.

    Each gold span gives its best overlap with a predicted one; each predicted span that touches no
    gold span gives 0.
    """
    found = [max((_likeness(wanted, span) for span in predicted), default=0.0) for wanted in gold]
    stray = [0.0 for span in predicted if not any(_likeness(span, wanted) for wanted in gold)]
    return found + stray


def _likeness(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))
