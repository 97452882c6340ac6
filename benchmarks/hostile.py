"""Hostile inputs: `python -m benchmarks.hostile --many 10000 --check path/to/gold.py`.

Each case is made from its number alone (`benchmarks.cases`), so `--first N --many 1` makes case N
again. Every case must come to records or to problems of the input's own: not to a fault of
onrecord's, not to the end of the process that reads it, not to the time limit; and every record
must pass the check of its contract, onrecord's own and that of `gold.py`.
"""

from __future__ import annotations

import importlib.util
import io
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import click

from benchmarks.cases import case
from benchmarks.watch import peak_of
from onrecord.intake import stream
from onrecord.intake.document import Document
from onrecord.reading.shipped import ShippedReader
from onrecord.running.batch import Reading, read_batch
from onrecord.running.documents import Unit
from onrecord.running.rows import unpacked

MOST = 40
"""Reports of one case that are read."""
GRACE = 5.0
"""Seconds beyond the limit and half of it that a process has to notice that it is slow."""
OWN = ("empty", "unreadable")
"""Kinds of problems that are the input's own."""

Check = Callable[[dict[str, Any]], None]


@dataclass
class Result:
    """What a case came to."""

    number: int
    kind: str = ""
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    """Records, and problems by kind."""
    wrong: list[str] = field(default_factory=list)


def units(data: bytes) -> Iterator[Unit]:
    """What takes each report out of the bytes, as from a file."""
    for item in islice(stream.within(io.BytesIO(data), "case"), MOST):
        yield partial(_given, item)


def _given(item: stream.Item) -> Document:
    if item.document is None:
        assert item.error is not None
        raise item.error
    return item.document


def attempt(
    number: int, reader: Reading, *, seconds: float = 0, check: Check | None = None
) -> Result:
    """Reads a case and checks what comes of it."""
    kind, data = case(number)
    made, began = Result(number, kind), time.monotonic()
    try:
        batch = read_batch(enumerate(units(data), 1), reader, shard="x", seconds=seconds)
    except Exception as error:  # whatever it is, it isn't the input's own
        made.wrong.append(f"{type(error).__name__}: {error}")
        return made
    made.seconds = time.monotonic() - began
    made.wrong += [f"{p.kind}: {p.why}" for p in batch.problems if p.kind not in OWN]
    made.counts.update(problem.kind for problem in batch.problems)
    for row in batch.rows.get("reports", ()):
        made.counts["record"] += 1
        made.wrong += _checked(row, check)
    return made


def _checked(row: Mapping[str, Any], check: Check | None) -> Iterator[str]:
    """What is wrong with the record in a row."""
    try:
        record = unpacked(row["text"], row["record"])  # holds it against onrecord's own contract
        if check:
            check(record.to_dict())
    except Exception as error:  # the checks are gold.py's as well, and raise what they like
        yield f"check: {type(error).__name__}: {error}"


def checker(path: Path) -> Check:
    """The check of gold.py, called in this process."""
    spec = importlib.util.spec_from_file_location("gold", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda record: module.compiled(record, record["report"]["text"])


def work(pipe: Connection, seconds: float, check: Path | None) -> None:
    """Reads the cases whose numbers come through the pipe, in a process of its own."""
    reader, checked = ShippedReader(), checker(check) if check else None
    pipe.send(None)
    while (number := pipe.recv()) is not None:
        pipe.send(attempt(number, reader, seconds=seconds, check=checked))


class Hand:
    """A process that reads cases, and what it reads."""

    def __init__(self, seconds: float, check: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=work, args=(other, seconds, check), daemon=True)
        self.process.start()
        other.close()
        self.number: int | None = None
        self.since = time.monotonic()

    def give(self, number: int | None) -> None:
        """Has it read a case; None: it may end."""
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    def ended(self) -> Result:
        """Ends it, and says that it came to that."""
        seconds = time.monotonic() - self.since
        code = self.process.exitcode
        self.process.kill()
        told = f"the process ended ({code})" if code is not None else "it hung, and was ended"
        return Result(-1 if self.number is None else self.number, seconds=seconds, wrong=[told])


def results(
    numbers: Iterator[int], workers: int, seconds: float, check: Path | None
) -> Iterator[Result]:
    """What the cases come to, in whatever order."""
    hands = [Hand(seconds, check) for _ in range(workers)]
    while hands:
        by_pipe = {hand.pipe: hand for hand in hands}
        for pipe in wait(list(by_pipe), timeout=1):
            hand = by_pipe[pipe]  # type: ignore[index]
            try:
                found = hand.pipe.recv()
            except EOFError:
                hand.process.join()
                yield hand.ended()
                hands[hands.index(hand)] = Hand(seconds, check)
                continue
            if found:
                yield found
            number = next(numbers, None)
            hand.give(number)
            if number is None:
                hands.remove(hand)
        for hand in list(hands):
            if hand.number is not None and time.monotonic() - hand.since > 1.5 * seconds + GRACE:
                yield hand.ended()
                hands[hands.index(hand)] = Hand(seconds, check)


@click.command(help=__doc__)
@click.option("--many", default=10_000, show_default=True)
@click.option("--first", default=0, show_default=True)
@click.option("--workers", "-w", default=2, show_default=True)
@click.option("--seconds", default=30.0, show_default=True, help="The time limit of a report.")
@click.option("--check", type=click.Path(exists=True, path_type=Path), help="gold.py.")
def main(many: int, first: int, workers: int, seconds: float, check: Path | None) -> None:
    """Reads the cases, checks the records, and tells what went wrong."""
    counts, kinds, wrong = Counter[str](), Counter[str](), 0
    longest, began, peak = Result(-1), time.monotonic(), 0.0
    for one in results(iter(range(first, first + many)), workers, seconds, check):
        counts.update(one.counts)
        kinds[one.kind] += 1
        longest = max(longest, one, key=lambda result: result.seconds)
        peak = max([peak, *(peak_of(p.pid or 0) for p in multiprocessing.active_children())])
        for line in one.wrong:
            wrong += 1
            click.echo(f"case {one.number}: {line}")
    told = {
        "cases": kinds.total(), **counts, "wrong": wrong,
        "seconds": round(time.monotonic() - began),
        "longest_seconds": round(longest.seconds, 2), "at": longest.number, "peak_mb": round(peak),
        "kinds": dict(kinds),
    }  # fmt: skip
    click.echo(json.dumps(told))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
