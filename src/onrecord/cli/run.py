"""`onrecord run`: a corpus into Parquet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from onrecord.errors import ModelError, RunError, SourceNotFound
from onrecord.running import Bound, Plan, Progress, Settings, run
from onrecord.running.shards import SIZE
from onrecord.running.work import SECONDS

_HELP = """\
Read a corpus: shards in, Parquet out.

\b
INPUT is a file, a folder, a glob or an address that fsspec knows (s3://...); several may be given:
  JSON Lines      a report a line (text, title, published, publisher); plain or .gz
  Parquet         a report a row, with the same names of columns
  WARC            the pages of a web archive; plain or .gz

DIR gets a folder for each of reports, statements, events, proposals, terms, positions, figures,
headline, actors and problems, with a file of Parquet for each shard, and a manifest. A run that was
stopped, by whatever, is gone on with by the same command. `onrecord add DIR` takes what there is
into a store without reading it again.

\b
Examples:
  onrecord run archive/ --out read/
  onrecord run 's3://bucket/2024/*.warc.gz' --out read/ --workers 16 --metrics run.prom
  onrecord run stories.parquet --out /shared/read --ray auto

\b
Exit codes:
  0  every report has a record or is among the problems
  1  the run had to stop: too many problems, a full disk, an input that can't be read; what is done
     is kept, and the same command goes on
  2  wrong options or arguments
  3  the reader could not start (its model is missing or damaged)
"""


class _Bound(click.ParamType[Bound]):
    """A number of problems, or a share of the reports."""

    name = "number or share"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Bound:
        """The bound that `value` writes."""
        if isinstance(value, Bound):
            return value
        try:
            return Bound.of(str(value))
        except RunError as error:
            raise click.BadParameter(str(error), ctx=ctx, param=param) from error


@click.command("run", help=_HELP)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--out",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder of the output.",
)
@click.option(
    "--workers",
    "-w",
    type=click.IntRange(1),
    help="How many processes, one core each; by default one for each core.",
)
@click.option("--ray", metavar="ADDRESS", help="Read on a Ray cluster: its address, auto or local.")
@click.option(
    "--most-problems",
    type=_Bound(),
    default="10%",
    show_default=True,
    help="Past so many reports that can't be read, or such a share, the run fails.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=SECONDS,
    show_default=True,
    help="Seconds that a report may take before it becomes a problem; 0: as many as it likes.",
)
@click.option(
    "--shard-size",
    type=click.FloatRange(0.001),
    default=SIZE / 2**20,
    show_default=True,
    help="Megabytes of input in a shard.",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write metrics in Prometheus' text format into this file.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
@click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with another model than the shipped one.",
)
def run_command(
    inputs: tuple[str, ...], out: Path, workers: int | None, ray: str | None, most_problems: Bound,
    time_limit: float, shard_size: float, metrics: Path | None, quiet: bool, model: Path | None,
) -> None:  # fmt: skip
    """Reads the inputs and tells what they came to."""
    settings = Settings(
        folder=str(out.resolve()), seconds=time_limit,
        model=str(model.resolve()) if model else None,
    )  # fmt: skip
    try:
        with _bar(quiet=quiet) as watch:
            plan = Plan(
                places=inputs, folder=out.resolve(), settings=settings, workers=workers, ray=ray,
                bound=most_problems, size=int(shard_size * 2**20), metrics=metrics, watch=watch,
            )  # fmt: skip
            progress = run(plan)
    except ModelError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(3) from error
    except (RunError, SourceNotFound) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt as error:
        raise click.ClickException(f"{out}: stopped; the same command goes on") from error
    _tell(progress, out)
    if progress.failed:
        raise click.exceptions.Exit(1)


def _tell(progress: Progress, out: Path) -> None:
    """The sum on stderr, then the shards that couldn't be read."""
    known = f", {progress.resumed:,} of them before" if progress.resumed else ""
    told = f"{progress.reports:,} reports, {progress.words:,} words"
    shards = f"{progress.shards_done:,} of {progress.shards:,} shards done{known}"
    click.echo(f"{out}: {told}; {shards}{_problems(progress)}", err=True)
    for shard, why in progress.failed.items():
        click.echo(f"  {shard} can't be read: {why}. The same command tries it again", err=True)


def _problems(progress: Progress) -> str:
    kinds = ", ".join(f"{many:,} {kind}" for kind, many in sorted(progress.problems.items()))
    return f"; problems: {kinds}" if kinds else ""


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar over the input's bytes on stderr, where somebody sees it."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda progress: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[reports]:,} reports"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[told]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("looking at the input", total=None, reports=0, told="")

        def watch(progress: Progress) -> None:
            rate = progress.read_now / max(progress.seconds(), 1)
            shards = f"{progress.shards_done:,} of {progress.shards:,} shards, {rate:.1f} a second"
            bar.update(
                task, total=progress.bytes, completed=progress.bytes_done,
                reports=progress.looked_at(), told=shards + _problems(progress),
            )  # fmt: skip

        yield watch
