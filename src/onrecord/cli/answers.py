"""The answers laid out for people: each line with its words, whose they are, and the report.

The same three colours as on a report's page, and each beside a word or mark: yellow for what
stands on unnamed sources or nobody, red for what is denied or refused, green for what is accepted.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.people.text import clean, heading, stance_style, weight
from onrecord.export import telling
from onrecord.views.disputes import Dispute
from onrecord.views.figures import Series
from onrecord.views.ledger import Answer, LedgerRow
from onrecord.views.positions import Standing
from onrecord.views.search import Hit
from onrecord.views.sources import Source, Weak
from onrecord.views.telling import Told
from onrecord.views.timeline import Happening

WORDS = 150
"""Characters of a quote; the whole of it is in the other forms."""

SHORT = 10
"""Characters of a report's id that are shown, and that commands take for it."""

_AUTHORITY: dict[str, str] = {
    **{str(key): word for key, word in telling.AUTHORITY.items()},
    "report": "",
    "headline": "headline",
}


def nothing(what: str) -> list[RenderableType]:
    """What is printed where there is no answer."""
    return [Text(f"  {what}", style="dim")]


def whose(told: Told) -> Text:
    """On whose word: "two security sources · unnamed"."""
    line = Text(telling.shortened(clean(told.said_by), 60))
    word = _AUTHORITY[told.authority]
    if word:
        line.append(f" · {word}", style=weight(told.authority) if word else "")  # type: ignore[arg-type]
    if told.denials:
        line.append(f" · ✗ denied by {told.denials}", style="red")
    return line


def where(told: Told) -> Text:
    """The report behind a line: "Reuters, 2023-12-25, r-1f2e3d4c"."""
    known = (clean(told.publisher or ""), told.day, told.report[:SHORT])
    return Text(", ".join(filter(None, known)), style="dim")


def source(told: Told) -> Text:
    """Whose word and which report, on one line."""
    return Text.assemble(whose(told), "  ", where(told), style="dim")


def quote(told: Told, *, whole: bool = False) -> Text:
    """The words, shortened; `whole`: the sentence they stand in."""
    words = clean(told.passage if whole else told.quote)
    return Text(telling.quoted(telling.shortened(words, WORDS * (2 if whole else 1))))


def block(left: Sequence[Text], main: Sequence[Text], *, widths: Sequence[int]) -> Padding:
    """Narrow columns, then the words with the source under them."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width)
    grid.add_column(ratio=1)
    grid.add_row(*left, Text("\n").join(main))
    return Padding(grid, (0, 0, 0, 2))


# ---- positions -----------------------------------------------------------------------------------


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


# ---- timeline ------------------------------------------------------------------------------------


def timeline(found: Sequence[Happening]) -> Iterator[RenderableType]:
    """Day by day."""
    yield Text("")
    last = None
    for one in found:
        shown = one.day if one.day != last else ""
        last = one.day
        day = Text(shown if one.dated or not shown else f"{shown}?", style="bold")
        yield block([day, Text(one.type.lower(), style="dim")], _event(one), widths=(11, 9))
    yield Text("")
    yield Text("  ? the report's day; its words don't give the event's", style="dim")


def _event(one: Happening) -> list[Text]:
    sides = [telling.listed([clean(n) for n in names]) for names in (one.actors, one.recipients)]
    who = Text(" → ".join(filter(None, sides)) or "nobody named", style="bold")
    if one.status not in ("actual", ""):
        who.append(f"  {one.status}", style="not bold yellow")
    if one.tellings > 1:
        reports = f"{one.tellings} tellings, {one.origins} independent"
        who.append(f"  {reports}", style="not bold dim")
    return [who, quote(one.best, whole=True), source(one.best)]


# ---- figures -------------------------------------------------------------------------------------

_SHOWN = 12
"""Figures of a series; where there are more, the first and the last ones."""


def figures(found: Sequence[Series]) -> Iterator[RenderableType]:
    """Series by series, the first figure first."""
    for series in found:
        yield Text("")
        yield heading(clean(f"{series.what}: {series.who or 'nobody said whom'}"))
        yield from map(_figure, _ends(series.figures))
    yield Text("")


def _ends(given: Sequence[Told]) -> list[Told | int]:
    """All figures, or the first and last ones with the number of those between."""
    if len(given) <= _SHOWN:
        return list(given)
    half = _SHOWN // 2
    return [*given[:half], len(given) - 2 * half, *given[-half:]]


def _figure(told: Told | int) -> RenderableType:
    if isinstance(told, int):
        return Text(f"    … {told} more", style="dim")
    return block(
        [
            Text(told.happened or told.day, style="dim"),
            Text(amount(told), style="bold", justify="right"),
        ],
        [Text.assemble(quote(told), "  ", (clean(told.when or ""), "dim")), source(told)],
        widths=(10, 13),
    )


def amount(told: Told) -> str:
    """The figure with its bound: "> 20,000", "30–40"."""
    value = f"{told.value or 0:,.10g}"
    if told.upper is not None:
        return f"{value}–{told.upper:,.10g}"
    sign = telling.BOUND.get(told.status, "")  # type: ignore[call-overload]
    return f"{sign} {value}{'%' if told.label == 'share' else ''}".strip()


# ---- disputes ------------------------------------------------------------------------------------


def disputes(found: Sequence[Dispute]) -> Iterator[RenderableType]:
    """Each claim, then who says so and who doesn't."""
    for one in found:
        days = " to ".join(dict.fromkeys(filter(None, (one.first_day, one.last_day))))
        yield Text("")
        who = telling.listed([clean(name) for name in one.who])
        yield Text(f"  {' · '.join(filter(None, (days, one.topic, who)))}", style="dim")
        yield Padding(Text.assemble(quote(one.claim, whole=True), style="bold"), (0, 0, 0, 2))
        yield from (_voice("says so", told, one) for told in _distinct(one.supporters))
        yield from (_voice("✗ denies", told, one) for told in _distinct(one.deniers))
    yield Text("")


def _voice(side: str, told: Told, one: Dispute) -> Padding:
    against = side.startswith("✗")
    figure = one.kind == "figures"
    mark = Text(amount(told) if figure else side, style="red" if against else "")
    words = [quote(told)] if against or figure or told.n != one.claim.n else []
    return block([mark], [*words, source(told)], widths=(12,))


def _distinct(voices: Iterable[Told]) -> list[Told]:
    """One line a voice and report."""
    return list({(told.said_by, told.report): told for told in voices}.values())[:8]


# ---- sources -------------------------------------------------------------------------------------


def sources(found: Sequence[Source], rest: Sequence[Weak]) -> Iterator[RenderableType]:
    """Who is quoted most, then the claims that rest on nobody named."""
    yield Text("")
    if found:
        yield heading("Who is quoted")
    for one in found:
        by = ", ".join(f"{n} {telling.AUTHORITY[a]}" for a, n in one.authorities.items())  # type: ignore[index]
        name = Text(clean(one.name), style="bold")
        if one.party and one.party != one.name:
            name.append(f"  {clean(one.party)}", style="not bold dim")
        last = [Text.assemble(quote(one.latest), "  ", where(one.latest))] if one.latest else []
        yield block(
            [Text(f"{one.statements:,}", justify="right")],
            [Text.assemble(name, "  ", (by, "dim")), *last],
            widths=(7,),
        )
    if rest:
        yield Text("")
        yield heading("On unnamed sources, or nobody's word, alone")
    for claim in rest:
        told = f"  {claim.tellings} tellings, {claim.origins} independent"
        words = Text.assemble(
            quote(claim.claim, whole=True), (told if claim.tellings > 1 else "", "dim")
        )
        days = claim.claim.day
        yield block([Text(days, style="dim")], [words, source(claim.claim)], widths=(10,))
    yield Text("")


# ---- ledger --------------------------------------------------------------------------------------


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


# ---- search --------------------------------------------------------------------------------------


def search(found: Sequence[Hit]) -> Iterator[RenderableType]:
    """Each report: its title, the passage, and whose words it is."""
    for hit in found:
        known = ", ".join(filter(None, (clean(hit.publisher or ""), hit.report[:SHORT])))
        title = Text(telling.shortened(clean(hit.title), 100), style="bold")
        whose_word = Text(clean(hit.said_by), style="dim")
        if word := _AUTHORITY[hit.authority]:
            whose_word.append(f" · {word}", style=weight(hit.authority))  # type: ignore[arg-type]
        yield Text("")
        yield block(
            [Text(hit.day, style="dim")],
            [
                title.append(f"  {known}", style="not bold dim"),
                Text(clean(hit.passage)),
                whose_word,
            ],
            widths=(10,),
        )
    yield Text("")


__all__ = [
    "Console",
    "disputes",
    "figures",
    "ledger",
    "nothing",
    "positions",
    "search",
    "sources",
    "timeline",
]
