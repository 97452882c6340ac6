"""PLOVER roots by five folds over the PLV sentences: what the model reaches on sentences it has not
learned from.

    python -m training.plover_folds --weights FOLDER/average.pt --table plv/train.tsv

The start must be a training that has not seen PLV. Each fold trains encoder and root head on four
fifths of the sentences and predicts the fifth; the macro F1 is over all predictions together.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from onrecord.reading.pieces import PieceTable
from training.batches import tensors
from training.documents import Document
from training.encoder import Encoder, model_folder
from training.heads import Reader
from training.losses import losses
from training.train import restore

FOLDS, ROUNDS, BATCH = 5, 5, 32
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """The mean F1 over the classes that the gold labels have."""
    scores = []
    for label in set(gold):
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        both = sum(g == label for g in gold) + sum(f == label for f in found)
        scores.append(2 * right / both)
    return sum(scores) / len(scores)


def fit(model: Reader, documents: list[Document], table: PieceTable) -> None:
    """Train on the sentences for ``ROUNDS`` rounds, the rate falling in a line."""
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "lr": ENCODER_RATE, "peak": ENCODER_RATE},
            {"params": list(model.heads.parameters()), "lr": HEAD_RATE, "peak": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps, step = ROUNDS * len(documents) // BATCH, 0
    model.train()
    for _ in range(ROUNDS):
        random.shuffle(documents)
        for k in range(0, len(documents), BATCH):
            part = documents[k : k + BATCH]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = losses(model, tensors(part, table), part)["root"]
            loss.backward()  # type: ignore[no-untyped-call]
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * max(0.02, min((step + 1) / 20, 1 - step / steps))
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1


@torch.no_grad()
def predict(model: Reader, documents: list[Document], table: PieceTable) -> list[int]:
    """The root of every sentence, as label indices."""
    model.eval()
    found: list[int] = []
    for k in range(0, len(documents), BATCH):
        batch = tensors(documents[k : k + BATCH], table)
        pieces, _ = model.encode(batch)
        found += model.heads.root_logits(pieces, batch["cases"] // 5).argmax(-1).tolist()
    return found


def main() -> None:
    """Command line."""
    from training.corpora import plover_sentences

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--table", type=Path, required=True)
    args = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    table = PieceTable.load(model_folder() / "vocab.txt")
    labels = json.loads((args.weights.parent / "labels.json").read_text("utf-8"))
    documents = plover_sentences(args.table, labels["event"])
    order = list(range(len(documents)))
    random.shuffle(order)
    gold, found = [], []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        model = Reader(Encoder(0.1), labels)
        restore(model, args.weights)
        fit(model, [documents[k] for k in order if k not in held], table)
        tested = [documents[k] for k in sorted(held)]
        gold += [d.root for d in tested]
        found += predict(model, tested, table)
        print(f"fold {fold + 1}: macro F1 so far {macro_f1(gold, found):.3f}", flush=True)
    print(f"macro F1 over {FOLDS} folds: {macro_f1(gold, found):.3f}")


if __name__ == "__main__":
    main()
