"""Export the trained reader to a quantised ONNX graph, with its label sets and vocabulary.

    python -m training.export --weights FOLDER/average.pt --out src/onrecord/model

Inputs (int64): ``pieces``, ``cases`` (batch, pieces), ``mask`` (batch, pieces), ``firsts``
(batch, words), ``style`` (batch). Outputs: ``tags`` (batch, words, 3: upos, xpos, feats as label
indices), ``words`` (all other word heads' logits side by side, in the order and with the widths
that ``labels.json`` tells), ``arcs``, the two sides of the dependency labeller, of the roles and of
the relations, and ``root``. Small tables that are used outside the graph go into ``tables.npz``.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import Encoder, model_folder
from training.heads import GROUPS, Reader

TAGS = ("upos", "xpos", "feats")
LOGITS = tuple(n for names in GROUPS.values() for n in names if n not in TAGS)
OUTPUTS = (
    "tags", "tree", "words", "arcs", "label_left", "label_right", "role_left", "role_right",
    "relation_left", "relation_right", "root",
)  # fmt: skip


class Exported(nn.Module):
    """The reader with plain inputs and outputs."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, pieces: Tensor, cases: Tensor, mask: Tensor, firsts: Tensor, style: Tensor
    ) -> tuple[Tensor, ...]:
        """All outputs, in the order of OUTPUTS."""
        heads = self.reader.heads
        vectors, x = self.reader.encode(
            {"pieces": pieces, "cases": cases, "mask": mask, "firsts": firsts}
        )
        hidden = {g: heads.group(g, x, style) for g in [*GROUPS, "relations"]}
        group_of = {n: g for g, names in GROUPS.items() for n in names}
        tags = [heads.words[n](hidden["syntax"]).argmax(-1) for n in TAGS]
        words = [heads.words[n](hidden[group_of[n]]) for n in LOGITS]
        arcs = heads.arcs(x)
        return (
            torch.stack(tags, -1),
            self._tree(x, arcs),
            torch.cat(words, -1),
            arcs,
            heads.label_dependent(x),
            heads.label_head(x),
            heads.role_left(hidden["attribution"]),
            heads.role_right(hidden["attribution"]),
            heads.relation_left(hidden["relations"]),
            heads.relation_right(hidden["relations"]),
            heads.root_logits(vectors, cases // 5),
        )

    def _tree(self, x: Tensor, arcs: Tensor) -> Tensor:
        head = arcs.argmax(-1)
        scores = self.reader.heads.label_scores(x, head)
        names = self.reader.heads.labels["deprel"]
        at_root = torch.tensor([1e4 if name == "root" else 0.0 for name in names])
        relation = (scores + torch.where((head == 0)[..., None], at_root, -at_root)).argmax(-1)
        return torch.stack([head - 1, relation], -1)


def load(weights: Path) -> tuple[Reader, dict[str, list[str]]]:
    """A trained reader and its label sets."""
    labels = json.loads((weights.parent / "labels.json").read_text("utf-8"))
    reader = Reader(Encoder(0.0), labels)
    reader.load_state_dict(torch.load(weights, weights_only=True))
    return reader.eval(), labels


def export(weights: Path, out: Path, *, full: Path | None = None) -> None:
    """Write ``reader.onnx`` (int8), ``labels.json``, ``tables.npz`` and ``vocab.txt`` into ``out``;
    with ``full`` keep the float32 graph there too."""
    reader, labels = load(weights)
    out.mkdir(parents=True, exist_ok=True)
    plain = full or out / "float32.onnx"
    _write_graph(reader, plain)
    quantise(plain, out / "reader.onnx")
    if full is None:
        plain.unlink()
    widths = {n: len(labels[n]) for n in LOGITS}
    (out / "labels.json").write_text(
        json.dumps({"labels": labels, "words": widths}, indent=0), "utf-8"
    )
    heads = reader.heads
    np.savez(
        out / "tables.npz",
        role_bias=heads.role_bias.detach().numpy(),
        relation_bias=heads.relation_bias.detach().numpy(),
        relation_path=heads.relation_path.detach().numpy(),
        label_root=heads.label_root.detach().numpy(),
        label_weight=heads.label_out.weight.detach().numpy(),
        label_bias=heads.label_out.bias.detach().numpy(),
    )
    shutil.copy(model_folder() / "vocab.txt", out / "vocab.txt")


def _write_graph(reader: Reader, path: Path) -> None:
    b, n, w = 2, 24, 16
    firsts = torch.arange(1, w + 1).expand(b, w).contiguous()
    inputs = (
        torch.randint(1000, 2000, (b, n)), torch.zeros(b, n, dtype=torch.long),
        torch.ones(b, n, dtype=torch.long), firsts, torch.zeros(b, dtype=torch.long),
    )  # fmt: skip
    names = ["pieces", "cases", "mask", "firsts", "style"]
    axes = {
        "pieces": {0: "batch", 1: "pieces"}, "cases": {0: "batch", 1: "pieces"},
        "mask": {0: "batch", 1: "pieces"}, "firsts": {0: "batch", 1: "words"},
        "style": {0: "batch"},
    }  # fmt: skip
    torch.onnx.export(
        Exported(reader), inputs, str(path), input_names=names, output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def quantise(plain: Path, out: Path) -> None:
    """Weights to int8, one scale a channel; activations are quantised as they come."""
    quantize_dynamic(
        plain, out, per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    onnx.checker.check_model(str(out))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", type=Path, help="keep the float32 graph here")
    args = parser.parse_args()
    export(args.weights, args.out, full=args.full)


if __name__ == "__main__":
    main()
