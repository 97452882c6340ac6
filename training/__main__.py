"""Make the shipped model anew, in one command.

    python -m training --data SHARED [--work build/training] [--out src/onrecord/model]

``SHARED`` holds ``corpora/``, ``gold/`` and ``stories/``. The notes of ``training/gold`` become
records again. The phases follow each other, each from the weights of the one before; a teacher of
treebanks alone then gives silver syntax to the texts without trees, and the last phase, from the
average of the two before, learns from that too. What ships is a mean of that average and the last
phase's end. These are the trainings of ``LOG.md`` that the shipped weights went through. On two
cores they take about five and a half hours; the schedule is in minutes, so a slower machine gives a
weaker model.
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
TEACHER = Phase(20, 4e-4, 1.2e-3, "ewt=0.56 gum=0.44")
LAST = Phase(68, 2.2e-4, 9e-4, "polnear=0.25 gold=0.31 ewt=0.22 gum=0.11 ner=0.07 plv=0.04")
ROUNDED_FROM = "0.72"
"""Part of the last phase from which its layers round as the exported graph does."""
END_SHARE = 0.4
"""What the last phase's end weighs in the mean that ships, chosen on dev (LOG.md, 5)."""
BEGUN_LAST = "heads.relation_path"
"""Weights that the last phase alone has learned: they are the end's, whatever it weighs."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/model"))
    args = parser.parse_args()
    unpack(NOTES, args.data / "stories", args.work / "gold")
    make = Making(args.data, args.work)
    made: list[Path] = []
    for number, phase in enumerate(PHASES, 1):
        made.append(make.train(str(number), phase, made[-1] if made else None))
    start = averaged(made[-2:], args.work / "average")
    silver = make.silver(make.train("teacher", TEACHER))
    last = ("--silver", str(silver), "--rounded-from", ROUNDED_FROM)
    end = make.train("last", LAST, start, *last)
    export(averaged([start, end], args.work / "shipped", END_SHARE), args.out)


@dataclass(frozen=True, slots=True)
class Making:
    """Where the data lies and the work goes."""

    data: Path
    work: Path

    def train(self, name: str, phase: Phase, start: Path | None = None, *other: str) -> Path:
        """One training; returns its weights."""
        begun = ("--start", str(start), "--warmup", "60") if start else ()
        self._run(
            "training.train", "--out", str(self.work / name), "--minutes", str(phase.minutes),
            "--rate", str(phase.rate), "--head-rate", str(phase.head_rate),
            "--shares", *phase.shares.split(), *begun, *other,
        )  # fmt: skip
        return self.work / name / "average.pt"

    def silver(self, teacher: Path) -> Path:
        """The teacher's labels for the texts without trees."""
        out = self.work / "silver.npz"
        self._run("training.teacher", "--weights", str(teacher), "--out", str(out))
        return out

    def _run(self, module: str, *options: str) -> None:
        gold = (str(self.data / "gold" / "train"), str(self.work / "gold"))
        shared = ("--corpora", str(self.data / "corpora"), "--gold", *gold)
        subprocess.run([sys.executable, "-u", "-m", module, *shared, *options], check=True)


def averaged(weights: list[Path], out: Path, last: float = 0.5) -> Path:
    """The mean of two trainings' weights, the second weighing ``last``, with its label sets, in
    ``out``."""
    one, two = (torch.load(path, weights_only=True) for path in weights)
    out.mkdir(parents=True, exist_ok=True)
    mean = {name: (1 - last) * one.get(name, two[name]) + last * two[name] for name in two}
    torch.save(mean | {BEGUN_LAST: two[BEGUN_LAST]}, out / "average.pt")
    shutil.copy(weights[-1].parent / "labels.json", out)
    return out / "average.pt"


if __name__ == "__main__":
    main()
