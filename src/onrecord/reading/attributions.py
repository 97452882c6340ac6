"""Attribution: from the model's anchors and links to cues with their sources and contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from onrecord.reading.analysis import Analysis, Attribution
from onrecord.reading.decoding import (
    Floats,
    Range,
    bio_transitions,
    bucket,
    layer_labels,
    log_softmax,
    softmax,
    spans_of,
    viterbi,
)

REACH = 120
"""Words to either side of an anchor in which its source and content are looked for; the heads were
trained on the same reach."""
STAYING = 0.6
"""Added to the scores of a content's further words (see ``decoding.STAYINGS``); chosen on dev,
where the F1 of statements rises from .834 to .836 and that of denials from .55 to .60."""
OUTSIDE = 0.3
"""Probability of "outside" below which a word is a cue's, whatever the best labels say ("was
disclosed by", of which either word may begin it)."""
BORROWED = 0.6
"""Share of a piece of content that another statement must cover to own it."""


_DATELINE = re.compile(
    r"[A-Z][A-Z.,'’/ -]{1,40}(?:[A-Z][a-z]+\.? \d{1,2} ?)?(?:\([^)\n]{1,40}\) ?)?"
    r"(?:[–—]|--?) (?=\S)"
)
_OPENING = frozenset(("what", "whatever", "how", "why", "whether", "who"))
_POINTERS = frozenset({"this", "that", "these", "it"})


@dataclass(frozen=True, slots=True)
class RoleTables:
    """The two projections that link words to anchors, (words, roles * width) each, and the bias
    (roles, buckets) for their distance."""

    left: Floats
    right: Floats
    bias: Floats


def attributions(analysis: Analysis, tables: RoleTables) -> list[Attribution]:
    """The attributions of a text in the order of their anchors."""
    anchors = anchors_of(analysis)
    if not anchors:
        return []
    labels = ["O", *analysis.labels["roles"]]
    scores = _role_scores(anchors, tables)
    scores[:, :, labels.index("I-content")] += STAYING
    paths = viterbi(log_softmax(scores), bio_transitions(labels))
    found = []
    for (cue, sure), path in zip(anchors, paths, strict=True):
        first = cue[0] - REACH
        spans = [(s + first, e + first, kind) for s, e, kind in spans_of(path, labels)]
        found.append(
            Attribution(
                cue[0],
                [cue] if cue[1] > cue[0] else [],
                [(s, e) for s, e, kind in spans if kind == "source"],
                [(s, e) for s, e, kind in spans if kind == "content"],
                sure,
            )
        )
    cleaned = [_near(analysis, _without_borrowed(one, found)) for one in found]
    return [completed(analysis, pointing_back(analysis, one)) for one in cleaned]


def anchors_of(analysis: Analysis) -> list[tuple[Range, float]]:
    """Cues as word ranges, with their probability; an empty range where a content has no cue. A
    word that is hardly outside is a cue though the labels of a cue share it among themselves."""
    labels = analysis.labels["anchor"]
    tags = layer_labels(analysis.logits["anchor"], labels, "anchor")
    sure = softmax(analysis.logits["anchor"])
    null = labels.index("null")
    out = [((k, k), float(sure[k, null])) for k in np.flatnonzero(tags == null).tolist()]
    cues = np.where(tags == null, 0, tags)
    alone = (cues == 0) & (tags != null) & (sure[:, 0] < OUTSIDE)
    beside = np.concatenate([[0], cues[:-1]]) + np.concatenate([cues[1:], [0]])
    cues[alone & (beside == 0)] = labels.index("B-cue")
    out += [((a, b), float(sure[a, cues[a]])) for a, b, _ in spans_of(cues, labels)]
    return sorted(out)


def role_window(anchor: int, tables: RoleTables) -> tuple[Range, Floats]:
    """The words in reach of an anchor, and their scores (words, roles) for each role in its
    statement; outside scores 0."""
    roles, count = len(tables.bias), len(tables.left)
    a, b = max(0, anchor - REACH), min(count, anchor + REACH + 1)
    left = tables.left[anchor].reshape(roles, -1)
    right = tables.right[a:b].reshape(b - a, roles, -1)
    products = np.einsum("rd,trd->tr", left, right) / left.shape[-1] ** 0.5
    return (a, b), products + tables.bias.T[bucket(np.arange(a, b) - anchor)]


def _role_scores(anchors: list[tuple[Range, float]], tables: RoleTables) -> Floats:
    """(anchors, 2 * REACH + 1, 1 + roles): each word near an anchor as outside or in a role;
    places before and behind the text are outside."""
    out = np.zeros((len(anchors), 2 * REACH + 1, 1 + len(tables.bias)), dtype=np.float32)
    out[:, :, 1:] = -1e4
    for k, (cue, _) in enumerate(anchors):
        (a, b), scores = role_window(cue[0], tables)
        first = cue[0] - REACH
        out[k, a - first : b - first, 1:] = scores
    return out


def _without_borrowed(one: Attribution, all_: list[Attribution]) -> Attribution:
    """The attribution without the pieces of content that are a nearer statement's.

    Of several pieces, one goes that another attribution's content covers for the most part, whose
    anchor is nearer to it, and which does not hold this one's anchor (then it is nested).
    """
    if len(one.content) < 2:
        return one
    kept = [piece for piece in one.content if not any(_owns(o, piece, one) for o in all_)]
    return replace(one, content=kept or one.content)


def _owns(other: Attribution, piece: Range, one: Attribution) -> bool:
    if other is one or _gap(other.anchor, piece) >= _gap(one.anchor, piece):
        return False
    if any(a <= one.anchor < b for a, b in other.content):
        return False
    covered = sum(max(0, min(b, piece[1]) - max(a, piece[0])) for a, b in other.content)
    return covered >= BORROWED * (piece[1] - piece[0])


def pointing_back(analysis: Analysis, one: Attribution) -> Attribution:
    """ "This was revealed by ...": the content is the sentence before, in the same paragraph."""
    index = analysis.sentence_of(one.anchor)
    start, _ = analysis.sentences()[index]
    told = one.content and one.content != [(start, start + 1)]
    if told or not one.source or not one.cue:
        return one
    points = analysis.forms()[start].lower() in _POINTERS and one.anchor - start <= 4
    if not points or index == 0 or analysis.paragraphs[start]:
        return one
    return replace(one, content=[_without_dateline(analysis, *analysis.sentences()[index - 1])])


def completed(analysis: Analysis, one: Attribution) -> Attribution:
    """The attribution with a content that is a question word alone ("denied what") continued to the
    end of its clause, as the tree has it."""
    tree, forms = analysis.tree, analysis.forms()
    content = []
    for a, b in one.content:
        if tree is not None and b == a + 1 and forms[a].lower() in _OPENING:
            _, end = analysis.sentences()[analysis.sentence_of(a)]
            b = tree.phrase_end(a, end)
        content.append((a, b))
    return replace(one, content=content)


def _without_dateline(analysis: Analysis, start: int, end: int) -> Range:
    """A sentence without the "CAIRO (Reuters) -" that it may begin with."""
    found = _DATELINE.match(analysis.text, *analysis.chars(start, end))
    if found is None or not analysis.paragraphs[start]:
        return start, end
    skipped = sum(a < found.end() for a, _ in analysis.words[start:end])
    return (start + skipped, end) if start + skipped < end else (start, end)


def _gap(word: int, piece: Range) -> int:
    """Words between a word and a piece; 0 inside it."""
    return max(piece[0] - word, word - piece[1] + 1, 0)


def _near(analysis: Analysis, one: Attribution) -> Attribution:
    """The attribution without pieces of content in a sentence where neither its anchor nor its
    longest piece stands."""
    if len(one.content) < 2:
        return one
    a, b = max(one.content, key=lambda r: r[1] - r[0])
    at = analysis.sentence_of(one.anchor)
    kept = {at, *range(analysis.sentence_of(a), analysis.sentence_of(b - 1) + 1)}
    inside = [
        (c, d)
        for c, d in one.content
        if {analysis.sentence_of(c), analysis.sentence_of(d - 1)} & kept
    ]
    return replace(one, content=inside)
