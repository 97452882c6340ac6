"""One contestant, measured in this process: `python -m benchmarks.worker NAME --threads N ...`.

Prints one line of JSON. The processor cores, and every library's threads, are bound before
anything else is loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading import Reader

Pass = Callable[[list[str]], object]
CONTESTANTS = ("onrecord", "encoder", "spacy")


def bind(threads: int) -> None:
    """Keep this process to so many cores, where the system can do that."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = str(threads)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def contestant(name: str, *, threads: int, model: Path | None, texts: list[str]) -> Pass:
    """What is timed: one pass over the texts."""
    if name == "spacy":
        from benchmarks.spacy_sm import build

        nlp = build()
        return lambda batch: sum(len(doc) for doc in nlp.pipe(batch, n_process=threads))
    reader = load(model, threads)
    if name == "onrecord":
        return lambda batch: [reader.read(text) for text in batch]
    return encoding(reader, threads=threads, model=model, texts=texts)


def load(model: Path | None, threads: int) -> Reader:
    """The reader, with the shipped model or that in a folder."""
    from onrecord.reading import Reader

    return Reader.load(model, threads=threads)


def encoding(reader: Reader, *, threads: int, model: Path | None, texts: list[str]) -> Pass:
    """A pass of the bare encoder over windows that are made beforehand."""
    from benchmarks import encoder
    from onrecord.reading.network import model_folder

    bare = encoder.cut((model or model_folder()) / "reader.onnx", threads=threads)
    windows = {text: reader.encoder_windows(text) for text in texts}
    return lambda batch: bare.run(chain.from_iterable(windows[text] for text in batch))


def measure(run: Pass, texts: list[str], *, rounds: int) -> dict[str, float]:
    """The best of several rounds, after a short one that warms up.

    The best is the round that other work on the machine disturbed least.
    """
    from benchmarks.texts import count

    run(texts[:2])
    words, walls, cpus = count(texts), [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), cpu_seconds()
        run(texts)
        walls.append(time.perf_counter() - wall)
        cpus.append(cpu_seconds() - cpu)
    return {
        "words": words,
        "words_per_second": round(words / max(min(walls), 1e-9), 1),
        "words_per_cpu_second": round(words / max(min(cpus), 1e-9), 1),
        "peak_mb": round(_peak_mb(), 1),
    }


def cpu_seconds() -> float:
    """Processor seconds of this process and of children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _peak_mb() -> float:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 2**20


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=CONTESTANTS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    bind(args.threads)
    texts: list[str] = json.load(sys.stdin)
    run = contestant(args.name, threads=args.threads, model=args.model, texts=texts)
    measured = measure(run, texts, rounds=args.rounds)
    print(json.dumps({"name": args.name, "threads": args.threads, **measured}))


if __name__ == "__main__":
    main()
