"""What it costs to keep reports and to link them, beside reading them.

``python -m benchmarks.keeping --records DIR`` puts the records (JSON files) in DIR into a new store
in the order of their dates and links them in batches, as ``onrecord add`` does, and prints the
milliseconds for each report: of processor time, so that others who use the machine count little.

``python -m benchmarks.keeping --texts FILE`` runs ``onrecord add`` on the reports of a JSON Lines
file and, in turn with it, a process that reads the same reports and keeps nothing; it prints how
much more of the time that passes, and of the processor's, ``add`` takes. ``--texts examples`` makes
reports of the examples.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.store import records
from benchmarks.texts import of_examples
from onrecord import linking
from onrecord.intake import stream
from onrecord.record import Record
from onrecord.store import Store, save
from onrecord.store.adding import BATCH


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time for each report, and how many there were."""

    put: float
    link: float
    reports: int


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds that a process took: those that passed, and the processor's."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The medians of reading alone and of ``onrecord add``, for so many reports."""

    read: Run
    add: Run
    reports: int

    @property
    def more(self) -> tuple[float, float]:
        """By what share ``add`` takes longer: of the time that passes, and of the processor's."""
        return self.add.wall / self.read.wall - 1, self.add.cpu / self.read.cpu - 1


def cost(made: Sequence[Record], store: Store) -> Cost:
    """Puts and links records, oldest first."""
    ordered = sorted(made, key=lambda record: record.report.published or "9999")
    put = link = 0.0
    for k in range(0, len(ordered), BATCH):
        began = time.process_time()
        numbers = [_put(store, record) for record in ordered[k : k + BATCH]]
        kept = time.process_time()
        linking.link(store, numbers)
        put += kept - began
        link += time.process_time() - kept
    each = 1000 / max(len(ordered), 1)
    return Cost(put * each, link * each, len(ordered))


def _put(store: Store, record: Record) -> int:
    with store.write() as connection:
        return save.put(connection, record, save.Found(place="benchmark"), reader="benchmark")


def beside(texts: Path, *, rounds: int, store: str | None = None) -> Beside:
    """Reads and adds the reports of a JSON Lines file by turns, each in a process of its own.

    Each round needs a new store: with `store`, an empty database of PostgreSQL's, there is one.
    """
    read: list[Run] = []
    add: list[Run] = []
    reading = [sys.executable, "-m", "benchmarks.keeping", "--only-read", str(texts)]
    with tempfile.TemporaryDirectory() as folder:
        for k in range(1 if store else rounds):
            read.append(timed(reading))
            url = store or str(Path(folder) / f"{k}.db")
            adding = [sys.executable, "-m", "onrecord", "add", "-q", str(texts), "--store", url]
            add.append(timed(adding))
    reports = sum(1 for line in texts.read_bytes().splitlines() if line.strip())
    return Beside(_middle(read), _middle(add), reports)


def timed(command: Sequence[str]) -> Run:
    """Runs a command; raises `RuntimeError` where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime)


def _middle(runs: Sequence[Run]) -> Run:
    return Run(median(run.wall for run in runs), median(run.cpu for run in runs))


def only_read(texts: Path) -> int:
    """Reads the reports of a file as ``onrecord add`` does, and keeps nothing; how many."""
    from onrecord.reading.shipped import ShippedReader

    reader, read = ShippedReader(), 0
    for item in stream.items([str(texts)]):
        if document := item.document:
            known = {"title": document.title, "published": document.published}
            reader.read(document.text, **known, publisher=document.publisher)
            read += 1
    return read


def write(texts: str, path: Path, reports: int) -> None:
    """Writes the first reports of a JSON Lines file, or such made of the examples."""
    if texts == "examples":
        lines: Iterable[str] = map(_line, enumerate(of_examples(words=300 * reports)))
    else:
        lines = Path(texts).read_text("utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in islice(lines, reports)), "utf-8")


def _line(numbered: tuple[int, str]) -> str:
    k, text = numbered
    published = f"2025-{k // 28 % 12 + 1:02}-{k % 28 + 1:02}"
    return json.dumps({"text": text, "published": published, "publisher": "Coastal Wire"})


def main(arguments: Sequence[str] | None = None) -> Cost | Beside | int:
    """Measures and prints the cost."""
    given = _parser().parse_args(arguments)
    if given.only_read:
        return only_read(given.only_read)
    return _texts(given) if given.texts else _records(given)


def _texts(given: argparse.Namespace) -> Beside:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        write(given.texts, path, given.reports)
        found = beside(path, rounds=given.rounds, store=given.store)
    each = 1000 / found.reports
    for name, run in (("read", found.read), ("add", found.add)):
        print(
            f"{name:5} {run.wall * each:6.1f} ms a report, {run.cpu * each:6.1f} of the processor"
        )
    wall, cpu = found.more
    print(f"more  {wall:6.1%}             {cpu:6.1%} of the processor; {found.reports} reports")
    return found


def _records(given: argparse.Namespace) -> Cost:
    made = records(given.records)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(given.store or Path(folder) / "kept.db") as store,
    ):
        found = cost(made, store)
    print(f"put {found.put:.1f} ms, link {found.link:.1f} ms a report, {found.reports} reports")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=Path, default=Path("tests/fixtures"))
    parser.add_argument("--texts", help="JSON Lines of reports, or `examples`")
    parser.add_argument("--reports", type=int, default=200, help="how many of these")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--store", help="a URL of PostgreSQL's, empty")
    parser.add_argument("--only-read", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
