"""Train the reader: one encoder, all heads, all corpora.

    python -m training.train --corpora DIR --gold DIR [DIR ...] --out FOLDER --minutes 95

Each step takes one batch from one corpus, drawn by the shares below; the learning rate rises, then
falls in a line over the minutes given; an exponential average of the weights is what is kept.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from onrecord.reading.pieces import PieceTable
from training import corpora
from training.batches import Batches, tensors
from training.encoder import model_folder, pretrained
from training.heads import Reader
from training.labels import fixed_labels
from training.losses import losses
from training.rounding import round_from_now
from training.silver import Silver
from training.sources import sources

SHARES = {"polnear": 0.40, "gold": 0.27, "ewt": 0.13, "gum": 0.10, "ner": 0.10}
TREEBANKS = ("ewt", "gum")
SYNTAX_LOSSES = ("upos", "xpos", "feats", "sentence", "arc", "deprel")
SILVER_WEIGHT = 0.5
"""What the teacher's labels weigh beside a treebank's."""
SHORT = {"ewt": 0.2, "gum": 0.2, "ner": 0.2, "polnear": 0.05, "gold": 0.05}
"""The part of a corpus that is cut into windows of a sentence or a few, as short texts are."""
WEIGHTS = {
    "flat": 1.0, "anchor": 1.0, "roles": 1.0, "relations": 1.0, "trigger": 1.5, "event": 0.6,
    "status": 0.3, "act": 0.5, "authority": 0.4, "term": 2.5, "position": 2.0, "topic": 0.3,
    "stance": 0.4, "figure": 1.0, "counted": 0.4, "mention": 1.0, "ner": 1.0, "upos": 0.5,
    "xpos": 0.5, "feats": 0.3, "sentence": 0.5, "arc": 1.0, "deprel": 0.8, "root": 1.0,
}  # fmt: skip
AVERAGE = 0.999


def weight(corpus: str, layer: str) -> float:
    """What a layer's loss weighs on a batch of the corpus."""
    silver = layer in SYNTAX_LOSSES and corpus not in TREEBANKS
    return WEIGHTS[layer] * (SILVER_WEIGHT if silver else 1.0)


def parameter_groups(
    model: Reader, encoder_rate: float, head_rate: float
) -> list[dict[str, object]]:
    """Encoder and heads learn at their own rates."""
    return [
        {"params": list(model.encoder.parameters()), "lr": encoder_rate, "peak": encoder_rate},
        {"params": list(model.heads.parameters()), "lr": head_rate, "peak": head_rate},
    ]


def restore(model: Reader, weights: Path) -> None:
    """Load the weights that still fit; a head whose shape has changed begins anew, and is named."""
    have = model.state_dict()
    stored = torch.load(weights, weights_only=True)
    fitting = {k: v for k, v in stored.items() if k in have and have[k].shape == v.shape}
    model.load_state_dict(have | fitting)
    anew = sorted(set(have) - set(fitting))
    if anew:
        print(f"begun anew: {', '.join(anew)}", flush=True)


def save(folder: Path, name: str, model: Reader, labels: dict[str, list[str]]) -> None:
    """Weights as ``name``.pt, and the label sets."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), folder / f"{name}.pt")
    (folder / "labels.json").write_text(json.dumps(labels), "utf-8")


def train(args: argparse.Namespace) -> None:
    """Run one training to its end."""
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    root = Path(args.corpora)
    if args.start:
        labels = json.loads((Path(args.start).parent / "labels.json").read_text("utf-8"))
    else:
        trees = [root / t / "train.conllu" for t in ("ud_ewt", "ud_gum")]
        labels = fixed_labels() | corpora.ud_inventories(trees)
    table = PieceTable.load(model_folder() / "vocab.txt")
    model = Reader(pretrained(), labels)
    if args.start:
        restore(model, Path(args.start))
    average = copy.deepcopy(model).eval()
    shares = dict(pair.split("=") for pair in args.shares) or SHARES
    silver = Silver.load(Path(args.silver)) if args.silver else None
    read = sources(root, [Path(g) for g in args.gold], labels, silver)
    batches = {name: Batches(read[name], table, short=SHORT.get(name, 0.0)) for name in shares}
    streams = {name: iter(b) for name, b in batches.items()}
    names, odds = list(shares), [float(s) for s in shares.values()]
    groups = parameter_groups(model, args.rate, args.head_rate)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    begun, saved, step, seen = time.monotonic(), time.monotonic(), 0, 0
    log: dict[str, list[float]] = defaultdict(list)
    model.train()
    while (done := (time.monotonic() - begun) / (60 * args.minutes)) < 1:
        if done >= args.rounded_from:
            round_from_now(model)
        name = random.choices(names, odds)[0]
        documents = next(streams[name])
        batch = tensors(documents, table)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(model, batch, documents)
        loss = torch.stack([weight(name, k) * v for k, v in parts.items()]).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min((step + 1) / args.warmup, max(0.02, 1 - done))
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, seen = step + 1, seen + batch["pieces"].numel()
        decay = min(AVERAGE, (1 + step) / (10 + step))
        with torch.no_grad():
            for kept, new in zip(average.parameters(), model.parameters(), strict=True):
                kept.lerp_(new, 1 - decay)
        for k, v in parts.items():
            log[f"{name}/{k}" if k in ("ner", "flat", "anchor", "roles") else k].append(v.item())
        if step % 50 == 0:
            minutes = (time.monotonic() - begun) / 60
            means = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(log.items()))
            rounds = " ".join(f"{k}:{b.rounds}" for k, b in batches.items())
            print(
                f"{step} {minutes:.1f}min {seen / minutes / 60:.0f}p/s [{rounds}] {means}",
                flush=True,
            )
            log.clear()
        if time.monotonic() - saved > 600:
            save(Path(args.out), "average", average, labels)
            saved = time.monotonic()
    save(Path(args.out), "average", average, labels)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--gold", nargs="+", required=True, help="folders of records")
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=95)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=200)
    parser.add_argument("--silver", help="what the teacher gave (training.teacher)")
    parser.add_argument(
        "--rounded-from", type=float, default=1.0, help="part done at which int8 is felt"
    )
    parser.add_argument("--start", help="weights to start from")
    parser.add_argument("--shares", nargs="*", default=[], help="corpus=share ...")
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
