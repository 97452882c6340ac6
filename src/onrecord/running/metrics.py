"""How far a run is, for machines: the text format of Prometheus.

The file is for the textfile collector of Prometheus' node exporter; it is put in its place whole.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from onrecord.running import files
from onrecord.running.problems import KINDS
from onrecord.running.progress import Progress

EVERY = 5.0
"""Seconds between two writings."""

_HELP = {
    "shards": ("gauge", "Shards of the run."),
    "shards_done_total": ("counter", "Shards that are read and marked."),
    "shards_failed": ("gauge", "Shards that can't be read now."),
    "input_bytes": ("gauge", "Bytes of input of the run."),
    "input_bytes_done_total": ("counter", "Bytes of the shards that are done."),
    "reports_total": ("counter", "Reports with a record, in shards that are done."),
    "words_total": ("counter", "Words of these reports."),
    "problems_total": ("counter", "Reports without a record, in shards that are done."),
    "workers_replaced_total": ("counter", "Workers that ended and were replaced."),
    "worker_resident_bytes": ("gauge", "Memory that a worker holds."),
    "elapsed_seconds": ("gauge", "Seconds since this run began or was gone on with."),
    "complete": ("gauge", "1 once the run is complete."),
}

NAMES = tuple(_HELP)
"""What they are called, behind `onrecord_run_`."""


def text(progress: Progress, *, complete: bool = False) -> str:
    """The metrics, each with its help and type."""
    lines: dict[str, list[str]] = {}
    for name, labels, value in _values(progress, complete=complete):
        lines.setdefault(name, []).append(f"onrecord_run_{name}{labels} {value}")
    out = []
    for name, some in lines.items():
        kind, told = _HELP[name]
        out += [f"# HELP onrecord_run_{name} {told}", f"# TYPE onrecord_run_{name} {kind}", *some]
    return "\n".join(out) + "\n"


def _values(p: Progress, *, complete: bool) -> Iterator[tuple[str, str, int | float]]:
    yield "shards", "", p.shards
    yield "shards_done_total", "", p.shards_done
    yield "shards_failed", "", len(p.failed)
    yield "input_bytes", "", p.bytes
    yield "input_bytes_done_total", "", p.bytes_done
    yield "reports_total", "", p.reports
    yield "words_total", "", p.words
    for kind in KINDS:
        yield "problems_total", f'{{kind="{kind}"}}', p.problems[kind]
    yield "workers_replaced_total", "", p.replaced
    for worker, rss in sorted(p.rss.items()):
        yield "worker_resident_bytes", f'{{worker="{worker}"}}', rss
    yield "elapsed_seconds", "", round(p.seconds(), 3)
    yield "complete", "", int(complete)


class File:
    """Writes the metrics now and then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.last = -EVERY

    def look(self, progress: Progress) -> None:
        """Writes them if it is time; raises `OSError`."""
        if time.monotonic() - self.last >= EVERY:
            self.write(progress)

    def write(self, progress: Progress, *, complete: bool = False) -> None:
        """Writes them now; raises `OSError`."""
        self.last = time.monotonic()
        files.write(self.path, text(progress, complete=complete).encode("utf-8"))
