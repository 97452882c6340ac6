"""What `onrecord run` does over time: `python -m benchmarks.run COMMAND --help`.

Reports are those of a JSON Lines file, again and again, each time with other names and numbers, so
that no cache of word forms answers for the model.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import click

from benchmarks import plot
from benchmarks.texts import varied
from benchmarks.worker import cpu_seconds
from onrecord.running import Bound, Plan, Progress, Settings, run

MB = 2**20


def write(source: Path, path: Path, many: int) -> None:
    """Writes so many reports: those of `source`, then varied ones."""
    chance = random.Random(11)
    with source.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    with path.open("w", encoding="utf-8") as out:
        for n, row in zip(range(many), cycle(rows), strict=False):
            text = row["text"] if n < len(rows) else varied(row["text"], chance)
            kept = {key: row.get(key) for key in ("title", "published", "publisher")}
            out.write(json.dumps({**kept, "id": f"n{n}", "text": text}) + "\n")


def plan(source: Path, folder: Path, **other: Any) -> Plan:
    """A run as the command makes it."""
    made: dict[str, Any] = {"bound": Bound.of("100%"), "size": MB // 4, **other}
    settings = Settings(folder=str(folder))
    return Plan(places=[str(source)], folder=folder, settings=settings, **made)


@dataclass
class Watch:
    """Notes memory and the number of reports, once a second."""

    began: float = field(default_factory=time.monotonic)
    rows: list[dict[str, float]] = field(default_factory=list)
    first: float | None = None
    """When the first report was begun: what was before is the start of the workers."""

    def __call__(self, progress: Progress) -> None:
        """Is told how far the run is."""
        now = time.monotonic() - self.began
        if self.first is None and progress.at:
            self.first = now
        if not self.rows or now - self.rows[-1]["seconds"] >= 1:
            memory = max(progress.rss.values(), default=0) / MB
            reports = progress.looked_at()
            self.rows.append({"seconds": now, "reports": reports, "mb": memory})


def digest(folder: Path) -> str:
    """One digest of all that a run has written."""
    made = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix().encode()
        made.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


_SOURCE = click.argument("source", type=click.Path(path_type=Path, exists=True))
_REPORTS = click.option("--reports", default=1000, show_default=True, help="How many are read.")


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@main.command()
@_SOURCE
@_REPORTS
@click.option("--workers", "-w", multiple=True, type=int, default=(1, 2), show_default=True)
def scaling(source: Path, reports: int, workers: tuple[int, ...]) -> None:
    """Words a second with so many workers, and the share of linear that it comes to."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        write(source, Path(folder) / "in.jsonl", reports)
        for many in workers:
            watch, began, used = Watch(), time.monotonic(), cpu_seconds()
            made = plan(
                Path(folder) / "in.jsonl", Path(folder) / str(many), workers=many, watch=watch
            )
            progress = run(made)
            seconds = time.monotonic() - began
            steady = seconds - (watch.first or 0)
            found.append(
                {"workers": many, "seconds": round(seconds, 1), "words": progress.words,
                 "words_per_second": round(progress.words / seconds),
                 "after_start": round(progress.words / steady),
                 "words_per_cpu_second": round(progress.words / (cpu_seconds() - used)),
                 "digest": digest(Path(folder) / str(many) / "reports")[:12]}
            )  # fmt: skip
            click.echo(json.dumps(found[-1]))
    first = found[0]
    for one in found[1:]:
        times = one["workers"] / first["workers"]
        share = one["after_start"] / first["after_start"] / times
        cpu = one["words_per_cpu_second"] / first["words_per_cpu_second"]
        told = f"{first['workers']} to {one['workers']} workers: {share:.2f} of linear"
        click.echo(f"{told} by the clock, {cpu:.2f} by processor time")


@main.command()
@_SOURCE
@_REPORTS
@click.option("--workers", "-w", default=1, show_default=True)
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Write an SVG.")
def memory(source: Path, reports: int, workers: int, picture: Path | None) -> None:
    """The memory of the largest worker, and the rate, from the start to the end of a run."""
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder:
        write(source, Path(folder) / "in.jsonl", reports)
        run(plan(Path(folder) / "in.jsonl", Path(folder) / "out", workers=workers, watch=watch))
    rows = [row for row in watch.rows if row["reports"]]
    tenth = max(1, len(rows) // 10)
    told = {
        "reports": reports,
        "peak_mb": round(max(row["mb"] for row in rows)),
        "mb_after_a_tenth": round(rows[tenth]["mb"]),
        "mb_at_the_end": round(rows[-1]["mb"]),
        "reports_per_second": [round(rate, 2) for rate in _rates(rows)],
    }
    click.echo(json.dumps(told))
    if picture:
        points = [(row["reports"], row["mb"]) for row in rows]
        picture.write_text(plot.lines(points, x="reports read", y="MB"), encoding="utf-8")


def _rates(rows: list[dict[str, float]]) -> Iterator[float]:
    """Reports a second in each fifth of the time."""
    fifth = max(1, len(rows) // 5)
    for k in range(0, len(rows) - fifth, fifth):
        a, b = rows[k], rows[k + fifth]
        yield (b["reports"] - a["reports"]) / (b["seconds"] - a["seconds"])


@main.command()
@_SOURCE
@_REPORTS
@click.option("--kills", default=20, show_default=True)
@click.option("--workers", "-w", default=2, show_default=True)
def kills(source: Path, reports: int, kills: int, workers: int) -> None:
    """A run that is killed again and again, its driver or a worker: are its bytes the same?"""
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(source, folder / "in.jsonl", reports)
        run(plan(folder / "in.jsonl", folder / "whole", workers=workers))
        whole = digest(folder / "whole")
        command = [sys.executable, "-m", "onrecord", "run", str(folder / "in.jsonl"), "--out",
                   str(folder / "killed"), "-w", str(workers), "--shard-size", "0.25", "-q",
                   "--most-problems", "100%"]  # fmt: skip
        did = {"driver": 0, "worker": 0}
        while sum(did.values()) < kills:
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(2, 12))
            victims = children(process.pid) if chance.random() < 0.5 else []
            if process.poll() is None:
                did["worker" if victims else "driver"] += 1
                os.kill(chance.choice(victims) if victims else process.pid, signal.SIGKILL)
                time.sleep(chance.uniform(0, 3) if victims else 0)
            process.kill()
            process.wait()
        subprocess.run(command, check=True)
        same = digest(folder / "killed") == whole
    click.echo(json.dumps({"reports": reports, **did, "same_bytes": same}))


def children(pid: int) -> list[int]:
    """The processes that a process has begun (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            found.append(int(path.parent.name))
    return found


@main.command()
@_SOURCE
@_REPORTS
@click.option("--workers", "-w", default=2, show_default=True)
def ray(source: Path, reports: int, workers: int) -> None:
    """A run on processes and one on Ray: are their bytes the same?"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(source, folder / "in.jsonl", reports)
        found = {}
        for how in (None, "local"):
            began, out = time.monotonic(), folder / (how or "processes")
            progress = run(plan(folder / "in.jsonl", out, workers=workers, ray=how))
            found[how or "processes"] = round(time.monotonic() - began, 1)
        same = digest(folder / "processes") == digest(folder / "local")
    click.echo(json.dumps({"reports": progress.reports, "seconds": found, "same_bytes": same}))


if __name__ == "__main__":
    main()
