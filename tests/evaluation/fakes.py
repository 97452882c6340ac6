"""Readers whose answers a test gives, and analyses made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]


@dataclass
class FakeAttribution:
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


@dataclass
class FakeAnalysis:
    """An analysis of a text whose words stand between spaces, wrong about everything else."""

    words: list[Span]
    sentence_starts: list[bool] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    flat_attribution: list[tuple[int, int, str]] = field(default_factory=list)
    attributions: list[FakeAttribution] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = len(self.words)
        self.sentence_starts = self.sentence_starts or [n == 0 for n in range(size)]
        self.upos = self.upos or ["X"] * size
        self.xpos = self.xpos or ["XX"] * size
        self.feats = self.feats or ["_"] * size
        self.lemmas = self.lemmas or ["?"] * size
        self.heads = self.heads or [n - 1 for n in range(size)]
        self.deprels = self.deprels or ["dep"] * size


def split(text: str) -> list[Span]:
    """The character spans of what stands between spaces and line ends."""
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


class FakeRecord:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def to_dict(self) -> Mapping[str, Any]:
        return self._data


@dataclass
class FakeReader:
    """Answers with what the functions give, and remembers what it was asked to analyse."""

    analysis: Callable[[str], FakeAnalysis] = lambda text: FakeAnalysis(split(text))
    record: Callable[[str], Mapping[str, Any]] = lambda text: {}
    root: Callable[[str, Span, Span], str] = lambda sentence, source, target: "AID"
    asked: list[str] = field(default_factory=list)
    tokens: list[list[list[Span]] | None] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def analyse(
        self, text: str, *, style: str = "report", tokens: list[list[Span]] | None = None
    ) -> FakeAnalysis:
        self.asked.append(text)
        self.styles.append(style)
        self.tokens.append(tokens)
        return self.analysis(text)

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
    ) -> FakeRecord:
        return FakeRecord(self.record(text))

    def plover(self, sentence: str, source: Span, target: Span) -> str:
        return self.root(sentence, source, target)
