"""Events, figures, disputes, sources and passages for people: what is told, and by whom."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.answers.parts import AUTHORITY, SHORT, amount, block, quote, source, where
from onrecord.cli.people.text import clean, heading, weight
from onrecord.export import telling
from onrecord.views.disputes import Dispute
from onrecord.views.figures import Series
from onrecord.views.search import Hit
from onrecord.views.sources import Source, Weak
from onrecord.views.telling import Told
from onrecord.views.timeline import Happening


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


_SHOWN = 12
"""Amounts of a series; where there are more, the first and the last ones."""

Amounts = list[Told]
"""The figures that give the same amount, the first one first."""


def figures(found: Sequence[Series]) -> Iterator[RenderableType]:
    """Series by series, the first amount first; one that is given again stands once."""
    for series in found:
        yield Text("")
        yield heading(clean(f"{series.what}: {series.who or 'nobody said whom'}"))
        same: dict[str, Amounts] = {}
        for told in series.figures:
            same.setdefault(amount(told), []).append(told)
        yield from map(_figure, _ends(list(same.values())))
    yield Text("")


def _ends(given: Sequence[Amounts]) -> list[Amounts | int]:
    """All amounts, or the first and last ones with the number of those between."""
    if len(given) <= _SHOWN:
        return list(given)
    half = _SHOWN // 2
    return [*given[:half], len(given) - 2 * half, *given[-half:]]


def _figure(same: Amounts | int) -> RenderableType:
    if isinstance(same, int):
        return Text(f"    … {same} more amounts", style="dim")
    told = same[0]
    day = Text(told.happened or told.day, style="dim")
    words = Text.assemble(quote(told), "  ", (clean(told.when or ""), "dim"))
    lines = [words, source(told), *_again(same[1:])]
    return block([day, Text(amount(told), style="bold", justify="right")], lines, widths=(10, 13))


def _again(rest: Amounts) -> list[Text]:
    """How often the amount was given again, until when, and by how many voices."""
    if not rest:
        return []
    last = max(told.happened or told.day for told in rest)
    voices = len({told.said_by for told in rest})
    until = f", the last of {last}" if last else ""
    by = f", by {voices} {'voice' if voices == 1 else 'voices'}"
    return [
        Text(
            f"given {len(rest)} more {'time' if len(rest) == 1 else 'times'}{by}{until}",
            style="dim",
        )
    ]


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


def search(found: Sequence[Hit]) -> Iterator[RenderableType]:
    """Each report: its title, the passage, and whose words it is."""
    for hit in found:
        known = ", ".join(filter(None, (clean(hit.publisher or ""), hit.report[:SHORT])))
        title = Text(telling.shortened(clean(hit.title), 100), style="bold")
        whose_word = Text(clean(hit.said_by), style="dim")
        if word := AUTHORITY[hit.authority]:
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
