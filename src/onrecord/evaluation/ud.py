"""Suite `ud`: Universal Dependencies from raw text, scored as in the CoNLL 2018 shared task."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import Path

from onrecord.evaluation import conll18
from onrecord.evaluation.conllu import Span, Tree, Word, read_file
from onrecord.evaluation.matching import spread
from onrecord.evaluation.protocols import AnalysisLike, ReaderLike
from onrecord.evaluation.result import Result, f1_measures
from onrecord.evaluation.tally import Tally

#: Words that UD's English trees write together with the word before them as one token.
_CLITIC = re.compile(r"(?:n['’`]t|['’`](?:s|re|ve|ll|d|m)|['’`])$", re.IGNORECASE)


def tree_of(text: str, analysis: AnalysisLike) -> Tree:
    """The analysis as a tree in characters that are no white space.

    A reader gives syntactic words alone, each with its own characters; the tokens are taken to be
    the words, with clitics written together with the word before them.
    """
    solid = list(accumulate((not character.isspace() for character in text), initial=0))
    spans = [(solid[start], solid[end]) for start, end in analysis.words]
    words = [
        Word(spans[i], text[start:end], False, analysis.lemmas[i], analysis.upos[i],
             analysis.xpos[i], analysis.feats[i], analysis.heads[i], analysis.deprels[i])
        for i, (start, end) in enumerate(analysis.words)
    ]  # fmt: skip
    return Tree(_tokens(text, analysis, spans), _sentences(analysis, spans, solid[-1]), words)


def _tokens(text: str, analysis: AnalysisLike, spans: list[Span]) -> list[Span]:
    tokens: list[Span] = []
    before = -1
    for (start, end), span in zip(analysis.words, spans, strict=True):
        if start == before and _CLITIC.fullmatch(text[start:end]):
            tokens[-1] = (tokens[-1][0], span[1])
        else:
            tokens.append(span)
        before = end
    return tokens


def _sentences(analysis: AnalysisLike, spans: list[Span], end: int) -> list[Span]:
    first = [span[0] for span, s in zip(spans, analysis.sentence_starts, strict=True) if s]
    starts = sorted({0, *first}) if spans else []
    return list(pairwise([*starts, end]))


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader on the raw texts of a CoNLL-U file's documents.

    Raises:
        EvaluationError: the file is missing or isn't CoNLL-U.
    """
    tallies: dict[str, Tally] = {}
    documents = spread(read_file(data), limit)
    for document in documents:
        system = tree_of(document.text, reader.analyse(document.text))
        for name, tally in conll18.scores(document.tree, system).items():
            whole = tallies.setdefault(name, Tally())
            whole.add(tally.right, tally.gold, tally.predicted)
    return Result("ud", f1_measures(tallies), len(documents))
