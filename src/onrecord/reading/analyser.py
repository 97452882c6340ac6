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
    tree,
    trimmed,
)
from onrecord.reading.flat import flat_attribution
from onrecord.reading.network import Network
from onrecord.reading.pieces import PARAGRAPH, PLAIN, SOURCE, TARGET, PieceTable
from onrecord.reading.tokens import words_of
from onrecord.reading.windows import WINDOW_PIECES, break_scores, paragraph_starts, windows_of
from onrecord.vocabulary import Kind

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
        trees: bool = True,
    ) -> Analysis:
        """The learned layers of ``text``.

        ``style`` is the guideline that attribution follows (``report`` or ``polnear``). ``tokens``
        gives sentences of word offsets to use instead of our own words. ``trees=False`` leaves
        out what the record does without: heads, relations, flat attribution.
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
        self._set_tags(made, tags)
        if trees:
            arcs = [output[_ARCS] for output in outputs]
            self._set_trees(made, windows, arcs, label_left, label_right)
        made.left = left.reshape(len(words), len(made.labels["relations"]), -1)
        made.right = right.reshape(len(words), len(made.labels["relations"]), -1)
        made.relation_bias = self.network.tables["relation_bias"]
        self._set_spans(made)
        tables = RoleTables(role_left, role_right, self.network.tables["role_bias"])
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
        scores = paired @ tables["label_weight"].T + tables["label_bias"]
        names = made.labels["deprel"]
        root = names.index("root")
        scores[:, root] = np.where(heads < 0, np.inf, -np.inf)
        labels = scores.argmax(-1)
        made.deprels = [names[k] for k in labels.tolist()]

    def _set_spans(self, made: Analysis) -> None:
        tags = layer_labels(made.logits["ner"], made.labels["ner"], "ner")
        made.entities = spans_of(tags, made.labels["ner"])
        tags = layer_labels(made.logits["mention"], made.labels["mention"], "mention")
        sure = softmax(made.logits["mention"]).max(-1)
        made.mentions = [
            Mention(*trimmed(made.forms(), a, b, name=True), cast(Kind, kind), float(sure[a]))
            for a, b, kind in spans_of(tags, made.labels["mention"])
        ]


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
