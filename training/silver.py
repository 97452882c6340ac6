"""Silver syntax: the labels that ``training.teacher`` gave to the texts of other corpora."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.documents import NO_LABEL, Document

LEARNED = ("upos", "xpos", "feats", "sentence", "deprel", "heads")
ROWS = (*LEARNED, "likeliest deprel", "likeliest heads")
"""Rows of a text's array; heads are places of words, -1 at a root. What is learned is what the
teacher is sure of; its likeliest trees are whole."""


def digest(forms: list[str]) -> str:
    """Digest of a text's words."""
    return hashlib.sha256("\0".join(forms).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Silver:
    """The teacher's labels, by the digest of a text's words."""

    rows: dict[str, np.ndarray]

    @classmethod
    def load(cls, path: Path) -> Silver:
        """Read a file that ``python -m training.silver`` has written."""
        with np.load(path) as stored:
            return cls({name: stored[name] for name in stored.files})

    def onto(self, documents: Iterable[Document]) -> list[Document]:
        """The documents, each with the teacher's labels laid on it (none where it has none)."""
        found = []
        for document in documents:
            none = np.full((len(ROWS), len(document.forms)), NO_LABEL)
            rows = dict(zip(ROWS, self.rows.get(digest(document.forms), none), strict=True))
            document.labels |= {name: rows[name].astype(int) for name in LEARNED[:-1]}
            document.heads = rows["heads"].astype(int)
            if digest(document.forms) in self.rows:
                document.tree = rows["likeliest heads"], rows["likeliest deprel"]
            found.append(document)
        return found
