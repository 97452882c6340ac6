"""The heads over the encoder, and their losses.

Every head reads the vector of a word's first piece. Three kinds:

- *word heads* give each word a label (tags, entities, attribution roles, event triggers ...);
- the *parser* scores every word as the head of every other (biaffine; Dozat and Manning 2017);
- *links* score pairs of words by the dot product of two projections, plus a bias for their
  distance: a statement's anchor with the words of its source and content, an event with its
  actors, a mention with earlier mentions of the same actor. As only the projections leave the
  graph, links reach across windows.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.paths import PATHS
from training.encoder import WIDTH, Encoder
from training.labels import RELATIONS, ROLES, STYLES
from training.rounding import Linear

SYNTAX = ("upos", "xpos", "feats", "sentence")
ATTRIBUTION = ("flat", "anchor", "act", "authority")
EVENTS = ("trigger", "event", "status")
POSITIONS = ("term", "position", "topic", "stance", "figure", "counted")
NAMES = ("ner", "mention")
GROUPS = {
    "syntax": SYNTAX, "attribution": ATTRIBUTION, "events": EVENTS,
    "positions": POSITIONS, "names": NAMES,
}  # fmt: skip
HIDDEN = {
    "syntax": 256, "attribution": WIDTH, "events": 256, "positions": 256, "names": 256,
    "relations": WIDTH,
}  # fmt: skip
ARC, LABEL, LINK = 192, 256, 48
BUCKETS = 17
DROPOUT = {"events": 0.3, "positions": 0.3}


def bucket(distance: Tensor) -> Tensor:
    """Signed distances in words as 17 buckets: 0, 1, 2, 3-4, 5-8, 9-16, 17-32, 33-64, more."""
    size = distance.abs().clamp(min=1).float()
    step = torch.ceil(torch.log2(size) + 1).clamp(max=8).long()
    step = torch.where(distance == 0, torch.zeros_like(step), step)
    return torch.where(distance < 0, -step, step) + 8


class Heads(nn.Module):
    """All heads; ``labels`` are the label sets of ``training.labels`` and the treebanks'."""

    def __init__(self, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.labels = labels
        self.hidden = nn.ModuleDict({g: Linear(WIDTH, width) for g, width in HIDDEN.items()})
        self.style = nn.Embedding(len(STYLES), WIDTH)
        nn.init.normal_(self.style.weight, std=0.1)
        self.words = nn.ModuleDict(
            {
                name: Linear(HIDDEN[group], len(labels[name]))
                for group, names in GROUPS.items()
                for name in names
            }
        )
        self.arc_dependent = Linear(WIDTH, ARC)
        self.arc_head = Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.root_vector = nn.Parameter(torch.zeros(ARC))
        self.label_dependent = Linear(WIDTH, LABEL)
        self.label_head = Linear(WIDTH, LABEL, bias=False)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label_out = Linear(LABEL, len(labels["deprel"]))
        self.role_left = Linear(WIDTH, len(ROLES) * LINK)
        self.role_right = Linear(WIDTH, len(ROLES) * LINK)
        self.role_bias = nn.Parameter(torch.zeros(len(ROLES), BUCKETS))
        self.relation_left = Linear(WIDTH, len(RELATIONS) * LINK)
        self.relation_right = Linear(WIDTH, len(RELATIONS) * LINK)
        self.relation_bias = nn.Parameter(torch.full((len(RELATIONS), BUCKETS), -2.0))
        self.relation_path = nn.Parameter(torch.zeros(len(RELATIONS), PATHS))
        self.root = nn.Sequential(
            Linear(3 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.2),
            Linear(WIDTH, len(labels["event"])),
        )  # fmt: skip
        self.drop = nn.Dropout(0.3)

    def group(self, name: str, x: Tensor, style: Tensor) -> Tensor:
        """A group's hidden layer over the words: (batch, words, hidden)."""
        if name == "attribution":
            x = x + self.style(style)[:, None]
        hidden = F.gelu(self.hidden[name](x))
        return F.dropout(hidden, DROPOUT.get(name, 0.15), self.training)

    def arcs(self, x: Tensor) -> Tensor:
        """(batch, words, 1 + words): how well each word's head is the root, or each word."""
        dependent = F.gelu(self.arc_dependent(x))
        head = F.gelu(self.arc_head(x))
        root = self.root_vector.expand(x.shape[0], 1, ARC)
        heads = torch.cat([root, head], 1)
        ones = torch.ones_like(dependent[..., :1])
        return torch.cat([dependent, ones], -1) @ self.arc @ heads.transpose(1, 2)

    def label_scores(self, x: Tensor, head: Tensor) -> Tensor:
        """(batch, words, relations): how well each relation goes between a word and its ``head``
        (batch, words; 0 the root, 1 the first word)."""
        sides = self.label_head(x)
        root = self.label_root.to(sides.dtype).expand(x.shape[0], 1, LABEL)
        sides = torch.cat([root, sides], 1)
        chosen = torch.gather(sides, 1, head[..., None].expand(-1, -1, LABEL))
        scores: Tensor = self.label_out(F.gelu(self.label_dependent(x) + chosen))
        return scores

    def root_logits(self, pieces: Tensor, marks: Tensor) -> Tensor:
        """PLOVER root of a sentence whose source and target pieces are marked 2 and 3."""
        parts = [pieces[:, 0]]
        for mark in (2, 3):
            weight = (marks == mark).to(pieces.dtype)[..., None]
            parts.append((pieces * weight).sum(1) / weight.sum(1).clamp(min=1))
        logits: Tensor = self.root(torch.cat(parts, -1))
        return logits


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(labels)

    def encode(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Vectors of the pieces and of the words."""
        pieces = self.encoder(batch["pieces"], batch["cases"], batch["mask"])
        places = batch["firsts"][..., None].expand(-1, -1, WIDTH)
        return pieces, torch.gather(pieces, 1, places)
