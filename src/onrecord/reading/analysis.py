"""The learned layers of one text, before any rule has looked at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from onrecord.reading.decoding import Floats, Ints, Range, bucket, leaning
from onrecord.reading.paths import Tree
from onrecord.vocabulary import Kind

_RELATION_WIDTH = 48


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement as the model sees it, in half-open word ranges.

    ``anchor`` is the first word of the cue, or of the content where there is no cue.
    """

    anchor: int
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description of an actor: words ``start:end`` and its kind."""

    start: int
    end: int
    kind: Kind
    confidence: float


@dataclass(slots=True)
class Analysis:
    """The words of ``text`` (half-open character offsets) and what the model says of them.

    ``heads`` are indices of words in the text, -1 for a root; ``tree`` has each word's likeliest
    head, chosen by itself, whether or not whole trees are asked for. ``logits`` holds the word
    heads' scores (words, labels) by head; ``left`` and ``right`` the projections that links are
    scored with, (words, relations, width).
    """

    text: str
    words: list[Range]
    paragraphs: list[bool]
    sentence_starts: list[bool] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    tree: Tree | None = field(default=None, repr=False)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    flat_attribution: list[tuple[int, int, str]] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    logits: dict[str, Floats] = field(default_factory=dict, repr=False)
    labels: dict[str, list[str]] = field(default_factory=dict, repr=False)
    left: Floats | None = field(default=None, repr=False)
    right: Floats | None = field(default=None, repr=False)
    relation_bias: Floats | None = field(default=None, repr=False)
    relation_path: Floats | None = field(default=None, repr=False)
    _forms: list[str] | None = field(default=None, repr=False)
    _sentences: list[Range] | None = field(default=None, repr=False)
    _sentence_of: list[int] | None = field(default=None, repr=False)

    def forms(self) -> list[str]:
        """The words as they stand."""
        if self._forms is None:
            self._forms = [self.text[a:b] for a, b in self.words]
        return self._forms

    @property
    def lemmas(self) -> list[str]:
        """Lemmas, lower case but for proper nouns (simplemma's English dictionary)."""
        return [lemma(f, u) for f, u in zip(self.forms(), self.upos, strict=True)]

    def sentences(self) -> list[Range]:
        """The sentences as half-open word ranges."""
        if self._sentences is None:
            starts = [k for k, first in enumerate(self.sentence_starts) if first]
            ends = [*starts[1:], len(self.words)]
            self._sentences = list(zip(starts, ends, strict=True))
        return self._sentences

    def sentence_of(self, word: int) -> int:
        """The index of the sentence a word stands in."""
        if self._sentence_of is None:
            self._sentence_of = (np.cumsum(self.sentence_starts) - 1).tolist()
        return self._sentence_of[word]

    def chars(self, start: int, end: int) -> Range:
        """A word range as character offsets."""
        return self.words[start][0], self.words[end - 1][1]

    def label(self, head: str, word: int) -> Any:
        """The best label that a word head gives a word (a word of the head's own vocabulary)."""
        labels = self.labels[head]
        return labels[int(leaning(self.logits[head][word], labels, head).argmax())]

    def relate(self, relation: str, word: int, others: Sequence[int]) -> Floats:
        """The probability that ``word`` stands in ``relation`` to each of the ``others``."""
        scores = self._scores(relation, word, others)
        out: Floats = np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float32)
        return out

    def choose(self, relation: str, word: int, others: Sequence[int]) -> Floats:
        """The probability of each of the ``others`` to be the one that ``word`` stands in
        ``relation`` to; what they lack of 1 is that of nobody."""
        scores = self._scores(relation, word, others) + self._paths(relation, word, others)
        most = max(0.0, float(scores.max()))
        odds = np.exp(scores - most)
        out: Floats = np.asarray(odds / (odds.sum() + np.exp(-most)), dtype=np.float32)
        return out

    def _scores(self, relation: str, word: int, others: Sequence[int]) -> Floats:
        assert self.left is not None
        assert self.right is not None
        assert self.relation_bias is not None
        kind = self.labels["relations"].index(relation)
        at: Ints = np.asarray(others, dtype=np.int64)
        scores: Floats = self.right[at, kind] @ self.left[word, kind] / _RELATION_WIDTH**0.5
        scores += self.relation_bias[kind, bucket(at - word)]
        return scores

    def _paths(self, relation: str, word: int, others: Sequence[int]) -> Floats:
        """What the ways through the tree add to the scores."""
        assert self.tree is not None
        assert self.relation_path is not None
        kind = self.labels["relations"].index(relation)
        found: Floats = self.relation_path[kind, [self.tree.path(word, m) for m in others]]
        return found


@lru_cache(maxsize=100_000)
def lemma(form: str, upos: str) -> str:
    """The lemma of a word; proper nouns, numbers and punctuation stay as they are."""
    if upos in ("PROPN", "NUM", "PUNCT", "SYM", "X"):
        return form
    import simplemma

    irregular = _IRREGULAR.get(form.lower())
    if irregular is not None:
        return irregular
    found: str = simplemma.lemmatize(form.lower(), lang="en")
    return found.lower()


_IRREGULAR = {
    "n't": "not", "n’t": "not", "'s": "'s", "'re": "be", "'ve": "have", "'m": "be", "'ll": "will",
    "’re": "be", "’ve": "have", "’m": "be", "’ll": "will", "ca": "can", "wo": "will",
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "am": "be", "be": "be",
    "being": "be", "has": "have", "had": "have", "does": "do", "did": "do", "done": "do",
    "an": "a", "left": "leave", "his": "his", "her": "her", "their": "their", "its": "its",
    "them": "they", "him": "he", "me": "I", "us": "we", "i": "I", "said": "say", "saw": "see",
}  # fmt: skip
