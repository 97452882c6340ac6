"""JSON Lines: one report, or one record of onrecord, a line."""

import json
from collections.abc import Iterator
from typing import Any

from onrecord.errors import EmptyInput, IntakeError, RecordError, UnsupportedInput
from onrecord.intake import dates
from onrecord.intake.document import Document
from onrecord.record import Record

_TEXT = ("text", "body", "content", "article")
_FIELDS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site"),
    "byline": ("byline", "author", "authors"),
    "name": ("id", "url", "link"),
}
_DATES = ("published", "date", "published_at", "pubdate", "date_publish")
"""What these fields are called in the tables that people keep; the first there is counts."""
COLUMNS = (*_TEXT, *(name for names in _FIELDS.values() for name in names), *_DATES)
"""The columns of a table of reports that are looked at."""


def begins(data: bytes) -> bool:
    """Whether these bytes begin with a line that is a JSON object."""
    line = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def document(line: bytes | str, *, name: str) -> Document:
    """The report or record in one line.

    Raises `UnsupportedInput` where the line is no JSON object with a text, `EmptyInput` where its
    text has no word, `RecordError` where it is a record that breaks its contract.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnsupportedInput(f"{name}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise UnsupportedInput(f"{name}: {type(row).__name__} is no report; wants an object")
    if isinstance(row.get("review"), dict):
        return Document(text="", kept=row)
    if isinstance(row.get("report"), dict):
        return _record(row, name)
    return of_row(row, name=name)


def of_row(row: dict[str, Any], *, name: str) -> Document:
    """The report in the fields of a row; raises as `document` does."""
    text = _first(row, _TEXT)
    if text is None:
        have = ", ".join(sorted(row)[:8]) or "nothing"
        raise UnsupportedInput(f"{name}: no text; wants a field {_TEXT[0]}, has {have}")
    if not any(character.isalnum() for character in text):
        raise EmptyInput(f"{name}: there is no text in it; wants at least one word")
    return _report(row, text)


def _record(row: dict[str, Any], name: str) -> Document:
    try:
        record = Record.from_dict(row)
    except RecordError as error:
        raise RecordError(f"{name}: {error}") from error
    kept = row["store"] if isinstance(row.get("store"), dict) else None
    return Document(text=record.text, records=(record,), name=record.report.id, kept=kept)


def _report(row: dict[str, Any], text: str) -> Document:
    published, warning = dates.iso(_first(row, _DATES))
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return Document(
        text=clean.encode("utf-8", "replace").decode("utf-8"),
        published=published,
        warnings=(warning,) if warning else (),
        title=_first(row, _FIELDS["title"]),
        publisher=_first(row, _FIELDS["publisher"]),
        byline=_first(row, _FIELDS["byline"]),
        name=_first(row, _FIELDS["name"]),
    ).titled()


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, list):
            value = ", ".join(str(one) for one in value)
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value) if name in _TEXT else " ".join(str(value).split())
    return None


def documents(
    lines: Iterator[bytes], *, name: str
) -> Iterator[Document | IntakeError | RecordError]:
    """The report of each line, or the error that tells why there is none; blank ones are none."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield document(line, name=f"{name}, line {number}")
            except (IntakeError, RecordError) as error:
                yield error
