"""Positions and the ledger for people: what each party wants, and what it answers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.answers.parts import block, quote, source
from onrecord.cli.people.text import clean, heading, stance_style
from onrecord.export import telling
from onrecord.views.ledger import Answer, LedgerRow
from onrecord.views.positions import Standing
from onrecord.views.telling import Told


def positions(found: Sequence[Standing]) -> Iterator[RenderableType]:
    """Party by party: topic, stance, words, and what the stance was before."""
    for party, held in groupby(found, key=lambda one: one.party):
        yield Text("")
        yield heading(clean(party))
        for one in held:
            yield block(
                [Text(one.topic, style="dim"), _stance(one.stance)],
                [quote(one.latest), source(one.latest), *_before(one)],
                widths=(11, 12),
            )
    yield Text("")


def _stance(stance: str) -> Text:
    mark, verb, _ = telling.STANCE[stance]  # type: ignore[index]
    return Text(f"{mark} {verb}", style=stance_style(stance))  # type: ignore[arg-type]


def _before(one: Standing) -> list[Text]:
    """The stances before, one after another, where they were others."""
    turns = [held for held, _ in _turns(one.history)][1:5]
    if not turns:
        return []
    told = [f"{telling.STANCE[t.label][1]} ({t.day or 'no date'})" for t in turns]  # type: ignore[index]
    return [Text(f"↺ before: {', '.join(told)}", style="yellow" if one.changed else "dim")]


def _turns(history: Iterable[Told]) -> Iterator[tuple[Told, int]]:
    """The latest position of each run of the same stance."""
    for _, run in groupby(history, key=lambda told: told.label):
        same = list(run)
        yield same[0], len(same)


def ledger(found: Sequence[LedgerRow]) -> Iterator[RenderableType]:
    """Each proposal: who to whom, the terms, what for what, and the answers by date."""
    dates = {row.told.entry: row.first_day for row in found}
    for row in found:
        yield Text("")
        yield Padding(_offer(row), (0, 0, 0, 2))
        yield block([Text("")], [source(row.told)], widths=(1,))
        yield from _terms(row)
        yield from (_answer(answer) for answer in row.answers)
        if note := _note(row, dates):
            yield block([Text("↷", style="yellow")], [Text(note, style="yellow")], widths=(1,))
    yield Text("")


def _offer(row: LedgerRow) -> Text:
    by = telling.listed([clean(name) for name in row.by or row.mediators]) or "Nobody named"
    to = telling.listed([clean(name) for name in row.to])
    line = Text.assemble((row.first_day or "no date", "dim"), "  ", (by, "bold"))
    line.append(f" to {to}" if to else "")
    if row.mediators and row.by:
        line.append(f", through {telling.listed([clean(n) for n in row.mediators])}")
    if row.told.quote:
        line.append_text(Text.assemble("  ", quote(row.told)))
    if row.tellings > 1:
        line.append(f"  told {row.tellings} times, {row.origins} independent", style="dim")
    return line


def _terms(row: LedgerRow) -> Iterator[RenderableType]:
    """The terms; those that are another's price behind a ⇄."""
    taken = {entry for _, side in row.exchange for entry in side}
    priced = {entry for pair in row.exchange for side in pair for entry in side}
    ordered = sorted(
        row.terms, key=lambda term: (term.told.entry not in priced, term.told.entry in taken)
    )
    for term in ordered:
        mark = Text("⇄" if term.told.entry in taken else " ")
        words = quote(term.told)
        if term.giver:
            words.append(f"  by {telling.listed([clean(n) for n in term.giver])}", style="dim")
        yield block([mark, Text(term.told.topic, style="dim")], [words], widths=(1, 11))


def _answer(answer: Answer) -> RenderableType:
    mark, verb, _ = telling.STANCE[answer.stance]  # type: ignore[index]
    who = telling.listed([clean(name) for name in answer.who]) or "nobody named"
    style = stance_style(answer.stance)  # type: ignore[arg-type]
    line = Text.assemble(
        (f"{who} {verb}", style or "bold"), (f" ({answer.told.topic})", "dim"), "  "
    ).append_text(source(answer.told))
    return block(
        [Text(mark, style=style), Text(answer.told.day, style="dim")], [line], widths=(1, 11)
    )


def _note(row: LedgerRow, dates: dict[str, str]) -> str:
    parts = []
    if row.superseded_by:
        parts.append(f"superseded by the proposal of {dates.get(row.superseded_by, 'a later day')}")
    if row.added or row.dropped:
        changes = [f"adds {', '.join(row.added)}"] if row.added else []
        changes += [f"drops {', '.join(row.dropped)}"] if row.dropped else []
        parts.append(f"against the one before it {' and '.join(changes)}")
    return "; ".join(parts)
