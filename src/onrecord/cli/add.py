"""`onrecord add`: reports into the store."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from onrecord.cli.asking import store_option
from onrecord.errors import ModelError, StoreError
from onrecord.intake import stream
from onrecord.intake.pages import Follower
from onrecord.store import Store, adding

if TYPE_CHECKING:
    from onrecord.reading.shipped import ShippedReader

_HELP = """\
Read reports and keep their records in a store.

\b
INPUT is a file, a folder, a glob, a URL or - for standard input; several may be given:
  text, HTML, PDF     one report a file
  JSON Lines          a report a line (text, title, published, publisher), or a record a line
  RSS, Atom           a feed's reports, from a file or a URL
  WARC                the pages of a web archive, plain or .gz
  a folder of `run`   the records that `onrecord run` has written, not read again

Where a feed has only summaries, the pages behind them are fetched, 200 in a run at most, each once.
What is there already isn't read again, so a run that was interrupted is simply started again, and a
feed may be added every hour. The same text in another place is noted as one more appearance.

\b
Examples:
  onrecord add reports/
  onrecord add stories.jsonl 'archive/*.warc.gz' --store talks.db
  onrecord add https://example.org/world.rss --store postgresql://host/talks

\b
Exit codes:
  0  everything is in the store
  1  some input could not be read (the others are kept), or the store failed: what was told before
     is kept, and the same command goes on where it stopped
  2  wrong options or arguments
  3  the reader could not start (its model is missing or damaged)
"""


class _Lazy:
    """Makes the reader once it is called."""

    def __init__(self, model: Path | None) -> None:
        self.model = model
        self.made: ShippedReader | None = None

    def __call__(self) -> "ShippedReader":
        if self.made is None:
            from onrecord.reading.shipped import ShippedReader  # loads onnxruntime and the model

            self.made = ShippedReader(self.model)
        return self.made


@click.command("add", help=_HELP)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@store_option
@click.option("--reread", is_flag=True, help="Read again what another version of the model read.")
@click.option(
    "--pages/--no-pages",
    default=True,
    show_default=True,
    help="Fetch the pages behind a feed's summaries.",
)
@click.option(
    "--quiet", "-q", is_flag=True, help="No progress bar; failures are told all the same."
)
@click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with another model than the shipped one.",
)
def add(
    inputs: tuple[str, ...], store: str, reread: bool, pages: bool, quiet: bool, model: Path | None
) -> None:
    """Adds the inputs and tells what became of them."""
    told = _Told(store)
    try:
        opened = Store.open(store)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        with opened, _progress(inputs, quiet=quiet) as advance:
            whole = Follower() if pages else None
            given = _items(inputs)
            run = adding.add(opened, given, _Lazy(model), reread=reread, whole=whole)
            with closing(run) as outcomes:
                for outcome in outcomes:
                    told.take(outcome)
                    advance(told.tally)
    except ModelError as error:
        told.tell_so_far()
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(3) from error
    except StoreError as error:
        told.tell_so_far()
        raise click.ClickException(f"{error}. Run the same command again to go on") from error
    except KeyboardInterrupt:
        told.tell_so_far()
        click.echo("Stopped. Run the same command again to go on", err=True)
        raise
    told.tell()
    if told.failures:
        raise click.exceptions.Exit(1)


@dataclass(slots=True)
class _Told:
    """What became of the documents so far."""

    store: str
    tally: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def take(self, outcome: adding.Outcome) -> None:
        """Counts one more."""
        self.tally[outcome.did] += 1
        if outcome.did == "failed":
            self.failures.append(outcome.why)

    def tell(self) -> None:
        """The sum on stderr, then what could not be read."""
        click.echo(f"{self.store}: {_sum(self.tally) or 'nothing to add'}", err=True)
        for why in self.failures:
            click.echo(f"  {why}", err=True)

    def tell_so_far(self) -> None:
        """The same where the run is over before its end; nothing where it didn't begin."""
        if self.tally:
            self.tell()


def _items(inputs: Iterable[str]) -> Iterator[stream.Item]:
    """Every document behind the inputs; the output of a run gives the records it has."""
    for place in inputs:
        run = _run(place)
        yield from run.items(place) if run else stream.items([place])


def _count(inputs: Iterable[str]) -> int | None:
    """How many documents there are, where that can be told quickly."""
    runs = [(place, _run(place)) for place in inputs]
    counts = [run.count(place) if run else stream.count([place]) for place, run in runs]
    return None if None in counts else sum(one or 0 for one in counts)


def _run(place: str) -> ModuleType | None:
    """What takes back what `onrecord run` wrote, where `place` is that."""
    if not (Path(place) / "manifest.json").is_file():
        return None
    from onrecord.running import output  # loads pyarrow, which other inputs don't need

    return output if output.is_output(place) else None


_DID = {
    "read": "read",
    "kept": "taken as records",
    "reread": "read again",
    "known": "there already",
    "failed": "not readable",
}


def _sum(tally: Counter[str]) -> str:
    return ", ".join(f"{tally[did]:,} {words}" for did, words in _DID.items() if tally[did])


@contextmanager
def _progress(inputs: Iterable[str], *, quiet: bool) -> Iterator[Any]:
    """A bar on stderr where somebody sees it."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda tally: None
        return
    total = _count(inputs)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} reports"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[told]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("adding", total=total, told="")

        def advance(tally: Counter[str]) -> None:
            bar.update(task, completed=sum(tally.values()), told=_sum(tally))

        yield advance
