"""`onrecord eval`: the figures of the reader, and the gate that holds them."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

from onrecord.errors import EvaluationError
from onrecord.evaluation import SUITES, gate, run
from onrecord.evaluation.protocols import ReaderLike
from onrecord.evaluation.result import Result, table

_FORMS = "\n".join(f"  {name:8} {suite.form}" for name, suite in SUITES.items())

_HELP = f"""\
Measure the reader, with the shipped model, on a corpus.

\b
--data is what the suite reads:
{_FORMS}

With --gate, --data is a folder that holds the corpora (corpora/..., gold/dev); a fixed part of each
is read, and the figures are held against their floors. A corpus that isn't there is skipped, and
said to be.

\b
Examples:
  onrecord eval --suite ud --data corpora/ud_ewt/dev.conllu
  onrecord eval --suite gold --data gold/dev --json
  onrecord eval --gate --data ../shared
  onrecord eval --gate --raise-floors --data ../shared

\b
Exit codes: 0 measured (gate: no figure under its floor), 1 the gate failed, the corpus can't be
read or a floor would be lowered, 2 wrong options.
"""


def load_reader(threads: int) -> ReaderLike:
    """The reader with the shipped model."""
    from onrecord.reading import Reader  # loads onnxruntime: not for `--help`

    return Reader.load(threads=threads)


@click.command("eval", help=_HELP)
@click.option("--suite", type=click.Choice(list(SUITES)), help="What to measure.")
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="The corpus (gate: a folder)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: suite, then the figures.")
@click.option("--limit", type=click.IntRange(min=1), help="Read this many items, spread evenly.")
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Threads that the model may use.",
)
@click.option("--gate", "gated", is_flag=True, help="Hold all suites against their floors.")
@click.option("--raise-floors", is_flag=True, help="With --gate: write higher floors.")
@click.option(
    "--floors",
    type=click.Path(path_type=Path, dir_okay=False),
    default=gate.FLOORS,
    help="With --gate: the file of floors, by default the package's.",
)
def eval_command(
    *,
    suite: str | None,
    data: Path,
    as_json: bool,
    limit: int | None,
    threads: int,
    gated: bool,
    raise_floors: bool,
    floors: Path,
) -> None:
    """Run one suite, or the gate."""
    _check_options(suite, limit, gated, raise_floors)
    if suite:
        _show(run(suite, load_reader(threads), data, limit=limit), as_json=as_json)
    else:
        _gate(data, floors, threads=threads, raise_floors=raise_floors, as_json=as_json)


def _check_options(suite: str | None, limit: int | None, gated: bool, raise_floors: bool) -> None:
    if bool(suite) == gated:
        raise click.UsageError(f"give either --suite, one of {', '.join(SUITES)}, or --gate")
    if raise_floors and not gated:
        raise click.UsageError("--raise-floors goes with --gate")
    if limit and gated:
        raise click.UsageError("--limit goes with --suite: the gate's part of a corpus is fixed")


def _show(result: Result, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result.to_dict(), ensure_ascii=False))
    else:
        Console().print(table(result))


def _gate(data: Path, floors: Path, *, threads: int, raise_floors: bool, as_json: bool) -> None:
    held = gate.read_floors(floors)
    _tell_missing(data)
    if len(gate.missing(data)) == len(SUITES):
        return
    done = gate.checks(gate.results(load_reader(threads), data), held)
    _show_checks(done, as_json=as_json)
    if raise_floors:
        gate.write_floors(floors, gate.raised(held, done))
    if failed := [check for check in done if not check.passed]:
        raise EvaluationError(f"{len(failed)} figure(s) under their floor")


def _tell_missing(data: Path) -> None:
    absent = gate.missing(data)
    for name in absent:
        click.echo(f"SKIPPED {name}: no corpus at {data / SUITES[name].corpus}", err=True)
    if len(absent) == len(SUITES):
        click.echo("SKIPPED the whole gate: NOTHING WAS MEASURED", err=True)


def _show_checks(done: list[gate.Check], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"suite": c.suite, "measure": c.name, "figure": c.figure, "floor": c.floor,
             "passed": c.passed}
            for c in done
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        Console().print(gate.table(done))
