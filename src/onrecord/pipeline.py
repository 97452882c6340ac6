"""onrecord as a spaCy pipeline.

`load()` gives an `nlp` whose docs carry the record and the usual attributes of tokens, so that
displaCy, Matcher, DependencyMatcher and textacy work on them::

    nlp = onrecord.load()
    doc = nlp("Hamas rejected the proposal, two officials said.")
    doc._.record.statements

Tokens are the reader's words, with runs of white space between them as spaCy has it. Trees are in
the scheme of spaCy's English pipelines; the reader's Universal Dependencies are in
`token._.ud_head` and `token._.ud_dep`. `docs/decisions/spacy-trees.md` tells the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from onrecord._sentences import one_root_per_sentence
from onrecord._trees import spacy_tree
from onrecord.record import Record, Report

if TYPE_CHECKING:
    from onrecord.reading import Analysis, Reader

__all__ = ["load"]

COMPONENT = "onrecord"
#: Keys of `doc.user_data`; what stands under them is JSON's types, so that docs can be stored.
_RECORD, _UD_HEADS, _UD_DEPS = "onrecord.record", "onrecord.ud_heads", "onrecord.ud_deps"
#: Halves of characters, which spaCy's strings can't hold.
_HALF = re.compile("[\ud800-\udfff]")
_COLUMNS = (TAG, POS, MORPH, LEMMA, DEP, HEAD)


def load(*, threads: int = 1) -> Language:
    """The reader as a spaCy pipeline for English.

    Args:
        threads: how many threads the model may use.

    Raises:
        ModelError: the shipped model is missing or damaged.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = Words(nlp.vocab)
    nlp.add_pipe(COMPONENT, config={"threads": threads})
    annotator(nlp).load()
    return nlp


def annotator(nlp: Language) -> Annotator:
    """The pipeline's component; raises `KeyError` where it has none."""
    component: Any = nlp.get_pipe(COMPONENT)
    assert isinstance(component, Annotator)
    return component


@dataclass
class Words:
    """A tokenizer that cuts texts into the reader's words."""

    vocab: Vocab

    def __call__(self, text: str) -> Doc:
        """The text as a doc: all of it, but that halves of characters become U+FFFD."""
        from onrecord.reading.tokens import words_of

        whole = _HALF.sub("\ufffd", text)
        words, spaces = tokens_of(whole, words_of(whole))
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **options: Any) -> bytes:
        """Nothing to keep: the words are cut by rule."""
        return b""

    def from_bytes(self, data: bytes, **options: Any) -> Words:
        """Nothing to restore."""
        return self

    def to_disk(self, path: Any, **options: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, path: Any, **options: Any) -> Words:
        """Nothing to restore."""
        return self


def tokens_of(text: str, words: Sequence[tuple[int, int]]) -> tuple[list[str], list[bool]]:
    """Words and what stands between them as spaCy's tokens, and whether a space follows each."""
    tokens: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*words, (len(text), len(text))]:
        gap = text[at:start]
        if gap.startswith(" ") and tokens:
            spaces[-1], gap = True, gap[1:]
        for token in filter(None, (gap, text[start:end])):
            tokens.append(token)
            spaces.append(False)
        at = end
    return tokens, spaces


@dataclass
class Annotator:
    """The component that reads docs: it sets their tokens' attributes and their record.

    Attributes:
        threads: how many threads the model may use.
        reader: loaded when it is first needed, and not pickled with the component.
    """

    threads: int = 1
    reader: Reader | None = None

    def load(self) -> Reader:
        """The reader; raises `ModelError` where the shipped model is missing or damaged."""
        if self.reader is None:
            from onrecord.reading import Reader

            self.reader = Reader.load(threads=self.threads)
        return self.reader

    def __call__(self, doc: Doc) -> Doc:
        """Read one doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read a stream of docs; the model reads window by window, so batches give nothing."""
        from onrecord.intake.language import marked
        from onrecord.reading.assembly import record_of
        from onrecord.reading.reader import identity

        reader = self.load()
        for doc in docs:
            analysis = reader.analyse(doc.text)
            report = Report(id=identity(doc.text), text=doc.text)
            annotate(doc, analysis, marked(record_of(analysis, report)))
            yield doc

    def __getstate__(self) -> dict[str, Any]:
        return {"threads": self.threads, "reader": None}


@Language.factory(COMPONENT, assigns=["doc._.record", "token.tag", "token.dep", "doc.ents"])
def _make(nlp: Language, name: str, threads: int = 1) -> Annotator:
    return Annotator(threads)


def annotate(doc: Doc, analysis: Analysis, record: Record) -> None:
    """Set a doc's attributes from what the reader found in its text.

    Args:
        doc: made by `Words`.
        analysis: of the doc's text, on the same words.
        record: of the same text.
    """
    doc.user_data[_RECORD] = record.to_json()
    starts = {start for start, _ in analysis.words}
    places = [token.i for token in doc if token.idx in starts]
    if [doc[place].text for place in places] != analysis.forms():
        raise ValueError("the doc's tokens aren't the reader's words: keep onrecord's tokenizer")
    if places:
        _set_trees(doc, places, analysis)
        doc.set_ents(
            [Span(doc, places[a], places[b - 1] + 1, label) for a, b, label in analysis.entities]
        )


def _set_trees(doc: Doc, places: Sequence[int], analysis: Analysis) -> None:
    """Write the reader's trees into the doc, as they are and as spaCy has them."""
    heads, deps = one_root_per_sentence(analysis.heads, analysis.deprels, analysis.sentence_starts)
    doc.user_data[_UD_HEADS], doc.user_data[_UD_DEPS] = list(range(len(doc))), [""] * len(doc)
    for place, head, dep in zip(places, heads, deps, strict=True):
        doc.user_data[_UD_HEADS][place] = places[head] if head >= 0 else place
        doc.user_data[_UD_DEPS][place] = dep
    tree = spacy_tree(analysis.forms(), analysis.upos, analysis.xpos, heads, deps)
    _set_tokens(doc, places, analysis, *tree)


def _set_tokens(
    doc: Doc, places: Sequence[int], analysis: Analysis, heads: list[int], deps: list[str]
) -> None:
    """Write tags, features, lemmas and a tree; white space hangs on the word beside it."""
    text, morph = doc.vocab.strings.add, doc.vocab.morphology.add
    columns = numpy.zeros((len(doc), len(_COLUMNS)), dtype="int64")
    for token in doc:
        beside = token.i - 1 if token.i > places[0] else places[0]
        columns[token.i] = _signed(
            text("_SP"), IDS["SPACE"], morph("_"), token.orth, text("dep"), beside - token.i
        )
    lemmas = analysis.lemmas
    for n, place in enumerate(places):
        columns[place] = _signed(
            text(analysis.xpos[n]), IDS[analysis.upos[n]], morph(analysis.feats[n]),
            text(lemmas[n]), text(deps[n]), places[heads[n]] - place,
        )  # fmt: skip
    doc.from_array(list(_COLUMNS), columns.astype("uint64"))  # type: ignore[arg-type]


def _signed(*values: int) -> list[int]:
    """64-bit values as signed ones: hashes fill all bits, heads are relative."""
    return [value - 2**64 if value >= 2**63 else value for value in values]


def _record(doc: Doc) -> Record | None:
    stored = doc.user_data.get(_RECORD)
    return Record.from_json(stored) if stored else None


def _ud_head(token: Token) -> Token:
    heads = token.doc.user_data.get(_UD_HEADS)
    return token.doc[heads[token.i]] if heads else token


def _ud_dep(token: Token) -> str:
    deps = token.doc.user_data.get(_UD_DEPS)
    return deps[token.i] if deps else ""


Doc.set_extension("record", getter=_record, force=True)
Token.set_extension("ud_head", getter=_ud_head, force=True)
Token.set_extension("ud_dep", getter=_ud_dep, force=True)
