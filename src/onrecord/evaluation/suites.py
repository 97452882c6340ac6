"""The suites by name: what measures them, where their corpora are, what the gate holds to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.errors import EvaluationError
from onrecord.evaluation import gold, links, ner, plv, polnear, ud
from onrecord.evaluation.protocols import ReaderLike
from onrecord.evaluation.result import Result


class Measures(Protocol):
    """What measures a reader on a corpus."""

    def __call__(self, reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
        """The figures on at most `limit` items."""


@dataclass(frozen=True)
class Suite:
    """One suite.

    Attributes:
        measure: measures a reader on the suite's corpus.
        form: what `--data` has to be.
        corpus: where the gate finds the corpus under its data folder.
        gate_items: how many items the gate takes, spread evenly over the corpus: chosen so that
            all suites together take one or two minutes on two cores.
        gated: the figures that have floors.
    """

    measure: Measures
    form: str
    corpus: str
    gate_items: int
    gated: tuple[str, ...]


SUITES: Mapping[str, Suite] = {
    "polnear": Suite(
        polnear.measure,
        "a folder with text/ and attributions/ (brat), or a file of CofeNet's JSON lines",
        "corpora/polnear/dev",
        32,
        ("source", "cue", "content", "link"),
    ),
    "ud": Suite(
        ud.measure,
        "a CoNLL-U file",
        "corpora/ud_ewt/dev.conllu",
        100,
        ("Sentences", "Words", "UPOS", "UAS", "LAS"),
    ),
    "ner": Suite(
        ner.measure,
        "an IOB2 file",
        "corpora/uner_ewt/dev.iob2",
        100,
        ("F1",),
    ),
    "plv": Suite(
        plv.measure,
        "a TSV file with the columns marked_sentence and gold_root",
        "corpora/plv/train.tsv",
        350,
        ("macro F1",),
    ),
    "gold": Suite(
        gold.measure,
        "a folder of records",
        "gold/dev",
        64,
        (
            "statement",
            "statement + speaker",
            "statement + speaker + act + authority",
            "denial",
            "event type at place",
            "event + actors",
            "term",
            "position",
            "position + party + stance",
            "figure value",
            "figure value + bound + what",
            "actor",
        ),
    ),
    "links": Suite(
        links.measure,
        "a folder of streams (*.jsonl), with links.jsonl in it or under training/gold",
        "stories",
        12,
        ("copies", "same actor of those read", "same claim of those read"),
    ),
}


def run(name: str, reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader with one suite.

    Args:
        name: a key of `SUITES`.
        reader: what is measured.
        data: the corpus, in the suite's form.
        limit: take this many items at most, spread evenly.

    Raises:
        EvaluationError: there is no such suite, or the corpus is missing or in another form.
    """
    if name not in SUITES:
        raise EvaluationError(f"no suite {name!r}; there are {', '.join(SUITES)}")
    suite = SUITES[name]
    if not data.exists():
        raise EvaluationError(f"{data}: no such corpus; suite {name} reads {suite.form}")
    return suite.measure(reader, data, limit=limit)
