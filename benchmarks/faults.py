"""What happens to machines during `onrecord run`: `python -m benchmarks.faults COMMAND --help`.

Each command reads a corpus twice or more, once undisturbed, and compares all bytes of the output.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from benchmarks.run import REPORTS, SOURCE, WORDS, plan, write
from benchmarks.watch import children, command_of, processes
from onrecord.errors import RunError
from onrecord.running import Progress, files, markers, run
from onrecord.running.manifest import Manifest

WORKERS = click.option("--workers", "-w", default=2, show_default=True)


def digest(folder: Path) -> str:
    """One digest of all that a run has written."""
    made = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix().encode()
        made.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@contextmanager
def _corpus(source: Path, reports: int, words: int) -> Iterator[tuple[Path, Path]]:
    """A folder with the corpus that all runs of a command read, and the corpus."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "in.jsonl"
        write(source, path, reports, words=words)
        yield Path(name), path


def _tell(**told: Any) -> None:
    """Prints what was found; ends with 1 where bytes differ."""
    click.echo(json.dumps(told))
    if told.get("same_bytes") is False:
        raise SystemExit(1)


@main.command()
@SOURCE
@REPORTS
@WORDS
@WORKERS
@click.option("--kills", default=20, show_default=True, help="How many runs are killed.")
def kills(source: Path, reports: int, words: int, workers: int, kills: int) -> None:
    """Runs that are killed at a random moment, driver or worker, and gone on with."""
    chance, did, same = random.Random(5), {"driver": 0, "worker": 0}, 0
    with _corpus(source, reports, words) as (folder, path):
        began = time.monotonic()
        _command(path, folder / "whole", workers).wait()
        seconds, whole = time.monotonic() - began, digest(folder / "whole")
        while sum(did.values()) < kills:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                process = _command(path, Path(out) / "read", workers)
                if killed := _killed(process, chance, seconds):
                    did[killed] += 1
                    _command(path, Path(out) / "read", workers).wait()
                    same += digest(Path(out) / "read") == whole
        read = Manifest.read(folder / "whole")
    _tell(reports=read and read.totals["reports"], **did, same=same, same_bytes=same == kills)


def _command(path: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    options = ["-w", str(workers), "--shard-size", "0.03", "-q", "--most-problems", "100%"]
    command = [sys.executable, "-m", "onrecord", "run", str(path), "--out", str(out), *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def _killed(process: subprocess.Popen[bytes], chance: random.Random, seconds: float) -> str:
    """Kills a run or one of its workers some time within so many seconds; what it killed."""
    time.sleep(chance.uniform(0.05, 0.95) * seconds)
    victims = children(process.pid) if chance.random() < 0.5 else []
    if process.poll() is not None:
        return ""
    os.kill(chance.choice(victims) if victims else process.pid, signal.SIGKILL)
    if victims:
        time.sleep(chance.uniform(0, 0.2) * seconds)
    process.kill()
    process.wait()
    return "worker" if victims else "driver"


@main.command()
@SOURCE
@REPORTS
@WORDS
@WORKERS
def ray(source: Path, reports: int, words: int, workers: int) -> None:
    """A run on processes and one on Ray."""
    with _corpus(source, reports, words) as (folder, path):
        seconds = {}
        for how in (None, "local"):
            began, out = time.monotonic(), folder / (how or "processes")
            progress = run(plan(path, out, workers=workers, ray=how))
            seconds[how or "processes"] = round(time.monotonic() - began, 1)
        same = digest(folder / "processes") == digest(folder / "local")
    _tell(reports=progress.reports, problems=dict(progress.problems), seconds=seconds,
          same_bytes=same)  # fmt: skip


@main.command()
@SOURCE
@REPORTS
@WORDS
@click.option("--what", type=click.Choice(["node", "worker"]), default="node", show_default=True)
def lost(source: Path, reports: int, words: int, what: str) -> None:
    """A run on a cluster of two nodes (of this machine), one of which is lost in the middle."""
    with _corpus(source, reports, words) as (folder, path):
        run(plan(path, folder / "here", size=30_000, workers=2))
        with two_nodes() as (address, lose):
            loss = Loss(lose[what])
            made = plan(path, folder / "there", size=30_000, ray=address, watch=loss.look)
            progress = run(made)
        same = digest(folder / "here") == digest(folder / "there")
    _tell(lost=what, after_shards=loss.after, of=progress.shards, replaced=progress.replaced,
          failed=len(progress.failed), reports=progress.reports, same_bytes=same)  # fmt: skip


class Loss:
    """Has something happen once, as soon as a third of a run's shards are done."""

    def __init__(self, lose: Callable[[], object]) -> None:
        self.lose = lose
        self.after = 0

    def look(self, progress: Progress) -> None:
        """Is told how far the run is."""
        if not self.after and progress.shards_done > progress.shards / 3:
            self.after = progress.shards_done
            self.lose()


@contextmanager
def two_nodes() -> Iterator[tuple[str, dict[str, Callable[[], object]]]]:
    """The address of a Ray cluster of two nodes with a core each, and how to lose a part of it."""
    os.environ.setdefault("RAY_worker_niceness", "0")  # by default workers yield to all others
    from ray.cluster_utils import Cluster

    cluster: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    second = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    try:
        yield (
            cluster.address,
            {
                "node": lambda: cluster.remove_node(second, allow_graceful=False),
                "worker": lambda: _kill_an_actor(cluster.head_node.get_session_dir_path()),
            },
        )
    finally:
        cluster.shutdown()


def _kill_an_actor(session: str) -> None:
    """Kills the process of an actor of this cluster, as a lack of memory would."""
    raylets = [
        pid for pid in processes() if session in command_of(pid) and "raylet" in command_of(pid)
    ]
    actors = [pid for one in raylets for pid in children(one) if "ray::Hand" in command_of(pid)]
    os.kill(actors[0], signal.SIGKILL)


@main.command()
@SOURCE
@REPORTS
@WORDS
@WORKERS
@click.option("--mb", default=0.4, show_default=True, help="What the disk holds at first.")
def disk(source: Path, reports: int, words: int, workers: int, mb: float) -> None:
    """A disk that is full in the middle, and then has room (Linux, as root: it mounts one)."""
    with _corpus(source, reports, words) as (folder, path), small_disk(folder / "small", mb) as own:
        run(plan(path, folder / "whole", size=30_000, workers=workers))
        told = ""
        try:
            run(plan(path, own / "out", size=30_000, workers=workers))
        except RunError as error:
            told = str(error)
        done, parts = len(markers.done(own / "out")), len(list(own.rglob(f"*{files.PART}*")))
        subprocess.run(["mount", "-o", "remount,size=500m", str(own)], check=True)
        progress = run(plan(path, own / "out", size=30_000, workers=workers))
        same = digest(own / "out") == digest(folder / "whole")
    _tell(told=told.replace(str(own), "DISK"), done_before=done, unfinished_files=parts,
          resumed=progress.resumed, shards=progress.shards, same_bytes=same)  # fmt: skip


@contextmanager
def small_disk(place: Path, mb: float) -> Iterator[Path]:
    """A file system of its own, in memory, that holds so much."""
    place.mkdir()
    size = f"size={int(mb * 1024)}k"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@main.command()
@SOURCE
@REPORTS
@WORDS
@WORKERS
@click.option("--seconds", default=2.0, show_default=True, help="The time limit of a report.")
def slow(source: Path, reports: int, words: int, workers: int, seconds: float) -> None:
    """A shard with reports, one in fifty, that take the reader longer than the time limit."""
    with _corpus(source, reports, words) as (folder, path):
        lines = path.read_text(encoding="utf-8").splitlines()
        whole = " ".join(json.loads(line)["text"] for line in lines)
        long = json.dumps({"text": (whole * 200)[:290_000]})
        lines[25::50] = [long] * len(lines[25::50])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        began = time.monotonic()
        made = plan(path, folder / "out", workers=workers, seconds=seconds, size=300_000)
        progress = run(made)
    expected = {"slow": len(lines[25::50])}
    _tell(reports=progress.reports, problems=dict(progress.problems), expected=expected,
          seconds=round(time.monotonic() - began, 1), replaced=progress.replaced,
          lost=len(lines) - progress.reports - progress.problems.total())  # fmt: skip


if __name__ == "__main__":
    main()
