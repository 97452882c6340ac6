"""Runs the model over a text and decodes its layers into an Analysis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from onrecord.reading.analysis import Analysis, Mention
from onrecord.reading.attributions import RoleTables, attributions
from onrecord.reading.decoding import (
    Floats,
    Ints,
    Range,
    layer_labels,
    softmax,
    spans_of,
    trimmed,
)
from onrecord.reading.flat import flat_attribution
from onrecord.reading.network import Network
from onrecord.reading.paths import Tree
from onrecord.reading.pieces import PARAGRAPH, PLAIN, SOURCE, TARGET, PieceTable
from onrecord.reading.tokens import words_of
from onrecord.reading.trees import tree
from onrecord.reading.windows import WINDOW_PIECES, break_scores, paragraph_starts, windows_of
from onrecord.vocabulary import Kind

STARTING = 0.5
"""What is added to the score of a sentence's first word; chosen on EWT dev (F1 .899 to .903)."""
LONGEST_SENTENCE = 250
"""Words of one sentence; a longer one (a list, a table) is cut so that parsing stays linear."""

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
        trees: bool = True,
    ) -> Analysis:
        """The learned layers of ``text``.

        ``style`` is the guideline that attribution follows (``report`` or ``polnear``). ``tokens``
        gives sentences of word offsets to use instead of our own words. ``trees=False`` leaves
        out what the record does without: whole trees, flat attribution.
        """
        words = [w for sentence in tokens for w in sentence] if tokens else words_of(text)
        made = Analysis(text, words, paragraph_starts(text, words))
        made.labels = dict(self.network.labels)
        if not words:
            return made
        forms = made.forms()
        windows = self.windows(forms, made.paragraphs)
        index = self.network.labels["styles"].index(style)
        outputs = [self._run(forms, made.paragraphs, w, index, trees) for w in windows]
        whole = {
            name: np.concatenate([o[name] for o in outputs])
            for name in outputs[0]
            if name != "arcs"
        }
        made.logits = {name: whole["words"][:, at] for name, at in self.network.slices.items()}
        self._set_sentences(made, tokens)
        self._set_tags(made, whole["tags"])
        made.tree = self._likeliest_tree(windows, whole["tree"])
        if trees:
            self._set_trees(made, windows, [o["arcs"] for o in outputs], whole)
        shape = len(words), len(made.labels["relations"]), -1
        made.left = whole["relation_left"].reshape(shape)
        made.right = whole["relation_right"].reshape(shape)
        made.relation_bias = self.network.tables["relation_bias"]
        made.relation_path = self.network.tables["relation_path"]
        self._set_spans(made)
        tables = RoleTables(
            whole["role_left"], whole["role_right"], self.network.tables["role_bias"]
        )
        made.attributions = attributions(made, tables)
        if trees:
            made.flat_attribution = flat_attribution(made, tables)
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
        self, forms: list[str], paragraphs: list[bool], window: Window, style: int, parser: bool
    ) -> dict[str, Floats]:
        inputs = self.inputs(forms, paragraphs, window)
        return self.network.run(*inputs, style=style, parser=parser)

    def _set_sentences(self, made: Analysis, tokens: list[list[Range]] | None) -> None:
        if tokens:
            made.sentence_starts = [k == 0 for s in tokens for k in range(len(s))]
            return
        scores = made.logits["sentence"]
        starts = (scores[:, 1] + STARTING > scores[:, 0]) | np.array(made.paragraphs)
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

    def _likeliest_tree(self, windows: list[Window], rows: Ints) -> Tree:
        names = self.network.labels["deprel"]
        heads = likeliest_heads(windows, rows[:, 0])
        return Tree(heads.tolist(), [names[k] for k in rows[:, 1].tolist()])

    def _set_trees(
        self,
        made: Analysis,
        windows: list[Window],
        arcs: list[Floats],
        whole: dict[str, Floats],
    ) -> None:
        heads = sentence_trees(windows, made.sentences(), arcs)
        made.heads = heads.tolist()
        tables = self.network.tables
        right = whole["label_right"]
        head_side = np.where((heads < 0)[:, None], tables["label_root"], right[heads])
        paired = _gelu(whole["label_left"] + head_side)
        scores = paired @ tables["label_weight"].T + tables["label_bias"]
        names = self.network.labels["deprel"]
        root = names.index("root")
        scores[:, root] = np.where(heads < 0, np.inf, -np.inf)
        made.deprels = [names[k] for k in scores.argmax(-1).tolist()]

    def _set_spans(self, made: Analysis) -> None:
        tags = layer_labels(made.logits["ner"], made.labels["ner"], "ner")
        made.entities = spans_of(tags, made.labels["ner"])
        tags = layer_labels(made.logits["mention"], made.labels["mention"], "mention")
        sure = softmax(made.logits["mention"]).max(-1)
        made.mentions = [
            Mention(*trimmed(made.forms(), a, b, name=True), cast(Kind, kind), float(sure[a]))
            for a, b, kind in spans_of(tags, made.labels["mention"])
        ]


def likeliest_heads(windows: list[Window], heads: Ints) -> Ints:
    """Heads (-1: a root) as places in the text, of heads as places in their windows."""
    moved = heads.copy()
    for a, b in windows:
        moved[a:b][moved[a:b] >= 0] += a
    return moved


def sentence_trees(windows: list[Window], sentences: list[Range], arcs: list[Floats]) -> Ints:
    """The heads (-1: a root) of the best tree over each sentence, or over what a window has of it.

    ``arcs`` are, window by window, (words, 1 + words): how well the root, or each word, goes as the
    head of each word.
    """
    heads = np.full(windows[-1][1], -1, dtype=np.int64)
    for (a, b), scores in zip(windows, arcs, strict=True):
        for start, end in sentences:
            first, last = max(start, a), min(end, b)
            if first < last:
                rows = scores[first - a : last - a]
                inner = np.concatenate([rows[:, :1], rows[:, 1 + first - a : 1 + last - a]], 1)
                found = tree(inner)
                heads[first:last] = np.where(found < 0, -1, found + first)
    return heads


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
