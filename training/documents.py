"""Documents with labels on their words, and the windows a batch is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from onrecord.reading.windows import break_scores, windows_of

NO_LABEL = -100


@dataclass(slots=True)
class Anchored:
    """A statement as it is learned: its anchor (first word of the cue, or of a content that has no
    cue) and the words of its source and content."""

    anchor: int
    source: list[tuple[int, int]]
    content: list[tuple[int, int]]
    act: int = NO_LABEL
    authority: int = NO_LABEL


@dataclass(slots=True)
class Relation:
    """Word ``word`` stands in ``kind`` to some ``actors``, each told by the first words of its
    mentions, the nearest first; to nobody where there are none."""

    kind: int
    word: int
    actors: list[list[int]]


@dataclass(slots=True)
class Document:
    """Words of one text with whatever labels its corpus gives (each array as long as the words).

    ``heads`` are to be learned; ``tree`` (heads and relations, as label indices) is given, for what
    is learned over it.
    """

    forms: list[str]
    paragraphs: list[bool]
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    heads: np.ndarray | None = None
    tree: tuple[np.ndarray, np.ndarray] | None = None
    style: int = 0
    anchored: list[Anchored] | None = None
    relations: list[Relation] | None = None
    mentions: list[int] = field(default_factory=list)
    marks: list[int] | None = None
    root: int = NO_LABEL


def windows(document: Document, lengths: list[int], first: int, most: int) -> list[Document]:
    """The document cut into windows of at most ``most`` pieces, labels and all."""
    scores = break_scores(document.forms, document.paragraphs)
    if "sentence" in document.labels:
        known = document.labels["sentence"] == 1
        scores = [max(s, int(k)) for s, k in zip(scores, known, strict=True)]
    return [
        slice_of(document, a, b) for a, b in windows_of(lengths, scores, most=most, first=first)
    ]


def slice_of(document: Document, start: int, end: int) -> Document:
    """Words ``start:end`` as a document of their own; what reaches outside is cut off, and a word
    that stands in relation to an actor who is named outside alone teaches no relation."""
    made = Document(document.forms[start:end], document.paragraphs[start:end], style=document.style)
    made.labels = {name: values[start:end] for name, values in document.labels.items()}
    if document.heads is not None:
        heads = document.heads[start:end]
        inside = (heads >= start) & (heads < end)
        made.heads = np.where(inside, heads - start, np.where(heads == -1, -1, NO_LABEL))
    if document.tree is not None:
        heads, relations = (part[start:end] for part in document.tree)
        inside = (heads >= start) & (heads < end)
        made.tree = np.where(inside, heads - start, -1), relations
    if document.anchored is not None:
        made.anchored = [
            Anchored(s.anchor - start, _cut(s.source, start, end), _cut(s.content, start, end),
                     s.act, s.authority)
            for s in document.anchored if start <= s.anchor < end
        ]  # fmt: skip
    if document.relations is not None:
        made.relations = [
            cut
            for r in document.relations if start <= r.word < end
            for cut in _relation_inside(r, start, end)
        ]  # fmt: skip
    made.mentions = _inside(document.mentions, start, end)
    if document.marks is not None:
        made.marks = document.marks[start:end]
    made.root = document.root
    return made


def _cut(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]


def _relation_inside(relation: Relation, start: int, end: int) -> list[Relation]:
    cut = [_inside(actor, start, end) for actor in relation.actors]
    cut = [actor for actor in cut if actor]
    if relation.actors and not cut:
        return []
    return [Relation(relation.kind, relation.word - start, cut)]


def _inside(words: list[int], start: int, end: int) -> list[int]:
    return [w - start for w in words if start <= w < end]
