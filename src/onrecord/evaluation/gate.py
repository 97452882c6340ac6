"""The gate: figures may rise, never fall.

`floors.toml` holds a floor for every gated figure of every suite, measured on a fixed part of each
corpus. The gate fails where a figure is under its floor. Floors are raised by a command and lowered
by none: where a figure is under its floor, nothing is written at all.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from onrecord.errors import EvaluationError
from onrecord.evaluation.protocols import ReaderLike
from onrecord.evaluation.result import Result
from onrecord.evaluation.suites import SUITES

#: How far under a measured figure its floor is set. Quantised arithmetic differs between processors
#: (with and without VNNI) by a few thousandths on these corpora.
MARGIN = 0.005

FLOORS = Path(__file__).with_name("floors.toml")

Floors = dict[str, dict[str, float]]

_HEADER = """\
# Floors of `onrecord eval --gate`, by suite and figure. Not edited by hand:
# `onrecord eval --gate --raise-floors --data DIR` raises them, and nothing lowers them.
"""


@dataclass(frozen=True)
class Check:
    """One gated figure beside its floor; `floor` is None where it has none yet."""

    suite: str
    name: str
    figure: float
    floor: float | None

    @property
    def passed(self) -> bool:
        """Whether the figure is at its floor or over it."""
        return self.floor is None or self.figure >= self.floor


def read_floors(path: Path) -> Floors:
    """The floors in a file; none where there is no such file.

    Raises:
        EvaluationError: the file isn't TOML of tables of numbers between 0 and 1.
    """
    if not path.exists():
        return {}
    try:
        floors = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: no TOML: {error}") from error
    for suite, named in floors.items():
        if suite not in SUITES or not isinstance(named, dict):
            raise EvaluationError(f"{path}: {suite!r} is no suite; there are {', '.join(SUITES)}")
        for name, floor in named.items():
            if not isinstance(floor, float | int) or not 0 <= floor <= 1:
                raise EvaluationError(f"{path}: {suite}.{name} is {floor!r}, not within 0 and 1")
    return floors


def missing(data: Path) -> list[str]:
    """The suites whose corpus isn't under the data folder."""
    return [name for name, suite in SUITES.items() if not (data / suite.corpus).exists()]


def results(reader: ReaderLike, data: Path) -> Iterator[Result]:
    """The figures of every suite whose corpus is there, each on the gate's part of it."""
    absent = missing(data)
    for name, suite in SUITES.items():
        if name not in absent:
            yield suite.measure(reader, data / suite.corpus, limit=suite.gate_items)


def checks(measured: Iterable[Result], floors: Mapping[str, Mapping[str, float]]) -> list[Check]:
    """Every gated figure beside its floor."""
    found = []
    for result in measured:
        figures, held = result.figures(), floors.get(result.suite, {})
        for name in SUITES[result.suite].gated:
            found.append(Check(result.suite, name, figures.get(name, 0.0), held.get(name)))
    return found


def raised(floors: Mapping[str, Mapping[str, float]], done: Iterable[Check]) -> Floors:
    """The floors, raised to what was measured less `MARGIN`; none is lower than before.

    Raises:
        EvaluationError: a figure is under its floor.
    """
    higher = {suite: dict(named) for suite, named in floors.items()}
    for check in done:
        if not check.passed:
            raise EvaluationError(
                f"{check.suite} {check.name} is {check.figure:.4f}, under its floor of "
                f"{check.floor}: floors are raised, never lowered; none was written"
            )
        earned = math.floor((check.figure - MARGIN) * 1000) / 1000
        held = higher.setdefault(check.suite, {})
        held[check.name] = max(held.get(check.name, 0.0), earned)
    return higher


def write_floors(path: Path, floors: Mapping[str, Mapping[str, float]]) -> None:
    """Write floors, in the order of the suites.

    Raises:
        EvaluationError: a floor of the file would be lowered or lost.
    """
    for suite, named in read_floors(path).items():
        for name, floor in named.items():
            if floors.get(suite, {}).get(name, -1.0) < floor:
                raise EvaluationError(f"{path}: the floor of {suite} {name}, {floor}, would sink")
    tables = (
        f"\n[{suite}]\n" + "".join(f'"{name}" = {floor}\n' for name, floor in floors[suite].items())
        for suite in SUITES
        if floors.get(suite)
    )
    path.write_text(_HEADER + "".join(tables), "utf-8")


def table(done: Iterable[Check]) -> Table:
    """The checks as a table: a figure a row, the failed ones told by word and colour."""
    made = Table(box=None)
    made.add_column("suite")
    made.add_column("measure")
    for heading in ("figure", "floor"):
        made.add_column(heading, justify="right")
    made.add_column("")
    for check in done:
        floor = "none" if check.floor is None else f"{check.floor:.3f}"
        verdict = "" if check.passed else "[bold red]under its floor[/]"
        made.add_row(check.suite, check.name, f"{check.figure:.3f}", floor, verdict)
    return made
