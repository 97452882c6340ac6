"""Silver syntax: a teacher that has read treebanks alone tags and parses the texts of the other
corpora, so that the reader's syntax is taught where its other layers are.

    python -m training.teacher --weights TEACHER/average.pt --corpora DIR --gold DIR [DIR ...] \
        --out silver.npz

A label is kept where the teacher gives it at least ``SURE``; elsewhere the reader is taught
nothing. The file holds, by the digest of a text's words, an array (rows of ``silver.ROWS``, words).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.reading.pieces import PieceTable
from onrecord.reading.windows import WINDOW_PIECES
from training.batches import tensors
from training.documents import NO_LABEL, Document, windows
from training.encoder import model_folder
from training.export import load
from training.heads import SYNTAX, Reader
from training.silver import ROWS, digest
from training.sources import sources

SURE = 0.6
"""Least probability of a label that is kept."""
TAUGHT = ("polnear", "gold")
TOGETHER = 8


def taught(teacher: Reader, table: PieceTable, document: Document) -> np.ndarray:
    """The teacher's labels for one text, (rows, words)."""
    plain = Document(document.forms, document.paragraphs)
    cut = windows(plain, table.lengths(plain.forms), WINDOW_PIECES, WINDOW_PIECES)
    parts, done = [], 0
    for k in range(0, len(cut), TOGETHER):
        part = cut[k : k + TOGETHER]
        labels = _labels(teacher, tensors(part, table))
        for window, rows in zip(part, labels, strict=True):
            own = rows[:, : len(window.forms)].numpy().copy()
            for heads in (own[ROWS.index("heads")], own[ROWS.index("likeliest heads")]):
                heads[heads >= 0] += done
            parts.append(own)
            done += len(window.forms)
    return np.concatenate(parts, 1).astype(np.int16)


@torch.inference_mode()
def _labels(teacher: Reader, batch: dict[str, Tensor]) -> Tensor:
    """(batch, rows, words); heads within the window."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        _, x = teacher.encode(batch)
        heads = teacher.heads
        hidden = heads.group("syntax", x, batch["style"])
        rows = [_sure(heads.words[name](hidden)) for name in SYNTAX]
        scores = heads.arcs(x).float()
        scores[..., 1:] = scores[..., 1:].masked_fill(~batch["words"][:, None, :], -1e4)
        head = scores.argmax(-1)
        relations = heads.label_scores(x, head)
    sure = scores.softmax(-1).amax(-1) >= SURE
    rows.append(torch.where(sure, _sure(relations), NO_LABEL))
    rows.append(torch.where(sure, head - 1, NO_LABEL))
    rows += [relations.argmax(-1), head - 1]
    return torch.stack(rows, 1)


def _sure(logits: Tensor) -> Tensor:
    best, label = logits.float().softmax(-1).max(-1)
    return torch.where(best >= SURE, label, NO_LABEL)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    teacher, labels = load(args.weights)
    table = PieceTable.load(model_folder() / "vocab.txt")
    read = sources(args.corpora, args.gold, labels)
    rows: dict[str, np.ndarray] = {}
    for document in (d for name in TAUGHT for d in read[name]()):
        name = digest(document.forms)
        if name not in rows:
            rows[name] = taught(teacher, table, document)
    np.savez_compressed(args.out, **rows)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
