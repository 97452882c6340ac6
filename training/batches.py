"""Endless batches of a corpus's windows, as padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from onrecord.reading.pieces import PARAGRAPH, PLAIN, PieceTable
from onrecord.reading.windows import WINDOW_PIECES
from training.documents import NO_LABEL, Document, windows
from training.sources import Source

SHORT_PIECES = (12, 90)
BATCH_PIECES = 2800


class Batches:
    """Endless batches of one corpus: reread, recut and shuffled every round."""

    def __init__(self, source: Source, table: PieceTable, *, short: float = 0.0) -> None:
        self.source, self.table, self.short = source, table, short
        self.rounds = 0

    def __iter__(self) -> Iterator[list[Document]]:
        while True:
            self.rounds += 1
            cut = [w for d in self.source() for w in self._windows(d) if len(w.forms) > 1]
            random.shuffle(cut)
            for k in range(0, len(cut), 400):
                pool = sorted(cut[k : k + 400], key=lambda w: self._size(w))
                batches = list(self._packed(pool))
                random.shuffle(batches)
                yield from batches

    def _size(self, document: Document) -> int:
        return sum(self.table.lengths(document.forms))

    def _windows(self, document: Document) -> list[Document]:
        lengths = self.table.lengths(document.forms)
        if random.random() < self.short:
            most = random.randint(*SHORT_PIECES)
            return windows(document, lengths, most, most)
        first = random.randint(WINDOW_PIECES // 3, WINDOW_PIECES)
        return windows(document, lengths, first, WINDOW_PIECES)

    def _packed(self, pool: list[Document]) -> Iterator[list[Document]]:
        batch: list[Document] = []
        longest = 0
        for window in pool:
            longest = max(longest, self._size(window))
            if batch and (len(batch) + 1) * longest > BATCH_PIECES:
                yield batch
                batch, longest = [], self._size(window)
            batch.append(window)
        if batch:
            yield batch


def tensors(documents: list[Document], table: PieceTable) -> dict[str, Tensor]:
    """A batch as padded tensors."""
    fed = []
    for d in documents:
        marks = d.marks or [PARAGRAPH if first else PLAIN for first in d.paragraphs]
        fed.append(table.window(d.forms, marks))
    pieces, words = max(len(i) for i, _, _ in fed), max(len(d.forms) for d in documents)
    out = {
        "pieces": torch.zeros(len(fed), pieces, dtype=torch.long),
        "cases": torch.zeros(len(fed), pieces, dtype=torch.long),
        "mask": torch.zeros(len(fed), pieces),
        "firsts": torch.zeros(len(fed), words, dtype=torch.long),
        "words": torch.zeros(len(fed), words, dtype=torch.bool),
        "style": torch.tensor([d.style for d in documents]),
    }
    for name in documents[0].labels:
        out[name] = torch.full((len(fed), words), NO_LABEL, dtype=torch.long)
    if documents[0].heads is not None:
        out["heads"] = torch.full((len(fed), words), NO_LABEL, dtype=torch.long)
    for k, (d, (ids, cases, firsts)) in enumerate(zip(documents, fed, strict=True)):
        out["pieces"][k, : len(ids)] = torch.tensor(ids)
        out["cases"][k, : len(ids)] = torch.tensor(cases)
        out["mask"][k, : len(ids)] = 1
        out["firsts"][k, : len(firsts)] = torch.tensor(firsts)
        out["words"][k, : len(firsts)] = True
        for name, values in d.labels.items():
            out[name][k, : len(values)] = torch.from_numpy(np.asarray(values))
        if d.heads is not None:
            out["heads"][k, : len(d.heads)] = torch.from_numpy(d.heads)
        if d.anchored is not None:
            for name in ("act", "authority"):
                if d.style == 0:
                    out.setdefault(name, torch.full((len(fed), words), NO_LABEL, dtype=torch.long))
                    for s in d.anchored:
                        out[name][k, s.anchor] = getattr(s, name)
    return out
