"""Runs the model over a text and decodes its layers into an Analysis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from onrecord.reading.analysis import Analysis, Attribution, Mention
from onrecord.reading.decoding import (
    LEANINGS,
    Floats,
    Ints,
    Range,
    best_labels,
    bio_transitions,
    bucket,
    log_softmax,
    softmax,
    spans_of,
    tree,
    viterbi,
)
from onrecord.reading.network import Network
from onrecord.reading.pieces import PARAGRAPH, PLAIN, SOURCE, TARGET, PieceTable
from onrecord.reading.tokens import words_of
from onrecord.reading.windows import WINDOW_PIECES, break_scores, paragraph_starts, windows_of
from onrecord.vocabulary import Kind

REACH = 120
"""Words to either side of an anchor in which its source and content are looked for; the heads were
trained on the same reach."""
LONGEST_SENTENCE = 250
"""Words of one sentence; a longer one (a list, a table) is cut so that parsing stays linear."""
_ARCS = 2

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Analyser:
    """The network with the table of word pieces."""

    network: Network
    table: PieceTable

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Analyser:
        """Load the model in ``folder``; raises ModelError."""
        return cls(Network.load(folder, threads=threads), PieceTable.load(folder / "vocab.txt"))

    def analyse(
        self,
        text: str,
        *,
        style: str = "report",
        tokens: list[list[Range]] | None = None,
        syntax: bool = True,
    ) -> Analysis:
        """The learned layers of ``text``.

        ``style`` is the guideline that attribution follows (``report`` or ``polnear``). ``tokens``
        gives sentences of word offsets to use instead of our own words. ``syntax=False`` leaves
        tags and trees out.
        """
        words = [w for sentence in tokens for w in sentence] if tokens else words_of(text)
        made = Analysis(text, words, paragraph_starts(text, words))
        made.labels = dict(self.network.labels)
        if not words:
            return made
        forms = made.forms()
        windows = self.windows(forms, made.paragraphs)
        index = self.network.labels["styles"].index(style)
        outputs = [self._run(forms, made.paragraphs, w, index) for w in windows]
        whole = [
            np.concatenate([o[k] for o in outputs]) for k in range(len(outputs[0])) if k != _ARCS
        ]
        tags, logits, label_left, label_right, role_left, role_right, left, right = whole
        made.logits = {name: logits[:, where] for name, where in self.network.slices.items()}
        self._set_sentences(made, tokens)
        if syntax:
            self._set_tags(made, tags)
            arcs = [output[_ARCS] for output in outputs]
            self._set_trees(made, windows, arcs, label_left, label_right)
        made.left = left.reshape(len(words), len(made.labels["relations"]), -1)
        made.right = right.reshape(len(words), len(made.labels["relations"]), -1)
        made.relation_bias = self.network.tables["relation_bias"]
        self._set_spans(made)
        self._set_attributions(made, role_left, role_right)
        return made

    def windows(self, forms: list[str], paragraphs: list[bool]) -> list[Window]:
        """The windows that a text's words are read in."""
        return windows_of(
            self.table.lengths(forms), break_scores(forms, paragraphs), most=WINDOW_PIECES
        )

    def inputs(
        self, forms: list[str], paragraphs: list[bool], window: Window
    ) -> tuple[list[int], list[int], list[int]]:
        """Pieces, cases and first pieces of one window."""
        a, b = window
        marks = [PARAGRAPH if first else PLAIN for first in paragraphs[a:b]]
        return self.table.window(forms[a:b], marks)

    def window_inputs(self, text: str) -> list[tuple[list[int], list[int], list[int]]]:
        """What the network is fed for a text, window by window."""
        words = words_of(text)
        forms, paragraphs = [text[a:b] for a, b in words], paragraph_starts(text, words)
        return [self.inputs(forms, paragraphs, w) for w in self.windows(forms, paragraphs)]

    def plover(self, sentence: str, source: Range, target: Range) -> str:
        """The PLOVER root of what ``source`` does to ``target`` (character spans) in a sentence."""
        words = words_of(sentence)[: WINDOW_PIECES // 2]
        marks = [PLAIN] * len(words)
        for mark, (start, end) in ((SOURCE, source), (TARGET, target)):
            for k, (a, b) in enumerate(words):
                if a < end and b > start:
                    marks[k] = mark
        if marks[0] == PLAIN:
            marks[0] = PARAGRAPH
        pieces, cases, firsts = self.table.window([sentence[a:b] for a, b in words], marks)
        logits = self.network.root_logits(pieces, cases, firsts)
        return self.network.labels["event"][int(logits.argmax())]

    def _run(
        self, forms: list[str], paragraphs: list[bool], window: Window, style: int
    ) -> list[Floats]:
        return self.network.run(*self.inputs(forms, paragraphs, window), style=style)

    def _set_sentences(self, made: Analysis, tokens: list[list[Range]] | None) -> None:
        if tokens:
            made.sentence_starts = [k == 0 for s in tokens for k in range(len(s))]
            return
        scores = made.logits["sentence"]
        starts = (scores[:, 1] > scores[:, 0]) | np.array(made.paragraphs)
        run = 0
        for k in range(len(starts)):
            run = 0 if starts[k] else run + 1
            if run == LONGEST_SENTENCE:
                starts[k], run = True, 0
        made.sentence_starts = starts.tolist()

    def _set_tags(self, made: Analysis, tags: Ints) -> None:
        for k, name in enumerate(("upos", "xpos", "feats")):
            labels = made.labels[name]
            setattr(made, name, [labels[i] for i in tags[:, k].tolist()])

    def _set_trees(
        self, made: Analysis, windows: list[Window], arcs: list[Floats], left: Floats, right: Floats
    ) -> None:
        heads = np.full(len(made.words), -1, dtype=np.int64)
        for (a, b), scores in zip(windows, arcs, strict=True):
            for start, end in made.sentences():
                first, last = max(start, a), min(end, b)
                if first < last:
                    inner = np.concatenate(
                        [scores[first - a : last - a, :1],
                         scores[first - a : last - a, 1 + first - a : 1 + last - a]], 1
                    )  # fmt: skip
                    found = tree(inner)
                    heads[first:last] = np.where(found < 0, -1, found + first)
        made.heads = heads.tolist()
        tables = self.network.tables
        head_side = np.where((heads < 0)[:, None], tables["label_root"], right[heads])
        paired = _gelu(left + head_side)
        labels = (paired @ tables["label_weight"].T + tables["label_bias"]).argmax(-1)
        names = made.labels["deprel"]
        made.deprels = [names[k] for k in labels.tolist()]

    def _set_spans(self, made: Analysis) -> None:
        for head in ("ner", "flat"):
            tags = best_labels(made.logits[head], made.labels[head])
            found = spans_of(tags, made.labels[head])
            setattr(made, "entities" if head == "ner" else "flat_attribution", found)
        tags = best_labels(made.logits["mention"], made.labels["mention"], lean=LEANINGS["mention"])
        sure = softmax(made.logits["mention"]).max(-1)
        made.mentions = [
            Mention(a, b, cast(Kind, kind), float(sure[a]))
            for a, b, kind in spans_of(tags, made.labels["mention"])
        ]

    def _set_attributions(self, made: Analysis, left: Floats, right: Floats) -> None:
        anchors = _anchors(made)
        if not anchors:
            return
        roles = self.network.labels["roles"]
        left = left.reshape(len(left), len(roles), -1)
        right = right.reshape(len(right), len(roles), -1)
        labels = ["O", *roles]
        paths = viterbi(
            log_softmax(self._role_scores(anchors, left, right)), bio_transitions(labels)
        )
        for (cue, sure), path in zip(anchors, paths, strict=True):
            first = cue[0] - REACH
            found = [(s + first, e + first, kind) for s, e, kind in spans_of(path, labels)]
            made.attributions.append(
                Attribution(
                    cue[0],
                    [cue] if cue[1] > cue[0] else [],
                    [(s, e) for s, e, kind in found if kind == "source"],
                    [(s, e) for s, e, kind in found if kind == "content"],
                    sure,
                )
            )

    def _role_scores(
        self, anchors: list[tuple[Range, float]], left: Floats, right: Floats
    ) -> Floats:
        """(anchors, 2 * REACH + 1, 1 + roles): each word near an anchor as outside or in a role;
        places before and behind the text are outside."""
        bias = self.network.tables["role_bias"].T[bucket(np.arange(-REACH, REACH + 1))]
        out = np.zeros((len(anchors), 2 * REACH + 1, 1 + left.shape[1]), dtype=np.float32)
        out[:, :, 1:] = -1e4
        for k, (cue, _) in enumerate(anchors):
            at = cue[0]
            a, b = max(0, at - REACH), min(len(right), at + REACH + 1)
            inside = slice(a - at + REACH, b - at + REACH)
            products = np.einsum("rd,trd->tr", left[at], right[a:b])
            out[k, inside, 1:] = products / left.shape[-1] ** 0.5 + bias[inside]
        return out


def _anchors(made: Analysis) -> list[tuple[Range, float]]:
    """Cues as word ranges, with their probability; an empty range where a content has no cue."""
    labels = made.labels["anchor"]
    tags = best_labels(made.logits["anchor"], labels, lean=LEANINGS["anchor"])
    sure = softmax(made.logits["anchor"])
    null = labels.index("null")
    out = [((k, k), float(sure[k, null])) for k in np.flatnonzero(tags == null).tolist()]
    cues = np.where(tags == null, 0, tags)
    out += [((a, b), float(sure[a, tags[a]])) for a, b, _ in spans_of(cues, labels)]
    return sorted(out)


def _gelu(x: Floats) -> Floats:
    """The exact GELU, through a rational approximation of erf (Abramowitz and Stegun 7.1.26)."""
    z = np.abs(x) / np.float32(2**0.5)
    t = 1.0 / (1.0 + 0.3275911 * z)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.sign(x) * (1.0 - series * np.exp(-z * z))
    out: Floats = (0.5 * x * (1.0 + erf)).astype(np.float32)
    return out
