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

from training.documents import NO_LABEL, Document
from training.encoder import WIDTH, Encoder
from training.labels import RELATIONS, ROLES, STYLES

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
ARC, LABEL, LINK = 192, 128, 48
BUCKETS = 17
SMOOTHING = 0.05


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
        self.hidden = nn.ModuleDict({g: nn.Linear(WIDTH, width) for g, width in HIDDEN.items()})
        self.style = nn.Embedding(len(STYLES), WIDTH)
        nn.init.normal_(self.style.weight, std=0.1)
        self.words = nn.ModuleDict(
            {
                name: nn.Linear(HIDDEN[group], len(labels[name]))
                for group, names in GROUPS.items()
                for name in names
            }
        )
        self.arc_dependent = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.root_vector = nn.Parameter(torch.zeros(ARC))
        self.label_dependent = nn.Linear(WIDTH, LABEL)
        self.label_head = nn.Linear(WIDTH, LABEL, bias=False)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label_out = nn.Linear(LABEL, len(labels["deprel"]))
        self.role_left = nn.Linear(WIDTH, len(ROLES) * LINK)
        self.role_right = nn.Linear(WIDTH, len(ROLES) * LINK)
        self.role_bias = nn.Parameter(torch.zeros(len(ROLES), BUCKETS))
        self.relation_left = nn.Linear(WIDTH, len(RELATIONS) * LINK)
        self.relation_right = nn.Linear(WIDTH, len(RELATIONS) * LINK)
        self.relation_bias = nn.Parameter(torch.full((len(RELATIONS), BUCKETS), -2.0))
        self.root = nn.Sequential(
            nn.Linear(3 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.2),
            nn.Linear(WIDTH, len(labels["event"])),
        )  # fmt: skip
        self.drop = nn.Dropout(0.15)

    def group(self, name: str, x: Tensor, style: Tensor) -> Tensor:
        """A group's hidden layer over the words: (batch, words, hidden)."""
        if name == "attribution":
            x = x + self.style(style)[:, None]
        out: Tensor = self.drop(F.gelu(self.hidden[name](x)))
        return out

    def arcs(self, x: Tensor) -> Tensor:
        """(batch, words, 1 + words): how well each word's head is the root, or each word."""
        dependent = F.gelu(self.arc_dependent(x))
        head = F.gelu(self.arc_head(x))
        root = self.root_vector.expand(x.shape[0], 1, ARC)
        heads = torch.cat([root, head], 1)
        ones = torch.ones_like(dependent[..., :1])
        return torch.cat([dependent, ones], -1) @ self.arc @ heads.transpose(1, 2)

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


def losses(model: Reader, batch: dict[str, Tensor], documents: list[Document]) -> dict[str, Tensor]:
    """The loss of every head that the batch has labels for."""
    pieces, x = model.encode(batch)
    heads, out = model.heads, {}
    hidden: dict[str, Tensor] = {}
    for group, names in GROUPS.items():
        present = [n for n in names if n in batch]
        if present:
            hidden[group] = heads.group(group, x, batch["style"])
        for name in present:
            logits = heads.words[name](hidden[group]).float()
            out[name] = _cross_entropy(logits, batch[name], SMOOTHING if name in FLAT_LIKE else 0.0)
    if "heads" in batch:
        out.update(_parse_losses(heads, x, batch))
    if documents[0].anchored is not None:
        out["roles"] = _role_loss(heads, hidden["attribution"], documents)
    if documents[0].relations is not None:
        out["relations"] = _relation_loss(
            heads, heads.group("relations", x, batch["style"]), documents
        )
    if documents[0].root != NO_LABEL:
        logits = heads.root_logits(pieces, batch["cases"] // 5).float()
        gold = torch.tensor([d.root for d in documents])
        out["root"] = F.cross_entropy(logits, gold, label_smoothing=0.1)
    return out


FLAT_LIKE = ("flat", "anchor")


def _cross_entropy(logits: Tensor, gold: Tensor, smoothing: float) -> Tensor:
    if not (gold != NO_LABEL).any():
        return logits.sum() * 0.0
    return F.cross_entropy(
        logits.flatten(0, 1), gold.flatten(), ignore_index=NO_LABEL, label_smoothing=smoothing
    )


def _parse_losses(heads: Heads, x: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    gold = batch["heads"]
    x = heads.drop(x)
    scores = heads.arcs(x).float()
    real = batch["words"][:, None, :]
    scores[..., 1:] = scores[..., 1:].masked_fill(~real, -1e4)
    target = torch.where(gold == NO_LABEL, gold, gold + 1)
    arc = _cross_entropy(scores, target, 0.0)
    head = heads.label_head(x)
    head = torch.cat([heads.label_root.to(head.dtype).expand(len(x), 1, LABEL), head], 1)
    index = (gold.clamp(min=-1) + 1)[..., None].expand(-1, -1, LABEL)
    paired = F.gelu(heads.label_dependent(x) + torch.gather(head, 1, index))
    known = torch.where(gold == NO_LABEL, gold, batch["deprel"])
    return {"arc": arc, "deprel": _cross_entropy(heads.label_out(paired).float(), known, 0.0)}


def _role_loss(heads: Heads, x: Tensor, documents: list[Document]) -> Tensor:
    """Softmax over outside and the four roles, for every word seen from every anchor."""
    rows = [(b, s) for b, d in enumerate(documents) for s in d.anchored or ()]
    if not rows:
        return x.sum() * 0.0
    lengths = torch.tensor([len(d.forms) for d in documents])
    which = torch.tensor([b for b, _ in rows])
    anchors = torch.tensor([s.anchor for _, s in rows])
    left = heads.role_left(x)[which, anchors].view(len(rows), len(ROLES), LINK)
    right = heads.role_right(x)[which].view(len(rows), -1, len(ROLES), LINK)
    scores = torch.einsum("nrd,ntrd->ntr", left, right).float() / LINK**0.5
    words = torch.arange(x.shape[1])
    distance = bucket(words[None] - anchors[:, None])
    scores = scores + heads.role_bias.t()[distance]
    scores = torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)
    gold = torch.zeros(scores.shape[:2], dtype=torch.long)
    for n, (_, s) in enumerate(rows):
        for begin, spans in ((1, s.source), (3, s.content)):
            for a, b in spans:
                gold[n, a:b] = begin + 1
                gold[n, a] = begin
    gold[words[None] >= lengths[which][:, None]] = NO_LABEL
    near = (words[None] - anchors[:, None]).abs() <= 120
    gold[~near & (gold == 0)] = NO_LABEL
    return _cross_entropy(scores, gold, 0.02) * 2.0


def _relation_loss(heads: Heads, x: Tensor, documents: list[Document]) -> Tensor:
    """Yes or no for each mention of the window, seen from each word that relates to mentions; every
    relation weighs the same, however many pairs it has."""
    rows, columns, kinds, gold = [], [], [], []
    same = RELATIONS.index("same")
    width = x.shape[1]
    for b, d in enumerate(documents):
        for r in d.relations or ():
            ignored, right = set(r.ignored), set(r.right)
            for m in d.mentions:
                if m in ignored or (r.kind == same and m >= r.word):
                    continue
                rows.append(b * width + r.word)
                columns.append(b * width + m)
                kinds.append(r.kind)
                gold.append(float(m in right))
    if not rows:
        return x.sum() * 0.0
    row, column, kind = torch.tensor(rows), torch.tensor(columns), torch.tensor(kinds)
    left = heads.relation_left(x).view(-1, len(RELATIONS), LINK)[row, kind]
    right_ = heads.relation_right(x).view(-1, len(RELATIONS), LINK)[column, kind]
    scores = (left * right_).sum(-1).float() / LINK**0.5
    scores = scores + heads.relation_bias[kind, bucket(column - row)]
    each = F.binary_cross_entropy_with_logits(scores, torch.tensor(gold), reduction="none")
    sums = torch.zeros(len(RELATIONS)).index_add(0, kind, each)
    counts = torch.zeros(len(RELATIONS)).index_add(0, kind, torch.ones_like(each))
    return (sums / counts.clamp(min=1)).sum()
