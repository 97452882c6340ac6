"""Reports with stand-off notes of who and what they tell of, as suite `links` wants them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import EvaluationError
from onrecord.evaluation.protocols import ReaderLike
from onrecord.record import Record

NOTES = "links.jsonl"
IN_TREE = Path("training/gold") / NOTES


@dataclass(frozen=True, slots=True)
class Noted:
    """A report with its notes and the record that the reader made of it."""

    record: Record
    actors: Sequence[tuple[int, int, str]]
    claims: Sequence[tuple[int, int, str]]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.record.report.id


def text_of(story: Mapping[str, Any]) -> str:
    """The text of a story: its title where it has one, a blank line, its body."""
    return f"{story['title']}\n\n{story['text']}" if story.get("title") else str(story["text"])


def streams(data: Path) -> list[Path]:
    """The files of streams in a folder; raises `EvaluationError` where there are none."""
    found = [path for path in sorted(data.glob("*.jsonl")) if path.name != NOTES]
    if not found:
        raise EvaluationError(f"{data}: no *.jsonl; wanted a folder of streams")
    return found


def notes(data: Path) -> Path:
    """The file of notes; raises `EvaluationError` where there is none."""
    for path in (data / NOTES, IN_TREE):
        if path.is_file():
            return path
    raise EvaluationError(f"no notes: neither {data / NOTES} nor {IN_TREE} is there")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects in a file of JSON lines."""
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def noted_by(reader: ReaderLike, note: Mapping[str, Any], stories: Mapping[str, Any]) -> Noted:
    """A noted report, read; raises `EvaluationError` where its text isn't what was noted."""
    story = stories.get(note["id"])
    text = text_of(story) if story else ""
    if story is None or hashlib.sha256(text.encode("utf-8")).hexdigest() != note["digest"]:
        raise EvaluationError(f"{note['id']}: its story is missing, or not the one that was noted")
    known = {key: story.get(key) or None for key in ("title", "published", "publisher")}
    made = Record.from_dict(reader.read(text, id=note["id"], **known).to_dict())
    return Noted(made, note["actors"], note["claims"])
