"""What the corpus readers share: the lines and the blocks of lines of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import EvaluationError


def lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, without their ends.

    Raises:
        EvaluationError: there is no such file.
    """
    if not path.is_file():
        raise EvaluationError(f"{path}: no such file")
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\r\n")


def blocks(path: Path) -> Iterator[list[str]]:
    """The runs of non-empty lines of a file (a CoNLL file's sentences)."""
    block: list[str] = []
    for line in lines(path):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
