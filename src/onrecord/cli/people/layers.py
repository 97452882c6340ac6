"""Events, proposals, positions and figures in the terminal layout."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli.people.text import VOICE, clean, inside, made, rows, stance_style, voice
from onrecord.export import telling
from onrecord.record import Event, Figure, Position, Proposal, Record, Span, Term

_DETAIL = 90
"""Characters of a quoted passage in these layers; the words are there to recognise it by."""


def words(span: Span) -> str:
    """The words of a span on one line, cut where there are more than one needs to know them."""
    return telling.shortened(clean(telling.words(span)), _DETAIL)


def _quoted(span: Span) -> str:
    return telling.quoted(words(span))


def _add(
    grid: Table, cells: list[RenderableType], entry: Event | Figure, spans: Iterable[Span | None]
) -> None:
    grid.add_row(*cells)
    note = Text(made(entry, spans), style="dim")
    grid.add_row(*["" for _ in cells[:-2]], note, "")


# ---- events --------------------------------------------------------------------------------------


def events(record: Record, *, verbose: bool) -> RenderableType:
    """Every event: its type, who did it to whom, in which words, where and when, in whose voice."""
    grid = rows(9, None, right=VOICE)
    for event in record.events:
        cells: list[RenderableType] = [
            Text(event.type),
            _event(record, event),
            voice(record, event),
        ]
        if verbose:
            _add(grid, cells, event, [event.trigger, event.where, event.when])
        else:
            grid.add_row(*cells)
    return grid


def _event(record: Record, event: Event) -> Text:
    line = Text(clean(telling.parties(record, event)))
    if event.recipients:
        line.append(f"{' ' if line else ''}→ {inside(record, event.recipients)}")
    line.append(f"{' ' if line else ''}{_quoted(event.trigger)}", style="dim")
    for span in (event.where, event.when):
        line.append("" if span is None else f" · {words(span)}", style="dim")
    if event.status == "negated":
        line.append(" · did not happen", style="red")
    elif event.status != "actual":
        line.append(f" · {event.status}", style="italic")
    return line


# ---- proposals -----------------------------------------------------------------------------------


def proposals(record: Record, *, verbose: bool) -> RenderableType:
    """Every proposal: whose, its terms with what is the price of what, and who took it up how."""
    taken_up = telling.taken_up(record)
    parts: list[RenderableType] = []
    for one in record.proposals:
        parts.append(_proposal(record, one, verbose=verbose))
        parts.append(_taken_up(record, one, taken_up.get(one.id, [])))
    return Group(*parts)


def _proposal(record: Record, proposal: Proposal, *, verbose: bool) -> RenderableType:
    head = rows(None, right=VOICE)
    line = Text(clean(telling.offer(record, proposal)), style="bold")
    if proposal.name is not None:
        line.append(f"  {_quoted(proposal.name)}", style="dim not bold")
    head.add_row(line, voice(record, proposal))
    if verbose:
        head.add_row(Text(made(proposal, [proposal.name]), style="dim"), "")
    terms = rows(2, 11, None)
    for mark, term in telling.in_order(proposal):
        terms.add_row(Text(mark, style="bold"), Text(term.topic, style="dim"), _term(record, term))
        if verbose:
            terms.add_row("", "", Text(made(term, [term.what]), style="dim"))
    return Group(head, terms)


def _term(record: Record, term: Term) -> Text:
    line = Text(words(term.what))
    if term.giver:
        line.append(f"  by {inside(record, term.giver)}", style="dim")
    return line


def _taken_up(record: Record, proposal: Proposal, positions: list[Position]) -> RenderableType:
    grid = rows(None, right=VOICE)
    for position in positions:
        mark, _, verb = telling.STANCE[position.stance]
        who = telling.inside(clean(telling.parties(record, position)))
        line = Text(f"{mark} {verb} {who}", style=stance_style(position.stance))
        if position.on != proposal.id or position.stance in ("open", "requires", "demands"):
            line.append(f": {words(position.what)}", style="dim")
        grid.add_row(line, voice(record, position))
    return grid


# ---- figures -------------------------------------------------------------------------------------


def figures(record: Record, *, verbose: bool) -> RenderableType:
    """Every figure with its bound, what it counts, and on whose word."""
    widest = max((len(telling.amount(figure)) for figure in record.figures), default=0)
    grid = rows(widest, 9, None, right=VOICE)
    grid.columns[0].justify = "right"
    for figure in record.figures:
        cells: list[RenderableType] = [
            Text(telling.amount(figure), style="bold"),
            Text(figure.what if figure.what != "other" else ""),
            _figure(figure),
            voice(record, figure),
        ]
        if verbose:
            _add(grid, cells, figure, [figure.span, figure.who, figure.when])
        else:
            grid.add_row(*cells)
    return grid


def _figure(figure: Figure) -> Text:
    line = Text(_quoted(figure.span))
    if figure.when is not None and figure.when.text not in figure.span.text:
        line.append(f" · {words(figure.when)}", style="dim")
    return line
