"""Looks for bytes that a target doesn't bear, for a while: `python -m fuzz --seconds 60`."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from fuzz.seeding import SEEDS
from fuzz.targets import TARGETS

BUILD = Path("build") / "fuzz"
_LIMITS = ("-timeout=20", "-rss_limit_mb=3000", "-max_len=6000", "-print_final_stats=1")


def fuzz(target: str, seconds: int, *, corpus: Path, finds: Path) -> tuple[int, str]:
    """Runs one target; how often it was called, and the end of what it said if it found something.

    Args:
        target: which one.
        seconds: how long, at most.
        corpus: where inputs go that reach something new.
        finds: where an input goes that something is wrong with.
    """
    for folder in (corpus, finds):
        folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "fuzz.run", target, str(corpus), str(SEEDS / target)]
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={finds}/", *_LIMITS]
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, errors="replace", check=False
    )
    told = done.stdout + done.stderr
    runs = re.search(r"number_of_executed_units:\s*(\d+)", told) or re.search(r"#(\d+)\s", told)
    return int(runs[1]) if runs else 0, "" if done.returncode == 0 else _fault(told)


def _fault(told: str) -> str:
    """What went wrong, without the bytes it went wrong with."""
    _, _, raised = told.partition("Uncaught Python exception")
    return raised.strip(": =\n").partition("\n==")[0] if raised else told[-1500:]


def keep(target: str, finds: Path) -> list[Path]:
    """Copies what was found to the seeds, where the tests try it from now on."""
    kept = []
    for path in sorted(finds.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        kept.append(SEEDS / target / f"found-{digest}")
        shutil.copyfile(path, kept[-1])
    return kept


@click.command(help=__doc__)
@click.argument("targets", nargs=-1, type=click.Choice(list(TARGETS)))
@click.option("--seconds", default=60, show_default=True, help="For each target.")
def main(targets: tuple[str, ...], seconds: int) -> None:
    """Runs the targets, all by default, one after another."""
    if find_spec("atheris") is None:
        raise click.ClickException("atheris is missing: pip install atheris")
    failed = 0
    for target in targets or TARGETS:
        finds = BUILD / "finds" / target
        runs, said = fuzz(target, seconds, corpus=BUILD / "corpus" / target, finds=finds)
        click.echo(f"{target}: {runs:,} inputs, {'nothing found' if not said else 'FOUND'}")
        if said:
            failed += 1
            click.echo(said)
            for path in keep(target, finds):
                click.echo(f"kept as {path}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
