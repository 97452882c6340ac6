"""Suite `ner`: exact spans of PER, ORG and LOC on the tokens of an IOB2 file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import EvaluationError
from onrecord.evaluation.cofenet import Labelled, covered, spans_of
from onrecord.evaluation.corpora import blocks
from onrecord.evaluation.matching import spread
from onrecord.evaluation.protocols import AnalysisLike, ReaderLike, Span
from onrecord.evaluation.result import Result, f1_measures
from onrecord.evaluation.tally import Tally

TYPES = ("PER", "ORG", "LOC")


@dataclass
class TaggedText:
    """A document: its text, its sentences of tokens, its entities over all tokens."""

    text: str = ""
    sentences: list[list[Span]] = field(default_factory=list)
    entities: list[Labelled] = field(default_factory=list)


def read_file(path: Path) -> list[TaggedText]:
    """The documents of an IOB2 file; a file without `# newdoc` lines is one sentence each.

    A line is a token, in the second column where the first is its number, and its tag, in the
    column after the token's or, in files without numbers, the last. `# text` gives the sentence.
    """
    documents: list[TaggedText] = []
    in_document = False
    for block in blocks(path):
        starts = any(line.startswith("# newdoc") for line in block)
        in_document = in_document or starts
        if starts or not in_document:
            documents.append(TaggedText())
        _append(documents[-1], block, path)
    if not documents:
        raise EvaluationError(f"{path}: no sentences; wanted IOB2, a token and its tag a line")
    return documents


def _append(document: TaggedText, block: list[str], path: Path) -> None:
    rows = [_row(line, path) for line in block if not line.startswith("# ")]
    if not rows:
        return
    forms, tags = [row[0] for row in rows], [row[1] for row in rows]
    sentence = next((line[9:] for line in block if line.startswith("# text = ")), " ".join(forms))
    offsets = _offsets(forms, sentence)
    if offsets is None:
        sentence = " ".join(forms)
        offsets = _offsets(forms, sentence) or []
    gap = "\n" if document.text else ""
    shift = len(document.text) + len(gap)
    before = sum(map(len, document.sentences))
    document.text += gap + sentence
    document.sentences.append([(start + shift, end + shift) for start, end in offsets])
    document.entities += [(a + before, b + before, label) for a, b, label in spans_of(tags)]


def _row(line: str, path: Path) -> tuple[str, str]:
    columns = line.split("\t") if "\t" in line else line.split()
    numbered = len(columns) > 2 and columns[0].replace("-", "").replace(".", "").isdigit()
    try:
        form, tag = (columns[1], columns[2]) if numbered else (columns[0], columns[-1])
    except IndexError:
        raise EvaluationError(f"{path}: {line!r} is no token with its IOB2 tag") from None
    if tag[:2] not in ("B-", "I-", "O"):
        raise EvaluationError(f"{path}: {tag!r} in {line!r} is no IOB2 tag (O, B-TYPE, I-TYPE)")
    return form, tag


def _offsets(forms: Sequence[str], sentence: str) -> list[Span] | None:
    """Where the tokens stand in the sentence, or None where one doesn't."""
    offsets: list[Span] = []
    at = 0
    for form in forms:
        start = sentence.find(form, at)
        if start < 0 or sentence[at:start].strip():
            return None
        at = start + len(form)
        offsets.append((start, at))
    return offsets


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader's entities, given the file's sentences and tokens.

    `F1` is over the spans of all three types; the types follow one by one. Types that the file or
    the reader has beside the three are left out on both sides.

    Raises:
        EvaluationError: the file is missing or no IOB2 file.
    """
    tallies = {name: Tally() for name in ("F1", *TYPES)}
    documents = spread(read_file(data), limit)
    for document in documents:
        analysis = reader.analyse(document.text, tokens=document.sentences)
        tokens = [token for sentence in document.sentences for token in sentence]
        _count(tallies, _known(document.entities), _known(_predicted(analysis, tokens)))
    return Result("ner", f1_measures(tallies), len(documents))


def _known(entities: Iterable[Labelled]) -> set[Labelled]:
    return {entity for entity in entities if entity[2] in TYPES}


def _predicted(analysis: AnalysisLike, tokens: Sequence[Span]) -> list[Labelled]:
    words = analysis.words
    return [
        (*covered((words[first][0], words[end - 1][1]), tokens), label)
        for first, end, label in analysis.entities
    ]


def _count(tallies: dict[str, Tally], gold: set[Labelled], predicted: set[Labelled]) -> None:
    tallies["F1"].add(len(gold & predicted), len(gold), len(predicted))
    for name in TYPES:
        one, other = ({e for e in entities if e[2] == name} for entities in (gold, predicted))
        tallies[name].add(len(one & other), len(one), len(other))
