"""What `onrecord run` does over time: `python -m benchmarks.run COMMAND --help`.

Reports are those of a JSON Lines file, again and again, each time with other names and numbers, so
that no cache of word forms answers for the model; with --words, pieces of them of about so many
words, as many as are wanted, with the vocabulary of a large archive.
"""

from __future__ import annotations

import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import click

from benchmarks import plot
from benchmarks.texts import archive, varied
from benchmarks.watch import MB, Row, Watch, largest, rates, used_at
from benchmarks.worker import cpu_seconds
from onrecord.running import Bound, Plan, Settings, run

BOUND_MB = 600
"""What a worker may hold at most."""


def write(source: Path, path: Path, many: int, *, words: int = 0) -> tuple[int, int]:
    """Writes so many reports; how many words and how many different words they have.

    Args:
        source: JSON Lines to make them of.
        path: where to write them.
        many: how many.
        words: of a report, about; 0: the reports of `source`, then varied ones.
    """
    with source.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    made = _pieces(rows, words) if words else _varied(rows)
    total, different = 0, set[str]()
    with path.open("w", encoding="utf-8") as out:
        for n, row in enumerate(islice(made, many)):
            out.write(json.dumps({**row, "id": f"n{n}"}) + "\n")
            forms = row["text"].split()
            total += len(forms)
            different.update(forms)
    return total, len(different)


def _varied(rows: list[Row]) -> Iterator[Row]:
    chance = random.Random(11)
    for n, row in enumerate(cycle(rows)):
        text = row["text"] if n < len(rows) else varied(row["text"], chance)
        yield {**{key: row.get(key) for key in ("title", "published", "publisher")}, "text": text}


def _pieces(rows: Iterable[Row], words: int) -> Iterator[Row]:
    for text in archive((row["text"] for row in rows), words=words):
        yield {"published": "2024-05-26", "publisher": "Coastal Wire", "text": text}


def plan(source: Path, folder: Path, **other: Any) -> Plan:
    """A run as the command makes it."""
    made: dict[str, Any] = {"bound": Bound.of("100%"), "size": MB // 4, **other}
    seconds = {"seconds": made.pop("seconds")} if "seconds" in made else {}
    settings = Settings(folder=str(folder), **seconds)
    return Plan(places=[str(source)], folder=folder, settings=settings, **made)


SOURCE = click.argument("source", type=click.Path(path_type=Path, exists=True))
REPORTS = click.option("--reports", default=1000, show_default=True, help="How many are read.")
WORDS = click.option(
    "--words", default=0, show_default=True, help="Words of a report; 0: those of SOURCE."
)


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@main.command()
@SOURCE
@REPORTS
@WORDS
@click.option("--workers", "-w", multiple=True, type=int, default=(1, 2), show_default=True)
@click.option("--rounds", default=1, show_default=True, help="The best round counts.")
def scaling(source: Path, reports: int, words: int, workers: tuple[int, ...], rounds: int) -> None:
    """Words a second with so many workers, and the share of linear that it comes to."""
    best: dict[int, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        write(source, Path(folder) / "in.jsonl", reports, words=words)
        for many in workers * rounds:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                found = _timed(Path(folder) / "in.jsonl", Path(out) / "read", many)
            click.echo(json.dumps(found))
            before = best.setdefault(many, found)
            best[many] = max(before, found, key=lambda one: float(one["after_start"]))
    first = best[workers[0]]
    for many in workers[1:]:
        one, times = best[many], many / workers[0]
        share = one["after_start"] / first["after_start"] / times
        cpu = one["words_per_cpu_second"] / first["words_per_cpu_second"]
        told = f"{workers[0]} to {many} workers: {share:.2f} of linear"
        click.echo(f"{told} by the clock, {cpu:.2f} by processor time")


SMALL = 1 << 15
"""Bytes of a shard where a run is short, or one worker waits for the other's last shard: a fifth of
the time of six shards, nothing of the time of a thousand."""


def _timed(source: Path, out: Path, workers: int) -> Row:
    watch, began, used = Watch(), time.monotonic(), cpu_seconds()
    progress = run(plan(source, out, workers=workers, watch=watch, size=SMALL))
    seconds = time.monotonic() - began
    steady = seconds - (watch.first or 0)
    return {
        "workers": workers, "seconds": round(seconds, 1), "words": progress.words,
        "words_per_second": round(progress.words / seconds),
        "after_start": round(progress.words / steady),
        "words_per_cpu_second": round(progress.words / (cpu_seconds() - used)),
    }  # fmt: skip


@main.command()
@SOURCE
@REPORTS
@WORDS
@click.option("--workers", "-w", default=1, show_default=True)
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Write an SVG.")
def memory(source: Path, reports: int, words: int, workers: int, picture: Path | None) -> None:
    """The memory of each worker, and the rate, from the start to the end of a run.

    Interrupted (Ctrl+C), it tells how it was so far.
    """
    watch, whole = Watch(), True
    with tempfile.TemporaryDirectory() as folder:
        read = Path(folder) / "in.jsonl"
        total, different = write(source, read, reports, words=words)
        try:
            run(plan(read, Path(folder) / "out", workers=workers, watch=watch))
        except KeyboardInterrupt:
            whole = False
        progress = watch.last()
        size = sum(path.stat().st_size for path in (Path(folder) / "out").rglob("*.parquet"))
    told = {
        "whole": whole, "looked_at": progress.looked_at(), "reports": progress.reports,
        "problems": dict(progress.problems), "words": progress.words,
        "different_words_of_all": different, "replaced_workers": progress.replaced,
        "output_mb": round(size / MB), **over_time(watch, total / reports),
    }  # fmt: skip
    click.echo(json.dumps(told))
    if picture:
        picture.write_text(_picture(watch.rows), encoding="utf-8")


def over_time(watch: Watch, words: float) -> Row:
    """What there is to say of a run whose reports have so many words on average."""
    rows = [row for row in watch.rows if row["reports"] and row["mb"]]
    by_cpu, by_clock = rates(rows, "cpu"), rates(rows, "seconds")
    return {
        "peak_mb": round(max(watch.peaks.values())),
        "largest_mb_by_tenth": [round(held) for held in largest(rows)],
        "driver_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "words_per_second_by_tenth": [round(words * rate) for rate in by_clock],
        "words_per_cpu_second_by_tenth": [round(words * rate) for rate in by_cpu],
        "end_over_start": round(by_clock[-1] / by_clock[0], 3),
        "end_over_start_by_cpu": round(by_cpu[-1] / by_cpu[0], 3),
        "cpu_seconds_after_reports": used_at(rows, (1000, 10_000, 100_000)),
    }


def _picture(rows: list[Row]) -> str:
    """Each worker's memory over the reports read, about five hundred points of each."""
    some = [row for row in rows if row["reports"]]
    some = some[:: max(1, len(some) // 500)]
    names = sorted({name for row in some for name in row["mb"]}, key=int)
    lines = {
        f"worker {int(name) + 1}": [
            (row["reports"], row["mb"][name]) for row in some if name in row["mb"]
        ]
        for name in names
    }
    return plot.lines(lines, x="reports read", y="MB", bound=BOUND_MB)


if __name__ == "__main__":
    main()
