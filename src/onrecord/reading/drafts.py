"""A statement while it is being made."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.analysis import Attribution
from onrecord.reading.cast import Cluster
from onrecord.reading.decoding import Range
from onrecord.vocabulary import Act, Authority, Mode


@dataclass(slots=True)
class Draft:
    """A statement being made; ``content`` in characters, ``words`` the same in words."""

    attribution: Attribution
    content: list[Range]
    words: list[Range]
    cue: Range | None
    source: Range | None
    act: Act
    authority: Authority
    mode: Mode
    confidence: float
    speakers: list[Cluster] = field(default_factory=list)
    within: Draft | None = None
    about: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)
    to: list[Cluster] = field(default_factory=list)
    id: str = ""

    def holds(self, start: int, end: int) -> bool:
        """Whether the content holds these characters."""
        return any(a <= start and end <= b for a, b in self.content)

    def size(self) -> int:
        """Characters of content."""
        return sum(b - a for a, b in self.content)
