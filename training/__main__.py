"""Make the shipped model anew, in one command.

    python -m training --data SHARED [--work build/training] [--out src/onrecord/model]

``SHARED`` holds ``corpora/``, ``gold/`` and ``stories/``. The notes of ``training/gold`` become
records again, all corpora are trained on together, a second, shorter training at a lower rate goes
over the records once more and takes in the PLOVER sentences, and the result is exported. On two
cores this takes about two hours; the schedule is in minutes, so a slower machine gives a weaker
model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.export import export
from training.notes import unpack

NOTES = Path(__file__).parent / "gold" / "notes.jsonl"
FIRST = ["--minutes", "87", "--rate", "3e-4", "--head-rate", "1e-3"]
SECOND = ["--minutes", "22", "--rate", "1e-4", "--head-rate", "4e-4", "--warmup", "50"]
SECOND_SHARES = ["gold=0.55", "polnear=0.2", "ewt=0.07", "gum=0.05", "ner=0.05", "plv=0.08"]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/model"))
    args = parser.parse_args()
    unpack(NOTES, args.data / "stories", args.work / "gold")
    shared = ["--corpora", str(args.data / "corpora"), "--gold", str(args.data / "gold" / "train")]
    shared.append(str(args.work / "gold"))
    first, second = args.work / "first", args.work / "second"
    _train(*shared, "--out", str(first), *FIRST)
    start = ["--start", str(first / "average.pt"), "--shares", *SECOND_SHARES]
    _train(*shared, "--out", str(second), *SECOND, *start)
    export(second / "average.pt", args.out)


def _train(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "training.train", *arguments], check=True)


if __name__ == "__main__":
    main()
