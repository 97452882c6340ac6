"""Who says what, source by source, in the terminal layout."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli.people.text import clean, made, refs, rule, weight
from onrecord.export import telling
from onrecord.export.voices import answered, denied_by
from onrecord.record import Record, Statement

ROOM = 210
"""Characters that a statement may take before it is cut: three lines of 80 columns, two of 116."""


def by_source(record: Record, *, verbose: bool) -> RenderableType:
    """The statements under their sources, sources in the order in which they first speak."""
    parts: list[RenderableType] = []
    for group in telling.groups(record):
        parts.append(_source(record, group))
        parts.append(_told(record, group, verbose=verbose))
    return Group(*parts)


def _source(record: Record, group: telling.Group) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    name = Text(clean(group.who), style="bold")
    if group.role:
        name.append(f", {clean(group.role)}", style="dim not bold")
    if via := _relay(group):
        name.append(f" → {clean(via)}", style="not bold")
    grid.add_row(name, _authority(group) if group.who != "nobody named" else Text(""))
    return grid


def _authority(group: telling.Group) -> Text:
    """How the source is identified; where its statements differ, each of the ways."""
    shown = Text()
    for n, authority in enumerate(group.authorities):
        shown.append(" · " if n else "")
        shown.append(telling.AUTHORITY[authority], style=weight(authority))
    return shown


def _relay(group: telling.Group) -> str:
    """The outlets that all of a source's statements came through; empty where they differ."""
    relays = {statement.via for statement in group.statements}
    return ", ".join(relays.pop()) if len(relays) == 1 else ""


def _told(record: Record, group: telling.Group, *, verbose: bool) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=3, justify="right", no_wrap=True)
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    for statement in group.statements:
        line = _line(record, statement, relayed=not _relay(group), room=None if verbose else ROOM)
        number = Text(refs(record, [statement.id]), style="bold")
        grid.add_row(number, rule(statement), line)
        if verbose:
            spans = [*statement.content, statement.cue, statement.source]
            grid.add_row("", "", Text(made(statement, spans), style="dim"))
    return grid


def _line(record: Record, statement: Statement, *, relayed: bool, room: int | None) -> Text:
    """One statement: what it does and to what, its words, and who denies it."""
    line = _verb(record, statement)
    tail = _tail(record, statement, relayed=relayed)
    words = clean(telling.words(statement.content))
    if room is not None:
        words = telling.shortened(words, max(40, room - len(line) - len(tail) - 1))
    line.append(words)
    return line.append_text(tail)


def _verb(record: Record, statement: Statement) -> Text:
    verb = Text()
    about = [record.statement(id) for id in answered(record, statement)]
    if statement.act == "deny":
        echoed = [other.id for other in about if other.act == "deny"]
        denied = [other.id for other in about if other.act != "deny"]
        verb.append(f"✗ denies {refs(record, denied)}".rstrip(), style="red")
        verb.append(f", echoing {refs(record, echoed)}" if echoed else "", style="red")
    elif told := telling.ACT[statement.act]:
        style = "red" if statement.act == "reject" else "bold"
        verb.append(f"{told} {refs(record, [other.id for other in about])}".rstrip(), style=style)
    if to := [name for name in record.names(statement.to) if name not in statement.via]:
        verb.append(f"{', ' if verb else ''}to {clean(telling.listed(to))}", style="dim")
    return verb.append(": ", style="not bold") if verb else verb


def _tail(record: Record, statement: Statement, *, relayed: bool) -> Text:
    tail = Text()
    if relayed and statement.via:
        tail.append(f" → {clean(', '.join(statement.via))}")
    if statement.within is not None:
        tail.append(f" (told in {refs(record, [statement.within])})", style="dim")
    if denials := denied_by(record, statement):
        tail.append(f" ✗ denied by {refs(record, denials)}", style="red")
    return tail
