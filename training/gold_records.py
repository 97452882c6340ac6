"""Whole records (see the annotators' guide) as labels on words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.reading.tokens import words_of
from onrecord.reading.windows import paragraph_starts
from training.corpora import Word, mark_anchor, paint, to_words
from training.documents import NO_LABEL, Anchored, Document, Relation
from training.labels import BIO, FLAT, RELATIONS, STYLES

Labels = dict[str, list[str]]


def records(folders: Iterable[Path], labels: Labels) -> list[Document]:
    """Every record of the folders as a labelled document; those with terms (few) twice."""
    paths = [p for folder in folders for p in sorted(folder.glob("*.json"))]
    found = [document_of(json.loads(p.read_text("utf-8")), labels) for p in paths]
    return found + [d for d in found if d.labels["term"].any()]


def document_of(record: dict[str, Any], labels: Labels) -> Document:
    """One record's layers laid on the words of its text."""
    text = record["report"]["text"]
    words = words_of(text)
    document = Document([text[a:b] for a, b in words], paragraph_starts(text, words))
    document.style = STYLES.index("report")
    for name in ("flat", "anchor", "trigger", "term", "position", "figure", "mention"):
        document.labels[name] = np.zeros(len(words), dtype=int)
    for name in ("event", "status", "topic", "stance", "counted"):
        document.labels[name] = np.full(len(words), NO_LABEL)
    mentions = _mentions(record, words, document, labels)
    document.mentions = sorted(m for places in mentions.values() for m in places)
    document.relations = []
    _statements(record, words, document, labels, mentions)
    _events(record, words, document, labels, mentions)
    _positions(record, words, document, labels, mentions)
    _figures(record, words, document, labels)
    _same(document, mentions)
    return document


def _range(span: dict[str, Any] | None, words: list[Word]) -> list[tuple[int, int]]:
    return to_words([(span["start"], span["end"])], words) if span else []


def _mentions(
    record: dict[str, Any], words: list[Word], document: Document, labels: Labels
) -> dict[str, list[int]]:
    """Where each actor's names stand; the longest name wins a place. First words, by actor id."""
    text, kinds = record["report"]["text"], labels["mention"]
    names = [
        (name, actor["id"], kinds.index(f"B-{actor['kind']}"))
        for actor in record["actors"]
        for name in {actor["name"], *actor["aliases"]}
        if name.strip()
    ]
    tags = document.labels["mention"]
    places: dict[str, list[int]] = {}
    for name, actor, kind in sorted(names, key=lambda n: -len(n[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            for a, b in to_words([found.span()], words):
                if not tags[a:b].any():
                    tags[a], tags[a + 1 : b] = kind, kinds.index("I")
                    places.setdefault(actor, []).append(a)
    return places


def _relation(
    kind: str, word: int, actors: list[str], mentions: dict[str, list[int]], document: Document
) -> None:
    """Link a word to every mention of each actor, the nearest first (rather one before it); not at
    all where an actor is named nowhere."""
    groups = []
    for actor in actors:
        places = mentions.get(actor, [])
        groups.append(
            sorted(places, key=lambda m: abs(m - word) if m <= word else 1.5 * (m - word))
        )
    assert document.relations is not None
    if all(groups):
        document.relations.append(Relation(RELATIONS.index(kind), word, groups))


def _statements(
    record: dict[str, Any],
    words: list[Word],
    document: Document,
    labels: Labels,
    mentions: dict[str, list[int]],
) -> None:
    document.anchored = []
    for s in record["statements"]:
        content = to_words([(c["start"], c["end"]) for c in s["content"]], words)
        cue, source = _range(s["cue"], words), _range(s["source"], words)
        if not content:
            continue
        outer = s["within"] is None
        for role, ranges in (("content", content), ("source", source), ("cue", cue)):
            if outer or not document.labels["flat"][[a for a, _ in ranges]].any():
                paint(document.labels["flat"], ranges, FLAT.index(f"B-{role}"))
        at = mark_anchor(document.labels["anchor"], cue, content)
        made = Anchored(at, source, content)
        made.act = labels["act"].index(s["act"])
        made.authority = labels["authority"].index(s["authority"])
        document.anchored.append(made)
        _relation("speaker", at, s["speaker"], mentions, document)


def _events(
    record: dict[str, Any],
    words: list[Word],
    document: Document,
    labels: Labels,
    mentions: dict[str, list[int]],
) -> None:
    headline = [(h["claim"]["start"], h["claim"]["end"]) for h in record["headline"]]
    for a, b in to_words(headline, words):
        document.labels["trigger"][a:b] = NO_LABEL
    for e in record["events"]:
        for a, b in _range(e["trigger"], words):
            paint(document.labels["trigger"], [(a, b)], BIO.index("B"))
            document.labels["event"][a] = labels["event"].index(e["type"])
            document.labels["status"][a] = labels["status"].index(e["status"])
            _relation("actor", a, e["actors"], mentions, document)
            _relation("recipient", a, e["recipients"], mentions, document)


def _positions(
    record: dict[str, Any],
    words: list[Word],
    document: Document,
    labels: Labels,
    mentions: dict[str, list[int]],
) -> None:
    topics = labels["topic"]
    for proposal in record["proposals"]:
        for term in proposal["terms"]:
            for a, b in _range(term["what"], words):
                paint(document.labels["term"], [(a, b)], BIO.index("B"))
                document.labels["topic"][a] = topics.index(term["topic"])
                _relation("giver", a, term["giver"], mentions, document)
                _relation("proposer", a, proposal["by"], mentions, document)
    for p in record["positions"]:
        for a, b in _range(p["what"], words):
            paint(document.labels["position"], [(a, b)], BIO.index("B"))
            document.labels["topic"][a] = topics.index(p["topic"])
            document.labels["stance"][a] = labels["stance"].index(p["stance"])
            _relation("holder", a, p["by"], mentions, document)


def _figures(record: dict[str, Any], words: list[Word], document: Document, labels: Labels) -> None:
    for f in record["figures"]:
        for a, b in _range(f["span"], words):
            paint(document.labels["figure"], [(a, b)], BIO.index("B"))
            document.labels["counted"][a] = labels["counted"].index(f["what"])


def _same(document: Document, mentions: dict[str, list[int]]) -> None:
    """Each mention to the mentions of its actor that stand before it."""
    assert document.relations is not None
    same = RELATIONS.index("same")
    for places in mentions.values():
        ordered = sorted(places)
        for k, place in enumerate(ordered):
            document.relations.append(Relation(same, place, [[m] for m in ordered[:k]]))
