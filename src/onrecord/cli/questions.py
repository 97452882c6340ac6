"""The commands that ask the store: ledger, positions, timeline, and so on."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
from rich.console import RenderableType
from sqlalchemy import Connection

from onrecord import views
from onrecord.cli import answers, flat
from onrecord.cli.asking import DAY, Row, answer, filters, question_options
from onrecord.store import Store
from onrecord.views import Filters
from onrecord.vocabulary import COUNTED, EVENT_TYPES

T = TypeVar("T")

_EXIT = """
\b
Exit codes:
  0  answered, also where the answer is empty
  1  the store can't be read, or has no party of that name
  2  wrong options or arguments
"""


def _ask(
    given: Row,
    limit: int,
    ask: Callable[[Connection, Filters], Sequence[T]],
    rows: Callable[[Sequence[T]], list[Row]],
    people: Callable[[Sequence[T]], Iterable[RenderableType]],
    empty: str,
) -> None:
    """Asks the store and prints the answer in the form that was chosen."""
    chosen = filters(given, limit=limit)
    with Store.open(given["store"], create=False) as store, store.read() as connection:
        found = ask(connection, chosen)
    answer(
        rows(found),
        form=given["form"],
        output=given["output"],
        people=lambda _: people(found) if found else answers.nothing(empty),
    )


_LEDGER = f"""\
What was proposed, on what terms, what for what, and what each party answered, by date.

A proposal told in several reports stands once; one that the same party came back to later is marked
as superseded, with the topics that were added and dropped.

\b
Examples:
  onrecord ledger --party Hamas --since 2023-12
  onrecord ledger --topic captives --format json
{_EXIT}"""


@click.command("ledger", help=_LEDGER)
@question_options
def ledger(**given: Any) -> None:
    """Prints the ledger."""
    _ask(given, 12, views.ledger, flat.ledger, answers.ledger, "No proposal in these reports.")


_POSITIONS = f"""\
Where each party stands on each topic: its latest position, on whose word, and what came before.

\b
Examples:
  onrecord positions
  onrecord positions --party Hamas --topic ceasefire
  onrecord positions --changed-since 2023-12-20
{_EXIT}"""


@click.command("positions", help=_POSITIONS)
@question_options
@click.option(
    "--changed-since",
    type=DAY,
    default="",
    help="Only what is new, or otherwise than before this day.",
)
def positions(changed_since: str, **given: Any) -> None:
    """Prints the positions."""

    def ask(connection: Connection, chosen: Filters) -> list[Any]:
        return views.positions(connection, chosen, changed_since=changed_since)

    _ask(given, 10, ask, flat.positions, answers.positions, "No position in these reports.")


_TIMELINE = f"""\
What happened, latest first: each event once, with who tells it and who denies it.

\b
Examples:
  onrecord timeline --party Israel --since 2023-11-20 --until 2023-11-30
  onrecord timeline --type ASSAULT --type RETREAT --authority named
{_EXIT}"""


@click.command("timeline", help=_TIMELINE)
@question_options
@click.option(
    "--type", "types", multiple=True, type=click.Choice(EVENT_TYPES), help="Only this type."
)
def timeline(types: tuple[str, ...], **given: Any) -> None:
    """Prints the timeline."""

    def ask(connection: Connection, chosen: Filters) -> list[Any]:
        return views.timeline(connection, chosen, types=types)

    _ask(given, 20, ask, flat.timeline, answers.timeline, "No event in these reports.")


_FIGURES = f"""\
How a number moved and who gives it: every figure with its bound, as given; nothing is averaged.

\b
Examples:
  onrecord figures --what killed
  onrecord figures --who hostages --since 2023-10 --format csv > hostages.csv
{_EXIT}"""


@click.command("figures", help=_FIGURES)
@question_options
@click.option("--what", type=click.Choice(COUNTED), help="Only what is counted so.")
@click.option("--who", default="", help="Only where these are counted: words of theirs.")
def figures(what: str | None, who: str, **given: Any) -> None:
    """Prints the figures."""

    def ask(connection: Connection, chosen: Filters) -> list[Any]:
        return views.figures(connection, chosen, what=what or "", who=who)

    _ask(given, 8, ask, flat.figures, answers.figures, "No figure in these reports.")


_DISPUTES = f"""\
Accounts that contradict each other: what somebody says and somebody else denies, and figures that
can't both hold.

\b
Examples:
  onrecord disputes
  onrecord disputes --party Israel --since 2023-11
{_EXIT}"""


@click.command("disputes", help=_DISPUTES)
@question_options
def disputes(**given: Any) -> None:
    """Prints the disputes."""
    _ask(given, 15, views.disputes, flat.disputes, answers.disputes, "Nothing is disputed here.")


_SOURCES = f"""\
Who is quoted, how often, on what authority; and which claims rest on unnamed sources alone.

\b
Examples:
  onrecord sources --party Israel
  onrecord sources --weak --topic ceasefire
{_EXIT}"""


@click.command("sources", help=_SOURCES)
@question_options
@click.option("--weak", is_flag=True, help="Only the claims on unnamed sources or nobody's word.")
def sources(weak: bool, **given: Any) -> None:
    """Prints the sources."""
    if weak:
        _ask(
            given,
            20,
            views.weak,
            flat.weak,
            lambda rest: answers.sources([], rest),
            "No such claim.",
        )
        return
    rest: list[Any] = []

    def ask(connection: Connection, chosen: Filters) -> list[Any]:
        rest.extend(views.weak(connection, chosen)[:5])
        return views.sources(connection, chosen)

    _ask(
        given,
        12,
        ask,
        flat.sources,
        lambda found: answers.sources(found, rest),
        "Nobody is quoted.",
    )


_SEARCH = f"""\
Find words in the reports, and whose words they are.

All the words must be in the report; "in quotes" they must stand together; a final * stands for any
ending. Forms of a word (reject, rejected) count as one.

\b
Examples:
  onrecord search ceasefire hostages
  onrecord search '"permanent ceasefire"' --authority unnamed
  onrecord search 'humanitarian corridor*' --since 2023-11 --format json
{_EXIT}"""


@click.command("search", help=_SEARCH)
@click.argument("words", nargs=-1, required=True)
@question_options
def search(words: tuple[str, ...], **given: Any) -> None:
    """Prints the passages."""
    wanted = " ".join(words)

    def ask(connection: Connection, chosen: Filters) -> list[Any]:
        return views.search(connection, wanted, chosen)

    _ask(given, 10, ask, flat.search, answers.search, f"No report has {wanted}.")
