"""What the benchmarks print."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from benchmarks.worker import measure
from click.testing import CliRunner
from rich.console import Console

from benchmarks import __main__ as command

ROWS: list[dict[str, Any]] = [
    {"name": name, "threads": threads, "words_per_second": rate * threads,
     "words_per_cpu_second": rate, "peak_mb": 100.0}
    for threads in (1, 2)
    for name, rate in (("onrecord", 4000), ("encoder", 5000), ("spacy", 8000))
]  # fmt: skip


def test_ratios_are_of_the_reader_over_the_others() -> None:
    assert command.ratios(ROWS, rate="words_per_second") == {
        "onrecord / encoder, 1 thread": 0.8,
        "onrecord / spacy, 1 thread": 0.5,
        "onrecord / encoder, 2 threads": 0.8,
        "onrecord / spacy, 2 threads": 0.5,
    }


def test_tables_hold_the_figures() -> None:
    console = Console(width=120, record=True, file=StringIO())
    for table in command.tables(ROWS, {"seconds": 0.875, "peak_mb": 312.0}):
        console.print(table)
    printed = console.export_text()
    for figure in ("8,000", "0.80", "0.88", "312"):
        assert figure in printed


def test_rates_count_the_words_of_the_best_round() -> None:
    rounds: list[int] = []
    measured = measure(lambda texts: rounds.append(len(texts)), ["a b c"] * 5, rounds=3)
    assert rounds == [2, 5, 5, 5]
    assert measured["words"] == 15
    assert measured["words_per_second"] > 0


def test_json_has_rates_ratios_and_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "compete", lambda reports, rounds, model: ROWS)
    monkeypatch.setattr(command, "_check_requirements", lambda: None)
    monkeypatch.setattr(command, "start_up", lambda report, repeats: {"seconds": 1.0})
    done = CliRunner().invoke(command.main, ["--json", "--words", "500"])
    assert done.exit_code == 0
    assert '"onrecord / spacy, 1 thread": 0.5' in done.stdout
    assert '"seconds": 1.0' in done.stdout
