"""PolNeAR's attributions as brat stand-off: one folder with `text/` and `attributions/`.

A text `text/NAME.txt` has one or more annotation files `attributions/NAME_ANNOTATOR.ann`; each is
an item of its own, as in CofeNet's files. Only the event lines (`E`) make attributions: the stray
tags (Discuss, Discard, notes) are remarks of the annotators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import EvaluationError

Span = tuple[int, int]

_TEXT_BOUND = re.compile(r"^(T\d+)\t\S+ ([\d ;]+)\t", re.MULTILINE)
_EVENT = re.compile(r"^E\d+\t(.+)$", re.MULTILINE)
_ROLE = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True)
class Attribution:
    """Who is said to have said what: lists of character spans, end exclusive, possibly empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class AnnotatedText:
    """One annotator's reading of one text."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def parse(standoff: str) -> tuple[Attribution, ...]:
    """The attributions of a brat file, in the file's order."""
    bounds = {match[1]: _spans(match[2]) for match in _TEXT_BOUND.finditer(standoff)}
    return tuple(_attribution(match[1], bounds) for match in _EVENT.finditer(standoff))


def _spans(offsets: str) -> tuple[Span, ...]:
    pieces = (piece.split() for piece in offsets.split(";"))
    return tuple((int(start), int(end)) for start, end in pieces)


def _attribution(line: str, bounds: dict[str, tuple[Span, ...]]) -> Attribution:
    roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for role, reference in _ROLE.findall(line):
        roles[role].extend(bounds.get(reference, ()))
    return Attribution(*(tuple(roles[role]) for role in ("Source", "Cue", "Content")))


def read_folder(folder: Path) -> Iterator[AnnotatedText]:
    """Every annotation file of the folder, in order of name.

    Raises:
        EvaluationError: the folder lacks `text/` or `attributions/`, or a file's text is missing.
    """
    files = sorted((folder / "attributions").glob("*.ann"))
    if not files:
        raise EvaluationError(
            f"{folder}: no attributions/*.ann; wanted a folder with text/ and attributions/"
        )
    for path in files:
        text = folder / "text" / f"{path.stem.rpartition('_')[0]}.txt"
        if not text.is_file():
            raise EvaluationError(f"{path}: its text {text} is missing")
        yield AnnotatedText(path.stem, _exact(text), parse(_exact(path)))


def _exact(path: Path) -> str:
    """The file's text with its line ends as they are: the offsets count them."""
    return path.read_bytes().decode("utf-8")
