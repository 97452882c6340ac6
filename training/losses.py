"""The losses of all heads that a batch has labels for."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.paths import Tree
from training.documents import NO_LABEL, Document
from training.heads import GROUPS, LINK, Heads, Reader, bucket
from training.labels import RELATIONS, ROLES

SMOOTHING = dict.fromkeys(("flat", "anchor"), 0.05) | dict.fromkeys(
    ("act", "authority", "event", "status", "topic", "stance", "counted"), 0.1
)
"""Label smoothing: the attributes of a word are learned by heart otherwise (LOG.md)."""
PAIRED = frozenset((RELATIONS.index("speaker"), RELATIONS.index("same")))
"""Relations decided mention by mention; of the others, one choice is made among all mentions."""
SAME = RELATIONS.index("same")


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
