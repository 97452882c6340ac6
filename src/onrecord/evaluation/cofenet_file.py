"""CofeNet's own files: a window a line, `{"tokens": [...], "labels": [...], "id": ...}`.

The tokens are CoreNLP's, so that the text has to be rebuilt from them: brackets and quotation
marks are set back, and a space goes where an English text has one. A reader then reads the whole
text, and its spans are laid on the file's tokens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from onrecord.errors import EvaluationError
from onrecord.evaluation.cofenet import Labelled, spans_of
from onrecord.evaluation.corpora import lines
from onrecord.evaluation.protocols import Span

_SURFACE = {
    "``": "“", "''": "”", "`": "‘", "--": "—",
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip
_NO_SPACE_BEFORE = frozenset(".,;:!?%)]}”’…") | {"n't", "n’t"}
_NO_SPACE_AFTER = frozenset("([{“‘$#")


@dataclass
class WindowedText:
    """A document of such a file: its rebuilt text and tokens, its windows, its gold spans."""

    name: str
    text: str = ""
    words: list[Span] = field(default_factory=list)
    windows: list[int] = field(default_factory=list)
    gold: list[Labelled] = field(default_factory=list)


def read_file(path: Path) -> Iterator[WindowedText]:
    """The documents of a file: consecutive windows that share an id.

    Raises:
        EvaluationError: a line is no JSON object with `tokens`, `labels` and `id`.
    """
    windows = (_window(path, number, line) for number, line in enumerate(lines(path), 1) if line)
    for name, group in groupby(windows, key=lambda window: str(window["id"])):
        document = WindowedText(name)
        for window in group:
            _append(document, window["tokens"], window["labels"])
        yield document


def _window(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        window = json.loads(line)
        if len(window["tokens"]) == len(window["labels"]) and "id" in window:
            return dict(window)
    except (ValueError, KeyError, TypeError):
        pass
    raise EvaluationError(f"{path}:{number}: no window with tokens, as many labels, and an id")


def _append(document: WindowedText, tokens: list[str], labels: list[str]) -> None:
    first = len(document.words)
    document.windows.append(first)
    document.gold += [(first + a, first + b, label) for a, b, label in spans_of(labels)]
    pieces = [document.text, "\n\n"] if document.text else []
    length = len(document.text) + 2 * bool(document.text)
    before = ""
    for token in tokens:
        surface = _SURFACE.get(token, token)
        if before and _spaced(before, surface):
            pieces.append(" ")
            length += 1
        document.words.append((length, length + len(surface)))
        pieces.append(surface)
        length += len(surface)
        before = surface
    document.text = "".join(pieces)


def _spaced(before: str, token: str) -> bool:
    """Whether an English text has a space between two tokens."""
    if before in _NO_SPACE_AFTER or token in _NO_SPACE_BEFORE:
        return False
    return not (token[0] in "'’" and len(token) > 1 and token[1].isalpha())
