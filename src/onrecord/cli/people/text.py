"""The small parts of the terminal layout: marks, superscripts, safe text."""

import re
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.export import telling
from onrecord.export.voices import denied_by
from onrecord.record import Record, Span, Statement, Voiced
from onrecord.vocabulary import Authority, Stance, Support

MARGIN = 2
"""Columns left free at the left edge."""

VOICE = 15
"""Columns of the right-hand column that says on whose word an entry stands."""

RULE: dict[Authority, str] = {
    "named": "┃",
    "body": "│",
    "media": "│",
    "document": "│",
    "unnamed": "┊",
    "none": " ",
}
"""The rule beside a statement, as heavy as its authority."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What could move the cursor, colour the terminal or turn the text around."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """`text` on one line, without what a terminal would obey."""
    return " ".join(_UNSAFE.sub("\ufffd", text).split())


def supers(numbers: Iterable[int]) -> str:
    """The statements' numbers as superscripts."""
    return " ".join(str(n).translate(_SUPERSCRIPTS) for n in numbers)


def inside(record: Record, ids: Iterable[str]) -> str:
    """The names of these actors as they stand inside a sentence."""
    return telling.inside(clean(telling.listed(record.names(ids))))


def refs(record: Record, ids: Iterable[str]) -> str:
    """The superscripts of the statements with these ids."""
    return supers(record.number(id) for id in ids)


def heading(words: str) -> Text:
    """The heading of a section."""
    return Text(" " * MARGIN + words.upper(), style="bold dim")


def section(words: str, body: RenderableType) -> RenderableType:
    """A section: its heading, and its body behind the margin."""
    grid = Table.grid(padding=0, expand=True)
    grid.add_column(width=MARGIN)
    grid.add_column(ratio=1)
    grid.add_row("", body)
    return Group(heading(words), grid)


def weight(authority: Authority) -> str:
    """The style of a source by its authority."""
    return "yellow" if authority in ("unnamed", "none") else ""


def verdict_style(support: Support) -> str:
    """The style of a verdict on a claim of the headline."""
    if support == "full":
        return "green"
    return "red" if support == "disputed" else "yellow"


def stance_style(stance: Stance) -> str:
    """The style of a stance."""
    return {"rejects": "red", "accepts": "green"}.get(stance, "")


def voice(record: Record, entry: Voiced) -> Text:
    """On whose word an entry stands, and who denies it: "⁷ unnamed ✗ ³"."""
    told = Text()
    said_by = record.voice_of(entry)
    if said_by is not None:
        told.append(refs(record, [said_by.id]), style="bold")
        told.append(f" {telling.AUTHORITY[said_by.authority]}", style=weight(said_by.authority))
    denials = denied_by(record, entry)
    if denials:
        told.append(f"{' ' if told else ''}✗ {refs(record, denials)}", style="red")
    return told


def made(entry: object, spans: Iterable[Span | None]) -> str:
    """Id, offsets and maker of an entry, for `--verbose`."""
    at = " ".join(f"{span.start}:{span.end}" for span in spans if span is not None)
    origin = getattr(entry, "origin", None) or ""
    confidence = getattr(entry, "confidence", None)
    sure = "" if confidence is None else f"{confidence:.2f}"
    return " ".join(filter(None, [getattr(entry, "id", ""), at, clean(origin), sure]))


def rows(*columns: int | None, right: int | None = None) -> Table:
    """A grid: columns of these widths (None takes what is left), then one of width `right`."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in columns:
        grid.add_column(width=width, ratio=1 if width is None else None)
    if right is not None:
        grid.add_column(width=right)
    return grid


def rule(statement: Statement) -> Text:
    """The rule beside a statement."""
    return Text(RULE[statement.authority], style=weight(statement.authority))
