"""Make the shipped model anew, in one command.

    python -m training --data SHARED [--work build/training] [--out src/onrecord/model]

``SHARED`` holds ``corpora/``, ``gold/`` and ``stories/``. The notes of ``training/gold`` become
records again, and the phases follow each other, each from the weights of the one before: these are
the trainings of ``LOG.md`` that the shipped weights went through; what ships is the average of the
last two phases' ends. On two cores they take about four hours; the schedule is in minutes, so a
slower machine gives a weaker model.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch

from training.export import export
from training.notes import unpack

NOTES = Path(__file__).parent / "gold" / "notes.jsonl"


@dataclass(frozen=True, slots=True)
class Phase:
    """One training: its minutes, the peak rates of encoder and heads, and the corpora's shares."""

    minutes: int
    rate: float
    head_rate: float
    shares: str


PHASES = (
    Phase(49, 3e-4, 1e-3, "polnear=0.40 gold=0.27 ewt=0.13 gum=0.10 ner=0.10"),
    Phase(62, 1.8e-4, 7e-4, "polnear=0.37 gold=0.37 ewt=0.09 gum=0.06 ner=0.06 plv=0.05"),
    Phase(88, 2.2e-4, 9e-4, "polnear=0.27 gold=0.33 ewt=0.16 gum=0.12 ner=0.08 plv=0.04"),
    Phase(24, 1.1e-4, 4.5e-4, "polnear=0.12 gold=0.28 ewt=0.38 gum=0.14 ner=0.05 plv=0.03"),
)


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
    weights: Path | None = None
    for number, phase in enumerate(PHASES, 1):
        out = args.work / str(number)
        start = ["--start", str(weights), "--warmup", "50"] if weights else []
        _train(
            *shared, *start, "--out", str(out), "--minutes", str(phase.minutes),
            "--rate", str(phase.rate), "--head-rate", str(phase.head_rate),
            "--shares", *phase.shares.split(),
        )  # fmt: skip
        weights = out / "average.pt"
    last = [args.work / str(number) / "average.pt" for number in (len(PHASES) - 1, len(PHASES))]
    export(averaged(last, args.work / "shipped"), args.out)


def averaged(weights: list[Path], out: Path) -> Path:
    """The mean of several trainings' weights, with the label sets of the last, in ``out``."""
    states = [torch.load(path, weights_only=True) for path in weights]
    out.mkdir(parents=True, exist_ok=True)
    mean = {name: sum(s[name] for s in states) / len(states) for name in states[0]}
    torch.save(mean, out / "average.pt")
    shutil.copy(weights[-1].parent / "labels.json", out)
    return out / "average.pt"


def _train(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "training.train", *arguments], check=True)


if __name__ == "__main__":
    main()
