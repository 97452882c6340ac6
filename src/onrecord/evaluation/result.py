"""What a suite gives: named figures, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from onrecord.evaluation.tally import Tally

#: Decimals of every figure given out: differences smaller than that mean nothing on these corpora.
DIGITS = 4


@dataclass(frozen=True)
class Measure:
    """One figure between 0 and 1, and the counts it comes from where it comes from counts."""

    name: str
    value: float
    tally: Tally | None = None


@dataclass(frozen=True)
class Result:
    """The figures of one suite, the main ones first, and how many items they are from."""

    suite: str
    measures: tuple[Measure, ...]
    items: int

    def figures(self) -> dict[str, float]:
        """Every figure by its name."""
        return {measure.name: round(measure.value, DIGITS) for measure in self.measures}

    def to_dict(self) -> dict[str, Any]:
        """`suite`, then the figures by name, then `items` and the counts in `details`."""
        details = {m.name: _counts(m.tally) for m in self.measures if m.tally}
        return {"suite": self.suite, **self.figures(), "items": self.items, "details": details}


def f1_measures(tallies: Mapping[str, Tally]) -> tuple[Measure, ...]:
    """A measure for each tally: its F1."""
    return tuple(Measure(name, tally.f1, tally) for name, tally in tallies.items())


def _counts(tally: Tally) -> dict[str, float | int]:
    return {
        "p": round(tally.precision, DIGITS),
        "r": round(tally.recall, DIGITS),
        "f1": round(tally.f1, DIGITS),
        "right": tally.right,
        "gold": tally.gold,
        "predicted": tally.predicted,
    }


def table(result: Result) -> Table:
    """The result as a table: a measure a row."""
    made = Table(title=f"{result.suite} · {result.items:,} items", title_justify="left", box=None)
    made.add_column("measure")
    for heading in ("figure", "P", "R", "gold", "predicted"):
        made.add_column(heading, justify="right")
    for measure in result.measures:
        made.add_row(measure.name, f"{measure.value:.3f}", *_cells(measure.tally))
    return made


def _cells(tally: Tally | None) -> tuple[str, ...]:
    if tally is None:
        return ()
    shares = (f"{share:.3f}" for share in (tally.precision, tally.recall))
    return (*shares, f"{tally.gold:,}", f"{tally.predicted:,}")
