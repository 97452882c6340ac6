"""Records in the forms that other programs and people read.

`FORMATS` names them; `render` gives one record in one of them, `write` puts it into a folder.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.export.brat import render as _brat
from onrecord.export.page import render as _page
from onrecord.export.plover import render as _plover
from onrecord.export.table import HEAD
from onrecord.export.table import rows as _rows
from onrecord.export.webannotation import render as _webannotation
from onrecord.record import Record

__all__ = ["FORMATS", "Format", "render", "write"]

Render = Callable[[Record], str]
"""Gives a record as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form of a record."""

    name: str
    suffix: str
    """The suffix of its files."""
    render: Render
    joins: bool
    """Whether the texts of many records, one after another, are again in this form."""
    head: str = ""
    """What stands once before the first record."""
    beside: Mapping[str, Render] = field(default_factory=dict)
    """Further files that belong to it, by suffix."""


def _json(record: Record) -> str:
    return record.to_json(indent=1) + "\n"


def _jsonl(record: Record) -> str:
    return record.to_json() + "\n"


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(name="json", suffix=".json", render=_json, joins=False),
        Format(name="jsonl", suffix=".jsonl", render=_jsonl, joins=True),
        Format(name="html", suffix=".html", render=_page, joins=False),
        Format(name="csv", suffix=".csv", render=_rows, joins=True, head=HEAD),
        Format(name="plover", suffix=".plover.jsonl", render=_plover, joins=True),
        Format(
            name="brat",
            suffix=".ann",
            render=_brat,
            joins=False,
            beside={".txt": lambda record: record.text},
        ),
        Format(name="webannotation", suffix=".jsonld", render=_webannotation, joins=False),
    )
}
"""Every form, by the name that `onrecord read --format` takes."""


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise ExportError(f"format {name!r} is none of {', '.join(FORMATS)}")
    return FORMATS[name]


def render(record: Record, format: str) -> str:
    """The record in the form called `format`; raises `ExportError` where there is no such form."""
    form = _format(format)
    return form.head + form.render(record)


def write(record: Record, format: str, folder: Path, *, stem: str | None = None) -> list[Path]:
    """Writes the record into `folder` as files named after `stem` (the report's id by default).

    Returns the files written. Raises `ExportError` where there is no such form, or where the folder
    can't be written to.
    """
    form = _format(format)
    name = stem or record.report.id
    texts = {form.suffix: form.head + form.render(record)}
    texts |= {suffix: beside(record) for suffix, beside in form.beside.items()}
    paths = [folder / f"{name}{suffix}" for suffix in texts]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ExportError(f"can't write {error.filename or folder}: {error.strerror}") from error
    return paths
