"""The suites by name, and what they give."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from tests.evaluation.fakes import FakeReader

from onrecord.errors import EvaluationError
from onrecord.evaluation import SUITES, Measure, Result, run
from onrecord.evaluation.result import table
from onrecord.evaluation.tally import Tally


def test_an_unknown_suite_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="polnear, ud, ner, plv, gold"):
        run("udd", FakeReader(), tmp_path)


@pytest.mark.parametrize("name", SUITES)
def test_a_missing_corpus_is_told_with_its_form(name: str, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=f"suite {name} reads an? "):
        run(name, FakeReader(), tmp_path / "none")


def test_a_result_is_flat_json_with_its_counts_aside() -> None:
    result = Result("ner", (Measure("F1", 0.66666, Tally(2, 3, 3)), Measure("macro", 0.5)), 7)
    assert json.loads(json.dumps(result.to_dict())) == {
        "suite": "ner",
        "F1": 0.6667,
        "macro": 0.5,
        "items": 7,
        "details": {
            "F1": {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "right": 2, "gold": 3, "predicted": 3}
        },
    }


def test_a_table_has_a_measure_a_row() -> None:
    console = Console(width=80, record=True, file=StringIO())
    console.print(table(Result("ner", (Measure("F1", 0.5, Tally(1, 2, 2)),), 7)))
    text = console.export_text()
    assert "ner · 7 items" in text
    assert "0.500" in text
