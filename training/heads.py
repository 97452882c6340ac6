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

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.paths import PATHS, Tree
from training.documents import NO_LABEL, Document
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
SMOOTHING = dict.fromkeys(("flat", "anchor"), 0.05) | dict.fromkeys(
    ("act", "authority", "event", "status", "topic", "stance", "counted"), 0.1
)
"""Label smoothing: the attributes of a word are learned by heart otherwise (LOG.md)."""
DROPOUT = {"events": 0.3, "positions": 0.3}
PAIRED = frozenset((RELATIONS.index("speaker"), RELATIONS.index("same")))
"""Relations decided mention by mention; of the others, one choice is made among all mentions."""
SAME = RELATIONS.index("same")


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
            out[name] = _cross_entropy(logits, batch[name], SMOOTHING.get(name, 0.0))
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
    relations = heads.label_scores(x, gold.clamp(min=-1) + 1).float()
    known = torch.where(gold == NO_LABEL, gold, batch["deprel"])
    return {"arc": arc, "deprel": _cross_entropy(relations, known, 0.0)}


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
    """Every relation weighs the same, however often it stands."""
    left = heads.relation_left(x).view(*x.shape[:2], len(RELATIONS), LINK)
    right = heads.relation_right(x).view(*x.shape[:2], len(RELATIONS), LINK)
    projected = Projected(left, right, heads.relation_bias, heads.relation_path)
    names = heads.labels["deprel"]
    return _pair_loss(projected, documents) + _choice_loss(projected, documents, names)


@dataclass(frozen=True, slots=True)
class Projected:
    """Both sides of the relations, (batch, words, relations, width), and what the distance and the
    path between two words add."""

    left: Tensor
    right: Tensor
    bias: Tensor
    path: Tensor

    def scores(self, batch: Tensor, word: Tensor, kind: Tensor, others: Tensor) -> Tensor:
        """(rows, others): how well each row's word goes with each of the row's other words."""
        one = self.left[batch, word, kind]
        many = self.right[batch[:, None], others, kind[:, None]]
        found: Tensor = torch.einsum("rd,rmd->rm", one, many).float() / LINK**0.5
        return found + self.bias[kind[:, None], bucket(others - word[:, None])]


def _pair_loss(projected: Projected, documents: list[Document]) -> Tensor:
    """Yes or no for each mention of the window; of a speaker's mentions the nearest counts and the
    others teach nothing, of the same actor's all that stand before."""
    rows: list[tuple[int, int, int, int, float]] = []
    for b, d in enumerate(documents):
        for r in d.relations or ():
            if r.kind not in PAIRED:
                continue
            right = {group[0] for group in r.actors}
            ignored = {m for group in r.actors for m in group[1:]}
            for m in d.mentions:
                if m not in ignored and not (r.kind == SAME and m >= r.word):
                    rows.append((b, r.word, r.kind, m, float(m in right)))
    if not rows:
        return projected.left.sum() * 0.0
    batch, word, kind, other, gold = (torch.tensor(c) for c in zip(*rows, strict=True))
    scores = projected.scores(batch, word, kind, other[:, None])[:, 0]
    each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none")
    return _mean_by_kind(each, kind)


def _choice_loss(projected: Projected, documents: list[Document], names: list[str]) -> Tensor:
    """A choice among the mentions of the window and nobody (score 0): the likelihood of an actor is
    that of all its mentions."""
    rows = [
        (b, r)
        for b, d in enumerate(documents) for r in d.relations or ()
        if r.kind not in PAIRED and d.mentions
    ]  # fmt: skip
    if not rows:
        return projected.left.sum() * 0.0
    most = max(len(documents[b].mentions) for b, _ in rows)
    others = torch.zeros(len(rows), most, dtype=torch.long)
    paths = torch.zeros(len(rows), most, dtype=torch.long)
    trees = [_tree(d, names) for d in documents]
    real = torch.zeros(len(rows), most, dtype=torch.bool)
    pairs: list[int] = []
    masks: list[Tensor] = []
    weights: list[float] = []
    for n, (b, r) in enumerate(rows):
        mentions = torch.tensor(documents[b].mentions)
        others[n, : len(mentions)], real[n, : len(mentions)] = mentions, True
        if tree := trees[b]:
            found = [tree.path(r.word, m) for m in documents[b].mentions]
            paths[n, : len(mentions)] = torch.tensor(found)
        for group in r.actors:
            mask = torch.zeros(most, dtype=torch.bool)
            mask[: len(mentions)] = torch.isin(mentions, torch.tensor(group))
            pairs.append(n)
            masks.append(mask)
            weights.append(1.0 / len(r.actors))
    batch = torch.tensor([b for b, _ in rows])
    word = torch.tensor([r.word for _, r in rows])
    kind = torch.tensor([r.kind for _, r in rows])
    scores = projected.scores(batch, word, kind, others) + projected.path[kind[:, None], paths]
    scores = scores.masked_fill(~real, -1e4)
    whole = torch.logsumexp(torch.cat([torch.zeros_like(scores[:, :1]), scores], 1), 1)
    nobody = torch.tensor([float(not r.actors) for _, r in rows])
    each = whole * nobody
    if pairs:
        which = torch.tensor(pairs)
        chosen = torch.logsumexp(scores[which].masked_fill(~torch.stack(masks), -1e4), 1)
        each = each.index_add(0, which, (whole[which] - chosen) * torch.tensor(weights))
    return _mean_by_kind(each, kind)


def _tree(document: Document, names: list[str]) -> Tree | None:
    if document.tree is None:
        return None
    heads, relations = document.tree
    return Tree(heads.tolist(), [names[k] for k in relations.tolist()])


def _mean_by_kind(each: Tensor, kind: Tensor) -> Tensor:
    sums = torch.zeros(len(RELATIONS)).index_add(0, kind, each)
    counts = torch.zeros(len(RELATIONS)).index_add(0, kind, torch.ones_like(each))
    return (sums / counts.clamp(min=1)).sum()
