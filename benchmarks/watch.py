"""What the workers of a run hold and use, from the start to the end (Linux)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from onrecord.running import Progress

MB = 2**20
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")

Row = dict[str, Any]


def processes() -> list[int]:
    """All processes."""
    return [int(path.name) for path in _PROC.glob("[0-9]*")]


def children(pid: int) -> list[int]:
    """The processes that a process has begun and that are still there."""
    parents = {one: _stat(one)[1:2] for one in processes()}
    return [one for one, parent in parents.items() if parent == [str(pid)]]


def command_of(pid: int) -> str:
    """What a process was started with; empty where it is gone."""
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def cpu_of(pid: int) -> float:
    """Processor seconds that a process has used; 0 where it is gone."""
    stat = _stat(pid)
    return (int(stat[11]) + int(stat[12])) / _TICKS if stat else 0.0


def _stat(pid: int) -> list[str]:
    """The fields of a process's `stat` from its state on; none where it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def peak_of(pid: int) -> float:
    """The most memory that a process has ever held, in MB; 0 where it is gone."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@dataclass
class Watch:
    """Notes, once a second, how far a run is and what its workers hold and have used."""

    began: float = field(default_factory=time.monotonic)
    rows: list[Row] = field(default_factory=list)
    first: float | None = None
    """When the first report was begun: what was before is the start of the workers."""
    peaks: dict[int, float] = field(default_factory=dict)
    """By process, the most memory it has held, in MB."""
    used: dict[int, float] = field(default_factory=dict)
    """By process, the processor seconds it has used."""
    progress: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Is told how far the run is."""
        self.progress = progress
        now = time.monotonic() - self.began
        if self.first is None and progress.at:
            self.first = now
        if not self.rows or now - self.rows[-1]["seconds"] >= 1:
            self.look(progress, now)

    def last(self) -> Progress:
        """How far the run came, which is noted as the last row."""
        assert self.progress is not None
        self.look(self.progress, time.monotonic() - self.began)
        return self.progress

    def look(self, progress: Progress, now: float) -> None:
        """Notes a row."""
        for pid in children(os.getpid()):
            self.peaks[pid] = max(self.peaks.get(pid, 0.0), peak_of(pid))
            self.used[pid] = max(self.used.get(pid, 0.0), cpu_of(pid))
        self.rows.append(
            {"seconds": now, "reports": progress.looked_at(), "cpu": sum(self.used.values()),
             "mb": {str(worker): held / MB for worker, held in sorted(progress.rss.items())}}
        )  # fmt: skip


def tenths(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """How far things were at the start and the end of each tenth of the reports looked at."""
    first, last = rows[0]["reports"], rows[-1]["reports"]
    yield from pairwise(at(rows, first + (last - first) * k / 10) for k in range(11))


def at(rows: Sequence[Row], reports: float) -> Row:
    """How far things were when so many reports had been looked at, between two rows by a line."""
    for before, after in pairwise(rows):
        if before["reports"] <= reports <= after["reports"]:
            step = after["reports"] - before["reports"]
            share = (reports - before["reports"]) / step if step else 0.0
            return {
                name: before[name] + share * (after[name] - before[name])
                for name in ("seconds", "cpu", "reports")
            }
    return rows[-1]


def rates(rows: Sequence[Row], by: str) -> list[float]:
    """Reports for each second of `seconds` (the clock) or `cpu`, tenth by tenth of the reports."""
    return [(b["reports"] - a["reports"]) / max(b[by] - a[by], 1e-9) for a, b in tenths(rows)]


def largest(rows: Sequence[Row]) -> list[float]:
    """The memory of the largest worker in each tenth, in MB."""
    return [_held(rows, a["seconds"], b["seconds"]) for a, b in tenths(rows)]


def _held(rows: Sequence[Row], since: float, until: float) -> float:
    """The memory of the largest worker between two moments, or, without a row, just before."""
    before = [row for row in rows if row["seconds"] <= until]
    within = [row for row in before if row["seconds"] >= since] or before[-1:]
    return max(float(held) for row in within for held in row["mb"].values())


def used_at(rows: Sequence[Row], marks: Sequence[int]) -> dict[str, float]:
    """Processor seconds from the first row until so many reports were looked at."""
    return {
        f"{mark:,}": round(at(rows, mark)["cpu"] - rows[0]["cpu"], 1)
        for mark in marks
        if rows[0]["reports"] < mark <= rows[-1]["reports"]
    }
