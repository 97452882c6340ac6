"""Where the parties stand: a matrix of parties and topics, or a list where that is too wide."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli.people.layers import words
from onrecord.cli.people.text import VOICE, clean, made, refs, rows, stance_style, voice, weight
from onrecord.export import telling
from onrecord.export.voices import denied_by
from onrecord.record import Position, Record

PARTY = 14
"""Columns for the parties' names."""

CELL = 13
"""Fewest columns for a topic: narrower ones break most phrases at every word."""

Held = dict[str, list[Position]]


def positions(record: Record, *, width: int, verbose: bool) -> RenderableType:
    """The positions party by party."""
    by_party: Held = {}
    for position in record.positions:
        by_party.setdefault(telling.parties(record, position), []).append(position)
    topics = list(dict.fromkeys(position.topic for position in record.positions))
    if verbose or PARTY + 2 + (CELL + 2) * len(topics) > width:
        return _list(record, by_party, verbose=verbose)
    return _matrix(record, by_party, sorted(topics, key=lambda topic: topic == "other"))


def _matrix(record: Record, by_party: Held, topics: list[str]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=PARTY, style="bold")
    for _ in topics:
        grid.add_column(ratio=1)
    grid.add_row("", *(Text(topic, style="dim") for topic in topics))
    for party, held in by_party.items():
        cells = ([p for p in held if p.topic == topic] for topic in topics)
        grid.add_row(Text(clean(party)), *(Group(*_cell(record, cell)) for cell in cells))
    return grid


def _cell(record: Record, held: list[Position]) -> list[Text]:
    """One line a stance; the words stand there too where no proposal above has them."""
    lines: dict[str, Text] = {}
    for position in held:
        mark, verb, _ = telling.STANCE[position.stance]
        what = "" if position.on is not None else f" {telling.shortened(words(position.what), 44)}"
        key = f"{mark} {verb}{what}"
        line = lines.setdefault(key, Text(key, style=stance_style(position.stance)))
        line.append_text(_voices(record, position))
    return list(lines.values())


def _voices(record: Record, position: Position) -> Text:
    told = Text(style="not bold")
    said_by = record.voice_of(position)
    if said_by is not None:
        told.append(f" {refs(record, [said_by.id])}", style=weight(said_by.authority) or "default")
    if denials := denied_by(record, position):
        told.append(f" ✗ {refs(record, denials)}", style="red")
    return told


def _list(record: Record, by_party: Held, *, verbose: bool) -> RenderableType:
    parts: list[RenderableType] = []
    for party, held in by_party.items():
        parts.append(Text(clean(party), style="bold"))
        parts.append(_held(record, held, verbose=verbose))
    return Group(*parts)


def _held(record: Record, held: list[Position], *, verbose: bool) -> Table:
    grid = rows(12, 11, None, right=VOICE)
    for position in held:
        mark, verb, _ = telling.STANCE[position.stance]
        grid.add_row(
            Text(f"{mark} {verb}", style=stance_style(position.stance)),
            Text(position.topic, style="dim"),
            Text(words(position.what)),
            voice(record, position),
        )
        if verbose:
            grid.add_row("", "", Text(made(position, [position.what]), style="dim"), "")
    return grid
