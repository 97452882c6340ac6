"""Word pieces: what the encoder is fed for a word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

CLS, SEP, UNKNOWN = 101, 102, 100
LONGEST_WORD = 16
"""Pieces kept of one word; of a longer one (an address, a run of letters) the encoder sees no
more."""
CACHED_WORDS, LONGEST_CACHED = 50_000, 40
"""How many words are remembered, and up to how many characters: some 25 MB. An archive has new
words without end; those of a million words of it are 50,000, and cutting them again takes half a
second."""

LOWER, TITLE, UPPER, MIXED, CONTINUED = range(5)
CASES = 5
PLAIN, PARAGRAPH, SOURCE, TARGET = range(4)
"""Marks on a word beside its letter case: nothing, first of its paragraph, a marked event's source
or target."""


def case_of(form: str) -> int:
    """The letter case of a word: LOWER (or no letters), TITLE, UPPER or MIXED."""
    if form.islower():
        return LOWER
    if form.istitle():
        return TITLE
    if form.isupper():
        return UPPER
    return LOWER if form.lower() == form else MIXED


class PieceTable:
    """Words to word pieces, remembering the words it has seen."""

    def __init__(self, tokenizer: BertWordPieceTokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    @classmethod
    def load(cls, vocabulary: Path) -> PieceTable:
        """The table over the vocabulary file (one piece a line)."""
        return cls(BertWordPieceTokenizer(str(vocabulary), lowercase=True))

    def of(self, form: str) -> tuple[list[int], list[int]]:
        """The pieces of a word and their cases; never empty."""
        found = self._known.get(form)
        if found is None:
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            ids = self._tokenizer.encode(form[:200], add_special_tokens=False).ids[:LONGEST_WORD]
            ids = ids or [UNKNOWN]
            found = (ids, [case_of(form)] + [CONTINUED] * (len(ids) - 1))
            if len(form) <= LONGEST_CACHED:
                self._known[form] = found
        return found

    def lengths(self, forms: Sequence[str]) -> list[int]:
        """Pieces per word."""
        return [len(self.of(form)[0]) for form in forms]

    def window(
        self, forms: Sequence[str], marks: Sequence[int]
    ) -> tuple[list[int], list[int], list[int]]:
        """One window: piece ids with [CLS] and [SEP], their cases with the words' marks laid over
        (``case + CASES * mark``), and the place of each word's first piece."""
        ids, cases, firsts = [CLS], [LOWER], []
        for form, mark in zip(forms, marks, strict=True):
            of_word, of_case = self.of(form)
            firsts.append(len(ids))
            ids += of_word
            cases += [case + CASES * mark for case in of_case] if mark else of_case
        ids.append(SEP)
        cases.append(LOWER)
        return ids, cases, firsts
