"""Suite `plv`: the PLOVER root of a sentence with marked source and target (Zero-Shot-PLOVER)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import EvaluationError
from onrecord.evaluation.corpora import lines
from onrecord.evaluation.matching import spread
from onrecord.evaluation.protocols import ReaderLike, Span
from onrecord.evaluation.result import Measure, Result
from onrecord.evaluation.tally import Tally

COLUMNS = ("marked_sentence", "gold_root")
_MARK = re.compile(r"<(/?)([st])>")

#: PLV keeps PLOVER 1's YIELD, which PLOVER 2 parts into what is promised and what is done.
ROOTS_OF_PLV = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence, where its first mention of source and of target stands, and its root.

    A span is empty, `(0, 0)`, where the sentence has no such mention.
    """

    text: str
    source: Span
    target: Span
    root: str


def unmark(marked: str) -> tuple[str, Span, Span]:
    """The sentence without `<s>`, `<t>` and their ends, and the first span of each mark."""
    text, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if not mark[1]:
            opened[mark[2]] = len(text)
        else:
            spans.setdefault(mark[2], _stripped(text, opened.get(mark[2], 0)))
    return text + marked[at:], spans.get("s", (0, 0)), spans.get("t", (0, 0))


def _stripped(text: str, start: int) -> Span:
    """The span from `start` to the text's end without the spaces at its borders."""
    inside = text[start:]
    return start + len(inside) - len(inside.lstrip()), len(text.rstrip())


def read_file(path: Path) -> list[MarkedSentence]:
    """The rows of a TSV with the columns `marked_sentence` and `gold_root`, among others.

    Raises:
        EvaluationError: the file is missing or lacks one of the columns.
    """
    rows = csv.DictReader(lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise EvaluationError(f"{path}: lacks the column {missing[0]}; has {rows.fieldnames}")
    return [MarkedSentence(*unmark(row[COLUMNS[0]]), row[COLUMNS[1]]) for row in rows]


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader's PLOVER roots: macro F1 over the roots that the gold or
    the reader has, accuracy, and each root.

    The figure is of the reader's weights on this file: on a file they were trained on it says
    nothing about new sentences.

    Raises:
        EvaluationError: the file is missing or in another form.
    """
    sentences = spread(read_file(data), limit)
    roots_found = (reader.plover(s.text, s.source, s.target) for s in sentences)
    found = [ROOTS_OF_PLV.get(root, root) for root in roots_found]
    tallies = _tallies([s.root for s in sentences], found)
    right = sum(tally.right for tally in tallies.values())
    roots = [Measure(root, tally.f1, tally) for root, tally in tallies.items()]
    macro = sum(root.value for root in roots) / len(roots) if roots else 0.0
    accuracy = right / len(sentences) if sentences else 0.0
    whole = (Measure("macro F1", macro), Measure("accuracy", accuracy))
    return Result("plv", (*whole, *roots), len(sentences))


def _tallies(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, Tally]:
    """A tally for each root that the gold or the reader has, in order of name."""
    tallies = {root: Tally() for root in sorted({*gold, *predicted})}
    for wanted, found in zip(gold, predicted, strict=True):
        tallies[wanted].add(wanted == found, 1, 0)
        tallies[found].add(0, 0, 1)
    return tallies
