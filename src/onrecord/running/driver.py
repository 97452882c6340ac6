"""A run from its beginning, or from where it was stopped, to its end."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.errors import RunError
from onrecord.running import datasets, files, inputs, manifest, markers, metrics
from onrecord.running.cluster import Cluster
from onrecord.running.events import Pool
from onrecord.running.local import Local
from onrecord.running.manifest import Manifest
from onrecord.running.markers import Marker
from onrecord.running.problems import Bound
from onrecord.running.progress import Progress
from onrecord.running.shards import SIZE, Shard, Source, survey
from onrecord.running.work import Settings

BOUND = Bound.of("10%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does, and by whom."""

    places: Sequence[str]
    """Files, folders, globs and fsspec addresses of the input."""
    folder: Path
    """Where the output goes."""
    settings: Settings
    workers: int | None = None
    """Processes, or actors on a cluster; None: one for each core."""
    ray: str | None = None
    """The address of a Ray cluster, or `local`; None: processes of this machine."""
    bound: Bound = BOUND
    size: int = SIZE
    """Bytes of a shard."""
    metrics: Path | None = None
    """Where to write metrics."""
    watch: Callable[[Progress], None] = field(default=lambda progress: None)
    """Is told how far the run is whenever something has happened."""


def run(plan: Plan) -> Progress:
    """Reads what isn't read yet; how far it came.

    Where `failed` of what is returned isn't empty, the run isn't complete, and the same call goes
    on with these shards.

    Raises:
        SourceNotFound: an input isn't there.
        RunError: the folder is another run's, there are too many problems, or the output can't be
            written. What is done is kept, and the same call goes on.
        ModelError: the reader can't start.
    """
    sources = _sources(plan)
    with _output(plan.folder), files.alone(plan.folder):
        made = _begun(plan, sources)
        files.sweep(plan.folder)
        shards = [shard for source in sources for shard in source.shards]
        progress = _read(plan, shards)
        if not progress.failed:
            _complete(plan, made, shards, progress)
    return progress


def _sources(plan: Plan) -> list[Source]:
    """The files of the run, in the order in which they are given; copies of one are read once."""
    found: dict[str, Source] = {}
    for address in inputs.addresses(plan.places):
        try:
            source = survey(address, size=plan.size)
        except OSError as error:
            raise RunError(f"{address}: can't be read: {error.strerror or error}") from error
        first = found.setdefault(source.sha256, source)
        if first is not source:
            found[source.sha256] = replace(first, copies=(*first.copies, address))
    return list(found.values())


def _begun(plan: Plan, sources: Iterable[Source]) -> Manifest:
    """The manifest, written where there was none or it knows fewer inputs."""
    now = manifest.begin(sources, plan.settings, size=plan.size)
    before = Manifest.read(plan.folder)
    if before is not None:
        before.refuse(now, plan.folder)
    elif any(plan.folder.iterdir()):
        raise RunError(f"{plan.folder} has other things in it; wants a new or empty folder")
    for name in (*datasets.NAMES, markers.FOLDER):
        (plan.folder / name).mkdir(exist_ok=True)
    now.write(plan.folder)
    return now


def _read(plan: Plan, shards: Sequence[Shard]) -> Progress:
    sizes = {shard.name: shard.size for shard in shards}
    progress = Progress(shards=len(shards), bytes=sum(sizes.values()))
    waiting: list[Shard] = []
    for shard in shards:
        if marker := Marker.read(plan.folder, shard.name):
            progress.was_done(marker, shard.size)
        else:
            waiting.append(shard)
    waiting.sort(key=lambda shard: -shard.size)  # the longest last would keep all others waiting
    file = metrics.File(plan.metrics) if plan.metrics else None
    if waiting:
        with _pool(plan) as pool:
            for event in pool.run(waiting):
                progress.note(event, sizes.get(event.shard, 0))
                plan.watch(progress)
                if file:
                    file.look(progress)
                _bounded(plan, progress, ended=False)
    _bounded(plan, progress, ended=True)
    if file:
        file.write(progress, complete=not progress.failed)
    return progress


def _pool(plan: Plan) -> Pool:
    if plan.ray:
        return Cluster(plan.settings, address=plan.ray, workers=plan.workers)
    return Local(plan.settings, workers=plan.workers or cores())


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _bounded(plan: Plan, progress: Progress, *, ended: bool) -> None:
    problems = progress.problems.total()
    if plan.bound.passed(problems, progress.reports, ended=ended):
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in sorted(progress.problems.items()))
        raise RunError(
            f"{problems:,} problems beside {progress.reports:,} reports ({kinds}), and at most "
            f"{plan.bound} are put up with; they are told in {plan.folder / datasets.PROBLEMS}. "
            "With a higher --most-problems the run goes on where it stopped"
        )


def _complete(plan: Plan, made: Manifest, shards: Sequence[Shard], progress: Progress) -> None:
    files.sweep(plan.folder)  # what a worker left that was killed in this run
    found = [marker for s in shards if (marker := Marker.read(plan.folder, s.name))]
    replace(made, complete=True, totals=manifest.totals(found)).write(plan.folder)


@contextmanager
def _output(folder: Path) -> Iterator[None]:
    """Makes the folder, and tells what the system won't have written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise RunError(f"{error.filename or folder}: {error.strerror or error}") from error
