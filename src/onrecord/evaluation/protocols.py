"""What the suites ask of a reader: the few members they use, so that any reader can be measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Span = tuple[int, int]


class HasRoles(Protocol):
    """An attribution: a list of spans for each role, end exclusive, possibly empty."""

    @property
    def source(self) -> Sequence[Span]:
        """Who says it."""

    @property
    def cue(self) -> Sequence[Span]:
        """The words that attribute."""

    @property
    def content(self) -> Sequence[Span]:
        """What is said."""


class AnalysisLike(Protocol):
    """The learned layers of one text; everything but `words` goes by word."""

    @property
    def words(self) -> Sequence[Span]:
        """Character offsets of the syntactic words."""

    @property
    def sentence_starts(self) -> Sequence[bool]:
        """Whether a sentence starts with the word."""

    @property
    def upos(self) -> Sequence[str]:
        """Universal parts of speech."""

    @property
    def xpos(self) -> Sequence[str]:
        """Penn Treebank tags."""

    @property
    def feats(self) -> Sequence[str]:
        """Features as CoNLL-U writes them, `Number=Sing|Person=3` or `_`."""

    @property
    def lemmas(self) -> Sequence[str]:
        """Lemmas."""

    @property
    def heads(self) -> Sequence[int]:
        """The head word's index in the text, -1 for a root."""

    @property
    def deprels(self) -> Sequence[str]:
        """Relations to the head, subtypes included."""

    @property
    def entities(self) -> Sequence[tuple[int, int, str]]:
        """Named entities: first word, end, type."""

    @property
    def flat_attribution(self) -> Sequence[tuple[int, int, str]]:
        """Spans that don't overlap: first word, end, `source`, `cue` or `content`."""

    @property
    def attributions(self) -> Sequence[HasRoles]:
        """Attributions in words."""


class RecordLike(Protocol):
    """A record that can be had as JSON's types."""

    def to_dict(self) -> Mapping[str, Any]:
        """The record by the contract."""


class ReaderLike(Protocol):
    """A reader of reports, as `onrecord.reading.Reader` is one."""

    def analyse(
        self, text: str, *, style: str = "report", tokens: list[list[Span]] | None = None
    ) -> AnalysisLike:
        """The learned layers of a text, on these sentences of words where they are given."""

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
    ) -> RecordLike:
        """The record of a report."""

    def plover(self, sentence: str, source: Span, target: Span) -> str:
        """The PLOVER root of what the source does to the target, both in characters."""
