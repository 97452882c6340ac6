"""CoNLL-U files: raw texts of documents, and trees whose words know their characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import EvaluationError
from onrecord.evaluation.corpora import blocks

Span = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A syntactic word.

    `span` counts the text's characters without white space, and is that of the whole token in a
    multiword one. `head` is the index of another word in the document, -1 for a root.
    """

    span: Span
    form: str
    multiword: bool
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str


@dataclass
class Tree:
    """The tokens, sentences and words of one document, in characters that are no white space."""

    tokens: list[Span] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


@dataclass
class Document:
    """A document: its raw text, and its tree."""

    text: str = ""
    tree: Tree = field(default_factory=Tree)


@dataclass(frozen=True)
class _Token:
    """A surface token: its form, the rows of its words, whether a space follows."""

    form: str
    rows: tuple[Sequence[str], ...]
    spaced: bool


def read_file(path: Path) -> list[Document]:
    """The documents of a file (`# newdoc` starts one), their text rebuilt as it was.

    Sentences of a paragraph follow each other with a space, unless `SpaceAfter=No` says otherwise;
    `# newpar` starts a paragraph after an empty line.

    Raises:
        EvaluationError: the file is missing, has no sentences, or a line isn't CoNLL-U.
    """
    documents: list[Document] = []
    ends_spaced = True
    for block in blocks(path):
        if not documents or any(line.startswith("# newdoc") for line in block):
            documents.append(Document())
        tokens = list(_tokens(path, [line for line in block if not line.startswith("#")]))
        if not tokens:
            continue
        paragraph = any(line.startswith("# newpar") for line in block)
        _append(documents[-1], tokens, "\n\n" if paragraph else " " if ends_spaced else "")
        ends_spaced = tokens[-1].spaced
    if not documents:
        raise EvaluationError(f"{path}: no sentences; wanted a CoNLL-U file")
    return documents


def _tokens(path: Path, rows: Sequence[str]) -> Iterator[_Token]:
    """The tokens of a sentence; empty nodes (`8.1`) are left out."""
    split = [row.split("\t") for row in rows]
    if wrong := [row for row in rows if row.count("\t") != 9]:
        raise EvaluationError(f"{path}: {wrong[0]!r} hasn't the ten columns of CoNLL-U")
    words = {int(row[0]): row for row in split if row[0].isdigit()}
    inside = 0
    for row in split:
        if "-" in row[0]:
            first, inside = (int(part) for part in row[0].split("-"))
            parts = tuple(words[number] for number in range(first, inside + 1))
            yield _Token(row[1], parts, "SpaceAfter=No" not in row[9])
        elif row[0].isdigit() and int(row[0]) > inside:
            yield _Token(row[1], (row,), "SpaceAfter=No" not in row[9])


def _append(document: Document, tokens: Sequence[_Token], gap: str) -> None:
    tree, pieces = document.tree, [document.text, gap] if document.text else []
    begin = at = tree.sentences[-1][1] if tree.sentences else 0
    before = len(tree.words)
    for position, token in enumerate(tokens):
        span = (at, at + len("".join(token.form.split())))
        at = span[1]
        tree.tokens.append(span)
        tree.words += [_word(row, span, len(token.rows) > 1, before) for row in token.rows]
        last = position == len(tokens) - 1
        pieces.append(token.form if last or not token.spaced else f"{token.form} ")
    tree.sentences.append((begin, at))
    document.text = "".join(pieces)


def _word(row: Sequence[str], span: Span, multiword: bool, before: int) -> Word:
    _, form, lemma, upos, xpos, feats, head, deprel, *_ = row
    index = int(head) - 1 + before if head != "0" else -1
    return Word(span, form, multiword, lemma, upos, xpos, feats, index, deprel)
