"""How well a reader reads: suites of measures on public and gold corpora, and a gate of floors."""

from onrecord.evaluation.result import Measure, Result
from onrecord.evaluation.suites import SUITES, run

__all__ = ["SUITES", "Measure", "Result", "run"]
