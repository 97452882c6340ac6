"""The words of a report around an entry, cut where its spans begin and end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Json = Mapping[str, Any]

AROUND = 700
"""Characters shown before the first words of an entry and behind its last, at most."""
LONGEST = 6000
"""Characters of a passage at most, where an entry's own words aren't more."""

_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: its offset, its words, and the fields whose spans hold it."""

    at: int
    words: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text, in pieces."""

    pieces: tuple[Piece, ...]
    begins: bool
    """Whether the text begins with it."""
    ends: bool


def passage(text: str, spans: Sequence[tuple[str, Json]]) -> Passage:
    """The paragraphs of an entry's words and those next to them; the beginning where it has none.

    `spans` are its spans, each with the name of its field.
    """
    low = min((span["start"] for _, span in spans), default=0)
    high = max((span["end"] for _, span in spans), default=0)
    high = max(high, low) if high - low <= LONGEST else low + LONGEST
    start, end = _start(text, low), _end(text, high)
    borders = {start, end}
    for _, span in spans:
        borders |= {min(max(span["start"], start), end), max(min(span["end"], end), start)}
    cuts = sorted(borders)
    pieces = tuple(Piece(a, text[a:b], _holding(spans, a, b)) for a, b in pairwise(cuts))
    return Passage(pieces, begins=not text[:start].strip(), ends=not text[end:].strip())


def _holding(spans: Sequence[tuple[str, Json]], start: int, end: int) -> tuple[str, ...]:
    names = (name for name, span in spans if span["start"] < end and span["end"] > start)
    return tuple(dict.fromkeys(names))


def _start(text: str, low: int) -> int:
    """Where the paragraph before the one with offset `low` begins, or a word `AROUND` before it."""
    floor = max(0, low - AROUND)
    breaks = [match.end() for match in _BREAK.finditer(text, floor, low)]
    if len(breaks) > 1:
        return breaks[-2]
    if floor == 0:
        return len(text[:low]) - len(text[:low].lstrip())
    return breaks[0] if breaks else text.find(" ", floor, low) + 1 or floor


def _end(text: str, high: int) -> int:
    ceiling = min(len(text), high + AROUND)
    breaks = [match.start() for match in _BREAK.finditer(text, high, ceiling)]
    if len(breaks) > 1:
        return breaks[1]
    if ceiling == len(text):
        return len(text.rstrip()) if len(text.rstrip()) >= high else len(text)
    space = text.rfind(" ", high, ceiling)
    return breaks[0] if breaks else space if space > high else ceiling
