"""Run the benchmarks and print a table, or JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from benchmarks import texts
from benchmarks.spacy_sm import has_tables
from benchmarks.worker import CONTESTANTS

ROOT = Path(__file__).parents[1]
TITLES = {
    "onrecord": "onrecord, whole record",
    "encoder": "its bare ONNX encoder, same windows",
    "spacy": "spaCy, architecture of en_core_web_sm",
}
THREADS = (1, 2)


def compete(reports: list[str], *, rounds: int, model: Path | None) -> list[dict[str, Any]]:
    """Every contestant on one core and on two, each in a process of its own."""
    options = ["--rounds", str(rounds), *(["--model", str(model)] if model else [])]
    rows = []
    for threads in THREADS:
        for name in CONTESTANTS:
            command = [sys.executable, "-m", "benchmarks.worker", name, "--threads", str(threads)]
            done = subprocess.run(
                [*command, *options], input=json.dumps(reports), capture_output=True, text=True,
                check=False, cwd=ROOT,
            )  # fmt: skip
            if done.returncode:
                raise click.ClickException(f"{name}: {done.stderr.strip()[-2000:]}")
            rows.append(json.loads(done.stdout.splitlines()[-1]))
    return rows


def start_up(report: str, *, repeats: int) -> dict[str, float]:
    """`onrecord read` on one report in a fresh process: seconds until its record, and peak memory.

    The time is that from starting the interpreter to the end of the process, the best of several.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(report, "utf-8")
        runs = [_one_start(path) for _ in range(repeats)]
    return {"seconds": min(run[0] for run in runs), "peak_mb": max(run[1] for run in runs)}


def _one_start(path: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "onrecord", "read", str(path), "--format", "json"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stderr is not None
    printed, told = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not printed:
        raise click.ClickException(f"onrecord read failed: {told.decode()[-2000:]}")
    scale = 1 if sys.platform == "darwin" else 1024
    return round(seconds, 3), round(usage.ru_maxrss * scale / 2**20, 1)


def ratios(rows: list[dict[str, Any]], *, rate: str) -> dict[str, float]:
    """The reader's rate over each other contestant's, on one thread and on two.

    Args:
        rows: what `compete` gave.
        rate: which rate, `words_per_second` or `words_per_cpu_second`.
    """
    rates = {(row["name"], row["threads"]): float(row[rate]) for row in rows}
    return {
        f"onrecord / {name}, {threads} thread{'s' if threads > 1 else ''}": round(
            rates["onrecord", threads] / rates[name, threads], 3
        )
        for threads in THREADS
        for name in CONTESTANTS[1:]
    }


def tables(rows: list[dict[str, Any]], start: dict[str, float] | None) -> list[Table]:
    """The rates, the ratios and the start as tables."""
    rates = Table(title="Words per second", title_justify="left", box=None)
    for heading in ("", "threads", "by the clock", "by processor time", "peak MB"):
        rates.add_column(heading, justify="right" if heading else "left")
    for row in rows:
        figures = (row["words_per_second"], row["words_per_cpu_second"], row["peak_mb"])
        rates.add_row(TITLES[row["name"]], str(row["threads"]), *(f"{f:,.0f}" for f in figures))
    shares = Table(title="Ratios", title_justify="left", box=None)
    for heading in ("", "by the clock", "by processor time"):
        shares.add_column(heading, justify="right" if heading else "left")
    by_cpu = ratios(rows, rate="words_per_cpu_second")
    for name, ratio in ratios(rows, rate="words_per_second").items():
        shares.add_row(name, f"{ratio:.2f}", f"{by_cpu[name]:.2f}")
    return [rates, shares, *([_start_table(start)] if start else [])]


def _start_table(start: dict[str, float]) -> Table:
    made = Table(title="`onrecord read` on one report", title_justify="left", box=None)
    made.add_column("")
    made.add_column("", justify="right")
    made.add_row("seconds from start to record", f"{start['seconds']:.2f}")
    made.add_row("peak memory, MB", f"{start['peak_mb']:,.0f}")
    return made


def _check_requirements() -> None:
    """Stop without the library that cuts the encoder out; say what else is left out."""
    how = "pip install -r benchmarks/requirements.txt"
    if find_spec("onnx") is None:
        raise click.ClickException(f"the bare encoder is cut out with onnx: {how}")
    if not has_tables():
        click.echo(f"spaCy runs without its lemmatizer, whose tables are missing: {how}", err=True)


_PATH = click.Path(path_type=Path, exists=True)


@click.command(help=__doc__)
@click.option("--texts", "path", type=_PATH, help="Reports to read, as JSON Lines.")
@click.option("--words", default=20_000, show_default=True, help="How much text to read.")
@click.option("--rounds", default=3, show_default=True, help="Rounds; the best one counts.")
@click.option("--model", type=_PATH, help="The folder of another model (leaves the start out).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(path: Path | None, words: int, rounds: int, model: Path | None, as_json: bool) -> None:
    """Measure everything and print it."""
    _check_requirements()
    reports = texts.of_reports(path, words=words) if path else texts.of_examples(words=words)
    rows = compete(reports, rounds=rounds, model=model)
    start = None if model else start_up(reports[0], repeats=max(rounds, 3))
    if as_json:
        by = ("words_per_second", "words_per_cpu_second")
        shares = {rate: ratios(rows, rate=rate) for rate in by}
        click.echo(json.dumps({"rates": rows, "ratios": shares, "start": start}, indent=1))
        return
    for table in tables(rows, start):
        Console().print(table)


if __name__ == "__main__":
    main()
