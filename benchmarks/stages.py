"""Where the time of `onrecord run` goes, stage by stage: `python -m benchmarks.stages`.

Each stage's function is wrapped where it is called from; the time of those within it is theirs. It
is the processor time of one thread, so other work on the machine doesn't count.
"""

from __future__ import annotations

import importlib
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from benchmarks import texts
from onrecord.reading.shipped import ShippedReader
from onrecord.running.shards import survey
from onrecord.running.work import Settings, read_shard

STAGES: dict[str, Sequence[str]] = {
    "input: lines, JSON, credits": ("running.documents:_document",),
    "words": ("reading.analyser:words_of",),
    "word pieces, windows": (
        "reading.analyser:Analyser.windows", "reading.analyser:Analyser.inputs",
        "reading.analyser:paragraph_starts",
    ),
    "encoder and heads": ("reading.network:Network.run",),
    "tags, sentences, names": (
        "reading.analyser:Analyser._set_sentences", "reading.analyser:Analyser._set_tags",
        "reading.analyser:Analyser._set_spans",
    ),
    "attributions": ("reading.analyser:attributions",),
    "actors": ("reading.assembly:cast_of", "reading.assembly:actors"),
    "statements, answers": ("reading.statements:statements", "reading.assembly:resolve_answers"),
    "events": ("reading.events:events",),
    "positions, proposals": ("reading.positions:positions", "reading.positions:proposals"),
    "figures": ("reading.figures:figures",),
    "headline": ("reading.headline:claims",),
    "the record, put together": ("reading.assembly:record_of", "reading.reader:record_of"),
    "language": ("running.batch:marked",),
    "rows": ("running.batch:rows",),
    "Parquet": (
        "running.work:tables", "running.datasets:Writer.flush", "running.datasets:Writer.finish",
    ),
}  # fmt: skip
"""By stage, the functions that are its work, where they are looked up."""
REST = "the rest"


@dataclass
class Clock:
    """Seconds by stage."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    stack: list[str] = field(default_factory=lambda: [REST])
    since: float = field(default_factory=time.thread_time)

    def switch(self) -> None:
        """Gives the time since the last switch to the stage that was at work."""
        now = time.thread_time()
        self.seconds[self.stack[-1]] += now - self.since
        self.since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time taken for the stage."""

        @wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            self.switch()
            self.stack.append(stage)
            try:
                return function(*args, **named)
            finally:
                self.switch()
                self.stack.pop()

        return run


@contextmanager
def clock() -> Iterator[Clock]:
    """A clock on every stage, as long as the context lasts."""
    made, before = Clock(), []
    try:
        for stage, places in STAGES.items():
            for place in places:
                owner, name = _found(place)
                function = getattr(owner, name)
                before.append((owner, name, function))
                setattr(owner, name, made.timed(stage, function))
        yield made
    finally:
        for owner, name, function in reversed(before):
            setattr(owner, name, function)


def _found(place: str) -> tuple[Any, str]:
    """The module or class that has a function, and its name there."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(f"onrecord.{module}")
    *classes, name = path.split(".")
    for one in classes:
        owner = getattr(owner, one)
    return owner, name


def measure(reports: list[str]) -> dict[str, float]:
    """Seconds by stage for these reports, read and written as a worker does."""
    with tempfile.TemporaryDirectory() as folder:
        reader = ShippedReader()
        _read(reports[:1], reader, Path(folder) / "first")  # what is made once isn't looked at
        with clock() as made:
            _read(reports, reader, Path(folder) / "all")
            made.switch()
    return dict(made.seconds)


def _read(reports: list[str], reader: ShippedReader, folder: Path) -> None:
    folder.mkdir()
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in reports), "utf-8")
    for shard in survey(str(path), size=1 << 30).shards:
        read_shard(shard, reader, Settings(folder=str(folder / "out"), seconds=0))


def table(seconds: dict[str, float], reports: int, words: int) -> Table:
    """The stages, in the order in which they come."""
    total = sum(seconds.values())
    rate = f"{words / total:,.0f} words for each second of a core"
    made = Table(
        title=f"{reports:,} reports, {words:,} words: {rate}", title_justify="left", box=None
    )
    for heading in ("", "ms a report", "share"):
        made.add_column(heading, justify="right" if heading else "left")
    for stage in (*STAGES, REST):
        used = seconds.get(stage, 0.0)
        made.add_row(stage, f"{1000 * used / reports:.2f}", f"{used / total:.1%}")
    return made


@click.command(help=__doc__)
@click.option("--texts", "path", type=click.Path(path_type=Path, exists=True),
              help="Reports to read, as JSON Lines.")  # fmt: skip
@click.option("--words", default=20_000, show_default=True, help="How much text to read.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(path: Path | None, words: int, as_json: bool) -> None:
    """Measures and prints."""
    reports = texts.of_reports(path, words=words) if path else texts.of_examples(words=words)
    seconds = measure(reports)
    if as_json:
        click.echo(json.dumps({name: round(used, 4) for name, used in seconds.items()}))
    else:
        Console().print(table(seconds, len(reports), texts.count(reports)))


if __name__ == "__main__":
    main()
