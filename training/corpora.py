"""Readers of the public corpora: each gives Documents with the labels it has.

Formats and licences are told in the corpora's own README; nothing of their text is kept.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from onrecord.reading.pieces import PARAGRAPH, PLAIN, SOURCE, TARGET
from onrecord.reading.tokens import words_of
from onrecord.reading.windows import paragraph_starts
from training.documents import NO_LABEL, Anchored, Document
from training.labels import ANCHOR, ENTITIES, FLAT, STYLES

Word = tuple[int, int]


# ---- Universal Dependencies ------------------------------------------------------------------


def conllu_documents(path: Path) -> Iterator[list[tuple[bool, list[list[str]]]]]:
    """Documents of a CoNLL-U file: sentences as (first of a paragraph, rows of ten columns)."""
    document: list[tuple[bool, list[list[str]]]] = []
    rows: list[list[str]] = []
    first = True
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newdoc"):
            if document:
                yield document
            document, first = [], True
        elif line.startswith("# newpar"):
            first = True
        elif line and not line.startswith("#"):
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)
        elif not line and rows:
            document.append((first, rows))
            rows, first = [], False
    if document:
        yield document


def ud_inventories(paths: list[Path]) -> dict[str, list[str]]:
    """The fine tags, feature bundles and relations that the files use often enough to learn."""
    from training.labels import frequent

    rows = [r for p in paths for d in conllu_documents(p) for _, s in d for r in s]
    return {
        "xpos": frequent((r[4] for r in rows), least=5),
        "feats": frequent((r[5] for r in rows), least=8),
        "deprel": frequent((r[7] for r in rows), least=5),
    }


def ud(path: Path, inventory: dict[str, list[str]], *, entities: bool = False) -> list[Document]:
    """Syntax and sentence starts; with ``entities`` also GUM's names (MISC ``Entity=``)."""
    index = {name: {x: k for k, x in enumerate(xs)} for name, xs in inventory.items()}
    out = []
    for sentences in conllu_documents(path):
        rows = [r for _, s in sentences for r in s]
        paragraphs, sentence, heads, base = [], [], [], 0
        for first, s in sentences:
            paragraphs += [first] + [False] * (len(s) - 1)
            sentence += [1] + [0] * (len(s) - 1)
            heads += [-1 if r[6] == "0" else base + int(r[6]) - 1 for r in s]
            base += len(s)
        document = Document([r[1] for r in rows], paragraphs, heads=np.array(heads))
        for name, column in (("upos", 3), ("xpos", 4), ("feats", 5), ("deprel", 7)):
            document.labels[name] = np.array([index[name].get(r[column], NO_LABEL) for r in rows])
        document.labels["sentence"] = np.array(sentence)
        if entities:
            document.labels["ner"] = _gum_entities(rows, sentence)
        out.append(document)
    return out


_GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}


def _gum_entities(rows: list[list[str]], sentence: list[int]) -> np.ndarray:
    """GUM marks every mention; a name is the longest run of proper nouns (with what joins them)
    inside a mention of a type we know that holds no smaller such mention."""
    tags = np.zeros(len(rows), dtype=int)
    open_: list[tuple[str, int]] = []
    mentions: list[tuple[int, int, str]] = []
    for k, row in enumerate(rows):
        found = re.search(r"Entity=([^|]+)", row[9])
        for part in re.findall(r"\([^()]+\)?|\)", found.group(1)) if found else ():
            if part[0] == "(":
                open_.append((part[1:].split("-")[1] if "-" in part else "", k))
            if part.endswith(")") and open_:
                kind, start = open_.pop()
                mentions.append((start, k + 1, kind))
    taken = np.zeros(len(rows), dtype=bool)
    for start, end, kind in sorted(mentions, key=lambda m: m[1] - m[0]):
        proper = [k for k in range(start, end) if rows[k][3] == "PROPN"]
        if kind not in _GUM_TYPES or not proper or taken[start:end].any():
            continue
        a, b = proper[0], proper[-1] + 1
        if all(rows[k][3] in ("PROPN", "ADP", "DET", "CCONJ", "PUNCT", "NUM") for k in range(a, b)):
            taken[a:b] = True
            label = ENTITIES.index(_GUM_TYPES[kind])
            tags[a], tags[a + 1 : b] = 1 + 2 * label, 2 + 2 * label
    return tags


# ---- Named entities --------------------------------------------------------------------------

_GMB = {"per": "PER", "org": "ORG", "geo": "LOC", "art": "MISC", "eve": "MISC", "tim": "O"}
_WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "MISC"}
_UNSURE = {"gpe", "nat"}


def entities(path: Path, *, per_document: int = 12, limit: int | None = None) -> list[Document]:
    """A CoNLL file of words and entity tags (last column), ``per_document`` sentences together."""
    kinds = _GMB if "gmb" in path.name else _WIKIGOLD if "wikigold" in path.name else _RE3D
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        columns = line.split()
        if not columns:
            sentences.append([])
        elif columns[0] != "-DOCSTART-":
            sentences[-1].append((columns[0], columns[-1]))
    sentences = [s for s in sentences if s][:limit]
    return [
        _entity_document(sentences[k : k + per_document], kinds)
        for k in range(0, len(sentences), per_document)
    ]


def _entity_document(sentences: list[list[tuple[str, str]]], kinds: dict[str, str]) -> Document:
    forms, tags, paragraphs = [], [], []
    for sentence in sentences:
        paragraphs += [True] + [False] * (len(sentence) - 1)
        before = "O"
        for form, tag in sentence:
            kind = tag.split("-", 1)[-1]
            ours = kinds.get(kind, "O")
            begins = tag.startswith("B-") or before.split("-", 1)[-1] != kind
            before = tag
            forms.append(form)
            if kind in _UNSURE:
                tags.append(NO_LABEL)
            elif ours == "O":
                tags.append(0)
            else:
                tags.append(1 + 2 * ENTITIES.index(ours) + (not begins))
    return Document(forms, paragraphs, {"ner": np.array(tags)})


# ---- PolNeAR ---------------------------------------------------------------------------------

Spans = list[tuple[int, int]]


def brat_attributions(path: Path) -> list[dict[str, Spans]]:
    """The attributions of a PolNeAR stand-off file: role (source, cue, content) to char spans."""
    spans: dict[str, Spans] = {}
    found = []
    for line in path.read_text("utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            offsets = columns[1].split(" ", 1)[1]
            spans[columns[0]] = [
                (int(a), int(b)) for a, b in (o.split() for o in offsets.split(";"))
            ]
        elif line.startswith("E") and len(columns) > 1:
            roles: dict[str, Spans] = {}
            for key, value in (pair.split(":") for pair in columns[1].split()):
                role = re.sub(r"\d+$", "", key).lower()
                if role in ("source", "cue", "content"):
                    roles.setdefault(role, []).extend(spans.get(value, []))
            found.append(roles)
    return found


def to_words(spans: Spans, words: list[Word]) -> list[tuple[int, int]]:
    """Character spans as half-open word ranges (a word counts when it overlaps); empty ones go."""
    starts = np.array([w[0] for w in words])
    ends = np.array([w[1] for w in words])
    out = []
    for start, end in spans:
        a = int(np.searchsorted(ends, start, side="right"))
        b = int(np.searchsorted(starts, end, side="left"))
        if a < b:
            out.append((a, b))
    return out


def polnear(folder: Path) -> list[Document]:
    """One document per annotator's file. A text read by several is given once a reading."""
    out = []
    for notes in sorted((folder / "attributions").glob("*.ann")):
        text_path = folder / "text" / (notes.stem.rsplit("_", 1)[0] + ".txt")
        text = text_path.read_bytes().decode("utf-8")
        words = words_of(text)
        document = Document([text[a:b] for a, b in words], paragraph_starts(text, words))
        document.style = STYLES.index("polnear")
        _attribute(document, brat_attributions(notes), words)
        out.append(document)
    return out


def _attribute(document: Document, found: list[dict[str, Spans]], words: list[Word]) -> None:
    flat = np.zeros(len(words), dtype=int)
    anchor = np.zeros(len(words), dtype=int)
    document.anchored = []
    for roles in found:
        ranges = {
            role: to_words(roles.get(role, []), words) for role in ("source", "cue", "content")
        }
        if not ranges["content"]:
            continue
        for role in ("content", "source", "cue"):
            paint(flat, ranges[role], FLAT.index(f"B-{role}"))
        at = mark_anchor(anchor, ranges["cue"], ranges["content"])
        document.anchored.append(Anchored(at, ranges["source"], ranges["content"]))
    document.labels["flat"], document.labels["anchor"] = flat, anchor


def paint(tags: np.ndarray, ranges: list[tuple[int, int]], begin: int) -> None:
    """Lay B (``begin``) and I (``begin + 1``) over the ranges."""
    for a, b in ranges:
        tags[a:b] = begin + 1
        tags[a] = begin


def mark_anchor(
    anchor: np.ndarray, cue: list[tuple[int, int]], content: list[tuple[int, int]]
) -> int:
    """Mark a statement's cue, or the first word of a content without cue; returns the anchor."""
    if cue:
        paint(anchor, cue, ANCHOR.index("B-cue"))
        return cue[0][0]
    at = min(a for a, _ in content)
    anchor[at] = ANCHOR.index("null")
    return at


# ---- PLOVER sentences ------------------------------------------------------------------------


ROOTS_OF_PLV = {"YIELD": "RETREAT"}
"""PLV keeps PLOVER 1's YIELD, which PLOVER 2 parts into CONCEDE and RETREAT."""


def plover_sentences(path: Path, roots: list[str]) -> list[Document]:
    """Sentences of the PLV table with their source and target marked, and their PLOVER root."""
    out = []
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            document = marked_document(row["marked_sentence"])
            document.root = roots.index(ROOTS_OF_PLV.get(row["gold_root"], row["gold_root"]))
            out.append(document)
    return out


def marked_document(marked: str) -> Document:
    """A sentence with ``<s>..</s>`` and ``<t>..</t>`` around its source and target; of several
    mentions the first counts."""
    marks: list[int] = []
    forms: list[str] = []
    inside, seen = PLAIN, {PLAIN}
    for part in re.split(r"(</?[st]>)", marked):
        if part in ("<s>", "<t>"):
            mark = SOURCE if part == "<s>" else TARGET
            inside = PLAIN if mark in seen else mark
            seen.add(mark)
        elif part in ("</s>", "</t>"):
            inside = PLAIN
        else:
            new = [part[a:b] for a, b in words_of(part)]
            forms += new
            marks += [inside] * len(new)
    if marks and marks[0] == PLAIN:
        marks[0] = PARAGRAPH
    return Document(forms, [True] + [False] * (len(forms) - 1), marks=marks)
