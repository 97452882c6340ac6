"""Floors: held, raised, never lowered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.fakes import FakeReader

from onrecord.errors import EvaluationError
from onrecord.evaluation import gate
from onrecord.evaluation.result import Measure, Result
from onrecord.evaluation.suites import SUITES


def measured(figure: float) -> list[Result]:
    return [Result("ner", (Measure("F1", figure), Measure("PER", 0.1)), 3)]


def test_a_figure_under_its_floor_fails() -> None:
    [check] = gate.checks(measured(0.6999), {"ner": {"F1": 0.7}})
    assert not check.passed


@pytest.mark.parametrize("floors", [{"ner": {"F1": 0.7}}, {"ner": {}}, {}])
def test_a_figure_at_its_floor_or_without_one_passes(floors: gate.Floors) -> None:
    [check] = gate.checks(measured(0.7), floors)
    assert check.passed


def test_a_gated_figure_that_is_no_longer_measured_fails() -> None:
    [check] = gate.checks([Result("ner", (), 0)], {"ner": {"F1": 0.7}})
    assert not check.passed


def test_floors_rise_to_a_little_under_what_was_measured() -> None:
    held = {"ner": {"F1": 0.7}, "ud": {"LAS": 0.8}}
    higher = gate.raised(held, gate.checks(measured(0.7599), held))
    assert higher == {"ner": {"F1": 0.754}, "ud": {"LAS": 0.8}}


def test_floors_stay_where_little_was_gained() -> None:
    held = {"ner": {"F1": 0.7}}
    assert gate.raised(held, gate.checks(measured(0.702), held)) == held


def test_floors_are_not_raised_over_a_figure_that_sank() -> None:
    held = {"ner": {"F1": 0.7}}
    with pytest.raises(EvaluationError, match="never lowered"):
        gate.raised(held, gate.checks(measured(0.69), held))


def test_floors_are_written_and_read_back(tmp_path: Path) -> None:
    floors = {"ner": {"F1": 0.75}, "gold": {"statement + speaker": 0.5}}
    gate.write_floors(tmp_path / "floors.toml", floors)
    assert gate.read_floors(tmp_path / "floors.toml") == floors


@pytest.mark.parametrize("floors", [{"ner": {"F1": 0.7499}}, {"ner": {}}, {}])
def test_no_writing_lowers_or_loses_a_floor(tmp_path: Path, floors: gate.Floors) -> None:
    path = tmp_path / "floors.toml"
    gate.write_floors(path, {"ner": {"F1": 0.75}})
    with pytest.raises(EvaluationError, match="would sink"):
        gate.write_floors(path, floors)
    assert gate.read_floors(path) == {"ner": {"F1": 0.75}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [("F1", "no TOML"), ("[nre]\nF1 = 0.1", "no suite"), ("[ner]\nF1 = 7.5", "not within 0 and 1")],
)
def test_a_faulty_file_of_floors_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=fault):
        gate.read_floors(path)


def test_the_packages_floors_are_of_gated_figures() -> None:
    for suite, named in gate.read_floors(gate.FLOORS).items():
        assert set(named) <= set(SUITES[suite].gated)


def test_only_corpora_that_are_there_are_measured(tmp_path: Path) -> None:
    path = tmp_path / SUITES["ner"].corpus
    path.parent.mkdir(parents=True)
    path.write_text("Tel B-LOC\n")
    assert gate.missing(tmp_path) == ["polnear", "ud", "plv", "gold", "links"]
    assert [result.suite for result in gate.results(FakeReader(), tmp_path)] == ["ner"]
