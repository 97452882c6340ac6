"""What the lines of all answers have: the words, whose they are, and the report."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.people.text import clean, weight
from onrecord.export import telling
from onrecord.views.telling import Told

WORDS = 150
"""Characters of a quote; the whole of it is in the other forms."""

SHORT = 10
"""Characters of a report's id that are shown, and that commands take for it."""

AUTHORITY: dict[str, str] = {
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
    word = AUTHORITY[told.authority]
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


def amount(told: Told) -> str:
    """The figure with its bound: "> 20,000", "30–40"."""
    value = f"{told.value or 0:,.10g}"
    if told.upper is not None:
        return f"{value}–{told.upper:,.10g}"
    sign = telling.BOUND.get(told.status, "")  # type: ignore[call-overload]
    return f"{sign} {value}{'%' if told.label == 'share' else ''}".strip()
