"""A record laid out for people in a terminal.

Three colours mean something and nothing else has any: yellow for what stands on unnamed sources or
on nobody, red for what is denied or refused, green for what is borne out or accepted. Every colour
stands beside a word or a mark, so that the page reads without any. Superscripts are the statements'
numbers: behind an entry they say on whose word it stands.
"""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from onrecord.cli.people import layers, positions, statements
from onrecord.cli.people.text import MARGIN, clean, section, supers, verdict_style
from onrecord.export import telling, voices
from onrecord.record import Actor, Record

WIDEST = 116
"""Columns beyond which lines get too long to read; wider terminals keep the rest empty."""

TITLE = 140
"""Characters of the title; where the first line stands in for one, it may be a long paragraph."""

NARROW = 100
"""Below this many columns, what would stand side by side stands one under the other."""


def print_record(record: Record, console: Console, *, verbose: bool = False) -> None:
    """Prints the record for people; `verbose` adds every entry's offsets and what made it."""
    width = min(console.width, WIDEST)
    options = console.options.update(width=width)
    for part in sections(record, width=width, verbose=verbose):
        for line in console.render_lines(part, options, pad=False):
            console.print(Text.assemble(*_trimmed(line)), soft_wrap=True)
        console.print()


def _trimmed(line: list[Segment]) -> list[tuple[str, Style]]:
    """A rendered line without the blanks that only fill it up."""
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    parts = [(segment.text, segment.style or Style()) for segment in kept]
    return [*parts[:-1], (parts[-1][0].rstrip(), parts[-1][1])] if parts else []


def sections(record: Record, *, width: int, verbose: bool) -> Iterable[RenderableType]:
    """The parts of the page, top to bottom; a layer with nothing in it has none."""
    yield _head(record)
    if record.headline:
        yield section("Headline against text", _headline(record, narrow=width < NARROW))
    if record.statements:
        told = statements.by_source(record, verbose=verbose)
        yield section("Who says what", told)
    if record.events:
        yield section("What happened, they say", layers.events(record, verbose=verbose))
    if record.proposals:
        yield section("On the table", layers.proposals(record, verbose=verbose))
    if record.positions:
        stand = positions.positions(record, width=width - MARGIN, verbose=verbose)
        yield section("Where they stand", stand)
    if record.figures:
        yield section("Figures", layers.figures(record, verbose=verbose))
    if verbose and record.actors:
        yield section("Actors", _actors(record))
    yield _legend(record)


def _head(record: Record) -> RenderableType:
    parts = [Text(telling.shortened(clean(telling.title(record)), TITLE), style="bold")]
    known = " · ".join(filter(None, (clean(telling.origin(record)), telling.counted(record))))
    parts.append(Text(known, style="dim"))
    parts += [Text(f"⚠ {clean(warning)}", style="yellow") for warning in record.report.warnings]
    return Group(*(_indented(part) for part in parts))


def _indented(part: RenderableType) -> RenderableType:
    grid = Table.grid(padding=0)
    grid.add_column(width=MARGIN)
    grid.add_column(ratio=1)
    grid.add_row("", part)
    return grid


def _headline(record: Record, *, narrow: bool) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=1)
    grid.add_column(ratio=5)
    grid.add_column(width=15, no_wrap=True)
    if not narrow:
        grid.add_column(ratio=5)
    for claim in record.headline:
        mark, word = telling.SUPPORT[claim.support]
        style = verdict_style(claim.support)
        words = Text(telling.quoted(clean(telling.words(claim.claim))))
        why = _why(record, voices.verdict(record, claim))
        row = [Text(mark, style=style), words, Text(word, style=style)]
        if narrow:
            grid.add_row(*row)
            grid.add_row("", why, "")
        else:
            grid.add_row(*row, why)
    return grid


def _why(record: Record, phrases: list[voices.Phrase]) -> Text:
    why = Text(style="dim")
    for n, (phrase, ids) in enumerate(phrases):
        why.append(" · " if n else "")
        why.append(clean(phrase))
        why.append(supers(record.number(id) for id in ids))
    return why


def _actors(record: Record) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=4, justify="right", style="dim")
    grid.add_column(width=8, style="dim")
    grid.add_column(ratio=1)
    for actor in record.actors:
        grid.add_row(actor.id, actor.kind, _actor(record, actor))
    return grid


def _actor(record: Record, actor: Actor) -> Text:
    line = Text(clean(actor.name))
    about = [actor.role or "", telling.belongs_to(record, actor)]
    also = [f"also {', '.join(actor.aliases)}"] if actor.aliases else []
    rest = clean(" · ".join(filter(None, [*about, *also])))
    return line.append(f"  {rest}", style="dim") if rest else line


def _legend(record: Record) -> RenderableType:
    if not record.statements:
        return _indented(Text("Nobody is quoted: all of it is the report's own word.", style="dim"))
    legend = Text("¹ ² ³ who says so, by number · no number: the report itself", style="dim")
    if any(statement.act == "deny" for statement in record.statements):
        legend.append(" · ✗ ³ denied by ³")
    return _indented(legend)


__all__ = ["print_record", "sections"]
