"""Reads a report: text in, record out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.reading.analyser import Analyser
from onrecord.reading.analysis import Analysis
from onrecord.reading.assembly import record_of
from onrecord.reading.decoding import Range
from onrecord.reading.network import model_folder
from onrecord.reading.tokens import words_of
from onrecord.record import Record, Report

LONGEST_TEXT, LONGEST_WORDS = 300_000, 40_000
"""Characters and words (eighty reports' worth) that are read of one text; memory grows with them,
by about 13 kB a word."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The shipped model and the rules over it. Make one with ``Reader.load()`` and keep it."""

    analyser: Analyser

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> Reader:
        """Load the shipped model, or the one in ``folder``; raises ModelError."""
        return cls(Analyser.load(folder or model_folder(), threads=threads))

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
        language: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> Record:
        """The record of one report. ``text`` is kept as it is: every offset points into it.

        Of a text longer than ``LONGEST_TEXT`` or ``LONGEST_WORDS`` the record keeps everything and
        tells of the beginning; a warning says how far it was read.
        """
        part = beginning(text)
        if len(part) < len(text):
            warnings = (*warnings, f"read up to character {len(part):,} of {len(text):,}")
        report = Report(
            id=id or identity(text), title=title, published=published, publisher=publisher,
            language=language, warnings=warnings, text=text,
        )  # fmt: skip
        return record_of(self.analyser.analyse(part, trees=False), report)

    def read_batch(self, texts: Iterable[str]) -> list[Record]:
        """The records of several texts; each is what ``read`` gives for it alone."""
        return [self.read(text) for text in texts]

    def analyse(
        self, text: str, *, style: str = "report", tokens: list[list[Range]] | None = None
    ) -> Analysis:
        """The learned layers alone (see ``Analyser.analyse``)."""
        return self.analyser.analyse(text, style=style, tokens=tokens)

    def plover(self, sentence: str, source: Range, target: Range) -> str:
        """The PLOVER root of what ``source`` does to ``target`` (character spans)."""
        return self.analyser.plover(sentence, source, target)

    def encoder_windows(self, text: str) -> list[dict[str, Any]]:
        """What the network is fed for a text, window by window."""
        fed = self.analyser.window_inputs(text)
        return [self.analyser.network.feed(*window, style=0) for window in fed]


def beginning(text: str) -> str:
    """The text, or its paragraphs within ``LONGEST_TEXT`` and ``LONGEST_WORDS``."""
    if len(text) <= LONGEST_WORDS:
        return text
    end = min(len(text), LONGEST_TEXT)
    words = words_of(text[:end])
    if len(words) > LONGEST_WORDS:
        end = words[LONGEST_WORDS][0]
    if end == len(text):
        return text
    paragraph = text.rfind("\n", end // 2, end)
    return text[: paragraph if paragraph > 0 else end]


def identity(text: str) -> str:
    """A report's id where it has none: a hash of its text."""
    return "r-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
